//! The pycxray page: draws what [`pycxray_view`] says and tells it what the user does.
//!
//! Nothing here decodes, and nothing decides what is shown: see `pycxray-view` for that. `App` holds the opened files
//! and hands a `Shown` to each pane; a pane draws the rows it has room for and sends back what was done through its `Act`.
//! Elements are put together with `tag`.

#![forbid(unsafe_code)]

mod act;
mod address;
mod app;
mod clipboard;
mod cssom;
mod details;
mod embed;
mod go_to;
mod hex;
mod hits;
mod icon;
mod ink;
mod keys;
mod list;
mod list_pane;
mod listing;
mod menu;
mod modal;
mod open;
mod outline;
mod problems;
mod ribbon;
mod samples;
mod search_box;
mod sight;
mod slices;
mod splitter;
mod start_page;
mod status;
mod store;
mod summary;
mod tab_bar;
mod tag;
mod tell;
#[cfg(test)]
mod tests;
mod theme;
mod tree;

use act::{Act, Shown};
use app::App;

/// Draws the page in the element that index.html keeps for it, in place of what stands there until the wasm has come.
pub fn start() {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(root) = document.and_then(|document| document.get_element_by_id("app")) {
        yew::Renderer::<App>::with_root(root).render();
    }
}
