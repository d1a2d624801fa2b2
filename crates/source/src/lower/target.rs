//! What is assigned to and deleted.

use std::collections::HashSet;

use super::{Lowered, Lowerer};
use crate::ast::{Expr, ExprId};
use crate::constant::Constant;
use crate::graph::{BinaryOp, BuildKind, Op, OpKind, Origin, Scope, ValueId};

impl Lowerer<'_> {
    pub(super) fn assign(&mut self, targets: &[ExprId], value: ExprId) -> Lowered {
        if let [target] = targets {
            if self.assign_side_by_side(*target, value)? {
                return Ok(());
            }
        }
        self.expr(value)?;
        let restored = self.restored.take().filter(|_| targets.len() == 1);
        for (index, &target) in targets.iter().enumerate() {
            if index + 1 < targets.len() {
                let value = self.peek(1);
                self.push(value);
            }
            self.store(target)?;
        }
        if let Some((block, first, count)) = restored {
            self.swap_stores((block, first), count + 1);
        }
        Ok(())
    }

    /// `a, b = c, d`: compilers make no tuple for two or three.
    fn assign_side_by_side(&mut self, target: ExprId, value: ExprId) -> Result<bool, super::Stop> {
        let body = self.body;
        if self.units.compiler.binds_last_first {
            if let (Expr::Tuple(targets) | Expr::List(targets), Expr::Tuple(values) | Expr::List(values)) =
                (body.get_expr(target), body.get_expr(value))
            {
                return self.bind_last_first(targets, values);
            }
            // It was computed, not written as a tuple: that would be bound without one.
            if let (Expr::Tuple(targets) | Expr::List(targets), Expr::Constant(Constant::Tuple(values))) =
                (body.get_expr(target), body.get_expr(value))
            {
                if self.binds_without_tuple(targets, values.len()) {
                    return Err("the compiler makes no tuple of it".to_owned());
                }
            }
        }
        if let (Expr::Tuple(targets), Expr::Constant(Constant::Tuple(values))) =
            (body.get_expr(target), body.get_expr(value))
        {
            // Up to 3.6 a tuple of tuples is not yet made of constants where the compiler looks at how it is unpacked.
            let nests = values.iter().any(|value| matches!(value, Constant::Tuple(_)));
            if nests && !self.since(7) && values.len() == targets.len() && values.len() <= 3 {
                return Err("the compiler may make no tuple of it".to_owned());
            }
        }
        let (Expr::Tuple(targets) | Expr::List(targets)) = body.get_expr(target) else { return Ok(false) };
        let is_starred = |&id: &ExprId| matches!(body.get_expr(id), Expr::Starred(_));
        let fits = |values: usize| targets.len() == values && (1..=3).contains(&values);
        match body.get_expr(value) {
            // Up to 3.13 constants are one before the compiler looks at how they are unpacked.
            Expr::Constant(Constant::Tuple(values)) if self.since(14) && fits(values.len()) => {
                if targets.iter().any(is_starred) {
                    return Ok(false);
                }
                values.iter().for_each(|value| self.push_constant(value.clone()));
            }
            Expr::Tuple(values) => {
                let is_constant = |&id: &ExprId| matches!(body.get_expr(id), Expr::Constant(_));
                let is_one = !self.since(14) && values.iter().all(is_constant);
                if !fits(values.len()) || targets.iter().chain(values).any(is_starred) || is_one {
                    return Ok(false);
                }
                self.exprs(values)?;
            }
            _ => return Ok(false),
        }
        let from = self.stack.len().saturating_sub(targets.len());
        self.stack[from..].reverse();
        let first = (self.block, self.graph.block(self.block).ops.len());
        targets.iter().try_for_each(|&target| self.store(target))?;
        if self.since(11) {
            self.swap_stores(first, targets.len());
        }
        Ok(true)
    }

    /// Where so many stores of local variables on one line follow a `SWAP`, the compiler stores the last first and the first last, and
    /// leaves out the `SWAP` (`apply_static_swaps`, 3.11+).
    pub(super) fn swap_stores(&mut self, (block, first): (crate::graph::BlockId, usize), count: usize) {
        if block != self.block {
            return;
        }
        let body = self.body;
        let line = |origin: Origin| match origin {
            Origin::Node(node) => body.origin(node).line(),
            _ => None,
        };
        let Some(stores) = self.graph.block_mut(block).ops.get_mut(first..) else { return };
        let is_fast = |op: &Op| matches!(op.kind, OpKind::Store(Scope::Fast, _));
        let (Some(start), Some(end)) = (stores.first(), stores.last()) else { return };
        let (start, end) = (start.kind.clone(), end.kind.clone());
        let lines: HashSet<u32> = stores.iter().filter_map(|op| line(op.origin)).collect();
        let uses = stores.iter().filter(|op| op.kind == start || op.kind == end).count();
        if stores.len() == count && count > 1 && stores.iter().all(is_fast) && uses == 2 && lines.len() < 2 {
            stores.swap(0, count - 1);
        }
    }

    /// Pops a value into a target.
    pub(super) fn store(&mut self, target: ExprId) -> Lowered {
        let body = self.body;
        match body.get_expr(target) {
            Expr::Name(name) => self.store_name(name),
            Expr::Attribute { value, attr } => {
                self.expr(*value)?;
                self.do_op(OpKind::StoreAttr(attr.clone()), 2);
            }
            Expr::Subscript { value, slice } if self.has_bounds(*slice) => {
                let bounds = self.bounds(*value, *slice)?;
                self.do_op(OpKind::SetBounds(bounds), 1 + bounds.count());
            }
            Expr::Subscript { value, slice } => {
                self.expr(*value)?;
                self.expr(*slice)?;
                self.do_op(OpKind::SetItem, 3);
            }
            Expr::Tuple(targets) | Expr::List(targets) => self.unpack(targets)?,
            Expr::Starred(target) => self.store(*target)?,
            _ => return Err("it assigns to what is no target".to_owned()),
        }
        Ok(())
    }

    fn unpack(&mut self, targets: &[ExprId]) -> Lowered {
        let body = self.body;
        let star = targets.iter().position(|&target| matches!(body.get_expr(target), Expr::Starred(_)));
        let kind = match star {
            Some(before) => OpKind::UnpackEx { before: before as u32, after: (targets.len() - before - 1) as u32 },
            None => OpKind::Unpack(targets.len() as u32),
        };
        let iterable = self.pop();
        let first = self.op(kind, vec![iterable]);
        self.stack.extend((0..targets.len() as u32).rev().map(|index| ValueId(first.0 + index)));
        targets.iter().try_for_each(|&target| self.store(target))
    }

    pub(super) fn delete(&mut self, target: ExprId) -> Lowered {
        let body = self.body;
        match body.get_expr(target) {
            Expr::Name(name) => self.delete_name(name),
            Expr::Attribute { value, attr } => {
                self.expr(*value)?;
                self.do_op(OpKind::DeleteAttr(attr.clone()), 1);
            }
            Expr::Subscript { value, slice } if self.has_bounds(*slice) => {
                let bounds = self.bounds(*value, *slice)?;
                self.do_op(OpKind::DelBounds(bounds), bounds.count());
            }
            Expr::Subscript { value, slice } => {
                self.expr(*value)?;
                self.expr(*slice)?;
                self.do_op(OpKind::DelItem, 2);
            }
            Expr::Tuple(targets) | Expr::List(targets) => targets.iter().try_for_each(|&target| self.delete(target))?,
            _ => return Err("it deletes what is no target".to_owned()),
        }
        Ok(())
    }

    pub(super) fn aug_assign(&mut self, target: ExprId, op: BinaryOp, value: ExprId) -> Lowered {
        let body = self.body;
        let kind = OpKind::Binary { op: self.division(op), inplace: true };
        match body.get_expr(target) {
            Expr::Name(name) => {
                self.load_name(name);
                self.expr(value)?;
                self.push_op(kind, 2);
                self.store_name(name);
            }
            Expr::Attribute { value: object, attr } => {
                self.expr(*object)?;
                let object = self.peek(1);
                self.push(object);
                self.push_op(OpKind::LoadAttr(attr.clone()), 1);
                self.expr(value)?;
                self.push_op(kind, 2);
                let (outcome, object) = (self.pop(), self.pop());
                self.op(OpKind::StoreAttr(attr.clone()), vec![outcome, object]);
            }
            Expr::Subscript { value: container, slice } if self.has_bounds(*slice) => {
                self.aug_assign_bounds((*container, *slice), kind, value)?;
            }
            Expr::Subscript { value: container, slice } => self.aug_assign_item((*container, *slice), kind, value)?,
            _ => return Err("it assigns to what is no target".to_owned()),
        }
        Ok(())
    }

    fn aug_assign_item(&mut self, (container, slice): (ExprId, ExprId), kind: OpKind, value: ExprId) -> Lowered {
        let body = self.body;
        self.expr(container)?;
        // From 3.12 on a slice of two bounds is made twice, to get and to set.
        if let (Expr::Slice { lower, upper, step: None }, true) = (body.get_expr(slice), self.since(12))
            && self.constant_slice([*lower, *upper, None]).is_none()
        {
            self.bound(*lower)?;
            self.bound(*upper)?;
            let bounds = [self.peek(2), self.peek(1)];
            let container = self.peek(3);
            self.push(container);
            self.stack.extend(bounds);
            self.push_op(OpKind::Build(BuildKind::Slice, 2), 2);
            self.push_op(OpKind::GetItem, 2);
            self.expr(value)?;
            self.push_op(kind, 2);
            let outcome = self.pop();
            self.push_op(OpKind::Build(BuildKind::Slice, 2), 2);
            let (slice, container) = (self.pop(), self.pop());
            self.op(OpKind::SetItem, vec![outcome, container, slice]);
            return Ok(());
        }
        self.expr(slice)?;
        let (container, index) = (self.peek(2), self.peek(1));
        self.stack.extend([container, index]);
        self.push_op(OpKind::GetItem, 2);
        self.expr(value)?;
        self.push_op(kind, 2);
        let (outcome, index, container) = (self.pop(), self.pop(), self.pop());
        self.op(OpKind::SetItem, vec![outcome, container, index]);
        Ok(())
    }

    /// The constant that the compiler makes of a slice whose bounds are written as constants (3.14+, `is_constant_slice` in
    /// `Python/codegen.c`). What it computes only later, such as `-1`, is none yet.
    pub(super) fn constant_slice(&self, bounds: [Option<ExprId>; 3]) -> Option<Constant> {
        let bound = |bound: Option<ExprId>| match bound.map(|bound| self.body.get_expr(bound)) {
            None => Some(Constant::None),
            Some(Expr::Constant(constant)) if constant.is_written_as_one() => Some(constant.clone()),
            Some(_) => None,
        };
        let parts = bounds.map(bound).into_iter().collect::<Option<Vec<_>>>().filter(|_| self.since(14))?;
        Some(Constant::Slice(parts.into()))
    }

    /// A bound of a slice; None where it is left out.
    pub(super) fn bound(&mut self, bound: Option<ExprId>) -> Lowered {
        match bound {
            Some(bound) => self.expr(bound),
            None => {
                self.push_constant(Constant::None);
                Ok(())
            }
        }
    }
}
