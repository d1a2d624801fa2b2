//! `break`, `continue` and `return` up to 3.7: the interpreter, not the compiler, keeps track of the blocks that they leave
//! (`fast_block_end` in CPython's `ceval.c`).

use super::stack::{Place, Setup, Slot, Way};
use super::{Lifter, Next, Stop};
use crate::graph::{OpKind, ValueId};

impl Lifter<'_> {
    /// Whether the interpreter leaves blocks.
    pub(super) fn unwinds(&self) -> bool {
        self.python.version < pycxray::Version::new(3, 8)
    }

    /// Leaves blocks up to the loop, or to the code object, that is left; a `finally` clause on the way is entered, and goes on.
    pub(super) fn leave(&mut self, way: Way, returned: Option<ValueId>) -> Result<Next, Stop> {
        while self.unwinds() {
            match self.setups.last().copied() {
                None => break,
                Some(Setup::Loop { behind, depth }) => match way {
                    Way::Continue(head) => return self.jump(head),
                    Way::Break => {
                        self.setups.pop();
                        self.stack.truncate(depth);
                        return self.jump(behind);
                    }
                    Way::Return => self.stack.truncate(depth),
                },
                Some(Setup::Try { handler, depth, is_finally: true }) => {
                    self.setups.pop();
                    self.stack.truncate(depth);
                    self.stack.extend(returned.map(Slot::value));
                    self.stack.push(Slot { place: Place::Left(way), value: None });
                    return self.jump(handler);
                }
                Some(Setup::Try { depth, .. }) => self.stack.truncate(depth),
                Some(Setup::Handler { depth, .. }) => {
                    self.op(OpKind::PopExcept, vec![]);
                    self.stack.truncate(depth);
                }
            }
            self.setups.pop();
        }
        match returned {
            Some(value) => self.return_value(value),
            None => Err("It leaves a loop that was not begun.".to_owned()),
        }
    }
}
