//! Where the arguments of a bytecode's instructions lead.

use crate::Instructions;
use crate::python::Python;

/// The offsets that arguments lead to ([`Instruction::target`](crate::Instruction::target)), ascending, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Targets(Vec<u32>);

impl Targets {
    /// Becomes those of another bytecode, keeping its memory.
    pub(crate) fn rebuild(&mut self, bytecode: &[u8], python: &'static Python) {
        self.0.clear();
        let mut instructions = Instructions::new(bytecode, python);
        while let Some(instruction) = instructions.next_with_target() {
            self.0.extend(instruction.target(python));
        }
        self.sort();
    }

    /// These, in whatever order they come and however often.
    pub(crate) fn of(targets: Vec<u32>) -> Self {
        let mut targets = Self(targets);
        targets.sort();
        targets
    }

    fn sort(&mut self) {
        self.0.sort_unstable();
        self.0.dedup();
    }

    /// Adds one that is behind all there are.
    pub(crate) fn push(&mut self, target: u32) {
        debug_assert!(self.0.last().is_none_or(|&last| last < target));
        self.0.push(target);
    }

    pub(crate) fn offsets(&self) -> &[u32] {
        &self.0
    }

    /// See [`BytecodeIndex::label`](crate::BytecodeIndex::label).
    pub(crate) fn label(&self, offset: u32) -> Option<usize> {
        self.0.binary_search(&offset).ok().map(|position| position + 1)
    }

    /// How many bytes of memory they take.
    pub(crate) fn memory(&self) -> usize {
        self.0.capacity() * size_of::<u32>()
    }
}
