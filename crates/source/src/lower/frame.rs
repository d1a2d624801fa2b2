//! What `return`, `break` and `continue` do on their way out (`compiler_unwind_fblock` in CPython's `compile.c`).

use super::{Lowered, Lowerer};
use crate::ast::StmtId;
use crate::constant::{Constant, Name};
use crate::graph::{BlockId, OpKind, ValueId};

/// A statement around.
#[derive(Clone, Copy, Debug)]
pub(super) enum Frame<'a> {
    /// A loop. Its iterator is on the stack, if it has one; `exit` is the number of the label that `break` leads to.
    Loop { start: BlockId, has_iterator: bool, exit: usize },
    /// The body of a `try` with `except`.
    Try,
    /// The body of a `try` with this `finally` clause.
    Finally(&'a [StmtId]),
    /// A `finally` clause that an exception led to: it is on the stack.
    FinallyEnd,
    /// The body of a `with`: its `__exit__` is on the stack.
    With { is_async: bool },
    /// An `except` clause, with its name.
    Except(Option<&'a Name>),
    /// The value that is returned is on the stack.
    Value,
}

/// A handler, and how much of the stack it keeps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Handler {
    pub(super) block: BlockId,
    pub(super) depth: usize,
}

impl<'a> Lowerer<'a> {
    /// Begins to be guarded: exceptions lead to a new block that has the stack as it is now, and the exception.
    pub(super) fn guard(&mut self) -> BlockId {
        let depth = self.stack.len();
        let block = self.graph.add_block(self.graph.blocks.len() as u32, None);
        (0..=depth).for_each(|_| _ = self.graph.add_param(block));
        self.handlers.push(Handler { block, depth });
        self.split();
        block
    }

    /// Ends to be guarded.
    pub(super) fn unguard(&mut self) {
        self.handlers.pop();
        self.split();
    }

    /// Leaves the statements around up to the innermost loop (which is not left), or all of them. With `keeps`, the value on top
    /// stays on top. Frames and handlers are as they were afterwards, for what follows in the text.
    pub(super) fn leave(&mut self, to_loop: bool, keeps: bool) -> Lowered {
        while let Some(frame) = self.frames.last().copied() {
            if to_loop && matches!(frame, Frame::Loop { .. }) {
                break;
            }
            self.frames.pop();
            self.leave_frame(frame, keeps)?;
        }
        Ok(())
    }

    fn leave_frame(&mut self, frame: Frame<'a>, keeps: bool) -> Lowered {
        match frame {
            Frame::Loop { has_iterator: true, .. } | Frame::Value => _ = self.take_below(keeps),
            Frame::Loop { .. } => {}
            Frame::Try => self.unguard(),
            Frame::Finally(stmts) => {
                self.unguard();
                if keeps {
                    self.frames.push(Frame::Value);
                }
                self.stmts(stmts)?;
                if keeps {
                    self.frames.pop();
                }
            }
            Frame::FinallyEnd => {
                self.take_below(keeps);
                self.op(OpKind::PopExcept, vec![]);
            }
            Frame::With { is_async } => {
                self.unguard();
                let exit = self.take_below(keeps);
                self.call_exit(exit, is_async);
            }
            Frame::Except(name) => {
                if name.is_some() {
                    self.unguard();
                }
                // Up to 3.7 the clause that unbinds the name is entered while the exception is handled.
                let name_first = !self.since(8);
                if let Some(name) = name.filter(|_| name_first) {
                    self.forget(name)?;
                }
                self.op(OpKind::PopExcept, vec![]);
                if let Some(name) = name.filter(|_| !name_first) {
                    self.forget(name)?;
                }
            }
        }
        Ok(())
    }

    /// Takes the value on top off the stack, or the one below it.
    fn take_below(&mut self, keeps: bool) -> ValueId {
        let top = keeps.then(|| self.pop());
        let value = self.pop();
        self.stack.extend(top);
        value
    }

    /// Calls `__exit__` without an exception.
    pub(super) fn call_exit(&mut self, exit: ValueId, is_async: bool) {
        let result = self.op(OpKind::WithExit, vec![exit]);
        if is_async {
            self.op(OpKind::Await, vec![result]);
        }
    }

    /// `name = None; del name`
    pub(super) fn forget(&mut self, name: &Name) -> Lowered {
        self.push_constant(Constant::None);
        self.store_name(name);
        self.delete_name(name);
        Ok(())
    }
}
