//! Statements.

use super::frame::Frame;
use super::{Label, Lowered, Lowerer};
use crate::ast::{Expr, ExprId, Stmt, StmtId};
use crate::constant::{Constant, Name};
use crate::graph::{OpKind, Origin, Scope, Terminator};
use crate::unit::UnitKind;

impl<'a> Lowerer<'a> {
    pub(super) fn stmt(&mut self, id: StmtId) -> Lowered {
        self.origin = Origin::Node(id.0);
        let body = self.body;
        match body.get_stmt(id) {
            Stmt::Expr(value) => self.expr_stmt(*value),
            Stmt::Assign { targets, value } => self.assign(targets, *value),
            Stmt::AugAssign { target, op, value } => self.aug_assign(*target, *op, *value),
            Stmt::AnnAssign { target, annotation, value, simple } => {
                self.ann_assign(*target, *annotation, *value, *simple)
            }
            Stmt::Return(value) => self.return_stmt(*value),
            Stmt::Delete(targets) => targets.iter().try_for_each(|&target| self.delete(target)),
            Stmt::If { test, body, orelse } => self.if_stmt(*test, body, orelse),
            Stmt::While { test, body, orelse } => self.while_stmt(*test, body, orelse),
            Stmt::For { target, iter, body, orelse, is_async } => {
                self.for_stmt(*target, *iter, (body, orelse), *is_async)
            }
            Stmt::With { items, body, is_async } => self.with(items, body, *is_async),
            Stmt::Try { body, handlers, orelse, finalbody, is_star } => {
                self.tries += 1;
                self.try_stmt(body, handlers, (orelse, finalbody), *is_star)?;
                self.tries -= 1;
                Ok(())
            }
            Stmt::Raise { exc, cause, tback } => self.raise(*exc, *cause, *tback),
            Stmt::Print { dest, values, newline } => self.print(*dest, values, *newline),
            Stmt::Exec { code, names } => self.exec(*code, *names),
            Stmt::Assert { test, msg } => self.assert(*test, *msg),
            Stmt::Import { names, is_lazy } => names.iter().try_for_each(|alias| self.import(alias, *is_lazy)),
            Stmt::ImportFrom { module, names, level, is_lazy } => self.import_from(module, names, *level, *is_lazy),
            Stmt::FunctionDef { function, name, decorators, type_params: None } => {
                self.function_def(function, name, decorators)
            }
            Stmt::ClassDef { code, name, bases, keywords, decorators, type_params: None } => {
                self.class_def(*code, name, (bases, keywords), decorators)
            }
            Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::Pass => Ok(()),
            Stmt::Break => self.break_stmt(),
            Stmt::Continue => self.continue_stmt(),
            Stmt::FunctionDef { function, name, decorators, type_params: Some(code) } => {
                self.generic_def(*code, (Some(function.code), Some(function)), name, decorators)
            }
            Stmt::ClassDef { code: class, name, decorators, type_params: Some(code), .. } => {
                self.generic_def(*code, (Some(*class), None), name, decorators)
            }
            Stmt::TypeAlias { name, code } => self.type_alias(name, *code),
            Stmt::Match { subject, cases } => self.match_stmt(*subject, cases),
            Stmt::Unshaped { reason, .. } => Err(reason.clone()),
        }
    }

    fn expr_stmt(&mut self, value: ExprId) -> Lowered {
        if self.unit.kind == UnitKind::Interactive {
            self.expr(value)?;
            self.do_op(OpKind::PrintExpr, 1);
            return Ok(());
        }
        if matches!(self.body.get_expr(value), Expr::Constant(_)) {
            return Ok(());
        }
        self.expr(value)?;
        self.pop();
        Ok(())
    }

    fn return_stmt(&mut self, value: Option<ExprId>) -> Lowered {
        let keeps = value.is_some_and(|value| !matches!(self.body.get_expr(value), Expr::Constant(_)));
        if let Some(value) = value.filter(|_| keeps) {
            self.expr(value)?;
        }
        let (frames, handlers, depth) = (self.frames.clone(), self.handlers.clone(), self.stack.len());
        self.leave(false, keeps)?;
        if !keeps {
            match value {
                Some(value) => self.expr(value)?,
                None => self.push_constant(Constant::None),
            }
        }
        let value = self.pop();
        self.terminate(Terminator::Return(value));
        (self.frames, self.handlers) = (frames, handlers);
        self.open(depth - usize::from(keeps));
        Ok(())
    }

