//! Every chore of the project in one place: `cargo xtask COMMAND`.
//!
//! * `commands`: one file a command, and the table of them.
//! * `setup`: the tools that the page's build and tests need: found, or installed into the cache.
//! * `cache`: the folder of those tools, shared by all clones, and the locks that keep two runs apart.
//! * [`file_server`]: a server of plain files, also used by the end-to-end tests.
//!
//! It has few dependencies, so that `cargo xtask` starts soon on a fresh machine.

mod cache;
mod commands;
mod disk;
mod failure;
pub mod file_server;
mod npm_package;
mod page;
mod page_size;
mod process;
mod project;
mod report;
mod setup;
mod tally;

use std::process::ExitCode;

/// Runs the command that `arguments` name and tells whether it worked.
pub fn run(arguments: impl Iterator<Item = String>) -> ExitCode {
    match commands::run(arguments.collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            report::failure(&failure);
            ExitCode::FAILURE
        }
    }
}
