//! Rows of bytes.

use pycxray::Span;
use serde::{Deserialize, Serialize};

use super::{Definition, Hue, ItemKey};

/// Rows of the hex view. What is chosen in them is told by [`Selection`](super::Selection).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HexWindow {
    /// How many bytes a row has; the last row may have fewer.
    pub columns: u32,
    /// Which row the first one is, counted from 0.
    pub start: usize,
    /// How many rows the file has.
    pub total: usize,
    /// The bytes of the rows, from offset `start * columns` on.
    pub bytes: Vec<u8>,
    /// What owns them, in order; the first one may begin before them.
    pub owners: Vec<Owner>,
    /// The parts of search hits among them, in order.
    pub hits: Vec<Span>,
    /// The parts of instructions among them that the chosen text of the companion became, or that of the chosen instruction;
    /// in order.
    pub together: Vec<Span>,
}

impl HexWindow {
    /// The bytes that it shows.
    #[must_use]
    pub fn span(&self) -> Span {
        let start = (self.start as u32).saturating_mul(self.columns);
        Span::new(start, start.saturating_add(self.bytes.len() as u32))
    }
}

/// What owns bytes: a leaf of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The offset in the file at which it begins; it goes on to where the next one begins.
    pub offset: u32,
    /// Its colour.
    pub hue: Hue,
}

/// What hovering over a byte tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HexHover {
    /// The byte's offset.
    pub offset: u32,
    /// What owns it.
    pub item: ItemKey,
    /// What that is called: `46 LOAD_GLOBAL › counter`.
    pub owner: String,
    /// All of the owner's bytes.
    pub span: Span,
    /// What its bytes mean as numbers and text, read from this byte on, little-endian.
    pub readings: Vec<Definition>,
}

/// How many columns fit a width: 8, 16 or 32. `cell` is the width of a byte in hex, `character` that of a character of the
/// text column, `rest` that of everything else.
#[must_use]
pub fn columns_for(width: f64, cell: f64, character: f64, rest: f64) -> u32 {
    let fits = |columns: &u32| f64::from(*columns) * (cell + character) + rest <= width;
    [32, 16].into_iter().find(fits).unwrap_or(8)
}
