//! Statements and expressions that only Python 2 has.

use super::place::Place;
use super::shaper::{Printed, Shaper};
use crate::ast::{ExprId, Keyword, Stmt, StmtId};
use crate::graph::{BlockId, Op, OpKind, Origin, ValueId};
use crate::shape::flow::bound_operand;
use crate::shape::trouble::Shaped;

impl Shaper<'_> {
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
        let bases = self.expressions().items(op.operands[1])?.ok_or("the bases of a class are no tuple")?;
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
        let (target, behind) = self.expressions().target_of(id, exception)?;
        self.done[id.0 as usize] = true;
        let mut stmts = Vec::new();
        let inner = place.inner(place.next)?;
        self.straight(id, behind, &mut stmts)?;
        let step = self.leave(id, inner, &mut stmts)?;
        let stmts = self.rest(step, inner, stmts)?;
        Ok((Some(target), self.or_pass(stmts)))
    }
}
