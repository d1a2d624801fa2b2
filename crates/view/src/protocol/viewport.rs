//! Which parts of a document are on screen, and the rows that fill them.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{ItemKey, Ribbon};

/// The views that show parts of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum View {
    /// What the file is made of.
    Tree,
    /// One code object, as `dis` would print it.
    Listing,
    /// The file as Python.
    Source,
    /// The text of the companion.
    Companion,
    /// Whether the file can have been made of the companion.
    Verify,
    /// The control flow of one code object.
    Graph,
    /// The functions and classes.
    Outline,
    /// What is wrong.
    Problems,
    /// What an archive or a frozen program holds.
    Members,
    /// The texts and byte strings of the file.
    Strings,
    /// What a search found.
    Found,
    /// What differs between two files.
    Changes,
    /// Their instructions side by side.
    Pair,
    /// The bytes.
    Hex,
    /// The bytes of one of two files that are compared: 0 for the first, 1 for the second.
    SideHex(usize),
    /// The file at a glance.
    Ribbon,
}

/// What a view shows at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Viewport {
    /// Rows of the tree.
    Tree(Rows),
    /// Rows of the listing.
    Listing(Rows),
    /// Lines of the source.
    Source(Rows),
    /// Lines of the companion.
    Companion(Rows),
    /// What speaks against the file, which is cut at a fixed length.
    Verify,
    /// The graph, which is small.
    Graph,
    /// Rows of the outline.
    Outline(Rows),
    /// The list of problems.
    Problems,
    /// Rows of the list of members.
    Members(Rows),
    /// Rows of the list of strings.
    Strings(Rows),
    /// Hits of the search.
    Found(Rows),
    /// Rows of what differs between two files.
    Changes(Rows),
    /// Rows of their instructions.
    Pair {
        /// Which rows.
        rows: Rows,
        /// Whether both sides stand beside each other in a row; else below each other.
        beside: bool,
    },
    /// Rows of bytes.
    Hex {
        /// Which rows.
        rows: Rows,
        /// How many bytes each has.
        columns: u32,
    },
    /// Rows of bytes of one of two files that are compared.
    SideHex {
        /// Which file: 0 for the first, 1 for the second.
        side: usize,
        /// Which rows.
        rows: Rows,
        /// How many bytes each has.
        columns: u32,
    },
    /// The ribbon: which part of the file, the whole where that is empty, on how many pixels.
    Ribbon(Ribbon),
}

impl Viewport {
    /// The view that it is of.
    #[must_use]
    pub const fn view(&self) -> View {
        match self {
            Self::Tree(_) => View::Tree,
            Self::Listing(_) => View::Listing,
            Self::Source(_) => View::Source,
            Self::Companion(_) => View::Companion,
            Self::Verify => View::Verify,
            Self::Graph => View::Graph,
            Self::Outline(_) => View::Outline,
            Self::Problems => View::Problems,
            Self::Members(_) => View::Members,
            Self::Strings(_) => View::Strings,
            Self::Found(_) => View::Found,
            Self::Changes(_) => View::Changes,
            Self::Pair { .. } => View::Pair,
            Self::Hex { .. } => View::Hex,
            Self::SideHex { side, .. } => View::SideHex(*side),
            Self::Ribbon(_) => View::Ribbon,
        }
    }
}

/// Rows of a list, some more than are in sight on either side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// The first one, counted from 0.
    pub start: usize,
    /// How many.
    pub count: usize,
}

impl Rows {
    /// From the first up to, and without, the last.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start..self.start.saturating_add(self.count)
    }
}

/// Rows of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Window<R> {
    /// Which row the first one is, counted from 0.
    pub start: usize,
    /// The rows; as many as were asked for, as far as there are so many.
    pub rows: Vec<R>,
    /// How many rows the whole list has.
    pub total: usize,
    /// The row of what is chosen; it need not be among these.
    pub selected: Option<usize>,
    /// Changes when something else was chosen, in or outside of this view: that is when `selected` is to be scrolled to.
    pub choice: u64,
    /// What is listed, where that can change: when it does, the list begins at its top.
    pub subject: Option<ItemKey>,
    /// Where another view led it last.
    pub lead: Option<Lead>,
}

/// Where a view is led by another one, which the reader scrolled: to what the first row in sight there stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    /// Another one for each time that it was led: that is when `row` is to be the first in sight.
    pub number: u64,
    /// The row.
    pub row: usize,
}

impl<R> Window<R> {
    /// The row of this number in the whole list, if it is among these.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<&R> {
        self.rows.get(index.checked_sub(self.start)?)
    }
}
