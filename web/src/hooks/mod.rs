//! Hooks that several components use.

mod after_render;
mod element_size;
mod virtual_list;
mod watched;
mod window_event;

pub(crate) use after_render::use_after_render;
pub(crate) use element_size::use_element_size;
pub(crate) use virtual_list::{Follow, Listed, use_virtual_list};
pub(crate) use watched::{use_rows_of, use_unwatch, use_watched};
pub(crate) use window_event::use_window_event;
