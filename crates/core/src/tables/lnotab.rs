//! `co_lnotab` (1.5 – 3.9): pairs of an address increment and a line increment (`Objects/lnotab_notes.txt`, CPython 3.6).
//!
//! A pair says how far the line before it reached, and how much greater the next line is. An entry here is turned the other way
//! round: the line that begins with it, and the bytecode up to where the next pair begins another.

use super::lines::{LineCursor, LineEntries, LineEntry, LineEntryKind};

/// Where the first pair's line begins: what precedes it is on the first line.
pub(super) fn first_address(table: &[u8], bytecode_size: u32) -> u32 {
    match table {
        [] | [_] => bytecode_size,
        [increment, ..] => u32::from(*increment).min(bytecode_size),
    }
}

/// The next pair, its line increment read by `line_increment`.
pub(super) fn next(entries: &mut LineEntries<'_>, line_increment: impl Fn(u8) -> i32) -> Option<LineEntry> {
    let LineCursor { at, address, line } = entries.cursor;
    match entries.table.get(at as usize..)? {
        [] => None,
        [_] => {
            let mut cut = entries.entry(1, LineEntryKind::Pair, entries.cursor);
            cut.damaged = true;
            Some(cut)
        }
        [_, increment, behind @ ..] => {
            let line = line.wrapping_add(line_increment(*increment));
            entries.cursor.line = line;
            let end = match behind {
                [] | [_] => entries.bytecode_size.max(address),
                [next, ..] => address.saturating_add((*next).into()),
            };
            // The compiler may leave pairs for bytecode that was optimised away.
            let next = LineCursor { at, address: end.min(entries.bytecode_size.max(address)), line };
            Some(entries.entry(2, LineEntryKind::Pair, next))
        }
    }
}

/// How the `dis` of Python 2.3 goes through the pairs: one that moves the line on is taken up at the instruction behind that of
/// the last one, even where both are for the same place.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stepwise {
    next: u32,
    address: u32,
    line: i32,
    increment: i32,
}

impl Stepwise {
    /// Before the first instruction.
    pub(crate) fn new(table: &[u8], firstlineno: i32) -> Self {
        let mut start = Self { line: firstlineno, ..Self::default() };
        while let Some([0, increment]) = start.pair(table) {
            start.line = start.line.wrapping_add(increment.into());
            start.next += 2;
        }
        start
    }

    fn pair(&self, table: &[u8]) -> Option<[u8; 2]> {
        table.get(self.next as usize..)?.first_chunk().copied()
    }

    /// The line of the next instruction, which is at `offset`.
    pub(crate) fn line(&mut self, table: &[u8], offset: u32) -> i32 {
        if offset >= self.address {
            self.line = self.line.wrapping_add(self.increment);
            self.increment = 0;
            while self.increment == 0 {
                let Some([distance, increment]) = self.pair(table) else {
                    self.address = u32::MAX;
                    break;
                };
                self.address = self.address.saturating_add(distance.into());
                self.increment = increment.into();
                self.next += 2;
            }
        }
        self.line
    }
}
