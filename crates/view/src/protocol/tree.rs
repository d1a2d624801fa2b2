//! Rows of the tree.

use pycxray::{Severity, Span};
use serde::{Deserialize, Serialize};

use super::{Hue, ItemKey, Styled};

/// A row of the tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TreeRow {
    /// What it shows.
    pub item: ItemKey,
    /// How deep it is, 0 for the outermost; `aria-level` is one more.
    pub depth: u32,
    /// Whether there is anything in it.
    pub expandable: bool,
    /// Whether what is in it has rows now.
    pub expanded: bool,
    /// Its position among its siblings, counted from 1: `aria-posinset`.
    pub position: u32,
    /// How many siblings there are, itself included: `aria-setsize`.
    pub set_size: u32,
    /// Its colour.
    pub hue: Hue,
    /// Its bytes.
    pub span: Span,
    /// Whether it is a search hit.
    pub marked: bool,
    /// Whether the chosen text of the companion became it, or that of the chosen instruction.
    pub is_together: bool,
    /// The worst that is to be said of its bytes; of an open row's, without those of its children.
    pub problem: Option<Severity>,
    /// What it says.
    pub content: TreeContent,
}

/// What a row of the tree says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TreeContent {
    /// A value by name.
    Value {
        /// What it is to its parent: `magic`, `co_consts`, `[2]`.
        label: String,
        /// Its value, cut to a length fit for a row.
        value: Styled,
        /// What the value means, where that is not plain: `timestamp-based`.
        meaning: String,
        /// How many references lead to it.
        references: u32,
    },
    /// An instruction.
    Instruction(InstructionCells),
}

/// The columns of an instruction, in tree and listing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InstructionCells {
    /// The source line, where one begins.
    pub line: Option<u32>,
    /// The offset in the bytecode, in bytes.
    pub offset: u32,
    /// The label, `L1`, in versions that have labels.
    pub label: Option<String>,
    /// Whether a jump or an exception handler leads here.
    pub is_target: bool,
    /// Whether execution never comes here.
    pub is_unreached: bool,
    /// The name of the opcode.
    pub opname: String,
    /// The argument, where it has one.
    pub arg: Option<u32>,
    /// What the argument means, in the words of that version's `dis`.
    pub operand: Styled,
    /// All its bytes, caches included.
    pub size: u32,
}
