//! How often values are used, and bound to targets.

use super::{Flow, OpId};
use crate::graph::{OpKind, ValueId};

impl Flow<'_> {
    /// Counts anew how often values are used and bound, in all nodes that something leads to.
    pub(in crate::shape) fn count_uses(&mut self) {
        let size = self.uses.len();
        (self.uses, self.bound) = (vec![0; size], vec![0; size]);
        let (mut uses, mut times_bound) = (std::mem::take(&mut self.uses), std::mem::take(&mut self.bound));
        let mut used = |value: ValueId| uses[self.resolve(value).0 as usize] += 1;
        let alive = self.nodes.iter().filter(|node| !node.dead);
        for op in alive.clone().flat_map(|node| &node.ops).map(|&op| self.op(op)) {
            let bound = bound_operand(&op.kind);
            // What fills a container is told where the container is used.
            let filled = if fills(&op.kind) { 1 } else { 0 };
            for (index, &value) in op.operands.iter().enumerate().skip(filled) {
                if bound == Some(index) {
                    times_bound[self.resolve(value).0 as usize] += 1;
                } else {
                    used(value);
                }
            }
        }
        for node in alive {
            node.end.operands().for_each(&mut used);
            node.end.edges().flat_map(|edge| &edge.args).copied().for_each(&mut used);
        }
        (self.uses, self.bound) = (uses, times_bound);
    }

    pub(in crate::shape) fn find_fillers(&mut self) {
        for (index, op) in self.ops.iter().enumerate() {
            if let Some(&container) = op.operands.first().filter(|_| fills(&op.kind)) {
                let container = self.resolve(container);
                self.fillers.entry(container).or_default().push(OpId(index as u32));
            }
        }
    }

    /// How often a value is used, and bound to a target.
    pub(in crate::shape) fn counts(&self, value: ValueId) -> (u32, u32) {
        let at = self.resolve(value).0 as usize;
        (self.uses.get(at).copied().unwrap_or(0), self.bound.get(at).copied().unwrap_or(0))
    }

    /// Counts uses of a value.
    pub(in crate::shape) fn add_uses(&mut self, value: ValueId, used: u32, bound: u32) {
        let at = self.resolve(value).0 as usize;
        let size = self.uses.len().max(at + 1);
        self.uses.resize(size, 0);
        self.bound.resize(size, 0);
        self.uses[at] += used;
        self.bound[at] += bound;
    }

    /// Counts a value as passed on once, instead of used and bound so often.
    pub(in crate::shape) fn move_uses(&mut self, value: ValueId, used: u32, bound: u32) {
        self.add_uses(value, 1, 0);
        let at = self.resolve(value).0 as usize;
        self.uses[at] = self.uses[at].saturating_sub(used);
        self.bound[at] = self.bound[at].saturating_sub(bound);
    }

    /// The opposite.
    pub(in crate::shape) fn restore_uses(&mut self, value: ValueId, used: u32, bound: u32) {
        self.add_uses(value, used, bound);
        let at = self.resolve(value).0 as usize;
        self.uses[at] = self.uses[at].saturating_sub(1);
    }

    /// Lets an operation use another value.
    pub(in crate::shape) fn replace_operand(&mut self, id: OpId, old: ValueId, new: ValueId) {
        let old = self.resolve(old);
        let kind = self.op(id).kind.clone();
        for index in 0..self.op(id).operands.len() {
            if self.resolve(self.op(id).operands[index]) == old {
                self.ops[id.0 as usize].operands[index] = new;
                let is_bound = bound_operand(&kind) == Some(index);
                self.add_uses(new, u32::from(!is_bound), u32::from(is_bound));
            }
        }
    }

    /// How often a value is bound to a target.
    pub(in crate::shape) fn times_bound(&self, value: ValueId) -> u32 {
        self.bound.get(self.resolve(value).0 as usize).copied().unwrap_or(0)
    }

    /// Whether a value is used other than to be bound.
    pub(in crate::shape) fn is_used(&self, value: ValueId) -> bool {
        self.uses.get(self.resolve(value).0 as usize).is_some_and(|&count| count > 0)
    }
}

/// Whether an operation adds items to its first operand.
fn fills(kind: &OpKind) -> bool {
    matches!(
        kind,
        OpKind::ListAppend
            | OpKind::SetAdd
            | OpKind::MapAdd
            | OpKind::ListExtend
            | OpKind::SetUpdate
            | OpKind::DictUpdate
            | OpKind::DictMerge
    )
}

/// The operand that an operation binds to a target.
pub(in crate::shape) fn bound_operand(kind: &OpKind) -> Option<usize> {
    use OpKind::*;
    match kind {
        Store(..) | StoreAttr(_) | SetItem | SetBounds(_) | Unpack(_) | UnpackEx { .. } => Some(0),
        _ => None,
    }
}
