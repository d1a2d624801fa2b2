//! The control flow of one code object as a graph, for every version: blocks of instructions, the ways between them, loops.
//!
//! ```
//! use pycxray::{ControlFlow, Pyc, WayKind};
//!
//! # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/cpython-3.12/py38.pyc");
//! let pyc = Pyc::parse(std::fs::read(path)?);
//! for code in pyc.codes().iter().filter_map(|&id| pyc.code(id)) {
//!     let flow = ControlFlow::of(&code);
//!     let jumps = flow.ways().iter().filter(|way| way.kind == WayKind::Jump).count();
//!     println!("{} blocks, {jumps} jumps, {} loops", flow.blocks().len(), flow.loops().len());
//! }
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! A graph that is too large to be looked at is folded ([`ControlFlow::chart`]): runs of blocks become one node, which can be opened to
//! the blocks in it. [`Chart::place`] lays a chart out in plain numbers; [`write_dot`] and [`write_svg`] write it for other programs.

mod block_text;
mod chart;
mod dot;
mod layout;
mod loops;
mod svg;

pub use block_text::BlockText;
pub use chart::{Chart, ChartNode, ChartWay};
pub use dot::write_dot;
pub use layout::{Placement, Rectangle};
pub use loops::Loop;
pub use svg::write_svg;

use crate::code::Code;
use crate::python::Flow;

/// Instructions that are carried out one after the other: the first alone is led to, the last alone leads elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlowBlock {
    /// Where it begins in the bytecode, in bytes.
    pub start: u32,
    /// Where it ends in the bytecode.
    pub end: u32,
    /// How many instructions it has, `EXTENDED_ARG` among them.
    pub instructions: u32,
    /// How many loops it is in.
    pub depth: u32,
    /// Whether anything leads to it.
    pub is_reached: bool,
}

/// How a block leads to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WayKind {
    /// Execution goes on with the next instruction.
    Fall,
    /// A jump.
    Jump,
    /// An exception is raised, and the other block handles it.
    Exception,
}

impl WayKind {
    /// A word for it, which stays the same from release to release.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fall => "fall",
            Self::Jump => "jump",
            Self::Exception => "exception",
        }
    }
}

/// A way from a block to another, both by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Way {
    /// Where it begins.
    pub from: usize,
    /// Where it leads to.
    pub to: usize,
    /// How.
    pub kind: WayKind,
    /// Whether it leads back to a block that execution came through: it closes a loop.
    pub is_back: bool,
}

/// The control flow of a code object.
#[derive(Clone, Debug, Default)]
pub struct ControlFlow {
    blocks: Vec<FlowBlock>,
    ways: Vec<Way>,
    loops: Vec<Loop>,
}

impl ControlFlow {
    /// That of a code object. Its cost grows with the bytecode and the exception table alone.
    #[must_use]
    pub fn of(code: &Code<'_>) -> Self {
        let guards = Guards::of(code);
        let mut flow = Self { blocks: blocks(code, &guards), ..Self::default() };
        flow.ways = flow.find_ways(code, &guards);
        loops::find(&mut flow);
        flow
    }

    /// The blocks, in the order of the bytecode, which they tile. Execution begins with the first.
    #[must_use]
    pub fn blocks(&self) -> &[FlowBlock] {
        &self.blocks
    }

    /// The ways between them, in the order of the blocks that they begin at; not more than three from each.
    #[must_use]
    pub fn ways(&self) -> &[Way] {
        &self.ways
    }

    /// The loops, in the order of the blocks that they begin with.
    #[must_use]
    pub fn loops(&self) -> &[Loop] {
        &self.loops
    }

    /// The block that has the byte at `offset` in the bytecode.
    #[must_use]
    pub fn block_at(&self, offset: u32) -> Option<usize> {
        let block = self.blocks.partition_point(|block| block.end <= offset);
        self.blocks.get(block).filter(|block| block.start <= offset).map(|_| block)
    }

    /// The ways from a block.
    #[must_use]
    pub fn ways_from(&self, block: usize) -> &[Way] {
        let start = self.ways.partition_point(|way| way.from < block);
        let end = self.ways.partition_point(|way| way.from <= block);
        &self.ways[start..end]
    }

