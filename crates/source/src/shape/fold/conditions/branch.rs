//! Branches that are folded.

use super::super::join::take_end;
use crate::graph::{BlockId, Edge, OpKind, Terminator, ValueId};
use crate::shape::flow::Flow;

/// A branch, taken out of a node.
#[derive(Clone)]
pub(super) struct Branch {
    pub(super) condition: ValueId,
    pub(super) on_true: Edge,
    pub(super) on_false: Edge,
}

impl Branch {
    pub(super) fn of(flow: &Flow<'_>, id: BlockId) -> Option<Self> {
        match &flow.node(id).end {
            Terminator::Branch { condition, on_true, on_false } => {
                Some(Self { condition: *condition, on_true: on_true.clone(), on_false: on_false.clone() })
            }
            _ => None,
        }
    }

    pub(super) fn edge(&self, outcome: bool) -> &Edge {
        if outcome { &self.on_true } else { &self.on_false }
    }
}

/// Whether only `id` leads to `target`, under the same handler.
pub(super) fn is_operand_of(flow: &Flow<'_>, id: BlockId, target: BlockId) -> bool {
    target != id && flow.sole_pred(target) == Some(id) && flow.handler(target) == flow.handler(id)
}

/// Whether edges that leave by either of two conditions pass the same, each its own condition.
pub(super) fn same_args(
    flow: &Flow<'_>,
    first: &[ValueId],
    first_own: ValueId,
    second: &[ValueId],
    second_own: ValueId,
) -> bool {
    let (first_own, second_own) = (flow.resolve(first_own), flow.resolve(second_own));
    first.len() == second.len()
        && first.iter().zip(second).all(|(&a, &b)| {
            let (a, b) = (flow.resolve(a), flow.resolve(b));
            a == b && a != first_own || a == first_own && b == second_own
        })
}

/// Swaps the ways of a branch, whose condition was negated.
pub(super) fn swap(flow: &mut Flow<'_>, id: BlockId) {
    let node = flow.node_mut(id);
    node.falls = node.falls.map(|falls| !falls);
    if let Terminator::Branch { on_true, on_false, .. } = &mut node.end {
        std::mem::swap(on_true, on_false);
    }
}

/// Ends a node with the branch of its second operand, which now asks for `value`.
pub(super) fn finish_bool(flow: &mut Flow<'_>, id: BlockId, operand: BlockId, value: ValueId, old: ValueId) {
    name_stores(flow, operand);
    take_end(flow, id, operand);
    let mut end = flow.node(id).end.clone();
    let old = flow.resolve(old);
    for edge in end.edges_mut() {
        for arg in &mut edge.args {
            if flow.resolve(*arg) == old {
                *arg = value;
            }
        }
    }
    if let Terminator::Branch { condition, .. } = &mut end {
        *condition = value;
    }
    flow.node_mut(id).negated = false;
    flow.set_end(id, end);
}

/// Remembers which values a node, soon part of an expression, binds to variables.
pub(super) fn name_stores(flow: &mut Flow<'_>, id: BlockId) {
    for op in std::mem::take(&mut flow.node_mut(id).ops) {
        let op = flow.op(op);
        if let (OpKind::Store(scope, name), &[value]) = (&op.kind, &op.operands[..]) {
            let (value, target) = (flow.resolve(value), (*scope, name.clone()));
            if flow.is_saved(value) {
                continue;
            }
            flow.named.entry(value).or_default().push(target);
        }
    }
}
