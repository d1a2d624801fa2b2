//! Every chore of the project in one place: `cargo xtask COMMAND`.
//!
//! The layers, from above:
//!
//! * `commands`: one file a command.
//! * `page`, `npm_package`: what is built, with the tools that set-up provides.
//! * `setup`: those tools: found, or installed into the cache.
//! * `cache`: the folder of tools, shared by all clones, and the locks that keep two runs apart.
//! * `process`, `project`, `report`, `tally`: running programs, the clone, what a person sees of it all.

mod cache;
mod commands;
mod npm_package;
mod page;
mod page_size;
mod process;
mod project;
mod report;
mod setup;
mod tally;

pub use commands::run;
