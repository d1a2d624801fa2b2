//! The lines of Python 2.3, whose `dis` goes through `co_lnotab` in its own way (`Lib/dis.py`, CPython 2.3).

use crate::{Code, Field, Version};

/// How the `dis` of Python 2.3 goes through the pairs: one that moves the line on is taken up at the instruction behind that of
/// the last one, even where both are for the same place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stepwise<'t> {
    table: &'t [u8],
    /// The next pair.
    next: u32,
    /// The offset up to which the line holds.
    address: u32,
    line: i32,
    /// How much greater the line behind it is.
    increment: i32,
}

impl<'t> Stepwise<'t> {
    /// Before the first instruction of a code object; `None` for any other Python.
    pub(crate) fn of(code: &Code<'t>) -> Option<Self> {
        if code.python().version != Version::new(2, 3) {
            return None;
        }
        let (table, _) = code.data(Field::Linetable)?;
        let line = code.number(Field::Firstlineno).unwrap_or(0) as i32;
        let mut start = Self { table, next: 0, address: 0, line, increment: 0 };
        while let Some([0, increment]) = start.pair() {
            start.line = start.line.wrapping_add(increment.into());
            start.next += 2;
        }
        Some(start)
    }

    fn pair(&self) -> Option<[u8; 2]> {
        self.table.get(self.next as usize..)?.first_chunk().copied()
    }

    /// The line of the next instruction, which is at `offset`.
    pub(crate) fn line(&mut self, offset: u32) -> i32 {
        if offset >= self.address {
            self.line = self.line.wrapping_add(self.increment);
            self.increment = 0;
            while self.increment == 0 {
                let Some([distance, increment]) = self.pair() else {
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
