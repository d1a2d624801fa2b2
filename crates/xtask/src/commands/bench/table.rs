//! The table at the end.

use crate::report;

/// A row: what was done, how fast by us and by another, and how many times as fast that is.
pub(super) struct Row {
    pub(super) what: String,
    pub(super) ours: String,
    pub(super) peer: String,
    pub(super) ratio: String,
}

/// Rows under each other.
#[derive(Default)]
pub(super) struct Table(Vec<Row>);

impl Table {
    pub(super) fn push(&mut self, row: Row) {
        self.0.push(row);
    }

    /// Prints all rows in columns.
    pub(super) fn print(&self) {
        for Row { what, ours, peer, ratio } in &self.0 {
            report::line(format_args!("{what:24} {ours:>16}   {ratio:>8}   {peer}").to_string().trim_end());
        }
    }
}
