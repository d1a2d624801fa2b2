//! Two files side by side: what differs, one after the other, and the instructions of two code objects, aligned.

use serde::{Deserialize, Serialize};

use super::{HexWindow, Selection, Window};

/// Two files that are compared, as a whole. The other parts of a snapshot are those of the file that is on screen; the bytes of
/// both are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The names of both files, displayable.
    pub names: [String; 2],
    /// Which of them is on screen: 0 for the first, 1 for the second.
    pub side: usize,
    /// How they stand to each other.
    pub verdict: ComparisonVerdict,
    /// The same in a sentence: `1 function changed; mtime differs`.
    pub sentence: String,
    /// The classes of difference, each with whether it is told.
    pub classes: Vec<DifferenceClass>,
    /// Which change was gone to, counted from 1, and how many there are: changes in instructions are one for each code object.
    pub at: Option<usize>,
    /// How many there are.
    pub changes: usize,
    /// Whether instructions are compared; else members of two containers are, and no class of difference is left out.
    pub has_instructions: bool,
}

/// How two files stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ComparisonVerdict {
    /// They have the same bytes, or differ in nothing that is told.
    Same,
    /// They are the same program, written otherwise.
    SameProgram,
    /// They are different programs.
    Different,
}

/// A class of difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferenceClass {
    /// What it is called: `Lines and columns`.
    pub title: String,
    /// Whether such differences are told.
    pub is_told: bool,
}

/// A row of the list of changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ChangeRow {
    /// What the changes below it are in: `function total`, with what became of it.
    Heading {
        /// What it is.
        name: String,
        /// What became of it: `changed`, `added`.
        fate: String,
    },
    /// Something that differs.
    Change {
        /// What: `mtime`, `co_consts`.
        what: String,
        /// What stands in the first file; `None` where it has none.
        before: Option<String>,
        /// What stands in the second file, likewise.
        after: Option<String>,
        /// Whether it is a difference of the program, not of how that is written.
        is_program: bool,
    },
    /// A member of two containers that differs.
    Member {
        /// Its name.
        name: String,
        /// What became of it: `removed`, `1 function changed`.
        fate: String,
        /// Whether it is a difference of the program, not of how that is written.
        is_program: bool,
        /// By which number [`Request::Compare`](super::Request::Compare) puts both sides of it side by side; `None` unless both are
        /// bytecode.
        pair: Option<usize>,
    },
}

/// Two code objects side by side, or one above the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairWindow {
    /// Its rows.
    pub window: Window<PairRow>,
    /// What is shown: the names of the code object in both files, `None` where one has no such.
    pub names: [Option<String>; 2],
    /// Whether a row has both sides beside each other; else one side alone.
    pub is_beside: bool,
}

/// An instruction of both sides, or of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairRow {
    /// What [`ComparisonAction::Row`] names it by.
    pub row: usize,
    /// How they differ.
    pub kind: PairKind,
    /// That of each side.
    pub sides: [Option<PairLine>; 2],
}

/// How the sides of a row differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PairKind {
    /// Not at all.
    Same,
    /// The instruction is another on each side, or its operand is.
    Changed,
    /// The first file alone has it.
    Removed,
    /// The second file alone has it.
    Added,
}

/// An instruction of one side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairLine {
    /// Its line in the source, where another than that of the row above.
    pub line: Option<i32>,
    /// The offset in the bytecode, in bytes.
    pub offset: u32,
    /// The name of the opcode.
    pub opname: String,
    /// Whether the other side has another.
    pub is_opname_changed: bool,
    /// What the argument means, up to what is different on the other side.
    pub before: String,
    /// What is different.
    pub changed: String,
    /// What follows that.
    pub after: String,
}

/// The bytes of one of two files that are compared, with what is chosen in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideHex {
    /// Which file: 0 for the first, 1 for the second.
    pub side: usize,
    /// How many bytes it has.
    pub size: u32,
    /// What is chosen in it.
    pub selection: Selection,
    /// Rows of them.
    pub window: HexWindow,
}

/// What the user did in a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ComparisonAction {
    /// Went to a row of the list of changes, counted from 0.
    Change(usize),
    /// Went to a row of instructions, by [`PairRow::row`], on the side that is 0 or 1.
    Row(usize, usize),
    /// Went to the next change, in the instructions on screen or behind them.
    Next,
    /// Went to the change before.
    Previous,
    /// Has the tree, the details and all else of this file on screen: 0 for the first, 1 for the second.
    Side(usize),
    /// Has a class of difference told, or no more, by its place in [`Comparison::classes`].
    Tell(usize, bool),
}
