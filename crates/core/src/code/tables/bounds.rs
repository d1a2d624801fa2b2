//! Where the entries of a code object's tables begin and end, whatever they say.

use super::{pypy, varint};
use crate::python::LineTable;
use crate::{Code, Field};

/// The entries of a table other than the bytecode, by where each begins in the table and how many bytes it has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntryBounds<'t> {
    table: &'t [u8],
    form: Form,
    /// Where the next one begins.
    at: u32,
}

/// How entries are told apart.
#[derive(Clone, Copy, Debug)]
enum Form {
    /// Each has one byte.
    Bytes,
    /// Each has two.
    Pairs,
    /// The first byte of each is marked.
    Marked,
    /// Only reading one tells where the next begins.
    PyPy,
}

impl<'t> EntryBounds<'t> {
    /// All entries of a table; `None` where there is no such table.
    pub(crate) fn of(code: &Code<'t>, field: Field) -> Option<Self> {
        let (table, _) = code.data(field)?;
        let form = match (field, code.python().format.lines) {
            (Field::Localspluskinds, _) => Form::Bytes,
            (Field::Linetable, LineTable::PyPy) => Form::PyPy,
            (Field::Exceptiontable, _) | (Field::Linetable, LineTable::Pep657) => Form::Marked,
            _ => Form::Pairs,
        };
        Some(Self { table, form, at: 0 })
    }

    /// Those from the one on that begins at `offset`.
    pub(crate) fn from(self, offset: u32) -> Self {
        Self { at: offset, ..self }
    }

    /// Where the entry begins that has the byte at `offset`.
    pub(crate) fn start_of(&self, offset: u32) -> u32 {
        match self.form {
            Form::Bytes => offset,
            Form::Pairs => offset & !1,
            Form::Marked => {
                let upto = self.table.get(..=offset as usize).unwrap_or(self.table);
                upto.iter().rposition(|byte| byte & varint::ENTRY_START != 0).unwrap_or(0) as u32
            }
            Form::PyPy => pypy::entry_start(self.table, offset as usize) as u32,
        }
    }
}

impl Iterator for EntryBounds<'_> {
    type Item = (u32, u32);

    fn next(&mut self) -> Option<(u32, u32)> {
        let start = self.at as usize;
        let left = self.table.len().checked_sub(start).filter(|&left| left > 0)?;
        let size = match self.form {
            Form::Bytes => 1,
            Form::Pairs => 2,
            Form::Marked => varint::entry_size(self.table, start),
            Form::PyPy => pypy::entry_size(self.table, start),
        };
        let size = size.clamp(1, left) as u32;
        self.at += size;
        Some((start as u32, size))
    }
}
