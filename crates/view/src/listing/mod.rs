//! The listing pane: one code object as `dis` would print it, with its jumps drawn in the margin.

use std::ops::Range;

use crate::{Crumb, Document, InstructionCells, Item, Key, Span, Styled};

/// What a row of the listing is.
#[derive(Clone, Debug, PartialEq)]
pub enum ListingRowKind {
    /// An instruction.
    Instruction(InstructionCells),
    /// A field of the inline cache of the instruction above.
    Cache {
        /// Its name.
        name: String,
        /// Its value.
        value: u64,
    },
    /// The heading above the exception table.
    ExceptionHeading,
    /// An entry of the exception table: `4 to 10 -> 24 [1] lasti`.
    Exception(Styled),
}

/// What a row of the listing is to the chosen one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// The chosen instruction jumps to it, or its handler.
    Target,
    /// It jumps to the chosen instruction.
    Source,
}

/// A row of the listing.
#[derive(Clone, Debug, PartialEq)]
pub struct ListingRow {
    /// What it shows.
    pub item: Option<Item>,
    /// Which row it is, counted from 0.
    pub index: usize,
    /// What it is.
    pub kind: ListingRowKind,
    /// Its bytes.
    pub span: Span,
    /// Whether a source line begins here: a rule, or more room, goes above.
    pub starts_line: bool,
    /// Whether it has caches to unfold.
    pub expandable: bool,
    /// Whether they are unfolded.
    pub expanded: bool,
    /// Whether it is chosen.
    pub selected: bool,
    /// Whether it is a search hit.
    pub marked: bool,
    /// What it is to the chosen instruction.
    pub relation: Option<Relation>,
    /// How many entries of the exception table guard it.
    pub guards: u32,
    /// What the margin shows of jumps, from the innermost lane on.
    pub lanes: Vec<Lane>,
}

/// What one lane of the margin shows on one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Which lane: 0 is next to the instructions.
    pub lane: u8,
    /// What is drawn.
    pub shape: LaneShape,
    /// The instruction that jumps.
    pub jump: Item,
    /// Whether the jump leads backward.
    pub backward: bool,
    /// Whether it is a jump of the chosen instruction, or to it.
    pub lit: bool,
}

/// What is drawn in a lane on one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LaneShape {
    /// A line from top to bottom.
    Through,
    /// A corner: the jump leaves here, downward.
    LeavesDown,
    /// A corner: the jump leaves here, upward.
    LeavesUp,
    /// A corner with an arrow head: it arrives from above.
    ArrivesFromAbove,
    /// A corner with an arrow head: it arrives from below.
    ArrivesFromBelow,
    /// A jump to itself.
    Loop,
}

/// A code object in the outline of functions and classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineRow {
    /// Its code object.
    pub item: Item,
    /// How deep it is nested, 0 for the module.
    pub depth: u32,
    /// Its name with its parameters: `walrus(data, /, start, *, stop)`.
    pub name: Styled,
    /// The source line on which it begins.
    pub line: Option<i64>,
    /// How many bytes its bytecode has.
    pub size: u32,
    /// Whether it is the one in the listing.
    pub current: bool,
}

/// What the listing shows.
#[derive(Debug, Default)]
pub(crate) struct Listing {}

impl Document {
    pub(crate) fn listing_enter(&mut self, item: Item) {
        let _ = item;
    }

    /// The code object in the listing: that of what is chosen. `None` if the file has none.
    #[must_use]
    pub fn listing_code(&self) -> Option<Item> {
        None
    }

    /// How many rows the listing has.
    #[must_use]
    pub fn listing_len(&self) -> usize {
        0
    }

    /// Rows of the listing, for the part that is on screen.
    #[must_use]
    pub fn listing_rows(&self, range: Range<usize>) -> Vec<ListingRow> {
        let _ = range;
        Vec::new()
    }

    /// How many lanes the margin has: at most 8.
    #[must_use]
    pub fn listing_lanes(&self) -> u8 {
        0
    }

    /// Which row shows what is chosen.
    #[must_use]
    pub fn listing_selected_row(&self) -> Option<usize> {
        None
    }

    /// Chooses the item of a row.
    pub fn listing_select_row(&mut self, row: usize) {
        let _ = row;
    }

    /// Does what a key does, `page` rows being on screen. The row that is chosen afterwards.
    pub fn listing_key(&mut self, key: Key, page: usize) -> Option<usize> {
        let _ = (key, page);
        None
    }

    /// Unfolds an instruction's caches, or folds them.
    pub fn listing_toggle(&mut self, item: Item) {
        let _ = item;
    }

    /// Whether the caches of all instructions are unfolded.
    #[must_use]
    pub fn listing_shows_caches(&self) -> bool {
        false
    }

    /// Unfolds the caches of all instructions, or folds them.
    pub fn listing_show_caches(&mut self, show: bool) {
        let _ = show;
    }

    /// The code objects that the one in the listing is nested in, outermost first, itself last.
    #[must_use]
    pub fn listing_crumbs(&self) -> Vec<Crumb> {
        Vec::new()
    }

    /// How many code objects the file has.
    #[must_use]
    pub fn outline_len(&self) -> usize {
        self.pyc.codes().len()
    }

    /// The code objects of the file, nested as they are.
    #[must_use]
    pub fn outline_rows(&self, range: Range<usize>) -> Vec<OutlineRow> {
        let _ = range;
        Vec::new()
    }
}
