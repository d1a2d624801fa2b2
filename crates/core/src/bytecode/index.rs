//! An index that finds the instructions of a long bytecode by position and by offset.

use super::instruction::{Instruction, InstructionCursor, Instructions};
use super::labels::Labels;
use super::pair_sort::PairSort;

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
        let mut index = Self::default();
        let mut targets = Vec::new();
        index.extend(&mut Instructions::new(bytecode, python), python, usize::MAX, |target, _| targets.push(target));
        index.labels = Labels::of(targets);
        index
    }

    /// Goes on for `budget` instructions of a walk, and tells where each that has a target leads to, and where it stands. `true`
    /// at its end.
    fn extend(
        &mut self,
        walk: &mut Instructions<'_>,
        python: &Python,
        budget: usize,
        mut lead: impl FnMut(u32, u32),
    ) -> bool {
        for _ in 0..budget {
            let mark = walk.cursor();
            let Some(instruction) = walk.next() else { return true };
            if self.count % STRIDE == 0 {
                self.marks.push(mark);
            }
            self.count += 1;
            if python.shape(instruction.opcode).has_target() {
                if let Some(target) = instruction.target(python) {
                    lead(target, instruction.offset);
                }
            }
        }
        false
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

/// Makes the index of a long bytecode in slices, and finds its jumps on the way.
#[derive(Clone, Debug, Default)]
pub struct BytecodeIndexer {
    index: BytecodeIndex,
    cursor: InstructionCursor,
    is_walked: bool,
    /// Where each jump leads to, and where it stands.
    jumps: PairSort,
    /// How many jumps have given their target.
    told: usize,
}

impl BytecodeIndexer {
    /// Goes on for `budget` instructions of the bytecode, which must be the same each time. `true` when all is done.
    pub fn step(&mut self, bytecode: &[u8], python: &'static Python, budget: usize) -> bool {
        if !self.is_walked {
            let mut walk = Instructions::resume(bytecode, python, self.cursor);
            let jumps = &mut self.jumps;
            self.is_walked = self.index.extend(&mut walk, python, budget, |target, from| jumps.push(target, from));
            self.cursor = walk.cursor();
            return false;
        }
        if !self.jumps.step(budget) {
            return false;
        }
        let left = &self.jumps.pairs()[self.told..];
        for (target, _) in &left[..budget.min(left.len())] {
            if self.index.labels.offsets().last() != Some(target) {
                self.index.labels.push(*target);
            }
        }
        self.told += budget.min(left.len());
        self.told == self.jumps.pairs().len()
    }

    /// The index, once all is done, and for each instruction that has a target ([`Instruction::target`]) that and its own
    /// offset, in this order.
    #[must_use]
    pub fn finish(self) -> (BytecodeIndex, Vec<(u32, u32)>) {
        (self.index, self.jumps.into_pairs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_made_in_slices_is_the_one_made_at_once() {
        let python = crate::python::all().find(|python| python.magic == 3413).expect("it is known");
        // JUMP_ABSOLUTE and JUMP_FORWARD with all arguments, EXTENDED_ARG and others between them.
        let bytecode: Vec<u8> =
            (0..6_000_u32).flat_map(|n| [[113, 110, 144, 9][n as usize % 4], (n * 7 / 4) as u8]).collect();
        let whole = BytecodeIndex::new(&bytecode, python);
        let mut jumps: Vec<(u32, u32)> = Instructions::new(&bytecode, python)
            .filter_map(|instruction| Some((instruction.target(python)?, instruction.offset)))
            .collect();
        jumps.sort_unstable();
        assert_eq!(jumps.len(), 3_000);
        for budget in [1, 97, usize::MAX] {
            let mut indexer = BytecodeIndexer::default();
            while !indexer.step(&bytecode, python, budget) {}
            let (index, found) = indexer.finish();
            assert_eq!((index.targets(), index.count()), (whole.targets(), 6_000));
            assert_eq!(found, jumps);
        }
    }
}
