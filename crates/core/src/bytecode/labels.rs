//! Labels: the offsets in a bytecode that something leads to, numbered as `dis` numbers them.

use super::instruction::Instructions;
use crate::python::Python;

/// The offsets in a bytecode that something leads to, ascending, each once. They may lie behind its end, and between
/// instructions. From 3.13 on `dis` numbers them: `L1` is the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels(Vec<u32>);

impl Labels {
    /// Those that arguments lead to ([`Instruction::target`](crate::Instruction::target)): what `dis.get_instructions` counts.
    #[must_use]
    pub fn of_jumps(bytecode: &[u8], python: &'static Python) -> Self {
        let mut labels = Self::default();
        labels.rebuild(bytecode, python);
        labels
    }

    /// Becomes those of another bytecode's jumps, keeping its memory.
    pub(crate) fn rebuild(&mut self, bytecode: &[u8], python: &'static Python) {
        self.0.clear();
        let mut instructions = Instructions::new(bytecode, python);
        while let Some(instruction) = instructions.next_with_target() {
            self.0.extend(instruction.target(python));
        }
        self.sort();
    }

    /// These, in whatever order they come and however often.
    pub(crate) fn of(offsets: Vec<u32>) -> Self {
        let mut labels = Self(offsets);
        labels.sort();
        labels
    }

    /// Adds others, in whatever order they come and however often.
    pub(crate) fn add(&mut self, offsets: impl Iterator<Item = u32>) {
        let known = self.0.len();
        self.0.extend(offsets);
        if self.0.len() > known {
            self.sort();
        }
    }

    fn sort(&mut self) {
        self.0.sort_unstable();
        self.0.dedup();
    }

    /// The offsets, in bytes.
    #[must_use]
    pub fn offsets(&self) -> &[u32] {
        &self.0
    }

    /// The number of the label at `offset`, counted from 1.
    #[must_use]
    pub fn number(&self, offset: u32) -> Option<usize> {
        self.0.binary_search(&offset).ok().map(|position| position + 1)
    }

    /// How many bytes of memory they take.
    pub(crate) fn memory(&self) -> usize {
        self.0.capacity() * size_of::<u32>()
    }
}
