//! Assignments: values that are bound to targets, one or several at once.

use std::collections::HashMap;

use super::flow::{OpId, bound_operand};
use super::shaper::{Shaped, Shaper};
use crate::ast::{Annotation, Expr, ExprId, Stmt, StmtId};
use crate::constant::Constant;
use crate::graph::{BlockId, BuildKind, Op, OpKind, Origin, ValueId};
use crate::unit::UnitKind;

/// Values with the operations that bind them, in order, and those that bind what is unpacked from them.
struct Bound {
    order: Vec<(ValueId, OpId)>,
    unpacked: HashMap<ValueId, OpId>,
    /// The place behind the last of them.
    behind: usize,
}

impl Shaper<'_> {
    /// The assignment that begins at a place, where these values wait to be bound.
    pub(super) fn assignment(
        &mut self,
        ops: &[OpId],
        at: usize,
        pending: Vec<ValueId>,
        stmts: &mut Vec<StmtId>,
    ) -> Shaped<usize> {
        let origin = self.flow.op(ops[at]).origin;
        let bound = self.bind(ops, at, pending)?;
        let stmt = self.assign(&bound)?;
        if let Some(stmt) = stmt {
            self.push(stmt, origin, stmts);
        }
        Ok(bound.behind)
    }

    /// The target that a node binds a value to with its first operations, and the place behind them.
    pub(super) fn target_of(&mut self, id: BlockId, value: ValueId) -> Shaped<(ExprId, usize)> {
        let ops = self.flow.node(id).ops.clone();
        self.target_at(&ops, 0, value)
    }

    /// The target that operations bind a value to, from one of them on.
    pub(super) fn target_at(&mut self, ops: &[OpId], from: usize, value: ValueId) -> Shaped<(ExprId, usize)> {
        let value = self.flow.resolve(value);
        let bound = self.bind_all(ops, from, HashMap::from([(value, 1)]))?;
        let [(_, op)] = bound.order[..] else { return Err("an item is bound to several targets".to_owned()) };
        Ok((self.target(op, &bound.unpacked)?, bound.behind))
    }

    fn bind(&self, ops: &[OpId], at: usize, pending: Vec<ValueId>) -> Shaped<Bound> {
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
        let mut results: HashMap<ValueId, ()> = HashMap::new();
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
            if results.contains_key(&value) {
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
                for result in op.results() {
                    results.insert(result, ());
                    open.insert(result, 1);
                }
            }
            bound.behind = at;
        }
        Ok(bound)
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

    fn assign(&mut self, bound: &Bound) -> Shaped<Option<Stmt>> {
        if let [(value, op)] = bound.order[..] {
            if let Some(stmt) = self.special_assignment(value, op)? {
                return Ok(stmt);
            }
        }
        let mut targets = Vec::new();
        for &(_, op) in &bound.order {
            targets.push(self.target(op, &bound.unpacked)?);
        }
        let first = bound.order[0].0;
        if bound.order.iter().all(|&(value, _)| value == first) {
            let value = self.expr(first)?;
            return Ok(Some(Stmt::Assign { targets, value }));
        }
        // Of several targets the compiler may bind the last one first (3.11+), but values are evaluated in order.
        let made: Vec<OpId> = bound.order.iter().filter_map(|&(value, _)| self.flow.maker_id(value)).collect();
        let backwards = made.first() > made.last() || made.len() < 2 && self.stores_backwards(&bound.order);
        let mut order: Vec<ValueId> = bound.order.iter().map(|&(value, _)| value).collect();
        if backwards {
            targets.reverse();
            order.reverse();
        }
        let values = self.exprs(&order)?;
        let target = self.body.expr(Expr::Tuple(targets), Origin::None);
        let value = self.body.expr(Expr::Tuple(values), Origin::None);
        Ok(Some(Stmt::Assign { targets: vec![target], value }))
    }

    /// Whether several variables, bound to constants for the most part, are bound from the last on, as far as one can tell: the
    /// compiler swaps what only binds local variables (3.11+).
    fn stores_backwards(&self, order: &[(ValueId, OpId)]) -> bool {
        let local =
            |&(_, op): &(ValueId, OpId)| matches!(self.flow.op(op).kind, OpKind::Store(crate::graph::Scope::Fast, _));
        self.units.since(3, 11) && order.iter().all(local)
    }

    /// `def`, `class`, `target += value`, an annotation. `Some(None)` for what the compiler adds.
    fn special_assignment(&mut self, value: ValueId, id: OpId) -> Shaped<Option<Option<Stmt>>> {
        let op = self.flow.op(id).clone();
        if let Some((maker, _)) = self.flow.maker(value) {
            let maker = maker.clone();
            if let OpKind::Binary { op: binary, inplace: true } = maker.kind {
                let left = self.flow.maker(maker.operands[0]).map(|(op, _)| op.clone());
                if left.is_some_and(|left| self.is_same_place(&left, &op)) {
                    let target = self.target(id, &HashMap::new())?;
                    let value = self.expr(maker.operands[1])?;
                    return Ok(Some(Some(Stmt::AugAssign { target, op: binary, value })));
                }
            }
            if let OpKind::Store(_, name) = &op.kind {
                if self.makes_annotations(name, value).is_some() || self.binds_reached(name, &maker) {
                    return Ok(Some(None));
                }
                if maker.kind == OpKind::LoadLocals && &**name == "__classdict__" {
                    return Ok(Some(None));
                }
                if maker.kind == OpKind::LoadClosure("__class__".into())
                    || maker.kind == OpKind::LoadClosure("__classdict__".into())
                {
                    return Ok(Some(None));
                }
                if let Some(stmt) = self.definition(value, name)? {
                    return Ok(Some(Some(stmt)));
                }
            }
        }
        if let Some(name) = self.annotated(&op) {
            let target = self.body.expr(Expr::Name(name), op.origin);
            let annotation = Annotation::Here(self.expr(value)?);
            return Ok(Some(Some(Stmt::AnnAssign { target, annotation, value: None, simple: true })));
        }
        Ok(None)
    }

    /// The variable whose annotation is bound: `__annotations__['name'] = annotation`.
    fn annotated(&self, op: &Op) -> Option<crate::constant::Name> {
        if op.kind != OpKind::SetItem {
            return None;
        }
        let (maker, _) = self.flow.maker(op.operands[1])?;
        let is_kept = match &maker.kind {
            OpKind::Load(_, name) => &**name == "__annotations__",
            OpKind::Build(BuildKind::Dict, 0) => self.unit.kind == UnitKind::Annotate,
            _ => false,
        };
        if !is_kept {
            return None;
        }
        match self.flow.constant(op.operands[2])? {
            Constant::Str(text) => std::str::from_utf8(text).ok().map(Into::into),
            _ => None,
        }
    }

    /// Whether what is loaded is what is stored.
    fn is_same_place(&self, load: &Op, store: &Op) -> bool {
        let same = |a: ValueId, b: ValueId| self.flow.resolve(a) == self.flow.resolve(b);
        match (&load.kind, &store.kind) {
            (OpKind::Load(_, name), OpKind::Store(_, stored)) => name == stored,
            (OpKind::LoadFromDictOrGlobals(name) | OpKind::LoadFromDictOrDeref(name), OpKind::Store(_, stored)) => {
                name == stored
            }
            (OpKind::LoadAttr(name), OpKind::StoreAttr(stored)) => {
                name == stored && same(load.operands[0], store.operands[1])
            }
            (OpKind::GetBounds(got), OpKind::SetBounds(set)) => {
                got == set && load.operands.iter().zip(&store.operands[1..]).all(|(&load, &store)| same(load, store))
            }
            (OpKind::GetItem, OpKind::SetItem) => {
                same(load.operands[0], store.operands[1])
                    && (same(load.operands[1], store.operands[2])
                        || self.is_same_slice(load.operands[1], store.operands[2]))
            }
            _ => false,
        }
    }

    fn is_same_slice(&self, first: ValueId, second: ValueId) -> bool {
        let slice = |value| match self.flow.maker(value) {
            Some((op, _)) if matches!(op.kind, OpKind::Build(BuildKind::Slice, _)) => {
                Some(op.operands.iter().map(|&value| self.flow.resolve(value)).collect::<Vec<_>>())
            }
            _ => None,
        };
        slice(first).is_some_and(|first| Some(first) == slice(second))
    }

    /// What an operation binds to.
    fn target(&mut self, id: OpId, unpacked: &HashMap<ValueId, OpId>) -> Shaped<ExprId> {
        self.deeper()?;
        let op = self.flow.op(id).clone();
        let expr = match &op.kind {
            OpKind::Store(_, name) => Expr::Name(name.clone()),
            OpKind::StoreAttr(attr) => Expr::Attribute { value: self.expr(op.operands[1])?, attr: attr.clone() },
            OpKind::SetItem => Expr::Subscript { value: self.expr(op.operands[1])?, slice: self.expr(op.operands[2])? },
            OpKind::SetBounds(bounds) => {
                self.expression_depth -= 1;
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
        self.expression_depth -= 1;
        Ok(self.body.expr(expr, op.origin))
    }
}
