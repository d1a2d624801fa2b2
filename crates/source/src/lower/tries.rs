//! `try`.

use super::frame::Frame;
use super::{Label, Lowered, Lowerer};
use crate::ast::{ExceptHandler, StmtId};
use crate::constant::Constant;
use crate::graph::{BuildKind, OpKind, Terminator, ValueId};

impl<'a> Lowerer<'a> {
    pub(super) fn try_stmt(
        &mut self,
        body: &'a [StmtId],
        handlers: &'a [ExceptHandler],
        (orelse, finalbody): (&'a [StmtId], &'a [StmtId]),
        is_star: bool,
    ) -> Lowered {
        if finalbody.is_empty() {
            return self.try_except(body, handlers, orelse, is_star);
        }
        let handler = self.guard();
        self.frames.push(Frame::Finally(finalbody));
        if handlers.is_empty() {
            self.stmts(body)?;
        } else {
            self.try_except(body, handlers, orelse, is_star)?;
        }
        self.frames.pop();
        self.unguard();
        self.stmts(finalbody)?;
        let mut exit = Label::default();
        self.jump(&mut exit);
        // An exception led here.
        self.begin(handler);
        self.frames.push(Frame::FinallyEnd);
        self.stmts(finalbody)?;
        self.frames.pop();
        let exception = self.pop();
        self.end(Terminator::Reraise(exception));
        self.place_only(exit);
        Ok(())
    }

    fn try_except(
        &mut self,
        body: &'a [StmtId],
        handlers: &'a [ExceptHandler],
        orelse: &'a [StmtId],
        is_star: bool,
    ) -> Lowered {
        let mut end = Label::default();
        let handler = self.guard();
        self.frames.push(Frame::Try);
        self.stmts(body)?;
        self.frames.pop();
        self.unguard();
        self.stmts(orelse)?;
        self.jump(&mut end);
        self.begin(handler);
        if is_star {
            self.except_star(handlers, &mut end)?
        } else {
            self.except(handlers, &mut end)?
        }
        self.place_only(end);
        Ok(())
    }

    /// The exception is on the stack.
    fn except(&mut self, handlers: &'a [ExceptHandler], end: &mut Label) -> Lowered {
        for handler in handlers {
            let mut next = Label::default();
            if let Some(class) = handler.typ {
                let exception = self.peek(1);
                self.push(exception);
                self.expr(class)?;
                self.push_op(OpKind::CheckExcMatch, 2);
                self.branch(false, &mut next);
            }
            match &handler.name {
                Some(_) => self.named_handler(handler, end)?,
                None => {
                    match handler.target {
                        Some(target) => self.store(target)?,
                        None => _ = self.pop(),
                    }
                    self.frames.push(Frame::Except(None));
                    self.stmts(&handler.body)?;
                    self.frames.pop();
                    self.op(OpKind::PopExcept, vec![]);
                    self.jump(end);
                }
            }
            match next.0 {
                Some(_) => self.place_only(next),
                None => return Ok(()),
            }
        }
        let exception = self.pop();
        self.end(Terminator::Reraise(exception));
        Ok(())
    }

    /// `except class as name`: the name is unbound whichever way it ends.
    fn named_handler(&mut self, handler: &'a ExceptHandler, end: &mut Label) -> Lowered {
        let Some(name) = &handler.name else { return Ok(()) };
        self.store_name(name);
        let cleanup = self.guard();
        self.frames.push(Frame::Except(Some(name)));
        self.stmts(&handler.body)?;
        self.frames.pop();
        self.unguard();
        if self.since(9) || !self.since(7) {
            self.op(OpKind::PopExcept, vec![]);
            self.forget(name)?;
        } else {
            self.forget(name)?;
            self.op(OpKind::PopExcept, vec![]);
        }
        self.jump(end);
        self.begin(cleanup);
        self.forget(name)?;
        let exception = self.pop();
        self.end(Terminator::Reraise(exception));
        Ok(())
    }

    /// `except*` (3.11+): what is raised in clauses, and what no clause matched, is gathered in a list and raised behind them.
    fn except_star(&mut self, handlers: &'a [ExceptHandler], end: &mut Label) -> Lowered {
        let original = self.peek(1);
        self.push_op(OpKind::Build(BuildKind::List, 0), 0);
        self.push(original);
        for handler in handlers {
            let (mut no_match, mut next) = (Label::default(), Label::default());
            let Some(class) = handler.typ else { return Err("except* needs a class".to_owned()) };
            self.expr(class)?;
            let (class, exception) = (self.pop(), self.pop());
            let rest = self.op(OpKind::CheckEgMatch, vec![exception, class]);
            self.stack.extend([rest, ValueId(rest.0 + 1)]);
            let matched = self.peek(1);
            self.push(matched);
            self.push_constant(Constant::None);
            self.push_op(OpKind::Is { negated: false }, 2);
            self.branch(true, &mut no_match);
            match &handler.name {
                Some(name) => self.store_name(name),
                None => _ = self.pop(),
            }
            let cleanup = self.guard();
            self.frames.push(Frame::Except(handler.name.as_ref()));
            self.stmts(&handler.body)?;
            self.frames.pop();
            self.unguard();
            if let Some(name) = &handler.name {
                self.forget(name)?;
            }
            self.jump(&mut next);
            self.begin(cleanup);
            if let Some(name) = &handler.name {
                self.forget(name)?;
            }
            let (list, exception) = (self.peek(3), self.pop());
            self.op(OpKind::ListAppend, vec![list, exception]);
            self.jump(&mut next);
            self.place_only(no_match);
            self.pop();
            self.place(&mut next);
        }
        let rest = self.pop();
        let list = self.peek(1);
        self.op(OpKind::ListAppend, vec![list, rest]);
        self.push_op(OpKind::PrepReraiseStar, 2);
        let mut reraise = Label::default();
        let raised = self.peek(1);
        self.push(raised);
        self.push_constant(Constant::None);
        self.push_op(OpKind::Is { negated: false }, 2);
        self.branch(false, &mut reraise);
        self.pop();
        self.op(OpKind::PopExcept, vec![]);
        self.jump(end);
        self.place_only(reraise);
        let exception = self.pop();
        if !self.units.compiler.raises_in_group {
            self.op(OpKind::PopExcept, vec![]);
        }
        self.end(Terminator::Reraise(exception));
        Ok(())
    }
}
