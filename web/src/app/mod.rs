//! The page: what it listens to as a whole, and how its parts are put together.

mod address_bar;
mod bar;
mod bytes;
mod chooser;
mod drops;
mod focus;
mod news;
mod page;
mod paper;
mod right;
mod shortcuts;
mod structure;
mod view_props;
mod workspace;

pub use page::Page;
