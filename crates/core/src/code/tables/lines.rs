//! What the line tables of all versions have in common, and looking offsets up in them.

use super::lnotab::{self, StepCursor, Stepwise};
use super::{locations, pep626, pypy};
use crate::python::LineTable;
use crate::{Code, Instruction, InstructionCursor, Instructions, Span};

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
pub struct LineCursor {
    /// The next entry, in bytes from the start of the table.
    pub(super) at: u32,
    /// The bytecode that the next entry begins with, in bytes.
    pub(super) address: u32,
    /// The line that the next entry counts from.
    pub(super) line: i32,
}

impl LineCursor {
    /// The bytecode that the next entry begins with, in bytes.
    pub(crate) fn address(self) -> u32 {
        self.address
    }
}

/// The entries of a line table of any version, in order.
#[derive(Clone, Copy, Debug)]
pub struct LineEntries<'t> {
    pub(super) table: &'t [u8],
    pub(super) cursor: LineCursor,
    pub(super) bytecode_size: u32,
    format: LineTable,
    file_offset: u32,
}

impl<'t> LineEntries<'t> {
    /// The entries of a `table` that stands at `file_offset`, of a code object with `bytecode_size` bytes of bytecode that
    /// begins on line `firstlineno`.
    #[must_use]
    pub fn new(table: &'t [u8], format: LineTable, firstlineno: i32, bytecode_size: u32, file_offset: u32) -> Self {
        let cursor = LineCursor { at: 0, address: 0, line: firstlineno };
        let table = if format == LineTable::None { &[] } else { table };
        let mut entries = Self { table, cursor, bytecode_size, format, file_offset };
        entries.cursor.address = entries.implied_size();
        entries
    }

    /// How many bytes of bytecode precede the first entry: they are on the first line. Only up to 3.9, where an entry says
    /// how far the one before it reached.
    #[must_use]
    pub fn implied_size(&self) -> u32 {
        match self.format {
            LineTable::None => self.bytecode_size,
            LineTable::Lnotab | LineTable::SignedLnotab => lnotab::first_address(self.table, self.bytecode_size),
            LineTable::Pep626 | LineTable::PyPy | LineTable::Pep657 => 0,
        }
    }

    /// Where the next entry begins, and what it counts from.
    #[must_use]
    pub fn cursor(&self) -> LineCursor {
        self.cursor
    }

    /// The same entries from where a cursor of this table stood.
    #[must_use]
    pub fn resume(&self, cursor: LineCursor) -> Self {
        Self { cursor, ..*self }
    }

    /// How many bytes of bytecode lie between the line before the next pair and the one that begins with it. Only up to 3.9; what
    /// lies past the end of the bytecode counts too.
    pub(crate) fn distance(&self) -> u32 {
        match self.format {
            LineTable::Lnotab | LineTable::SignedLnotab => {
                self.table.get(self.cursor.at as usize).copied().unwrap_or(0).into()
            }
            LineTable::None | LineTable::Pep626 | LineTable::PyPy | LineTable::Pep657 => 0,
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
            LineTable::Pep657 => locations::skip(self.table, &mut self.cursor, budget),
            _ => 0,
        }
    }

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

impl Iterator for LineEntries<'_> {
    type Item = LineEntry;

    fn next(&mut self) -> Option<LineEntry> {
        match self.format {
            LineTable::None => None,
            LineTable::Lnotab => lnotab::next(self, |increment| increment.into()),
            LineTable::SignedLnotab => lnotab::next(self, |increment| (increment as i8).into()),
            LineTable::Pep626 => pep626::next(self),
            LineTable::PyPy => pypy::next(self),
            LineTable::Pep657 => locations::next(self),
        }
    }
}

/// How many entries lie between two checkpoints.
const STRIDE: usize = 64;

/// Looks offsets up in a line table: 16 bytes for every 64 entries.
#[derive(Clone, Debug, Default)]
pub struct LineIndex {
    checkpoints: Vec<(u32, LineCursor)>,
    count: u32,
    /// Behind the last entry that was walked over.
    next: Option<LineCursor>,
    /// For Python 2.3, where lines go by instructions: from which offset on which line holds.
    steps: Vec<(u32, i32)>,
    /// Behind the last instruction that was walked over for it.
    walked: Option<(InstructionCursor, StepCursor)>,
}

