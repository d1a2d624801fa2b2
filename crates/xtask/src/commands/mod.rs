//! The commands. Each is a file here, with its options, and a variant of [`Command`].

mod build;
mod clean_tools;
mod list_files;
mod npm;
mod parity;
mod serve;
mod size;
mod test;

use crate::project::Project;
use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Every chore of the project in one place.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::Serve),
    Test(test::Test),
    Parity(parity::Parity),
    Build(build::Build),
    /// What the built page weighs, file by file, compressed as servers send it
    Size,
    Npm(npm::Npm),
    /// List what the page is made of: Trunk's build calls this
    #[command(hide = true)]
    ListFiles,
    /// Remove the tools that set-up has installed
    CleanTools,
}

/// Runs what the command line says.
pub fn run() -> ExitCode {
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        Err(said) => said.exit(),
    };
    match line.command.run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

impl Command {
    /// Does it. Gives `false` if it did not go well, of which everything has been said already.
    fn run(&self) -> Result<bool> {
        let project = Project::find()?;
        match self {
            Self::Serve(serve) => serve.run(&project)?,
            Self::Test(test) => return test.run(&project),
            Self::Parity(parity) => parity.run(&project)?,
            Self::Build(build) => build.run(&project)?,
            Self::Size => size::run(&project)?,
            Self::Npm(npm) => return npm.run(&project),
            Self::ListFiles => list_files::run()?,
            Self::CleanTools => clean_tools::run()?,
        }
        Ok(true)
    }
}
