//! What values are, and what makes them.

use super::{Flow, OpId};
use crate::constant::{CodeId, Constant};
use crate::graph::{BlockId, Op, OpKind, ValueId};

impl Flow<'_> {
    /// What an iterator is of.
    pub(in crate::shape) fn iterable(&self, iterator: ValueId) -> Option<ValueId> {
        match self.maker(iterator)? {
            (Op { kind: OpKind::GetIter | OpKind::GetAiter, operands, .. }, _) => operands.first().copied(),
            _ => None,
        }
    }

    /// The operation that makes a value.
    pub(in crate::shape) fn maker_id(&self, value: ValueId) -> Option<OpId> {
        *self.makers.get(self.resolve(value).0 as usize)?
    }

    /// The node whose operation makes a value.
    pub(in crate::shape) fn home(&self, value: ValueId) -> Option<BlockId> {
        let value = self.resolve(value);
        let op = (*self.makers.get(value.0 as usize)?)?;
        Some(self.homes[op.0 as usize])
    }

    /// Remembers that a value is another one, as the code that makes it was lifted twice.
    pub(in crate::shape) fn identify(&mut self, value: ValueId, other: ValueId) {
        let other = self.resolve(other);
        if self.resolve(value) != other {
            self.same.insert(self.resolve(value), other);
        }
    }

    /// What a value was found to be.
    pub(in crate::shape) fn resolve(&self, mut value: ValueId) -> ValueId {
        while let Some(&other) = self.same.get(&value) {
            value = other;
        }
        value
    }

    /// Remembers that a parameter is this value.
    pub(in crate::shape) fn bind(&mut self, param: ValueId, value: ValueId) {
        let value = self.resolve(value);
        if param == value {
            return;
        }
        // What is done with the parameter is done with the value, instead of passing it on.
        let size = self.uses.len().max(value.0 as usize + 1);
        self.uses.resize(size, 0);
        self.bound.resize(size, 0);
        let (param_at, value_at) = (param.0 as usize, value.0 as usize);
        let (used, bound) =
            (self.uses.get(param_at).copied().unwrap_or(0), self.bound.get(param_at).copied().unwrap_or(0));
        self.uses[value_at] = self.uses[value_at].saturating_sub(1) + used;
        self.bound[value_at] += bound;
        self.same.insert(param, value);
    }

    /// The operation that makes a value, and which of its results it is.
    pub(in crate::shape) fn maker(&self, value: ValueId) -> Option<(&Op, u32)> {
        let value = self.resolve(value);
        let id = (*self.makers.get(value.0 as usize)?)?;
        let op = self.op(id);
        Some((op, value.0 - op.first.0))
    }

    /// A new value that is one or the other.
    pub(in crate::shape) fn make_param(&mut self) -> ValueId {
        self.next_value += 1;
        ValueId(self.next_value - 1)
    }

    /// The constant that a value is.
    pub(in crate::shape) fn constant(&self, value: ValueId) -> Option<&Constant> {
        let value = self.resolve(value);
        if value.0 >= self.graph.value_count() {
            return None;
        }
        self.graph.as_constant(value)
    }

    /// Whether a value is what a variable was bound to before a comprehension.
    pub(in crate::shape) fn is_saved(&self, value: ValueId) -> bool {
        self.maker(value).is_some_and(|(op, _)| matches!(op.kind, OpKind::SaveAndClear(_)))
    }

    /// Whether a value that is bound is used in an expression as well: `name := value`.
    pub(in crate::shape) fn is_amid(&self, value: ValueId) -> bool {
        self.constant(value).is_none() && self.is_used(value)
    }

    /// The code object of a function that is made.
    pub(in crate::shape) fn function_code(&self, function: ValueId) -> Option<CodeId> {
        match self.maker(function)? {
            (Op { kind: OpKind::MakeFunction(_), operands, .. }, _) => match self.constant(operands[0])? {
                Constant::Code(code) => Some(*code),
                _ => None,
            },
            _ => None,
        }
    }
}