impl LineIndex {
    /// Walks through the table of a code object. For Python 2.3 it gives instructions the lines that its `dis` gives them, which
    /// are not those that the table tells where several entries are for one place.
    #[must_use]
    pub fn new(code: &Code<'_>) -> Self {
        let mut index = Self::default();
        while !index.extend(code, u32::MAX) {}
        index
    }

    /// Goes on walking through a table, which must be the same each time, for `budget` entries. `true` at its end: an index of
    /// nothing becomes that of a long table in slices.
    pub fn extend(&mut self, code: &Code<'_>, budget: u32) -> bool {
        let entries = code.line_entries();
        let mut entries = self.next.map_or(entries, |next| entries.resume(next));
        for spent in 0..budget {
            let cursor = entries.cursor();
            let Some(entry) = entries.next() else { return self.extend_steps(code, budget - spent) };
            if self.count as usize % STRIDE == 0 {
                self.checkpoints.push((entry.start, cursor));
            }
            self.count += 1;
            self.next = Some(entries.cursor());
        }
        false
    }

    /// Goes on walking along the instructions of Python 2.3.
    fn extend_steps(&mut self, code: &Code<'_>, budget: u32) -> bool {
        let (walk, stepwise) = match self.walked {
            Some((walk, steps)) => (walk, Stepwise::resume(code, steps)),
            None => (InstructionCursor::default(), Stepwise::of(code)),
        };
        let Some(mut stepwise) = stepwise else { return true };
        let mut walk = Instructions::resume(code.bytecode(), code.python(), walk);
        for _ in 0..budget {
            let Some(instruction) = walk.next() else { return true };
            let line = stepwise.line(instruction.offset);
            if self.steps.last().is_none_or(|&(_, last)| last != line) {
                self.steps.push((instruction.offset, line));
            }
        }
        self.walked = Some((walk.cursor(), stepwise.cursor()));
        false
    }

    /// How many entries there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The entries of the indexed table from number `n` on, counted from 0.
    #[must_use]
    pub fn from<'t>(&self, entries: &LineEntries<'t>, n: u32) -> LineEntries<'t> {
        let Some(&(_, cursor)) = self.checkpoints.get(n as usize / STRIDE) else {
            return entries.resume(LineCursor { at: entries.table.len() as u32, address: 0, line: 0 });
        };
        let mut from = entries.resume(cursor);
        for _ in 0..n as usize % STRIDE {
            from.next();
        }
        from
    }

    /// What the indexed table says of the bytecode at `offset`, in bytes.
    #[must_use]
    pub fn position(&self, entries: &LineEntries<'_>, offset: u32) -> SourcePosition {
        if let Some(step) = self.steps.partition_point(|&(start, _)| start <= offset).checked_sub(1) {
            return SourcePosition { line: Some(self.steps[step].1), ..SourcePosition::default() };
        }
        let behind = self.checkpoints.partition_point(|&(start, _)| start <= offset);
        let resumed = match behind.checked_sub(1) {
            Some(checkpoint) => entries.resume(self.checkpoints[checkpoint].1),
            None => *entries,
        };
        PositionLookup::new(resumed).position(offset)
    }
}

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
        let cursor = entries.cursor;
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
        let (table, mut cursor, mut line) = (self.entries.table, self.entries.cursor, self.current.line);
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
        (self.entries.cursor, self.end, self.current.line) = (cursor, cursor.address, line);
    }

    /// Tells where ascending offsets are in the source, columns included.
    pub(crate) fn locate<'s>(&mut self, steps: impl Iterator<Item = (&'s Instruction, &'s mut SourcePosition)>) {
        if self.entries.format != LineTable::Pep657 {
            steps.for_each(|(instruction, position)| *position = self.position(instruction.offset));
            return;
        }
        let (table, mut cursor, mut current) = (self.entries.table, self.entries.cursor, self.current);
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
        (self.entries.cursor, self.end, self.current) = (cursor, cursor.address, current);
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
