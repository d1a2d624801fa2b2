//! The exception table (3.11+): which handler guards which bytecode (`Objects/exception_handling_notes.txt`, CPython 3.11).

use super::varint::{ENTRY_START, Varints, entry_size};
use crate::Span;

/// An entry of the exception table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExceptionEntry {
    /// Its bytes in the file.
    pub span: Span,
    /// Where it begins in the table, in bytes.
    pub offset: u32,
    /// The first byte of bytecode that it guards.
    pub start: u32,
    /// The byte of bytecode behind those that it guards.
    pub end: u32,
    /// Where the handler begins, in bytes from the start of the bytecode.
    pub target: u32,
    /// The stack depth to which the stack is unwound, in slots.
    pub depth: u32,
    /// Whether the offset of the raising instruction is pushed before the exception.
    pub lasti: bool,
    /// Its numbers do not fill its bytes, or are too great: what is shown is what could be read.
    pub damaged: bool,
}

/// The entries of an exception table, in order.
#[derive(Clone, Copy, Debug)]
pub struct ExceptionEntries<'t> {
    table: &'t [u8],
    at: usize,
    file_offset: u32,
}

impl<'t> ExceptionEntries<'t> {
    /// The entries of a table that stands at `file_offset`.
    #[must_use]
    pub fn new(table: &'t [u8], file_offset: u32) -> Self {
        Self { table, at: 0, file_offset }
    }

    /// Those from the entry on that begins at `offset` in the table, in bytes.
    #[must_use]
    pub fn from(self, offset: u32) -> Self {
        Self { at: offset as usize, ..self }
    }
}

impl Iterator for ExceptionEntries<'_> {
    type Item = ExceptionEntry;

    fn next(&mut self) -> Option<ExceptionEntry> {
        let first = *self.table.get(self.at)?;
        let size = entry_size(self.table, self.at);
        let bytes = &self.table[self.at..self.at + size];
        let mut numbers = Varints { rest: bytes, broken: first & ENTRY_START == 0 };
        let start = numbers.high_first().saturating_mul(2);
        let end = start.saturating_add(numbers.high_first().saturating_mul(2));
        let target = numbers.high_first().saturating_mul(2);
        let depth_lasti = numbers.high_first();
        let file_start = self.file_offset + self.at as u32;
        let entry = ExceptionEntry {
            span: Span::new(file_start, file_start + size as u32),
            offset: self.at as u32,
            start,
            end,
            target,
            depth: depth_lasti >> 1,
            lasti: depth_lasti & 1 != 0,
            damaged: numbers.broken || !numbers.rest.is_empty(),
        };
        self.at += size;
        Some(entry)
    }
}
