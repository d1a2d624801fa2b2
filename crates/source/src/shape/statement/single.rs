//! Code objects that are one expression: lambdas, what `eval` is given, the value of an alias. Where an arm of `a if b else c` has a loop
//! of its own, each arm returns by itself.

use super::shaper::Shaper;
use crate::ast::{Expr, ExprId, Stmt, StmtId};
use crate::constant::Constant;
use crate::graph::{BlockId, OpKind, Origin, Terminator};
use crate::shape::trouble::Shaped;

/// How deep arms nest at the most.
const DEPTH: u32 = 50;

impl Shaper<'_> {
    /// The body of a comprehension or generator expression that is a code object of its own.
    pub(super) fn own_comprehension_body(&mut self) -> Shaped<()> {
        let mut head = BlockId(0);
        let mut container = None;
        loop {
            let node = self.flow.node(head);
            for &op in &node.ops {
                let op = self.flow.op(op);
                if matches!(op.kind, OpKind::Build(_, 0)) {
                    container = Some(op.first);
                }
            }
            match &node.end {
                Terminator::ForIter { .. } => break,
                Terminator::Jump(edge) if edge.target != head => head = edge.target,
                _ => return Err("a comprehension has no loop".to_owned()),
            }
        }
        let kind = self.unit.kind;
        let expr = self.expressions().comprehension(head, container, kind)?;
        let stmt = self.stmt(Stmt::Return(Some(expr)), Origin::None);
        self.body.stmts.push(stmt);
        Ok(())
    }

    /// Makes one `return` of statements that choose what is returned. What does more has no shape.
    pub(super) fn return_one_value(&mut self, stmts: &mut Vec<StmtId>) {
        // What takes a parameter apart stands before (Python 2).
        let is_parameter = |&stmt: &StmtId| self.takes_parameter_apart(stmt);
        let parameters: Vec<StmtId> = stmts.iter().copied().take_while(is_parameter).collect();
        stmts.drain(..parameters.len());
        self.return_only_value(stmts);
        stmts.splice(..0, parameters);
    }

    fn return_only_value(&mut self, stmts: &mut Vec<StmtId>) {
        if let [only] = stmts[..]
            && matches!(self.body.get_stmt(only), Stmt::Return(_) | Stmt::Unshaped { .. })
        {
            return;
        }
        let stmt = match self.value_returned(stmts, 0) {
            Some(value) => Stmt::Return(Some(value)),
            None => {
                let origins = || self.flow.ops.iter().map(|op| op.origin);
                let from = origins().filter_map(Origin::start).min().unwrap_or(0);
                let to = origins().filter_map(Origin::end).max().unwrap_or(from);
                Stmt::Unshaped { start: from, end: to, reason: "it does more than one expression".to_owned() }
            }
        };
        *stmts = vec![self.stmt(stmt, Origin::None)];
    }

    fn value_returned(&mut self, stmts: &[StmtId], depth: u32) -> Option<ExprId> {
        let (&last, before) = stmts.split_last().filter(|_| depth < DEPTH)?;
        let mut value = match self.body.get_stmt(last).clone() {
            Stmt::Return(Some(value)) => value,
            Stmt::Return(None) => self.constant(Constant::None),
            Stmt::If { test, body, orelse } => {
                let (body, orelse) = (self.value_returned(&body, depth + 1)?, self.value_returned(&orelse, depth + 1)?);
                self.body.expr(Expr::IfExp { test, body, orelse }, Origin::None)
            }
            _ => return None,
        };
        for &stmt in before.iter().rev() {
            let Stmt::If { test, body, orelse } = self.body.get_stmt(stmt).clone() else { return None };
            if !orelse.is_empty() {
                return None;
            }
            let body = self.value_returned(&body, depth + 1)?;
            value = self.body.expr(Expr::IfExp { test, body, orelse: value }, Origin::None);
        }
        Some(value)
    }
}
