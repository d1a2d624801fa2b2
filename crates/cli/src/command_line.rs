//! What the command line says. What belongs to one command stands with that command, in [`commands`](crate::commands).

use clap::{CommandFactory, Parser};
use clap_complete::Shell;
use pycxray::Implementation;
use pycxray::python::{self, Python};

use crate::commands::{Command, Summary};
use crate::completions;
use crate::input::Reading;
use crate::output::{Color, Output, Stop};
use crate::status::Status;

const ABOUT: &str =
    "Show what is inside a Python .pyc file, of any Python from 1.0 to 3.15 and of PyPy, without running it.";

const USAGE: &str = "pycxray [OPTIONS] <FILE>...\n       pycxray <COMMAND> [OPTIONS] <FILE>...";

const AFTER: &str = "\
Without a command: header, summary, problems, the shape of the code objects.
A FILE of '-' is standard input. A file without a header is read too: its Python is found by its contents. FILE!MEMBER
is what an archive, a frozen program or a loader holds. A text that writes bytes out (hex, a hex dump, base64, a literal)
is read as those bytes.

Exit status: 0 fine, 1 the input has problems (whatever could be read is printed all the same), 2 usage or I/O.

Examples:
  pycxray __pycache__/hello.cpython-312.pyc
  pycxray dis hello.pyc | less
  pycxray json hello.pyc | jq '.codes[].name'
  pycxray check /usr/lib/python3";

/// The words behind `pycxray`.
#[derive(Debug, Parser)]
#[command(name = "pycxray", version, about = ABOUT, override_usage = USAGE, after_help = AFTER)]
#[command(subcommand_negates_reqs = true)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    /// What is done without a command.
    #[command(flatten)]
    summary: Summary,
    /// The Python to read files as, whatever they say: 3.9, pypy3.9
    #[arg(long, global = true, value_name = "VERSION", value_parser = python_named)]
    python: Option<&'static Python>,
    /// Read files that a transfer took for text as they were before, where that can be undone
    #[arg(long, global = true)]
    repair: bool,
    /// Whether to colour; auto is on a terminal, and not if NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
    /// Print what a shell needs to complete a command line
    #[arg(long, exclusive = true, value_name = "SHELL")]
    completions: Option<Shell>,
}

impl CommandLine {
    /// Whether the output is coloured.
    pub(crate) fn color(&self) -> Color {
        self.color
    }

    /// Does what the command says.
    pub(crate) fn run(&self, out: &mut Output) -> Result<Status, Stop> {
        if let Some(shell) = self.completions {
            out.text.push_str(&completions::of(shell, &Self::command()));
            return Ok(Status::Fine);
        }
        let reading = Reading { python: self.python, repair: self.repair };
        match &self.command {
            Some(command) => command.run(reading, out),
            None => self.summary.run(reading, out),
        }
    }
}

/// The Python of a name such as `3.9`, `pypy3.9` or `cpython-3.9`.
fn python_named(name: &str) -> Result<&'static Python, String> {
    python::named(name).ok_or_else(|| {
        let known = python::all().map(|python| match python.implementation {
            Implementation::CPython => python.version.to_string(),
            other => format!("{}{}", other.name().to_ascii_lowercase(), python.version),
        });
        format!("it is not known; these are: {}", known.collect::<Vec<_>>().join(" "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &[&str]) -> Result<CommandLine, String> {
        CommandLine::try_parse_from(["pycxray"].iter().chain(line)).map_err(|error| error.render().to_string())
    }

    fn run(line: &[&str]) -> CommandLine {
        parsed(line).unwrap_or_else(|message| panic!("{line:?} is refused: {message}"))
    }

    #[test]
    fn what_clap_demands_of_a_command_holds() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn zsh_completes_files_where_a_command_may_stand() {
        assert_eq!(completions::of(Shell::Zsh, &CommandLine::command()).matches("\n    _files").count(), 1);
    }

    #[test]
    fn a_file_alone_is_summed_up() {
        assert!(run(&["a.pyc"]).command.is_none());
        assert!(run(&["a.pyc", "dis"]).command.is_none(), "only the first word names a command");
    }

    #[test]
    fn what_holds_for_every_command_stands_before_or_behind_it() {
        for line in [&["--python", "3.8", "dis", "x"], &["dis", "x", "--python", "3.8"]] {
            let line = run(line);
            assert!(matches!(line.command, Some(Command::Dis(_))));
            assert_eq!(line.python.map(|python| python.version.to_string()).as_deref(), Some("3.8"));
        }
    }

    #[test]
    fn mistakes_are_named() {
        let message = |line: &[&str]| parsed(line).err().unwrap_or_default();
        assert!(message(&[]).contains("<FILE>..."));
        assert!(message(&["--python", "9.9", "x"]).contains("3.12"), "the known ones are listed");
        assert!(message(&["--show-caches", "x"]).contains("--show-caches"));
        assert!(message(&["--nonsense", "x"]).contains("--nonsense"));
        assert!(message(&["check", "--jobs", "many", "x"]).contains("many"));
        assert!(message(&["--color", "sometimes", "x"]).contains("auto, always, never"));
        assert!(message(&["--quiet=5", "check", "x"]).contains("--quiet"));
        assert!(message(&["help", "dsi"]).contains("dsi"));
    }
}
