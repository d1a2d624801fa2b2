//! `cargo xtask parity`: pycxray against the interpreters on this machine, over their standard libraries.

use crate::process::Run;
use crate::project::Project;
use anyhow::Result;
use clap::Args;

/// Hold pycxray against every Python found, over its whole standard library
#[derive(Args)]
pub(super) struct Parity {
    /// --source, --spoiled, --limit N, --python PATH, --pyodide FOLDER, the last two any number of times
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "OPTION")]
    options: Vec<String>,
}

impl Parity {
    pub(super) fn run(&self, project: &Project) -> Result<()> {
        // Millions of instructions are compared: in a debug build that takes minutes.
        let run = Run::new("cargo").words("run --quiet --release --package pycxray-parity --").folder(&project.root);
        self.options.iter().fold(run, Run::arg).watched()
    }
}
