//! The commands. Each is a file here, with its options and its help, and a variant of [`Command`].

mod check;
mod dis;
mod json;
mod source;
mod summary;
mod tree;
mod verify;

use clap::Subcommand;
use pycxray::python::Python;

use crate::output::{Output, Stop};
use crate::status::Status;

pub(crate) use summary::Summary;

/// What is to be done with the files.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Dis(dis::Dis),
    Tree(tree::Tree),
    Json(json::Json),
    Source(source::Source),
    Check(check::Check),
    Verify(verify::Verify),
}

impl Command {
    /// Does it, with files read as `python` if that is given.
    pub(crate) fn run(&self, python: Option<&'static Python>, out: &mut Output) -> Result<Status, Stop> {
        match self {
            Self::Dis(dis) => dis.run(python, out),
            Self::Tree(tree) => tree.run(python, out),
            Self::Json(json) => json.run(python, out),
            Self::Source(source) => source.run(python, out),
            Self::Check(check) => check.run(python, out),
            Self::Verify(verify) => verify.run(python, out),
        }
    }
}
