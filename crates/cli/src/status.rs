//! How a run ends.

use std::process::ExitCode;

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

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}
