//! `co_lnotab` (1.5 – 3.9): pairs of an address increment and a line increment (`Objects/lnotab_notes.txt`, CPython 3.6).
//!
//! A pair says how far the line before it reached, and how much greater the next line is. An entry here is turned the other way
//! round: the line that begins with it, and the bytecode up to where the next pair begins another.

use super::lines::{LineCursor, LineEntries, LineEntry, LineEntryKind};
use crate::{Code, Field, Version};

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
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stepwise<'t> {
    table: &'t [u8],
    cursor: StepCursor,
}

/// Where going through the pairs stands: enough to go on from there.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StepCursor {
    next: u32,
    address: u32,
    line: i32,
    increment: i32,
}

impl<'t> Stepwise<'t> {
    /// Before the first instruction of a code object; `None` for any other Python.
    pub(crate) fn of(code: &Code<'t>) -> Option<Self> {
        let mut start = Self::resume(code, StepCursor::default())?;
        start.cursor.line = code.number(Field::Firstlineno).unwrap_or(0) as i32;
        while let Some([0, increment]) = start.pair() {
            start.cursor.line = start.cursor.line.wrapping_add(increment.into());
            start.cursor.next += 2;
        }
        Some(start)
    }

    /// From where going through the same pairs stood.
    pub(crate) fn resume(code: &Code<'t>, cursor: StepCursor) -> Option<Self> {
        if code.python().version != Version::new(2, 3) {
            return None;
        }
        let (table, _) = code.data(Field::Linetable)?;
        Some(Self { table, cursor })
    }

    /// What is needed to go on later.
    pub(crate) fn cursor(&self) -> StepCursor {
        self.cursor
    }

    fn pair(&self) -> Option<[u8; 2]> {
        self.table.get(self.cursor.next as usize..)?.first_chunk().copied()
    }

    /// The line of the next instruction, which is at `offset`.
    pub(crate) fn line(&mut self, offset: u32) -> i32 {
        if offset >= self.cursor.address {
            self.cursor.line = self.cursor.line.wrapping_add(self.cursor.increment);
            self.cursor.increment = 0;
            while self.cursor.increment == 0 {
                let Some([distance, increment]) = self.pair() else {
                    self.cursor.address = u32::MAX;
                    break;
                };
                self.cursor.address = self.cursor.address.saturating_add(distance.into());
                self.cursor.increment = increment.into();
                self.cursor.next += 2;
            }
        }
        self.cursor.line
    }
}
