//! The commands. Each is a file here, with its options and its help, and a variant of [`Command`].

mod check;
mod diff;
mod dis;
mod extract;
mod graph;
mod json;
mod list;
mod source;
mod strings;
mod summary;
mod tree;
mod verify;

use clap::Subcommand;

use crate::input::Reading;
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
    Diff(diff::Diff),
    Graph(graph::Graph),
    Strings(strings::Strings),
    List(list::List),
    Extract(extract::Extract),
}

impl Command {
    /// Does it, with files read in this way.
    pub(crate) fn run(&self, reading: Reading, out: &mut Output) -> Result<Status, Stop> {
        match self {
            Self::Dis(dis) => dis.run(reading, out),
            Self::Tree(tree) => tree.run(reading, out),
            Self::Json(json) => json.run(reading, out),
            Self::Source(source) => source.run(reading, out),
            Self::Check(check) => check.run(reading, out),
            Self::Verify(verify) => verify.run(reading.python, out),
            Self::Diff(diff) => diff.run(reading, out),
            Self::Graph(graph) => graph.run(reading, out),
            Self::Strings(strings) => strings.run(reading, out),
            Self::List(list) => list.run(out),
            Self::Extract(extract) => extract.run(out),
        }
    }
}
