//! `cargo xtask size`: what the built page weighs over the wire, file by file.

use super::{Command, Options};
use crate::failure::Result;
use crate::page_size;
use crate::project::Project;

pub(super) const COMMAND: Command = Command {
    name: "size",
    usage: "",
    about: "what the built page weighs, file by file, compressed as servers send it",
    run,
};

fn run(project: &Project, options: Options) -> Result {
    options.end()?;
    page_size::check(project)
}
