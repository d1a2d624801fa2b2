//! What the line tables of all versions have in common: what an entry says, and where reading a table stands.

use crate::Span;

/// A place in the source. `None` where the table gives none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourcePosition {
    /// The line, counted from 1.
    pub line: Option<i32>,
    /// The last line (3.11+).
    pub end_line: Option<i32>,
    /// The column in bytes of UTF-8, counted from 0 (3.11+).
    pub column: Option<u32>,
    /// The column behind the end, likewise (3.11+).
    pub end_column: Option<u32>,
}

/// How an entry is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineEntryKind {
    /// Two bytes: address increment, line increment (up to 3.10).
    Pair,
    /// Two bytes: the same line, columns below 80 (3.11+, codes 0 – 9).
    Short,
    /// Three bytes: this line, the next or the one after, columns below 128 (3.11+, codes 10 – 12).
    OneLine,
    /// A line without columns (3.11+, code 13).
    NoColumns,
    /// Lines and columns in full (3.11+, code 14).
    Long,
    /// No place in the source (3.11+, code 15).
    NoLocation,
}

/// An entry of a line table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LineEntry {
    /// Its bytes in the file.
    pub span: Span,
    /// Where it begins in the table, in bytes.
    pub offset: u32,
    /// How it is written.
    pub kind: LineEntryKind,
    /// The first byte of bytecode for which it holds.
    pub start: u32,
    /// The byte of bytecode behind those for which it holds; equal to `start` where it only moves the line on.
    pub end: u32,
    /// What it says of that bytecode.
    pub position: SourcePosition,
    /// It is broken: what is shown is what could be read.
    pub damaged: bool,
}

/// Where reading a line table stands: enough to go on from there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LineCursor {
    /// The next entry, in bytes from the start of the table.
    pub(super) at: u32,
    /// The bytecode that the next entry begins with, in bytes.
    pub(crate) address: u32,
    /// The line that the next entry counts from.
    pub(super) line: i32,
}

/// A line table that is read entry by entry, in whichever format.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineReader<'t> {
    pub(super) table: &'t [u8],
    pub(super) cursor: LineCursor,
    /// How many bytes the bytecode has.
    pub(super) bytecode_size: u32,
    /// Where the table stands in the file.
    pub(super) file_offset: u32,
}

impl LineReader<'_> {
    /// Makes an entry of `size` bytes and steps behind it.
    pub(super) fn entry(&mut self, size: u32, kind: LineEntryKind, next: LineCursor) -> LineEntry {
        let LineCursor { at, address, line } = self.cursor;
        self.cursor = LineCursor { at: at + size, ..next };
        LineEntry {
            span: Span::new(self.file_offset + at, self.file_offset + at + size),
            offset: at,
            kind,
            start: address,
            end: next.address,
            position: SourcePosition { line: Some(line), ..SourcePosition::default() },
            damaged: false,
        }
    }
}
