//! Statements and expressions that only Python 2 has.

use super::flow::bound_operand;
use super::shaper::{Place, Shaped, Shaper};
use crate::ast::{Expr, ExprId, Keyword, Stmt, StmtId};
use crate::constant::Name;
use crate::graph::{BlockId, Bounds, Op, OpKind, Origin, ValueId};

/// A `print` that has not ended its line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Printed {
    stmt: StmtId,
    /// What it prints to.
    file: Option<ValueId>,
    /// The line of its last value.
    line: Option<u32>,
}

impl Shaper<'_> {
    /// `container[lower:upper]`, whose operands begin with one of this index.
    pub(super) fn bounded(&mut self, op: &Op, first: usize, bounds: Bounds) -> Shaped<ExprId> {
        let operands = self.exprs(&op.operands[first..])?;
        let mut operands = operands.into_iter();
        let value = operands.next().ok_or("a slice of nothing")?;
        let lower = if bounds.lower { operands.next() } else { None };
        let upper = if bounds.upper { operands.next() } else { None };
        let slice = self.body.expr(Expr::Slice { lower, upper, step: None }, Origin::None);
        Ok(self.body.expr(Expr::Subscript { value, slice }, op.origin))
    }

    /// A call with starred arguments.
    pub(super) fn call_star(
        &mut self,
        op: &Op,
        (positional, names): (u32, &[Name]),
        (star, star_star): (bool, bool),
    ) -> Shaped<ExprId> {
        let func = self.expr(op.operands[0])?;
        let values = self.exprs(&op.operands[1..])?;
        let mut values = values.into_iter();
        let mut args: Vec<ExprId> = values.by_ref().take(positional as usize).collect();
        let mut keywords: Vec<Keyword> = names
            .iter()
            .cloned()
            .zip(values.by_ref())
            .map(|(name, value)| Keyword { arg: Some(name), value })
            .collect();
        if let Some(value) = if star { values.next() } else { None } {
            args.push(self.body.expr(Expr::Starred(value), Origin::None));
        }
        if star_star {
            keywords.extend(values.next().map(|value| Keyword { arg: None, value }));
        }
        Ok(self.body.expr(Expr::Call { func, args, keywords }, op.origin))
    }

    /// A value that is printed: to what the statement before prints to, if that has not ended its line.
    pub(super) fn print_item(&mut self, op: &Op, to: bool, stmts: &mut Vec<StmtId>) -> Shaped<()> {
        let value = self.expr(op.operands[0])?;
        let file = if to { Some(self.flow.resolve(op.operands[1])) } else { None };
        if let Some(last) = self.printing(file, op.origin, stmts) {
            if let Stmt::Print { values, .. } = self.body.get_stmt_mut(last) {
                values.push(value);
            }
            self.printed = Some(Printed { stmt: last, file, line: op.origin.line() });
            return Ok(());
        }
        let dest = file.map(|file| self.expr(file)).transpose()?;
        self.push(Stmt::Print { dest, values: vec![value], newline: false }, op.origin, stmts);
        self.printed = stmts.last().map(|&stmt| Printed { stmt, file, line: op.origin.line() });
        Ok(())
    }

    /// The end of a printed line.
    pub(super) fn print_newline(&mut self, op: &Op, to: bool, stmts: &mut Vec<StmtId>) -> Shaped<()> {
        let file = if to { Some(self.flow.resolve(op.operands[0])) } else { None };
        if let Some(last) = self.printing(file, op.origin, stmts) {
            if let Stmt::Print { newline, .. } = self.body.get_stmt_mut(last) {
                *newline = true;
            }
            self.printed = None;
            return Ok(());
        }
        let dest = file.map(|file| self.expr(file)).transpose()?;
        self.push(Stmt::Print { dest, values: Vec::new(), newline: true }, op.origin, stmts);
        Ok(())
    }

    /// The statement that prints to this file, and has not ended.
    fn printing(&self, file: Option<ValueId>, origin: Origin, stmts: &[StmtId]) -> Option<StmtId> {
        let Printed { stmt: last, file: known, line } = self.printed?;
        // What one statement prints to a file, that was evaluated once; without one, lines tell.
        let is_one = file.is_some() || line == origin.line();
        (stmts.last() == Some(&last) && known == file && is_one).then_some(last)
    }

    pub(super) fn exec(&mut self, op: &Op, stmts: &mut Vec<StmtId>) -> Shaped<()> {
        let &[code, globals, locals] = &op.operands[..] else { return Err("exec of nothing".to_owned()) };
        let code = self.expr(code)?;
        let is_plain = self.flow.constant(globals) == Some(&crate::constant::Constant::None);
        let is_one = self.flow.resolve(globals) == self.flow.resolve(locals);
        let names = if is_plain && is_one {
            None
        } else {
            let globals = self.expr(globals)?;
            Some((globals, if is_one { None } else { Some(self.expr(locals)?) }))
        };
        self.push(Stmt::Exec { code, names }, op.origin, stmts);
        Ok(())
    }

    /// The value and the traceback that a class is raised with.
    pub(super) fn with_traceback(&self, value: ValueId) -> Option<(ValueId, ValueId)> {
        match self.flow.maker(value)? {
            (Op { kind: OpKind::WithTraceback, operands, .. }, _) => Some((operands[0], operands[1])),
            _ => None,
        }
    }

    /// The name, bases and body of a class.
    pub(super) fn class_parts(&mut self, op: &Op) -> Shaped<(ValueId, Vec<ExprId>, Vec<Keyword>)> {
        let bases = self.items(op.operands[1])?.ok_or("the bases of a class are no tuple")?;
        match self.flow.maker(op.operands[2]) {
            Some((Op { kind: OpKind::Call { positional: 0, .. }, operands, .. }, _)) => {
                Ok((operands[0], bases, Vec::new()))
            }
            _ => Err("a class without a body".to_owned()),
        }
    }

    /// Whether a statement takes apart a parameter that is written as a tuple.
    pub(super) fn takes_parameter_apart(&self, stmt: StmtId) -> bool {
        self.body.parameter_taken_apart(stmt).is_some()
    }

    /// The body of an `except` clause, and what the exception is bound to.
    pub(super) fn old_clause_body(
        &mut self,
        id: BlockId,
        exception: ValueId,
        place: Place,
    ) -> Shaped<(Option<ExprId>, Vec<StmtId>)> {
        let first =
            self.flow.node(id).ops.iter().map(|&op| self.flow.op(op)).find(|op| bound_operand(&op.kind).is_some());
        let binds = first.is_some_and(|op| self.flow.resolve(op.operands[0]) == exception);
        if !binds {
            let body = self.sequence(id, place.inner(place.next)?).stmts;
            return Ok((None, self.or_pass(body)));
        }
        let (target, behind) = self.target_of(id, exception)?;
        self.done[id.0 as usize] = true;
        let mut stmts = Vec::new();
        let inner = place.inner(place.next)?;
        self.straight(id, behind, &mut stmts)?;
        let step = self.leave(id, inner, &mut stmts)?;
        let stmts = self.rest(step, inner, stmts)?;
        Ok((Some(target), self.or_pass(stmts)))
    }
}
