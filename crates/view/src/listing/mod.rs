//! The listing pane: one code object as `dis` would print it, with its jumps drawn in the margin.

mod jumps;
mod outline;
mod rows;
mod state;

pub(crate) use jumps::LanesIndexer;
pub(crate) use state::{Listing, RowCount};

use crate::{InstructionCells, Item, Span, Styled};

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
    /// The instruction that is jumped to: jumps that meet are one.
    pub target: Item,
    /// Whether the jump leads backward.
    pub backward: bool,
    /// Whether it is the way of the chosen instruction's jump, or of one to it.
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
    /// A line from top to bottom which a jump joins here, downward.
    JoinsDown,
    /// A line from top to bottom which a jump joins here, upward.
    JoinsUp,
    /// A corner with an arrow head: it arrives from above.
    ArrivesFromAbove,
    /// A corner with an arrow head: it arrives from below.
    ArrivesFromBelow,
    /// A jump to itself.
    Loop,
    /// A short line out: a jump leaves here whose way is not drawn, for want of a free lane.
    LeavesUndrawn,
    /// A short line in: a jump arrives here whose way is not drawn.
    ArrivesUndrawn,
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
