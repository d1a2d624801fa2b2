//! Assignments: values that are bound to targets, one or several at once.

use std::collections::HashMap;

use super::shaper::Shaper;
use crate::ast::{Annotation, Expr, Stmt, StmtId};
use crate::constant::Constant;
use crate::graph::{BuildKind, Op, OpKind, Origin, ValueId};
use crate::shape::expression::Bound;
use crate::shape::flow::OpId;
use crate::shape::trouble::Shaped;
use crate::unit::UnitKind;

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
        let bound = self.expressions().bind(ops, at, pending)?;
        let stmt = self.assign(&bound)?;
        if let Some(stmt) = stmt {
            self.push(stmt, origin, stmts);
        }
        Ok(bound.behind)
    }

    fn assign(&mut self, bound: &Bound) -> Shaped<Option<Stmt>> {
        if let [(value, op)] = bound.order[..] {
            if let Some(stmt) = self.special_assignment(value, op)? {
                return Ok(stmt);
            }
        }
        let mut targets = Vec::new();
        for &(_, op) in &bound.order {
            targets.push(self.expressions().target(op, &bound.unpacked)?);
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
    /// compiler swaps what only binds local variables (3.11+), or binds all names so (PyPy).
    fn stores_backwards(&self, order: &[(ValueId, OpId)]) -> bool {
        let local =
            |&(_, op): &(ValueId, OpId)| matches!(self.flow.op(op).kind, OpKind::Store(crate::graph::Scope::Fast, _));
        let name = |&(_, op): &(ValueId, OpId)| matches!(self.flow.op(op).kind, OpKind::Store(..));
        if self.units.compiler.binds_last_first {
            return order.iter().all(name);
        }
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
                    let target = self.expressions().target(id, &HashMap::new())?;
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
}
