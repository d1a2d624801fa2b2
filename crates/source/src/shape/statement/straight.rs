//! Statements of one node: those without branches.

use super::shaper::Shaper;
use crate::ast::{Expr, Stmt, StmtId};
use crate::graph::{BlockId, OpKind, Origin, ValueId};
use crate::shape::flow::OpId;
use crate::shape::trouble::Shaped;

impl Shaper<'_> {
    /// Makes statements of the operations of a node, from one on.
    pub(super) fn straight(&mut self, id: BlockId, from: usize, stmts: &mut Vec<StmtId>) -> Shaped<()> {
        let mut ops = self.flow.node(id).ops.clone();
        ops.truncate(self.match_start(id).unwrap_or(ops.len()));
        let mut pending: Vec<ValueId> = Vec::new();
        let mut at = from;
        let mut begun = from;
        while let Some(&id) = ops.get(at) {
            let made = stmts.len();
            match self.operation(&ops, at, id, &mut pending, stmts) {
                Ok(next) => at = next,
                Err(reason) => {
                    // The statements behind it stand all the same.
                    stmts.truncate(made);
                    self.statement_without_shape(&ops[begun..=at], reason, stmts);
                    pending.clear();
                    at += 1;
                }
            }
            if stmts.len() > made {
                begun = at;
            }
        }
        if pending.is_empty() { Ok(()) } else { Err("a value is bound elsewhere".to_owned()) }
    }

    fn statement_without_shape(&mut self, ops: &[OpId], reason: String, stmts: &mut Vec<StmtId>) {
        let origins = || ops.iter().map(|&op| self.flow.op(op).origin);
        let from = origins().filter_map(Origin::start).min().unwrap_or(0);
        let to = origins().filter_map(Origin::end).max().unwrap_or(from);
        self.push(Stmt::Unshaped { start: from, end: to, reason }, Origin::None, stmts);
    }

    /// One operation, and others that belong to it; the place behind them.
    fn operation(
        &mut self,
        ops: &[OpId],
        at: usize,
        id: OpId,
        pending: &mut Vec<ValueId>,
        stmts: &mut Vec<StmtId>,
    ) -> Shaped<usize> {
        use OpKind::*;
        let op = self.flow.op(id).clone();
        match &op.kind {
            Store(scope, name) if self.flow.is_amid(op.operands[0]) => {
                let value = self.flow.resolve(op.operands[0]);
                self.flow.named.entry(value).or_default().push((*scope, name.clone()));
            }
            Store(..) if self.flow.is_saved(op.operands[0]) => {}
            SaveAndClear(_) | LoadClosure(_) => {}
            Load(..) if self.asked.is_some() && self.is_conditional_set(op.first) => {}
            Store(..) | StoreAttr(_) | SetItem | SetBounds(_) | Unpack(_) | UnpackEx { .. } => {
                let behind = self.assignment(ops, at, std::mem::take(pending), stmts)?;
                self.join_annotation(stmts);
                return Ok(behind);
            }
            Delete(_, name) => {
                let target = self.body.expr(Expr::Name(name.clone()), op.origin);
                self.push(Stmt::Delete(vec![target]), op.origin, stmts);
            }
            DeleteAttr(attr) => {
                let value = self.expr(op.operands[0])?;
                let target = self.body.expr(Expr::Attribute { value, attr: attr.clone() }, op.origin);
                self.push(Stmt::Delete(vec![target]), op.origin, stmts);
            }
            DelItem => {
                let (value, slice) = (self.expr(op.operands[0])?, self.expr(op.operands[1])?);
                let target = self.body.expr(Expr::Subscript { value, slice }, op.origin);
                self.push(Stmt::Delete(vec![target]), op.origin, stmts);
            }
            DelBounds(bounds) => {
                let target = self.expressions().bounded(&op, 0, *bounds)?;
                self.push(Stmt::Delete(vec![target]), op.origin, stmts);
            }
            PrintItem { to } => self.print_item(&op, *to, stmts)?,
            PrintNewline { to } => self.print_newline(&op, *to, stmts)?,
            Exec => self.exec(&op, stmts)?,
            ImportName(..) => return self.import(ops, at, stmts),
            WithEnter { .. } => self.enter(id),
            WithExit => {
                self.empty_with(op.operands[0], stmts)?;
                let awaited =
                    ops.get(at + 1).is_some_and(|&next| self.flow.op(next).operands.first() == Some(&op.first));
                return Ok(if awaited { at + 2 } else { at + 1 });
            }
            SetAdd if self.is_conditional_set(op.operands[0]) => self.reached(op.operands[1], stmts),
            PopExcept | SetupAnnotations | ListAppend | SetAdd | MapAdd | ListExtend | SetUpdate | DictUpdate
            | DictMerge | MakeCell(_) => {}
            PrintExpr => {
                let value = self.expr(op.operands[0])?;
                self.push(Stmt::Expr(value), op.origin, stmts);
            }
            Await if self.awaits_entered(op.operands[0]) => {
                if let Some(entering) = self.entering.last_mut() {
                    entering.entered = op.first;
                }
            }
            _ => {
                for result in op.results() {
                    if self.flow.is_used(result) {
                        continue;
                    }
                    if self.flow.times_bound(result) > 0 {
                        pending.push(result);
                    } else {
                        let value = self.expr(result)?;
                        self.push(Stmt::Expr(value), op.origin, stmts);
                        self.join_evaluated(stmts);
                    }
                }
            }
        }
        Ok(at + 1)
    }

    /// Whether a value is what `__aenter__` of the `with` that is being entered returned.
    fn awaits_entered(&self, value: ValueId) -> bool {
        let value = self.flow.resolve(value);
        self.entering.last().is_some_and(|entering| entering.is_async && entering.entered == value)
    }

    pub(super) fn push(&mut self, stmt: Stmt, origin: Origin, stmts: &mut Vec<StmtId>) {
        let stmt = self.stmt(stmt, origin);
        stmts.push(stmt);
    }
}
