//! What patterns of `case` are tried on: the subject of a `match`, its items and attributes. A branch that asks one of these belongs
//! to a pattern, not to a condition.

use std::collections::{HashMap, HashSet};

use super::flow::Flow;
use super::flow::Made;
use crate::graph::{BlockId, CompareOp, OpKind, Terminator, ValueId};

/// Finds the values that patterns are tried on (3.10+).
pub(super) fn find(flow: &Flow<'_>) -> HashSet<ValueId> {
    let mut order: Vec<BlockId> = flow.ids().filter(|&id| !flow.node(id).dead).collect();
    // Items stand behind what they are items of.
    order.sort_by_key(|&id| flow.node(id).offset);
    let mut found = Found::default();
    for &id in &order {
        for &op in &flow.node(id).ops {
            let op = flow.op(op);
            let Some(&first) = op.operands.first() else { continue };
            found.note(flow, id, &op.kind, flow.resolve(first));
            let gives_items = matches!(
                op.kind,
                OpKind::Unpack(_) | OpKind::Only | OpKind::UnpackEx { .. } | OpKind::GetItem | OpKind::GetLen
            );
            let is_asked = found.subjects.contains(&flow.resolve(first));
            if matches!(op.kind, OpKind::MatchKeys | OpKind::MatchClass { .. }) || gives_items && is_asked {
                found.subjects.extend(op.results());
            }
        }
    }
    found.subjects
}

#[derive(Default)]
struct Found {
    subjects: HashSet<ValueId>,
    /// The first node that compares a value, or binds it.
    compared: HashMap<ValueId, BlockId>,
    bound: HashMap<ValueId, BlockId>,
}

impl Found {
    fn note(&mut self, flow: &Flow<'_>, id: BlockId, kind: &OpKind, value: ValueId) {
        use OpKind::{Compare, Is, MatchClass, MatchMapping, MatchSequence, SaveAndClear, Store};
        let seen = match kind {
            MatchSequence | MatchMapping | MatchClass { .. } => {
                self.subjects.insert(value);
                return;
            }
            Compare(CompareOp::Eq) | Is { .. } => &mut self.compared,
            // A comprehension that is inlined restores what it saved on all ways out.
            Store(..) if !matches!(flow.maker(value), Some((op, _)) if matches!(op.kind, SaveAndClear(_))) => {
                &mut self.bound
            }
            _ => return,
        };
        // Other statements load a value anew in each node.
        if flow.constant(value).is_none() && *seen.entry(value).or_insert(id) != id {
            self.subjects.insert(value);
        }
    }
}

/// Whether a branch on a value belongs to a pattern.
pub(super) fn is_test(flow: &Flow<'_>, condition: ValueId) -> bool {
    if let Some(&Made::Not(inner)) = flow.made(condition) {
        return is_test(flow, inner);
    }
    match flow.maker(condition) {
        Some((op, _)) => match op.kind {
            OpKind::MatchSequence | OpKind::MatchMapping => true,
            OpKind::Compare(_) | OpKind::Is { .. } => flow.subjects.contains(&flow.resolve(op.operands[0])),
            _ => false,
        },
        None => false,
    }
}

/// The subject that a node begins a `match` on, and the place of the operation that first does something with it.
pub(super) fn begins_match(flow: &Flow<'_>, id: BlockId) -> Option<(ValueId, usize)> {
    if flow.subjects.is_empty() {
        return None;
    }
    let Terminator::Branch { condition, .. } = &flow.node(id).end else { return None };
    let ops = &flow.node(id).ops;
    let subject = if is_test(flow, *condition) {
        tested(flow, *condition)?
    } else {
        // `case name if guard`
        let bound = ops.iter().map(|&op| flow.op(op)).filter(|op| matches!(op.kind, OpKind::Store(..)));
        let mut subjects = bound.map(|op| flow.resolve(op.operands[0])).filter(|value| flow.subjects.contains(value));
        subjects.next()?
    };
    let uses = |op: &crate::graph::Op| op.operands.iter().any(|&value| flow.resolve(value) == subject);
    Some((subject, ops.iter().position(|&op| uses(flow.op(op)))?))
}

/// What a test is on. None for the further tests of a pattern.
fn tested(flow: &Flow<'_>, condition: ValueId) -> Option<ValueId> {
    let (op, _) = flow.maker(condition)?;
    let value = flow.resolve(*op.operands.first()?);
    match flow.maker(value) {
        Some((maker, _)) => match maker.kind {
            OpKind::GetLen | OpKind::MatchKeys => None,
            OpKind::MatchClass { .. } => Some(flow.resolve(maker.operands[0])),
            _ => Some(value),
        },
        None => Some(value),
    }
}
