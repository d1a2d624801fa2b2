//! The control flow of one code object, laid out: blocks of instructions, and the ways between them.
//!
//! Lengths are CSS pixels of a graph in its own size; text has [`GRAPH_CELL`] pixels for each character and each row.

use serde::{Deserialize, Serialize};

use super::{Crumb, ItemKey, Styled};

/// How wide a character and how high a row is.
pub const GRAPH_CELL: (u32, u32) = (8, 18);
/// How far text is from the border of its block.
pub const GRAPH_PADDING: u32 = 8;

/// The control flow of the code object in the listing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GraphWindow {
    /// Whose it is, and which of its blocks: changes where another graph is to be looked at from its top.
    pub subject: Option<(ItemKey, usize, usize)>,
    /// The code objects that it is nested in, outermost first, itself last.
    pub crumbs: Vec<Crumb>,
    /// How much there is: `12 blocks, 15 ways, 2 loops`.
    pub words: String,
    /// Its blocks, in the order of the bytecode. Where there are many, each stands for several.
    pub blocks: Vec<GraphBlock>,
    /// The ways between them.
    pub ways: Vec<GraphWay>,
    /// How wide and how high all of it is.
    pub size: (u32, u32),
    /// The block that has what is chosen, by its place among these.
    pub chosen: Option<usize>,
    /// Changes when something else was chosen: that is when the chosen block is to be in sight.
    pub choice: u64,
    /// Whether these blocks are a part of the graph, opened from a block that stood for them.
    pub is_part: bool,
}

/// A block, or several that follow each other in the bytecode.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GraphBlock {
    /// Its first instruction.
    pub item: ItemKey,
    /// Where it is, from the left and from the top, how wide and how high.
    pub place: (u32, u32, u32, u32),
    /// What it is called: `Block 3`, `Blocks 10 to 19`.
    pub title: String,
    /// What is worth knowing of it: `loop`, `nothing leads here`.
    pub notes: String,
    /// What it is and where it leads to, for those who listen.
    pub words: String,
    /// How many loops it is in.
    pub depth: u32,
    /// Whether it stands for several, which can be opened.
    pub is_folded: bool,
    /// The column in which operands begin.
    pub operands_at: u32,
    /// Its instructions, as many as there is room for.
    pub rows: Vec<GraphRow>,
    /// What is said below them.
    pub rest: Option<String>,
}

/// An instruction of a block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GraphRow {
    /// The instruction.
    pub item: ItemKey,
    /// The offset in the bytecode, in bytes.
    pub offset: u32,
    /// The name of the opcode.
    pub opname: String,
    /// What the argument means.
    pub operand: Styled,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// A way between two blocks, both by place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GraphWay {
    /// Where it begins.
    pub from: usize,
    /// Where it leads to.
    pub to: usize,
    /// How.
    pub kind: GraphWayKind,
    /// Whether it closes a loop.
    pub is_back: bool,
    /// The points that it leads through.
    pub points: Vec<(u32, u32)>,
}

/// How a block leads to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum GraphWayKind {
    /// Execution goes on with the next instruction.
    Fall,
    /// A jump.
    Jump,
    /// An exception is raised, and the other block handles it.
    Exception,
}

/// What the user did in the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GraphAction {
    /// Went to another block.
    Step(GraphStep),
    /// Opened a block that stands for several, by its place.
    Open(usize),
    /// Went back to the graph that the open part is of.
    Out,
}

/// Which block is gone to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum GraphStep {
    /// The next one in the bytecode.
    Next,
    /// The one before.
    Previous,
    /// The first one.
    First,
    /// The last one.
    Last,
    /// One that the chosen block leads to: where it jumps to, else what follows.
    Along,
    /// One that leads to the chosen block.
    Against,
}
