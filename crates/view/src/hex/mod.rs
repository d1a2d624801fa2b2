//! The hex pane: bytes tinted by owner.

mod copy;
mod hover;

pub use copy::{CopyAs, copy_bytes};

use pycxray::{Leaves, Pyc};

use crate::item::{bytes, hue};
use crate::{Definition, Document, Hue, Item, Span};

/// A row of the hex view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HexRow {
    /// The offset of its first byte.
    pub offset: u32,
    /// Its bytes; fewer in the last row.
    pub cells: Vec<HexCell>,
}

/// A byte of the hex view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HexCell {
    /// The byte.
    pub byte: u8,
    /// The colour of its owner.
    pub hue: Hue,
    /// Whether its owner begins here: a thin line goes before it.
    pub starts: bool,
    /// Whether it is chosen.
    pub selected: bool,
    /// Whether it is the byte that keys move from.
    pub cursor: bool,
    /// Whether it is part of a search hit.
    pub marked: bool,
    /// What the text column shows: the character where it is a printable one of ASCII, else `·`.
    pub text: char,
}

/// What hovering over a byte tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HexHover {
    /// The byte's offset.
    pub offset: u32,
    /// What owns it.
    pub item: Item,
    /// What that is called: `46 LOAD_GLOBAL › counter`.
    pub owner: String,
    /// All of the owner's bytes.
    pub span: Span,
    /// What its bytes mean as numbers and text, read from this byte on, little-endian.
    pub readings: Vec<Definition>,
}

/// A key that moves through the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HexStep {
    /// One byte back.
    Left,
    /// One byte on.
    Right,
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// To the start of the row.
    RowStart,
    /// To the end of the row.
    RowEnd,
    /// To the first byte.
    Start,
    /// To the last byte.
    End,
    /// A screenful up.
    PageUp,
    /// A screenful down.
    PageDown,
}

/// How many columns fit a width: 8, 16 or 32. `cell` is the width of a byte in hex, `character` that of a character of the
/// text column, `rest` that of everything else.
#[must_use]
pub fn columns_for(width: f64, cell: f64, character: f64, rest: f64) -> u32 {
    let fits = |columns: &u32| f64::from(*columns) * (cell + character) + rest <= width;
    [32, 16].into_iter().find(fits).unwrap_or(8)
}

impl Document {
    /// How many rows there are with so many columns.
    #[must_use]
    pub fn hex_len(&self, columns: u32) -> u32 {
        (self.pyc.bytes().len() as u32).div_ceil(columns.max(1))
    }

    /// `count` rows from row `first` on.
    #[must_use]
    pub fn hex_rows(&self, first: u32, count: u32, columns: u32) -> Vec<HexRow> {
        let columns = columns.max(1);
        let bytes = self.pyc.bytes();
        let start = (u64::from(first) * u64::from(columns)).min(bytes.len() as u64) as usize;
        let end = (start as u64 + u64::from(count) * u64::from(columns)).min(bytes.len() as u64) as usize;
        let mut owners = Owners::new(self, start as u32);
        let chunks = bytes[start..end].chunks(columns as usize);
        let (mut rows, mut offset) = (Vec::with_capacity(chunks.len()), start as u32);
        for bytes in chunks {
            let cells = (offset..).zip(bytes).map(|(offset, &byte)| self.hex_cell(offset, byte, &mut owners)).collect();
            rows.push(HexRow { offset, cells });
            offset += bytes.len() as u32;
        }
        rows
    }

    fn hex_cell(&self, offset: u32, byte: u8, owners: &mut Owners<'_>) -> HexCell {
        let (hue, starts) = owners.of(offset);
        HexCell {
            byte,
            hue,
            starts,
            selected: self.selection.span.contains(offset),
            cursor: self.selection.cursor == offset,
            marked: self.is_hit_byte(offset),
            text: if (b' '..=b'~').contains(&byte) { byte.into() } else { '·' },
        }
    }

    /// The row of the first chosen byte, or of the one that keys move: what the pane scrolls to.
    #[must_use]
    pub fn hex_selected_row(&self, columns: u32) -> u32 {
        self.selection.cursor / columns.max(1)
    }

    /// Moves the cursor, `page` rows being on screen; `extend` (Shift) takes the bytes between into the range, else the
    /// innermost item at the cursor is chosen. Where the cursor is then.
    pub fn hex_key(&mut self, step: HexStep, extend: bool, columns: u32, page: u32) -> u32 {
        let (columns, page) = (columns.max(1), page.max(2) - 1);
        let last = self.last_offset();
        let at = self.selection.cursor;
        let in_row = at % columns;
        let down = |rows: u32| match at.checked_add(rows.saturating_mul(columns)) {
            Some(below) if below <= last => below,
            // Short of the last row, the cursor goes into it; in it, it stays.
            _ if at / columns < last / columns => (last / columns * columns + in_row).min(last),
            _ => at,
        };
        let up = |rows: u32| at.checked_sub(rows.saturating_mul(columns)).unwrap_or(in_row);
        let to = match step {
            HexStep::Left => at.saturating_sub(1),
            HexStep::Right => (at + 1).min(last),
            HexStep::Up => up(1),
            HexStep::Down => down(1),
            HexStep::PageUp => up(page),
            HexStep::PageDown => down(page),
            HexStep::RowStart => at - in_row,
            HexStep::RowEnd => (at - in_row + columns - 1).min(last),
            HexStep::Start => 0,
            HexStep::End => last,
        };
        if extend {
            self.select_range(self.selection.anchor, to);
        } else {
            self.select_at(to, true);
        }
        self.selection.cursor
    }

    /// The chosen bytes, written for the clipboard.
    #[must_use]
    pub fn copy(&self, form: CopyAs) -> String {
        copy_bytes(self.selected_bytes(), form)
    }

    /// The chosen bytes, for saving.
    #[must_use]
    pub fn selected_bytes(&self) -> &[u8] {
        bytes(&self.pyc, self.selection.span)
    }
}

/// The owners of ascending bytes: each leaf is looked up once.
struct Owners<'p> {
    pyc: &'p Pyc,
    leaves: Leaves<'p>,
    span: Span,
    hue: Hue,
}

impl<'p> Owners<'p> {
    fn new(document: &'p Document, offset: u32) -> Self {
        let pyc = &document.pyc;
        Self { pyc, leaves: pyc.leaves(offset), span: Span::at(offset), hue: Hue::Damage }
    }

    /// The colour of the byte's owner, and whether that begins there.
    fn of(&mut self, offset: u32) -> (Hue, bool) {
        while offset >= self.span.end {
            match self.leaves.next() {
                Some((span, leaf)) => (self.span, self.hue) = (span, hue(self.pyc, leaf)),
                None => (self.span, self.hue) = (Span::new(self.span.end, u32::MAX), Hue::Damage),
            }
        }
        (self.hue, self.span.start == offset)
    }
}
