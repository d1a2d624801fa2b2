//! An index that finds the instructions of a long bytecode by position and by offset.

use super::instruction::{Instruction, InstructionCursor, Instructions};
use super::labels::Labels;

use crate::python::Python;

/// How many instructions lie between two marks of a [`BytecodeIndex`].
const STRIDE: usize = 64;

/// Finds the instructions of one bytecode by position and by offset, and its jump targets: 8 bytes for every 64 instructions,
/// 4 for every target.
#[derive(Clone, Debug, Default)]
pub struct BytecodeIndex {
    /// Before every 64th instruction.
    marks: Vec<InstructionCursor>,
    count: usize,
    labels: Labels,
}

impl BytecodeIndex {
    /// Walks through the bytecode once.
    #[must_use]
    pub fn new(bytecode: &[u8], python: &'static Python) -> Self {
        let (mut index, mut targets) = (Self::default(), Vec::new());
        let mut walk = Instructions::new(bytecode, python);
        loop {
            let mark = walk.cursor();
            let Some(instruction) = walk.next() else { break };
            if index.count % STRIDE == 0 {
                index.marks.push(mark);
            }
            index.count += 1;
            if python.shape(instruction.opcode).has_target() {
                targets.extend(instruction.target(python));
            }
        }
        index.labels = Labels::of(targets);
        index
    }

    /// The labels that its jumps lead to, as `dis.get_instructions` numbers them.
    #[must_use]
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// How many instructions there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The instructions from the one at this position on.
    #[must_use]
    pub fn from<'c>(&self, bytecode: &'c [u8], python: &'static Python, position: usize) -> Instructions<'c> {
        let Some(&mark) = self.marks.get(position / STRIDE) else {
            return Instructions::at(bytecode, python, u32::MAX);
        };
        let mut walk = Instructions::resume(bytecode, python, mark);
        for _ in 0..position % STRIDE {
            walk.next();
        }
        walk
    }

    /// The instruction that has the byte at `offset`, inline caches included, and its position.
    #[must_use]
    pub fn at(&self, bytecode: &[u8], python: &'static Python, offset: u32) -> Option<(usize, Instruction)> {
        let mark = self.marks.partition_point(|mark| mark.offset <= offset).checked_sub(1)?;
        Instructions::resume(bytecode, python, self.marks[mark])
            .enumerate()
            .find(|(_, instruction)| offset < instruction.end())
            .map(|(position, instruction)| (mark * STRIDE + position, instruction))
    }

    /// The offsets in the bytecode that arguments lead to ([`Instruction::target`]), ascending, each once. They may lie behind
    /// the end, and between instructions.
    #[must_use]
    pub fn targets(&self) -> &[u32] {
        self.labels.offsets()
    }

    /// The number of the target at `offset`, counted from 1 in the order of the bytecode: what `dis` labels it with from 3.13
    /// on (`L1`).
    #[must_use]
    pub fn label(&self, offset: u32) -> Option<usize> {
        self.labels.number(offset)
    }

    /// How many bytes of memory it takes.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.marks.capacity() * size_of::<InstructionCursor>() + self.labels.memory()
    }
}
