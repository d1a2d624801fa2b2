//! Ascending offsets, looked up in a line table one after the other.

use super::line_entry::SourcePosition;
use super::lines::LineEntries;
use super::locations;
use crate::Instruction;
use crate::python::LineTable;

/// Looks ascending offsets up in a line table, each step from where the last one stood.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PositionLookup<'t> {
    entries: LineEntries<'t>,
    start: u32,
    end: u32,
    current: SourcePosition,
}

impl<'t> PositionLookup<'t> {
    /// Before the first entry, or before any other that `entries` stands at.
    pub(crate) fn new(entries: LineEntries<'t>) -> Self {
        let cursor = entries.cursor();
        let implied = match entries.format {
            LineTable::Lnotab | LineTable::SignedLnotab if cursor.at == 0 => entries.implied_size(),
            _ => 0,
        };
        let current = SourcePosition { line: (implied > 0).then_some(cursor.line), ..SourcePosition::default() };
        Self { entries, start: 0, end: implied, current }
    }

    /// Tells the lines of ascending offsets, and nothing else of where they are. Whoever asks for lines asks for nothing else.
    pub(crate) fn find_lines<'s>(&mut self, steps: impl Iterator<Item = (&'s Instruction, &'s mut SourcePosition)>) {
        if self.entries.format != LineTable::Pep657 {
            steps.for_each(|(instruction, position)| position.line = self.position(instruction.offset).line);
            return;
        }
        // An entry begins where the one before it ends: what these say fits into registers.
        let (table, mut cursor, mut line) = (self.entries.reader.table, self.entries.reader.cursor, self.current.line);
        for (instruction, position) in steps {
            while instruction.offset >= cursor.address {
                match locations::skim(table, cursor) {
                    Some(skimmed) => (cursor, line) = (skimmed.next, skimmed.line),
                    None => {
                        line = None;
                        break;
                    }
                }
            }
            position.line = line;
        }
        (self.entries.reader.cursor, self.end, self.current.line) = (cursor, cursor.address, line);
    }

    /// Tells where ascending offsets are in the source, columns included.
    pub(crate) fn locate<'s>(&mut self, steps: impl Iterator<Item = (&'s Instruction, &'s mut SourcePosition)>) {
        if self.entries.format != LineTable::Pep657 {
            steps.for_each(|(instruction, position)| *position = self.position(instruction.offset));
            return;
        }
        let (table, mut cursor, mut current) = (self.entries.reader.table, self.entries.reader.cursor, self.current);
        for (instruction, position) in steps {
            while instruction.offset >= cursor.address {
                match locations::decode(table, cursor) {
                    Some(decoded) => (cursor, current) = (decoded.next, decoded.position),
                    None => {
                        current = SourcePosition::default();
                        break;
                    }
                }
            }
            *position = current;
        }
        (self.entries.reader.cursor, self.end, self.current) = (cursor, cursor.address, current);
    }

    /// What the table says of the bytecode at `offset`, which is not before the one asked for last.
    #[inline]
    pub(crate) fn position(&mut self, offset: u32) -> SourcePosition {
        while offset >= self.end {
            let Some(entry) = self.entries.next() else {
                return SourcePosition::default();
            };
            (self.start, self.end, self.current) = (entry.start, entry.end, entry.position);
        }
        if offset >= self.start { self.current } else { SourcePosition::default() }
    }
}
