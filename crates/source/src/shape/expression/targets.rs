//! What values are bound to.

use std::collections::{HashMap, HashSet};

use super::Expressions;
use crate::ast::{Expr, ExprId};
use crate::graph::{BlockId, OpKind, Origin, Scope, ValueId};
use crate::shape::flow::{OpId, bound_operand};
use crate::shape::trouble::Shaped;

/// Values with the operations that bind them, in order, and those that bind what is unpacked from them.
pub(in crate::shape) struct Bound {
    pub order: Vec<(ValueId, OpId)>,
    pub unpacked: HashMap<ValueId, OpId>,
    /// The place behind the last of them.
    pub behind: usize,
}

impl Expressions<'_, '_> {
    /// The target that a node binds a value to with its first operations, and the place behind them.
    pub(in crate::shape) fn target_of(&mut self, id: BlockId, value: ValueId) -> Shaped<(ExprId, usize)> {
        let ops = self.flow.node(id).ops.clone();
        self.target_at(&ops, 0, value)
    }

    /// The target that operations bind a value to, from one of them on.
    pub(in crate::shape) fn target_at(&mut self, ops: &[OpId], from: usize, value: ValueId) -> Shaped<(ExprId, usize)> {
        let value = self.flow.resolve(value);
        let bound = self.bind_all(ops, from, HashMap::from([(value, 1)]))?;
        let [(_, op)] = bound.order[..] else { return Err("an item is bound to several targets".to_owned()) };
        Ok((self.target(op, &bound.unpacked)?, bound.behind))
    }

    pub(in crate::shape) fn bind(&self, ops: &[OpId], at: usize, pending: Vec<ValueId>) -> Shaped<Bound> {
        let mut open: HashMap<ValueId, u32> = HashMap::new();
        for value in pending {
            let value = self.flow.resolve(value);
            open.insert(value, self.flow.times_bound(value));
        }
        let first = self.flow.resolve(self.flow.op(ops[at]).operands[0]);
        let constant = self.flow.constant(first).is_some();
        let times = if constant { 1 } else { self.flow.times_bound(first).max(1) };
        open.entry(first).or_insert(times);
        self.bind_all(ops, at, open)
    }

    fn bind_all(&self, ops: &[OpId], from: usize, mut open: HashMap<ValueId, u32>) -> Shaped<Bound> {
        let mut bound = Bound { order: Vec::new(), unpacked: HashMap::new(), behind: from };
        let mut results: HashSet<ValueId> = HashSet::new();
        // Results of unpacking, the next to be bound on top.
        let mut stack: Vec<ValueId> = Vec::new();
        let mut at = from;
        loop {
            if open.is_empty() {
                // The next target takes a constant that was on the stack already.
                let Some(value) = self.constant_too(ops, at, &bound) else { break };
                open.insert(value, 1);
            }
            let Some(&id) = ops.get(at) else { return Err("an assignment does not end".to_owned()) };
            at += 1;
            let op = self.flow.op(id);
            if bound_operand(&op.kind).is_none() {
                continue;
            }
            let value = self.flow.resolve(op.operands[0]);
            if results.contains(&value) {
                for dropped in self.stored_over(&mut stack, value, &op.kind) {
                    open.remove(&dropped);
                    bound.unpacked.insert(dropped, id);
                }
                bound.unpacked.insert(value, id);
            } else {
                bound.order.push((value, id));
            }
            if let Some(times) = open.get_mut(&value) {
                *times -= 1;
                if *times == 0 {
                    open.remove(&value);
                }
            } else if self.flow.constant(value).is_none() {
                return Err("a value is bound amid an assignment of others".to_owned());
            }
            if matches!(op.kind, OpKind::Unpack(_) | OpKind::UnpackEx { .. }) {
                results.extend(op.results());
                open.extend(op.results().map(|result| (result, 1)));
                stack.extend(op.results().rev());
            }
            bound.behind = at;
        }
        Ok(bound)
    }

