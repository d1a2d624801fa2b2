//! The marks of a listing, in the order of its rows.

use super::rows::Mark;
use crate::bytecode::Labels;

/// How far the labels have been passed: rows come in the order of the bytecode.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    passed: usize,
    /// No row before this offset has a mark.
    pub(super) next: u32,
}

impl Marks {
    pub(super) fn new(labels: &Labels) -> Self {
        Self { passed: 0, next: labels.offsets().first().copied().unwrap_or(u32::MAX) }
    }

    /// What stands before the row at `offset`, which comes behind that asked for last.
    #[inline(never)]
    pub(super) fn at(&mut self, offset: u32, labels: &Labels, are_numbered: bool) -> Mark {
        let offsets = labels.offsets();
        while offsets.get(self.passed).is_some_and(|&label| label < offset) {
            self.passed += 1;
        }
        let is_here = offsets.get(self.passed) == Some(&offset);
        self.passed += usize::from(is_here);
        self.next = offsets.get(self.passed).copied().unwrap_or(u32::MAX);
        match is_here {
            true if are_numbered => Mark::Label(self.passed),
            true => Mark::Target,
            false => Mark::None,
        }
    }
}
