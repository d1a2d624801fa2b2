//! The `pycxray` command: what is inside a Python `.pyc` file, on paper.

mod arguments;
mod check;
mod completions;
mod date;
mod help;
mod in_order;
mod input;
mod listing;
mod options;
mod output;
mod paint;
mod problems;
mod progress;
mod summary;
mod tree;
mod walk;

use std::process::ExitCode;

use arguments::{Arguments, Command, Request};
use input::Wanted;
use output::{Output, Stop, complain};

/// The exit status of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// All is well.
    #[default]
    Fine = 0,
    /// The input has problems. Whatever could be read was printed.
    Problems = 1,
    /// The command was called wrongly, or a file could not be read.
    Failed = 2,
}

fn main() -> ExitCode {
    let arguments = match arguments::parse(std::env::args_os()) {
        Ok(Request::Run(arguments)) => arguments,
        Ok(Request::Print(text)) => {
            let mut out = Output::new(arguments::Color::Never);
            out.text.push_str(&text);
            return exit_code(out.finish(Status::Fine));
        }
        Err(message) => {
            let message = pycxray::shown(message.as_bytes(), usize::MAX);
            complain(format_args!("{message}\nTry 'pycxray --help'."));
            return ExitCode::from(Status::Failed as u8);
        }
    };
    let mut out = Output::new(arguments.color);
    let outcome = run(&arguments, &mut out);
    exit_code(outcome.and_then(|status| out.finish(status)))
}

fn exit_code(outcome: Result<Status, Stop>) -> ExitCode {
    match outcome {
        Ok(status) => ExitCode::from(status as u8),
        // Whoever read the output has read enough.
        Err(Stop::Closed) => ExitCode::SUCCESS,
        Err(Stop::Failed(error)) => {
            complain(format_args!("cannot write: {error}"));
            ExitCode::from(Status::Failed as u8)
        }
    }
}

/// Does what the command says.
fn run(arguments: &Arguments, out: &mut Output) -> Result<Status, Stop> {
    if arguments.command == Command::Check {
        return check::run(arguments, out);
    }
    let mut status = Status::Fine;
    for (position, path) in arguments.paths.iter().enumerate() {
        let wanted = if arguments.command == Command::Summary { Wanted::Everything } else { Wanted::Damage };
        let file = match input::read(path, arguments.python, wanted) {
            Ok(file) => file,
            Err(error) => {
                complain(format_args!("{}: {error}", input::shown_path(path)));
                status = Status::Failed;
                continue;
            }
        };
        if position > 0 && out.has_begun() {
            out.text.push('\n');
        }
        match arguments.command {
            Command::Summary => summary::write(out, &file),
            Command::Dis => listing::write(out, &file, arguments)?,
            Command::Tree => tree::write(out, &file, arguments)?,
            Command::Json => listing::write_json(out, &file)?,
            Command::Check => {}
        }
        status = status.max(problems::status(&file));
        out.relieve()?;
    }
    Ok(status)
}
