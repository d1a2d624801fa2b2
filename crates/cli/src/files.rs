//! The files that a command is given, and what is done with each.

use std::ffi::OsString;

use clap::{Args, ValueHint};
use pycxray::python::Python;

use crate::input::{self, File, Wanted};
use crate::output::{Output, Stop, complain};
use crate::problems;
use crate::status::Status;

/// The files that a command is given.
#[derive(Args, Debug)]
pub(crate) struct Files {
    /// Files to read; '-' is standard input
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    paths: Vec<OsString>,
}

impl Files {
    /// Whether there is more than one.
    pub(crate) fn are_several(&self) -> bool {
        self.paths.len() > 1
    }

    /// Reads one file after the other and has `write` say what is wanted of it, with an empty line between two. A file that
    /// cannot be read is told of, and the others are read all the same.
    pub(crate) fn each(
        &self,
        python: Option<&'static Python>,
        wanted: Wanted,
        out: &mut Output,
        mut write: impl FnMut(&mut Output, &File) -> Result<(), Stop>,
    ) -> Result<Status, Stop> {
        read_stdin_once(&self.paths)?;
        let mut status = Status::Fine;
        for (position, path) in self.paths.iter().enumerate() {
            let file = match input::read(path, python, wanted) {
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
            write(out, &file)?;
            status = status.max(problems::status(&file));
            out.relieve()?;
        }
        Ok(status)
    }
}

/// What standard input holds can be read only once.
pub(crate) fn read_stdin_once(paths: &[OsString]) -> Result<(), Stop> {
    match paths.iter().filter(|path| *path == "-").count() {
        0 | 1 => Ok(()),
        _ => Err(Stop::Misused("standard input, '-', can be read only once".to_owned())),
    }
}