    fn break_stmt(&mut self) -> Lowered {
        let (frames, handlers, depth) = (self.frames.clone(), self.handlers.clone(), self.stack.len());
        self.leave(true, false)?;
        if let Some(Frame::Loop { has_iterator, exit, .. }) = self.frames.last().copied() {
            if has_iterator {
                self.pop();
            }
            let mut label = self.breaks[exit];
            self.jump(&mut label);
            self.breaks[exit] = label;
        }
        (self.frames, self.handlers) = (frames, handlers);
        self.open(depth);
        Ok(())
    }

    fn continue_stmt(&mut self) -> Lowered {
        let (frames, handlers, depth) = (self.frames.clone(), self.handlers.clone(), self.stack.len());
        self.leave(true, false)?;
        if let Some(Frame::Loop { start, .. }) = self.frames.last().copied() {
            self.jump(&mut Label(Some(start)));
        }
        (self.frames, self.handlers) = (frames, handlers);
        self.open(depth);
        Ok(())
    }

    fn if_stmt(&mut self, test: ExprId, body: &'a [StmtId], orelse: &'a [StmtId]) -> Lowered {
        let (mut next, mut end) = (Label::default(), Label::default());
        self.jump_unless(test, &mut next)?;
        self.stmts(body)?;
        self.jump(&mut end);
        self.place_only(next);
        self.stmts(orelse)?;
        self.place(&mut end);
        Ok(())
    }

    fn while_stmt(&mut self, test: ExprId, body: &'a [StmtId], orelse: &'a [StmtId]) -> Lowered {
        let (mut start, mut anchor) = (Label::default(), Label::default());
        self.place(&mut start);
        self.begin_loop(false);
        self.jump_unless(test, &mut anchor)?;
        self.stmts(body)?;
        self.jump(&mut start);
        let mut end = self.end_loop();
        self.place_only(anchor);
        self.stmts(orelse)?;
        self.place(&mut end);
        Ok(())
    }

    fn begin_loop(&mut self, has_iterator: bool) {
        self.frames.push(Frame::Loop { start: self.block, has_iterator, exit: self.breaks.len() });
        self.breaks.push(Label::default());
    }

    /// Gives where `break` leads.
    fn end_loop(&mut self) -> Label {
        self.frames.pop();
        self.breaks.pop().unwrap_or_default()
    }

    fn for_stmt(
        &mut self,
        target: ExprId,
        iter: ExprId,
        (body, orelse): (&'a [StmtId], &'a [StmtId]),
        is_async: bool,
    ) -> Lowered {
        self.looped(iter, is_async, true)?;
        self.iterator_of(is_async);
        let mut start = Label::default();
        self.place(&mut start);
        self.begin_loop(true);
        let exhausted = self.for_iter(is_async);
        self.store(target)?;
        self.stmts(body)?;
        self.jump(&mut start);
        let mut end = self.end_loop();
        self.place_only(exhausted);
        self.stmts(orelse)?;
        self.place(&mut end);
        Ok(())
    }

    /// Takes the next item of the iterator on top; it is on the stack then. Gives where it goes on when there is none.
    pub(super) fn for_iter(&mut self, is_async: bool) -> Label {
        let iterator = self.peek(1);
        let (mut body, mut exhausted) = (Label::default(), Label::default());
        let mut item = self.edge(&mut body);
        self.graph.add_param(item.target);
        item.args = self.stack.clone();
        self.pop();
        let none_left = self.edge(&mut exhausted);
        self.terminate(Terminator::ForIter { iterator, is_async, item, exhausted: none_left });
        self.place_only(body);
        exhausted
    }

    fn raise(&mut self, exc: Option<ExprId>, cause: Option<ExprId>, tback: Option<ExprId>) -> Lowered {
        exc.into_iter().chain(cause).chain(tback).try_for_each(|expr| self.expr(expr))?;
        if tback.is_some() {
            self.push_op(OpKind::WithTraceback, 2);
        }
        let cause = cause.map(|_| self.pop());
        let exception = exc.map(|_| self.pop());
        self.end(Terminator::Raise { exception, cause });
        Ok(())
    }

    fn assert(&mut self, test: ExprId, msg: Option<ExprId>) -> Lowered {
        let mut end = Label::default();
        self.jump_if(test, true, &mut end)?;
        let name: Name = "AssertionError".into();
        let kind = if self.since(9) { OpKind::CommonConstant(name) } else { OpKind::Load(Scope::Global, name) };
        self.push_op(kind, 0);
        if let Some(msg) = msg {
            self.expr(msg)?;
            self.push_op(OpKind::Call { positional: 1, keywords: Vec::new() }, 2);
        }
        let exception = Some(self.pop());
        self.end(Terminator::Raise { exception, cause: None });
        self.place_only(end);
        Ok(())
    }
}
