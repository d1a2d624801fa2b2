//! Nodes that follow each other become one.

use super::super::contexts::ends_handling;
use super::super::flow::Flow;
use crate::graph::{BlockId, Edge, Terminator};

/// Joins a node with the one it jumps to, if nothing else leads there.
pub(in crate::shape) fn join(flow: &mut Flow<'_>, id: BlockId, edge: &Edge) -> bool {
    let target = edge.target;
    if flow.sole_pred(target) != Some(id) || target == id || flow.handler(target) != flow.handler(id) {
        return false;
    }
    let is_loop = matches!(flow.node(target).end, Terminator::ForIter { .. });
    if is_loop || ends_handling(flow, id) || !flow.is_followed_by(id, target) || flow.kept_apart.contains(&target) {
        return false;
    }
    let params = std::mem::take(&mut flow.node_mut(target).params);
    for (&param, &arg) in params.iter().zip(&edge.args) {
        flow.bind(param, arg);
    }
    absorb(flow, id, target);
    true
}

/// Takes over the operations and the end of a node that only `id` leads to.
fn absorb(flow: &mut Flow<'_>, id: BlockId, target: BlockId) {
    let ops = std::mem::take(&mut flow.node_mut(target).ops);
    flow.append_ops(id, ops);
    take_end(flow, id, target);
}

/// Takes over the end of a node that only `id` leads to.
pub(super) fn take_end(flow: &mut Flow<'_>, id: BlockId, target: BlockId) {
    let end = flow.node(target).end.clone();
    flow.set_end(target, Terminator::Unfinished);
    flow.set_end(id, end);
    let node = flow.node_mut(target);
    let (origin, falls, folded, negated) = (node.origin, node.falls, node.folded, node.negated);
    node.dead = true;
    let node = flow.node_mut(id);
    (node.origin, node.falls, node.folded) = (origin, falls, folded);
    node.negated = negated;
}
