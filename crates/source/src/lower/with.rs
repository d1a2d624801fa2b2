//! `with`.

use super::frame::Frame;
use super::{Label, Lowered, Lowerer};
use crate::ast::{StmtId, WithItem};
use crate::graph::{OpKind, Terminator, ValueId};

impl<'a> Lowerer<'a> {
    pub(super) fn with(&mut self, items: &'a [WithItem], body: &'a [StmtId], is_async: bool) -> Lowered {
        let Some((item, rest)) = items.split_first() else { return self.stmts(body) };
        self.expr(item.context_expr)?;
        let manager = self.pop();
        let exit = self.op(OpKind::WithEnter { is_async }, vec![manager]);
        self.push(exit);
        let mut entered = ValueId(exit.0 + 1);
        if is_async {
            entered = self.op(OpKind::Await, vec![entered]);
        }
        self.push(entered);
        let handler = self.guard_below_top();
        self.frames.push(Frame::With { is_async });
        match item.optional_vars {
            Some(target) => self.store(target)?,
            None => _ = self.pop(),
        }
        self.with(rest, body, is_async)?;
        self.frames.pop();
        self.unguard();
        let exit = self.pop();
        self.call_exit(exit, is_async);
        let mut end = Label::default();
        self.jump(&mut end);
        self.begin(handler);
        self.leave_by_exception(is_async, &mut end);
        self.place_only(end);
        Ok(())
    }

    /// Begins to be guarded; the value on top is not kept.
    fn guard_below_top(&mut self) -> crate::graph::BlockId {
        let top = self.pop();
        let depth = self.stack.len();
        self.push(top);
        let block = self.graph.add_block(self.graph.blocks.len() as u32, None);
        (0..=depth).for_each(|_| _ = self.graph.add_param(block));
        self.handlers.push(super::frame::Handler { block, depth });
        self.split();
        block
    }

    /// `__exit__` and the exception are on the stack.
    fn leave_by_exception(&mut self, is_async: bool, end: &mut Label) {
        let (exit, exception) = (self.peek(2), self.peek(1));
        let mut forgets = self.op(OpKind::WithExceptStart, vec![exit, exception]);
        if is_async {
            forgets = self.op(OpKind::Await, vec![forgets]);
        }
        let mut suppressed = Label::default();
        self.branch_on(forgets, true, &mut suppressed);
        let exception = self.peek(1);
        self.end(Terminator::Reraise(exception));
        self.place_only(suppressed);
        self.op(OpKind::PopExcept, vec![]);
        self.pop_many(2);
        self.jump(end);
    }
}
