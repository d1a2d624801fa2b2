//! The tables of a code object: which bytecode belongs to which line and column, and which handler guards it.
//!
//! Each format is an iterator of entries that keeps nothing but where it stands. An entry that is broken is marked so; the ones
//! behind it are found again.

mod bounds;
mod exceptions;
mod lines;
mod lnotab;
mod locations;
mod pep626;
mod places;
mod pypy;
mod varint;

pub(crate) use bounds::EntryBounds;
pub use exceptions::{ExceptionEntries, ExceptionEntry};
pub use lines::{LineCursor, LineEntries, LineEntry, LineEntryKind, LineIndex, SourcePosition};
pub(crate) use places::{Places, PlacesCursor};

use crate::{Code, Field, Instructions};

impl<'p> Code<'p> {
    /// The instructions, in order.
    #[must_use]
    pub fn instructions(&self) -> Instructions<'p> {
        Instructions::new(self.bytecode(), self.python())
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
