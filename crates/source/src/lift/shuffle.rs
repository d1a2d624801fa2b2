//! Moving places of the stack around: no operations.

use pycxray::python::Meaning;

use super::stack::Slot;
use super::{Lifter, Next, Stop};
use crate::constant::Constant;

impl Lifter<'_> {
    pub(super) fn shuffle(&mut self, at: usize, meaning: Meaning, arg: u32) -> Option<Result<Next, Stop>> {
        let arg = arg as usize;
        Some(match meaning {
            Meaning::Pop => self.pop_slot().map(|_| Next::Instruction),
            Meaning::Rotate(below) => self.rotate(below.into()),
            Meaning::RotateN => self.rotate(arg.saturating_sub(1)),
            Meaning::Duplicate(count) => self.duplicate(count.into()),
            Meaning::DuplicateN => self.duplicate(arg),
            Meaning::Copy => self.peek(arg).map(|slot| {
                self.stack.push(slot);
                Next::Instruction
            }),
            Meaning::Swap => self.swap(arg),
            Meaning::PushNull => {
                self.stack.push(Slot::NULL);
                Ok(Next::Instruction)
            }
            Meaning::PushSent => self.check_begins(at).and_then(|()| self.push_constant(Constant::None)),
            _ => return None,
        })
    }

    /// Moves the top of the stack below others.
    fn rotate(&mut self, below: usize) -> Result<Next, Stop> {
        let slot = self.pop_slot()?;
        let to = self.stack.len().checked_sub(below).ok_or("It moves a value below the stack.")?;
        self.stack.insert(to, slot);
        Ok(Next::Instruction)
    }

    fn duplicate(&mut self, count: usize) -> Result<Next, Stop> {
        let from = self.stack.len().checked_sub(count).ok_or("It doubles more than the stack has.")?;
        self.stack.extend_from_within(from..);
        Ok(Next::Instruction)
    }

    fn swap(&mut self, depth: usize) -> Result<Next, Stop> {
        self.peek(depth)?;
        let top = self.stack.len() - 1;
        self.stack.swap(top, top + 1 - depth);
        Ok(Next::Instruction)
    }
}
