//! Rows of the listing, and of the outline that leads to it.

use serde::{Deserialize, Serialize};

use super::{Crumb, InstructionCells, ItemKey, Styled, Window};

/// The listing: one code object as `dis` would print it, with its jumps drawn in the margin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListingWindow {
    /// Its rows; their subject is the code object.
    pub window: Window<ListingRow>,
    /// Whether several rows are chosen.
    pub has_range: bool,
    /// How many lanes the margin has: at most 9.
    pub lanes: u8,
    /// The code objects that this one is nested in, outermost first, itself last.
    pub crumbs: Vec<Crumb>,
    /// Whether the caches of all instructions are unfolded.
    pub shows_caches: bool,
    /// Whether columns of the source are shown; `None` where the file has none.
    pub shows_columns: Option<bool>,
}

/// A row of the listing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListingRow {
    /// What it shows; of the heading, the exception table.
    pub item: ItemKey,
    /// Whether it is a search hit.
    pub marked: bool,
    /// Whether it is one of several that are chosen.
    pub is_in_range: bool,
    /// Whether the chosen text of the companion became it, or that of the chosen instruction.
    pub is_together: bool,
    /// Which of [`TINTS`](super::TINTS) it has in common with its line of the companion.
    pub tint: Option<u8>,
    /// What it says.
    pub content: ListingContent,
}

/// What a row of the listing says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ListingContent {
    /// An instruction.
    Instruction {
        /// Its columns; where a source line begins, a rule or more room goes above.
        cells: InstructionCells,
        /// The columns of the source that it stands in, if they are shown: `17–20`, over several lines `4:17–6:20`.
        columns: Option<String>,
        /// Whether it has caches to unfold.
        expandable: bool,
        /// Whether they are unfolded.
        expanded: bool,
        /// What it is to the chosen instruction.
        relation: Option<Relation>,
        /// How many entries of the exception table guard it.
        guards: u32,
        /// What the margin shows of jumps, from the innermost lane on.
        lanes: Vec<Lane>,
    },
    /// A field of the inline cache of the instruction above.
    Cache {
        /// Its name.
        name: String,
        /// Its value.
        value: u64,
        /// How many entries of the exception table guard the instruction.
        guards: u32,
        /// What the margin shows of jumps, from the innermost lane on.
        lanes: Vec<Lane>,
    },
    /// The heading above the exception table.
    ExceptionHeading,
    /// An entry of the exception table: `4 to 10 → 24 [1] lasti`.
    Exception(Styled),
}

/// What a row of the listing is to the chosen one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Relation {
    /// The chosen instruction jumps to it, or its handler.
    Target,
    /// It jumps to the chosen instruction.
    Source,
}

/// What one lane of the margin shows on one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lane {
    /// Which lane: 0 is next to the instructions.
    pub lane: u8,
    /// What is drawn.
    pub shape: LaneShape,
    /// The instruction that is jumped to: jumps that meet are one.
    pub target: ItemKey,
    /// Whether the jump leads backward.
    pub backward: bool,
    /// Whether it is the way of the chosen instruction's jump, or of one to it.
    pub lit: bool,
}

/// What is drawn in a lane on one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// What the user did in the outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutlineAction {
    /// Wants those alone whose names hold this, in letters of either case; for nothing, all.
    Filter(String),
}

/// A code object in the outline of functions and classes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlineRow {
    /// Its code object.
    pub item: ItemKey,
    /// How deep it is nested, 0 for the module.
    pub depth: u32,
    /// Its name with its parameters: `walrus(data, /, start, *, stop)`.
    pub name: Styled,
    /// The source line on which it begins.
    pub line: Option<i64>,
    /// How many bytes its bytecode has.
    pub size: u32,
}
