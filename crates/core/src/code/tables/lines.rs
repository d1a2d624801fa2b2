//! The entries of a line table, whichever of the formats it has.

use super::line_entry::{LineCursor, LineEntry, LineReader};
use super::{lnotab, locations, pep626, pypy};
use crate::Span;
use crate::python::LineTable;

/// The entries of a line table of any version, in order.
#[derive(Clone, Copy, Debug)]
pub struct LineEntries<'t> {
    pub(super) reader: LineReader<'t>,
    pub(super) format: LineTable,
}

impl<'t> LineEntries<'t> {
    /// The entries of a `table` that stands at `file_offset`, of a code object with `bytecode_size` bytes of bytecode that
    /// begins on line `firstlineno`.
    #[must_use]
    pub fn new(table: &'t [u8], format: LineTable, firstlineno: i32, bytecode_size: u32, file_offset: u32) -> Self {
        let cursor = LineCursor { at: 0, address: 0, line: firstlineno };
        let table = if format == LineTable::None { &[] } else { table };
        let mut entries = Self { reader: LineReader { table, cursor, bytecode_size, file_offset }, format };
        entries.reader.cursor.address = entries.implied_size();
        entries
    }

    /// How many bytes of bytecode precede the first entry: they are on the first line. Only up to 3.9, where an entry says
    /// how far the one before it reached.
    #[must_use]
    pub fn implied_size(&self) -> u32 {
        match self.format {
            LineTable::None => self.reader.bytecode_size,
            LineTable::Lnotab | LineTable::SignedLnotab => {
                lnotab::first_address(self.reader.table, self.reader.bytecode_size)
            }
            LineTable::Pep626 | LineTable::Pep626Ended | LineTable::PyPy | LineTable::Pep657 => 0,
        }
    }

    /// Where the next entry begins, and what it counts from.
    pub(crate) fn cursor(&self) -> LineCursor {
        self.reader.cursor
    }

    /// The same entries from where a cursor of this table stood.
    pub(crate) fn resume(&self, cursor: LineCursor) -> Self {
        Self { reader: LineReader { cursor, ..self.reader }, ..*self }
    }

    /// How many bytes of bytecode lie between the line before the next pair and the one that begins with it. Only up to 3.9; what
    /// lies past the end of the bytecode counts too.
    pub(crate) fn distance(&self) -> u32 {
        match self.format {
            LineTable::Lnotab | LineTable::SignedLnotab => {
                self.reader.table.get(self.reader.cursor.at as usize).copied().unwrap_or(0).into()
            }
            _ => 0,
        }
    }

    /// Steps over the next entry: where the bytecode ends for which it holds, and its bytes if it is broken.
    pub(crate) fn skim(&mut self) -> Option<(u32, Option<Span>)> {
        let entry = self.next()?;
        Some((entry.end, entry.damaged.then_some(entry.span)))
    }

    /// Steps over entries that are whole, as far as that is seen at once, `budget` of them at most. Says how many they were.
    pub(crate) fn skip_whole(&mut self, budget: u32) -> u32 {
        match self.format {
            LineTable::Pep657 => locations::skip(self.reader.table, &mut self.reader.cursor, budget),
            _ => 0,
        }
    }
}

impl Iterator for LineEntries<'_> {
    type Item = LineEntry;

    fn next(&mut self) -> Option<LineEntry> {
        match self.format {
            LineTable::None => None,
            LineTable::Lnotab => lnotab::next(&mut self.reader, |increment| increment.into()),
            LineTable::SignedLnotab => lnotab::next(&mut self.reader, |increment| (increment as i8).into()),
            LineTable::Pep626 => pep626::next(&mut self.reader, false),
            LineTable::Pep626Ended => pep626::next(&mut self.reader, true),
            LineTable::PyPy => pypy::next(&mut self.reader),
            LineTable::Pep657 => locations::next(&mut self.reader),
        }
    }
}
