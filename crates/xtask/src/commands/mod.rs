//! The table of commands. A command is a file here, with its row in [`ALL`].

mod bench;
mod build;
mod clean_tools;
mod npm;
mod options;
mod parity;
mod serve;
mod size;
mod test;

use crate::failure::{Failure, Result};
use crate::project::Project;
use options::Options;

/// A chore that `cargo xtask` does.
struct Command {
    name: &'static str,
    /// Its options, as the overview shows them.
    usage: &'static str,
    /// What it does, in a line.
    about: &'static str,
    run: fn(&Project, Options) -> Result,
}

const ALL: &[Command] = &[
    serve::COMMAND,
    test::COMMAND,
    parity::COMMAND,
    bench::COMMAND,
    build::COMMAND,
    size::COMMAND,
    npm::COMMAND,
    clean_tools::COMMAND,
];

/// Runs what the words after `cargo xtask` say.
pub(crate) fn run(mut arguments: Vec<String>) -> Result {
    if arguments.is_empty() || ["help", "-h", "--help"].contains(&arguments[0].as_str()) {
        print!("{}", overview());
        return Ok(());
    }
    let name = arguments.remove(0);
    let command = ALL.iter().find(|command| command.name == name);
    let command = command.ok_or_else(|| Failure::new(format!("there is no `cargo xtask {name}`\n\n{}", overview())))?;
    (command.run)(&Project::find()?, Options::new(command, arguments))
}

fn overview() -> String {
    let mut text = "cargo xtask COMMAND\n\n".to_owned();
    for Command { name, usage, about, .. } in ALL {
        let command = format!("{name} {usage}");
        text.push_str(&format!("  {command:32} {about}\n"));
    }
    text
}