    /// What is dropped before a value is bound: the compiler leaves out a store into a local variable if the next one is into the same
    /// (`a, _, _ = x`, 3.13+).
    fn stored_over(&self, stack: &mut Vec<ValueId>, value: ValueId, kind: &OpKind) -> Vec<ValueId> {
        let Some(at) = stack.iter().rposition(|&waiting| waiting == value) else { return Vec::new() };
        let above = stack.split_off(at);
        let is_dropped = |&item: &ValueId| self.flow.times_bound(item) == 0 && !self.flow.is_used(item);
        let dropped = above.into_iter().skip(1).filter(is_dropped);
        if matches!(kind, OpKind::Store(Scope::Fast, _)) { dropped.collect() } else { Vec::new() }
    }

    /// The constant that the next target is bound to, if it was on the stack already: nothing stands between that loads it.
    fn constant_too(&self, ops: &[OpId], at: usize, bound: &Bound) -> Option<ValueId> {
        let &(value, _) = bound.order.last()?;
        let (binder, next, gap) = self.next_constant(ops, at)?;
        let found = self.flow.resolve(binder);
        if gap == 0 {
            return Some(found);
        }
        // `a = b = c = 1` copies the constant before each target but the last.
        let (mut at, mut gap) = (next, gap);
        let copy_size = if self.units.since(3, 0) { 2 } else { 1 };
        while gap == copy_size && self.flow.resolve(binder) == value {
            match self.next_constant(ops, at) {
                Some((binder, next, next_gap)) if self.flow.resolve(binder) == value => (at, gap) = (next, next_gap),
                _ => return None,
            }
        }
        (gap == 0).then_some(found)
    }

    /// The constant that is bound next, if nothing is done before; the place behind, and how many bytes of code stand before that
    /// are of no operation.
    fn next_constant(&self, ops: &[OpId], at: usize) -> Option<(ValueId, usize, u32)> {
        let next = at + ops[at..].iter().position(|&id| bound_operand(&self.flow.op(id).kind).is_some())?;
        let feeds = ops[at..next].iter().all(|&id| {
            let op = self.flow.op(id);
            op.results > 0 && op.results().all(|result| self.flow.is_used(result))
        });
        let value = self.flow.op(ops[next]).operands[0];
        if !feeds || self.flow.constant(value).is_none() {
            return None;
        }
        let begins = self.flow.op(ops[at]).origin.start()?;
        let ended = self.flow.op(ops[at - 1]).origin.end()?;
        Some((value, next + 1, begins.saturating_sub(ended)))
    }

    /// What an operation binds to.
    pub(in crate::shape) fn target(&mut self, id: OpId, unpacked: &HashMap<ValueId, OpId>) -> Shaped<ExprId> {
        self.deeper()?;
        let op = self.flow.op(id).clone();
        let expr = match &op.kind {
            OpKind::Store(_, name) => Expr::Name(name.clone()),
            OpKind::StoreAttr(attr) => Expr::Attribute { value: self.expr(op.operands[1])?, attr: attr.clone() },
            OpKind::SetItem => Expr::Subscript { value: self.expr(op.operands[1])?, slice: self.expr(op.operands[2])? },
            OpKind::SetBounds(bounds) => {
                self.depth -= 1;
                return self.bounded(&op, 1, *bounds);
            }
            OpKind::Unpack(_) | OpKind::UnpackEx { .. } => {
                let mut items = Vec::new();
                for result in op.results() {
                    let Some(&binder) = unpacked.get(&result) else { return Err("an item is not bound".to_owned()) };
                    items.push(self.target(binder, unpacked)?);
                }
                if let OpKind::UnpackEx { before, .. } = op.kind {
                    let starred = &mut items[before as usize];
                    *starred = self.body.expr(Expr::Starred(*starred), Origin::None);
                }
                Expr::Tuple(items)
            }
            _ => return Err("nothing is bound".to_owned()),
        };
        self.depth -= 1;
        Ok(self.body.expr(expr, op.origin))
    }
}