    fn find_ways(&self, code: &Code<'_>, guards: &Guards) -> Vec<Way> {
        let python = code.python();
        let mut ways = Vec::new();
        let mut instructions = code.instructions().peekable();
        for (position, block) in self.blocks.iter().enumerate() {
            let first = ways.len();
            let mut add = |to: Option<usize>, kind| {
                ways.extend(to.map(|to| Way { from: position, to, kind, is_back: false }));
            };
            let mut last = None;
            while let Some(instruction) = instructions.next_if(|instruction| instruction.offset < block.end) {
                last = Some(instruction);
            }
            if let Some(last) = last {
                let opcode = python.opcode(last.opcode);
                let flow = opcode.map_or(Flow::Next, |opcode| opcode.flow);
                let target = target(code, &last).and_then(|target| self.block_at(target));
                let next = (position + 1 < self.blocks.len()).then_some(position + 1);
                if matches!(flow, Flow::Next | Flow::Branch | Flow::Setup) {
                    add(next, WayKind::Fall);
                }
                match flow {
                    Flow::Jump | Flow::Branch => add(target, WayKind::Jump),
                    // A loop's block says where `break` leads to.
                    Flow::Setup if opcode.is_some_and(|opcode| opcode.name == "SETUP_LOOP") => {
                        add(target, WayKind::Jump)
                    }
                    Flow::Setup => add(target, WayKind::Exception),
                    Flow::Next | Flow::End => {}
                }
            }
            add(guards.handler(block.start).and_then(|target| self.block_at(target)), WayKind::Exception);
            ways[first..].sort_unstable();
        }
        ways.dedup();
        ways
    }
}

/// Where an instruction jumps to, if that is in the bytecode: into the code unit that the target lies in, as the interpreter does.
fn target(code: &Code<'_>, instruction: &crate::Instruction) -> Option<u32> {
    let python = code.python();
    python.opcode(instruction.opcode).filter(|opcode| opcode.operand.is_jump())?;
    let has_words = python.format.instructions == crate::python::InstructionLayout::Words;
    let target = instruction.target(python)?;
    let target = if has_words { target & !1 } else { target };
    ((target as usize) < code.bytecode().len()).then_some(target)
}

/// Which bytecode leads to which handler: the exception table (3.11+), ranges in order.
#[derive(Debug)]
struct Guards(Vec<(u32, u32, u32)>);

impl Guards {
    fn of(code: &Code<'_>) -> Self {
        let size = code.bytecode().len() as u32;
        let entries = code.exception_entries().filter(|entry| entry.start < entry.end && entry.target < size);
        let mut guards: Vec<_> = entries.map(|entry| (entry.start, entry.end, entry.target)).collect();
        // Compilers write them in order, each for bytecode of its own.
        guards.sort_by_key(|&(start, ..)| start);
        Self(guards)
    }

    /// Where an exception at `offset` leads to.
    fn handler(&self, offset: u32) -> Option<u32> {
        let behind = self.0.partition_point(|&(start, ..)| start <= offset);
        let &(_, end, target) = self.0.get(behind.checked_sub(1)?)?;
        (offset < end).then_some(target)
    }
}

/// The blocks of a bytecode: one begins where something leads to, behind what leads elsewhere, and where a handler begins or ceases
/// to guard.
fn blocks(code: &Code<'_>, guards: &Guards) -> Vec<FlowBlock> {
    let python = code.python();
    let mut starts: Vec<u32> = guards.0.iter().flat_map(|&(start, end, target)| [start, end, target]).collect();
    for instruction in code.instructions() {
        let flow = python.opcode(instruction.opcode).map_or(Flow::Next, |opcode| opcode.flow);
        starts.extend(target(code, &instruction));
        if flow != Flow::Next {
            starts.push(instruction.end());
        }
    }
    starts.sort_unstable();
    starts.dedup();
    let mut starts = starts.into_iter().peekable();
    let mut blocks: Vec<FlowBlock> = Vec::new();
    for instruction in code.instructions() {
        // What leads into the middle of an instruction leads to it.
        let mut begins = blocks.is_empty();
        while starts.next_if(|&start| start < instruction.end()).is_some() {
            begins = true;
        }
        match blocks.last_mut().filter(|_| !begins) {
            Some(block) => {
                block.end = instruction.end();
                block.instructions += 1;
            }
            None => blocks.push(FlowBlock {
                start: instruction.offset,
                end: instruction.end(),
                instructions: 1,
                depth: 0,
                is_reached: false,
            }),
        }
    }
    blocks
}
