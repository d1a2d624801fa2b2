//! The `pycxray` command: what is inside a Python `.pyc` file, on paper.

mod bytes;
mod command_line;
mod commands;
mod completions;
mod date;
mod files;
mod in_order;
mod input;
#[cfg(test)]
mod manual_page;
mod members;
mod notes;
mod other;
mod output;
mod paint;
mod problems;
mod progress;
mod source;
mod status;
mod text;
mod walk;

use std::process::ExitCode;

use clap::Parser;

use command_line::CommandLine;
use output::{Color, Output, Stop, complain};
use status::Status;

fn main() -> ExitCode {
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        Err(said) => return answer(&said),
    };
    let mut out = Output::new(line.color());
    let outcome = line.run(&mut out).and_then(|status| out.flush().map(|()| status));
    exit_code(outcome)
}

/// Prints what clap has to say instead of a run: a help that was asked for, or what is wrong with the command line. The latter
/// quotes it, and a terminal must not obey what it quotes.
fn answer(said: &clap::Error) -> ExitCode {
    let text = said.render().to_string();
    if said.use_stderr() {
        let lines = text.trim_end().lines().map(|line| pycxray::shown(line.as_bytes(), usize::MAX));
        complain(format_args!("{}", lines.collect::<Vec<_>>().join("\n").trim_start_matches("error: ")));
        return Status::Failed.into();
    }
    let mut out = Output::new(Color::Never);
    out.text.push_str(&text);
    exit_code(out.flush().map(|()| Status::Fine))
}

fn exit_code(outcome: Result<Status, Stop>) -> ExitCode {
    match outcome {
        Ok(status) => status.into(),
        // Whoever read the output has read enough.
        Err(Stop::Closed) => ExitCode::SUCCESS,
        Err(Stop::Failed(error)) => {
            complain(format_args!("cannot write: {error}"));
            Status::Failed.into()
        }
        // Told of where it happened.
        Err(Stop::Exhausted | Stop::NoRoom) => Status::Problems.into(),
        Err(Stop::Misused(message)) => {
            complain(format_args!("{message}\n\nFor more information, try '--help'."));
            Status::Failed.into()
        }
    }
}
