//! `except*` (3.11+): each clause takes what it matches out of the exception; what is left, and what clauses raise, is gathered in a
//! list and raised behind the last.

use std::collections::HashSet;

use super::place::Place;
use super::shaper::Shaper;
use crate::ast::{ExceptHandler, StmtId};
use crate::constant::Name;
use crate::graph::{BlockId, Op, OpKind, Terminator, ValueId};
use crate::shape::contexts::{Context, HandlerKind};
use crate::shape::trouble::Shaped;

/// The check of one clause.
struct Check {
    class: ValueId,
    matched: ValueId,
    /// Where it goes on if something matches, and if nothing does.
    clause: BlockId,
    next: BlockId,
}

impl Shaper<'_> {
    pub(super) fn star_clauses(&mut self, handler: BlockId, place: Place) -> Shaped<Vec<ExceptHandler>> {
        let mut handlers = Vec::new();
        let mut at = handler;
        let mut checked = HashSet::new();
        while let Some(Check { class, matched, clause, next }) = self.star_check(at) {
            if !checked.insert(at) {
                return Err("its except* clauses lead to each other".to_owned());
            }
            self.done[at.0 as usize] = true;
            let typ = Some(self.expr(class)?);
            let (name, body) = self.star_clause(clause, matched, place.inner(Some(next))?)?;
            handlers.push(ExceptHandler { typ, name, target: None, body });
            at = next;
        }
        if let Some(behind) = self.keeps_rest(at) {
            self.done[at.0 as usize] = true;
            at = behind;
        }
        let raises = |op: &Op| op.kind == OpKind::PrepReraiseStar;
        if !self.flow.node(at).ops.iter().any(|&op| raises(self.flow.op(op))) {
            return Err("except* does not end".to_owned());
        }
        self.done[at.0 as usize] = true;
        Ok(handlers)
    }

    /// Where a node leads that does nothing but keep what no clause matched: 3.13 copies that to the end of each way through the last
    /// clause.
    fn keeps_rest(&self, id: BlockId) -> Option<BlockId> {
        let node = self.flow.node(id);
        let Terminator::Jump(edge) = &node.end else { return None };
        let keeps = node.ops.iter().all(|&op| self.flow.op(op).kind == OpKind::ListAppend);
        (keeps && !node.ops.is_empty()).then_some(edge.target)
    }

    fn star_check(&self, id: BlockId) -> Option<Check> {
        let node = self.flow.node(id);
        let check = node.ops.iter().map(|&op| self.flow.op(op)).find(|op| op.kind == OpKind::CheckEgMatch)?;
        let matched = check.results().nth(1)?;
        let Terminator::Branch { condition, on_true, on_false } = &node.end else { return None };
        let (asked, _) = self.flow.maker(*condition)?;
        let is_none = asked.kind == OpKind::Is { negated: false }
            && self.flow.resolve(asked.operands[0]) == self.flow.resolve(matched);
        is_none.then_some(Check { class: check.operands[1], matched, clause: on_false.target, next: on_true.target })
    }

    fn star_clause(&mut self, id: BlockId, matched: ValueId, place: Place) -> Shaped<(Option<Name>, Vec<StmtId>)> {
        let first = self.flow.node(id).ops.first().map(|&op| self.flow.op(op));
        let name = match first {
            Some(Op { kind: OpKind::Store(_, name), operands, .. })
                if self.flow.resolve(operands[0]) == self.flow.resolve(matched) =>
            {
                Some(name.clone())
            }
            _ => None,
        };
        let mut body = id;
        if name.is_some() {
            self.done[id.0 as usize] = true;
            let Terminator::Jump(edge) = &self.flow.node(id).end else { return Err("except* has no body".to_owned()) };
            body = edge.target;
        }
        let inside = self.inner_context(body, place.context);
        let guarded = inside.filter(|&inside| match self.contexts.get(inside) {
            Context::Guarded(handler) => self.kinds.get(&handler) == Some(&HandlerKind::StarClause),
            _ => false,
        });
        // Of a body that does nothing, only the unbinding of the name may be left.
        let Some(context) = guarded else { return Ok((name, self.or_pass(Vec::new()))) };
        let exits = self.exits.get(&context).map(Vec::as_slice).unwrap_or_default();
        let copied =
            exits.iter().map(|&(_, to)| to).find(|&to| Some(to) != place.next && self.keeps_rest(to).is_some());
        let stmts = self.sequence(body, Place { context, next: copied.or(place.next), ..place }).stmts;
        Ok((name, self.or_pass(stmts)))
    }
}
