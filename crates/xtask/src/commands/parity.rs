//! `cargo xtask parity`: pycxray against the interpreters on this machine, over their standard libraries.

use super::{Command, Options};
use crate::failure::Result;
use crate::process::Run;
use crate::project::Project;

pub(super) const COMMAND: Command = Command {
    name: "parity",
    usage: "[--limit N] [--python PATH]... [--pyodide FOLDER]...",
    about: "hold pycxray against every Python found, over its whole standard library",
    run,
};

fn run(project: &Project, options: Options) -> Result {
    // Millions of instructions are compared: in a debug build that takes minutes.
    let mut run = Run::new("cargo").words("run --quiet --release --package pycxray-parity --").folder(&project.root);
    for word in options.rest() {
        run = run.arg(word);
    }
    run.watched()
}
