//! Comprehensions that are inlined (3.12+) become values of the node before them.

use std::collections::HashMap;

use super::super::contexts::HandlerKind;
use super::super::flow::{Flow, OpId};
use crate::graph::{BlockId, BuildKind, Edge, Op, OpKind, Terminator, ValueId};

/// Takes away the guards of inlined comprehensions: what they do is told by the comprehension.
pub(in crate::shape) fn drop_restoring_handlers(flow: &mut Flow<'_>, kinds: &HashMap<BlockId, HandlerKind>) {
    for id in flow.ids() {
        // They nest as deep as comprehensions do.
        for _ in 0..100 {
            let Some(handler) = flow.handler(id).filter(|handler| kinds.get(handler) == Some(&HandlerKind::Restore))
            else {
                break;
            };
            flow.node_mut(id).guard = flow.node(handler).guard.clone();
        }
    }
    flow.count_preds();
}

/// A comprehension that is inlined in the expression that a node evaluates: the node goes on behind the loop (3.12+).
pub(in crate::shape) fn fold(flow: &mut Flow<'_>, id: BlockId, edge: &Edge) -> bool {
    let Terminator::ForIter { iterator, exhausted, .. } = &flow.node(edge.target).end else { return false };
    // A comprehension with a code object of its own is none in another (PyPy makes its list last).
    let is_given = |op: &crate::graph::Op| matches!(&op.kind, OpKind::Load(_, name) if &**name == ".0");
    if flow.maker(*iterator).is_some_and(|(op, _)| is_given(op)) {
        return false;
    }
    let behind = exhausted.clone();
    let plain = if flow.is_python2 { list_filled_elsewhere(flow, id) } else { filled_elsewhere(flow, id) };
    let Some(container) = plain else { return false };
    if flow.handler(behind.target) != flow.handler(id) || !behind.args.is_empty() {
        return false;
    }
    flow.comprehensions.insert(container, edge.target);
    flow.leave_out(edge.target);
    flow.node_mut(id).folded = true;
    flow.set_end(id, Terminator::Jump(behind));
    true
}

/// The empty container that a node makes last and that is filled in another node.
fn filled_elsewhere(flow: &Flow<'_>, id: BlockId) -> Option<ValueId> {
    for &op in flow.node(id).ops.iter().rev() {
        let op = flow.op(op);
        match op.kind {
            OpKind::Build(BuildKind::List | BuildKind::Set | BuildKind::Dict, 0) => {
                let fills = |filler: &OpId| {
                    let kind = &flow.op(*filler).kind;
                    is_added(kind) && flow.home_of_op(*filler) != id
                };
                return flow.fillers.get(&op.first)?.iter().any(fills).then_some(op.first);
            }
            OpKind::SaveAndClear(_) | OpKind::MakeCell(_) | OpKind::GetIter | OpKind::GetAiter => {}
            _ => return None,
        }
    }
    None
}

/// The same for Python 2, where lists alone are filled so, and what is iterated over is evaluated behind the empty list.
fn list_filled_elsewhere(flow: &Flow<'_>, id: BlockId) -> Option<ValueId> {
    let mut made = flow.node(id).ops.iter().rev().map(|&op| flow.op(op));
    let fills = |filler: &OpId| flow.op(*filler).kind == OpKind::ListAppend && flow.home_of_op(*filler) != id;
    let is_filled = |op: &&Op| {
        op.kind == OpKind::Build(BuildKind::List, 0)
            && !flow.comprehensions.contains_key(&op.first)
            && flow.fillers.get(&op.first).is_some_and(|fillers| fillers.iter().any(fills))
    };
    made.find(is_filled).map(|op| op.first)
}

/// Whether an operation adds what a comprehension makes in one turn.
fn is_added(kind: &OpKind) -> bool {
    use OpKind::*;
    matches!(kind, ListAppend | SetAdd | MapAdd | ListExtend | SetUpdate | DictUpdate)
}
