//! The hex pane: bytes tinted by owner.

mod copy;
mod scroll;

pub use copy::{CopyAs, copy_bytes};
pub use scroll::Scroll;

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
        let _ = (first, count, columns);
        Vec::new()
    }

    /// The row of the first chosen byte: what the pane scrolls to.
    #[must_use]
    pub fn hex_selected_row(&self, columns: u32) -> u32 {
        self.selection.span.start / columns.max(1)
    }

    /// What hovering over a byte tells.
    #[must_use]
    pub fn hex_hover(&self, offset: u32) -> Option<HexHover> {
        let _ = offset;
        None
    }

    /// Moves the cursor, `page` rows being on screen; `extend` (Shift) takes the bytes between into the range, else the
    /// innermost item at the cursor is chosen. Where the cursor is then.
    pub fn hex_key(&mut self, step: HexStep, extend: bool, columns: u32, page: u32) -> u32 {
        let _ = (step, extend, columns, page);
        0
    }

    /// The chosen bytes, written for the clipboard.
    #[must_use]
    pub fn copy(&self, form: CopyAs) -> String {
        copy_bytes(self.selected_bytes(), form)
    }

    /// The chosen bytes, for saving.
    #[must_use]
    pub fn selected_bytes(&self) -> &[u8] {
        let span = self.selection.span;
        self.pyc.bytes().get(span.start as usize..span.end as usize).unwrap_or(&[])
    }
}
