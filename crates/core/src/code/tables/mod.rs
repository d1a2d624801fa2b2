//! The tables of a code object: which bytecode belongs to which line and column, and which handler guards it.
//!
//! Each format is an iterator of entries that keeps nothing but where it stands. An entry that is broken is marked so; the ones
//! behind it are found again.
//!
//! The line tables have layers: what an entry says (`line_entry`), how each format writes it (`lnotab`, `pep626`, `locations`,
//! `pypy`), the entries of any format (`lines`), offsets looked up in them in order (`lookup`) and in any order (`line_index`).

mod bounds;
mod exceptions;
mod line_entry;
mod line_index;
mod lines;
mod lnotab;
mod locations;
mod lookup;
mod pep626;
mod places;
mod pypy;
mod starts;
mod stepwise;
mod varint;

pub(crate) use bounds::EntryBounds;
pub use exceptions::{ExceptionEntries, ExceptionEntry};
pub(crate) use line_entry::LineCursor;
pub use line_entry::{LineEntry, LineEntryKind, SourcePosition};
pub use line_index::LineIndex;
pub use lines::LineEntries;
pub(crate) use places::Places;
pub(crate) use starts::line_starts;

use crate::{Code, Field, Instructions, Labels};

impl<'p> Code<'p> {
    /// The instructions, in order.
    #[must_use]
    pub fn instructions(&self) -> Instructions<'p> {
        Instructions::new(self.bytecode(), self.python())
    }

    /// Its labels, as `dis.dis` of its version marks and, from 3.13 on, numbers them: where jumps lead, where handlers begin, and
    /// from 3.13 on where what they guard begins and ends.
    #[must_use]
    pub fn labels(&self) -> Labels {
        let mut labels = Labels::default();
        self.find_labels(&mut labels);
        labels
    }

    /// Puts them in place of those of another code object.
    pub(crate) fn find_labels(&self, labels: &mut Labels) {
        labels.rebuild(self.bytecode(), self.python());
        if self.python().format.dis.labels {
            labels.add(self.exception_entries().flat_map(|entry| [entry.start, entry.end, entry.target]));
        } else {
            let guards = self.exception_entries().filter(|entry| entry.start < entry.end);
            labels.add(guards.map(|entry| entry.target));
        }
    }

    /// The entries of `co_lnotab`, from 3.10 on `co_linetable`. None up to 1.4, where `SET_LINENO` instructions do their work.
    #[must_use]
    pub fn line_entries(&self) -> LineEntries<'p> {
        let (table, span) = self.data(Field::Linetable).unwrap_or((&[], self.span()));
        let firstlineno = self.number(Field::Firstlineno).unwrap_or(0) as i32;
        LineEntries::new(table, self.python().format.lines, firstlineno, self.bytecode().len() as u32, span.start)
    }

    /// The entries of `co_exceptiontable` (3.11+).
    #[must_use]
    pub fn exception_entries(&self) -> ExceptionEntries<'p> {
        let (table, span) = self.data(Field::Exceptiontable).unwrap_or((&[], self.span()));
        ExceptionEntries::new(table, span.start)
    }
}
