//! Any offset of a code object, looked up in its line table.

use super::line_entry::{LineCursor, SourcePosition};
use super::lines::LineEntries;
use super::lookup::PositionLookup;
use super::stepwise::Stepwise;
use crate::Code;

/// How many entries lie between two checkpoints.
const STRIDE: usize = 64;

/// Looks offsets up in a line table: 16 bytes for every 64 entries.
#[derive(Clone, Debug, Default)]
pub struct LineIndex {
    checkpoints: Vec<(u32, LineCursor)>,
    count: u32,
    /// For Python 2.3, where lines go by instructions: from which offset on which line holds.
    steps: Vec<(u32, i32)>,
}

impl LineIndex {
    /// Walks through the table of a code object. For Python 2.3 it gives instructions the lines that its `dis` gives them, which
    /// are not those that the table tells where several entries are for one place.
    #[must_use]
    pub fn new(code: &Code<'_>) -> Self {
        let mut index = Self::default();
        let mut entries = code.line_entries();
        loop {
            let cursor = entries.cursor();
            let Some(entry) = entries.next() else { break };
            if index.count as usize % STRIDE == 0 {
                index.checkpoints.push((entry.start, cursor));
            }
            index.count += 1;
        }
        if let Some(mut stepwise) = Stepwise::of(code) {
            for instruction in code.instructions() {
                let line = stepwise.line(instruction.offset);
                if index.steps.last().is_none_or(|&(_, last)| last != line) {
                    index.steps.push((instruction.offset, line));
                }
            }
        }
        index
    }

    /// How many entries there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The entries of the indexed table from number `n` on, counted from 0.
    #[must_use]
    pub fn from<'t>(&self, entries: &LineEntries<'t>, n: u32) -> LineEntries<'t> {
        let Some(&(_, cursor)) = self.checkpoints.get(n as usize / STRIDE) else {
            return entries.resume(LineCursor { at: entries.reader.table.len() as u32, address: 0, line: 0 });
        };
        let mut from = entries.resume(cursor);
        for _ in 0..n as usize % STRIDE {
            from.next();
        }
        from
    }

    /// What the indexed table says of the bytecode at `offset`, in bytes.
    #[must_use]
    pub fn position(&self, entries: &LineEntries<'_>, offset: u32) -> SourcePosition {
        if let Some(step) = self.steps.partition_point(|&(start, _)| start <= offset).checked_sub(1) {
            return SourcePosition { line: Some(self.steps[step].1), ..SourcePosition::default() };
        }
        let behind = self.checkpoints.partition_point(|&(start, _)| start <= offset);
        let resumed = match behind.checked_sub(1) {
            Some(checkpoint) => entries.resume(self.checkpoints[checkpoint].1),
            None => *entries,
        };
        PositionLookup::new(resumed).position(offset)
    }
}
