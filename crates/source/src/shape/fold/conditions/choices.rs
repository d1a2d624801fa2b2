//! Values that are chosen: `x if c else y`, and `a or b` that is used as a value.

use super::branch::{Branch, finish_bool, is_operand_of, name_stores, same_args};
use super::chains::chain_value;
use crate::graph::{BlockId, Edge, Terminator, ValueId};
use crate::shape::flow::{Flow, Made};
use crate::shape::pure::is_pure;
use crate::shape::subjects::is_test;

/// Branches to one place that pass a value each: `a or b`, `x if c else y`, the outcome of a chained comparison.
pub(super) fn fold_value(flow: &mut Flow<'_>, id: BlockId, branch: &Branch) -> bool {
    let [body, orelse] = [&branch.on_true, &branch.on_false].map(|edge| arm(flow, id, edge));
    if body.edge.target != orelse.edge.target
        || (body.node.is_none() && orelse.node.is_none() && body.edge.args.is_empty())
    {
        return false;
    }
    let pairs: Vec<(usize, ValueId, ValueId)> = body
        .edge
        .args
        .iter()
        .zip(&orelse.edge.args)
        .map(|(&a, &b)| (flow.resolve(a), flow.resolve(b)))
        .enumerate()
        .filter(|(_, (a, b))| a != b)
        .map(|(index, (a, b))| (index, a, b))
        .collect();
    let [(index, yes, no)] = pairs[..] else { return false };
    let condition = flow.resolve(branch.condition);
    let value = if body.node.is_none() && yes == condition {
        let Some(value) = value_of(flow, &orelse, no) else { return false };
        flow.make_bool(false, condition, value)
    } else if orelse.node.is_none() && no == condition {
        match chain_value(flow, condition, body.node, yes) {
            Some(value) => value,
            None => {
                let Some(value) = value_of(flow, &body, yes) else { return false };
                flow.make_bool(true, condition, value)
            }
        }
    } else {
        let (Some(yes), Some(no)) = (value_of(flow, &body, yes), value_of(flow, &orelse, no)) else { return false };
        make_if(flow, id, condition, yes, no)
    };
    let mut edge = body.edge.clone();
    edge.args[index] = value;
    for arm in [&body, &orelse] {
        if let Some(node) = arm.node.or(arm.empty) {
            name_stores(flow, node);
            flow.set_end(node, Terminator::Unfinished);
            flow.node_mut(node).dead = true;
        }
    }
    let node = flow.node_mut(id);
    (node.falls, node.folded) = (None, true);
    flow.set_end(id, Terminator::Jump(edge));
    true
}

/// A way of a branch: an edge to where both ways meet, or a node that evaluates a value and jumps there.
struct Arm {
    node: Option<BlockId>,
    edge: Edge,
    /// A node that only jumps on.
    empty: Option<BlockId>,
}

fn arm(flow: &Flow<'_>, id: BlockId, edge: &Edge) -> Arm {
    if let Terminator::Jump(jump) = &flow.node(edge.target).end {
        if is_operand_of(flow, id, edge.target) && flow.node(edge.target).params.is_empty() {
            let is_empty = flow.node(edge.target).ops.is_empty();
            let (node, empty) = if is_empty { (None, Some(edge.target)) } else { (Some(edge.target), None) };
            return Arm { node, edge: jump.clone(), empty };
        }
    }
    Arm { node: None, edge: edge.clone(), empty: None }
}

/// The value of an arm that does nothing but evaluate it.
fn value_of(flow: &Flow<'_>, arm: &Arm, value: ValueId) -> Option<ValueId> {
    arm.node.is_none_or(|node| is_pure(flow, node, &[value])).then_some(value)
}

/// Branches of both ways of a branch that lead to the same two places: `if (a if c else b)`.
pub(super) fn fold_test(flow: &mut Flow<'_>, id: BlockId, test: &Branch) -> bool {
    let (yes, no) = (test.on_true.target, test.on_false.target);
    if yes == no || !is_operand_of(flow, id, yes) || !is_operand_of(flow, id, no) {
        return false;
    }
    let (Some(body), Some(orelse)) = (Branch::of(flow, yes), Branch::of(flow, no)) else { return false };
    if body.on_true.target == body.on_false.target || is_test(flow, body.condition) || is_test(flow, orelse.condition) {
        return false;
    }
    let straight = body.on_true.target == orelse.on_true.target && body.on_false.target == orelse.on_false.target;
    let crossed = body.on_true.target == orelse.on_false.target && body.on_false.target == orelse.on_true.target;
    if !straight && !crossed {
        return false;
    }
    if !is_pure(flow, yes, &[body.condition]) || !is_pure(flow, no, &[orelse.condition]) {
        return false;
    }
    for outcome in [true, false] {
        let other = if straight { outcome } else { !outcome };
        if !same_args(flow, &body.edge(outcome).args, body.condition, &orelse.edge(other).args, orelse.condition) {
            return false;
        }
    }
    let negated = if crossed { flow.negate(body.condition) } else { body.condition };
    let value = make_if(flow, id, test.condition, negated, orelse.condition);
    name_stores(flow, yes);
    flow.set_end(yes, Terminator::Unfinished);
    flow.node_mut(yes).dead = true;
    finish_bool(flow, id, no, value, orelse.condition);
    true
}

/// `yes if condition else no`, or the other way round, if control goes on behind the branch where the condition is false.
fn make_if(flow: &mut Flow<'_>, id: BlockId, condition: ValueId, yes: ValueId, no: ValueId) -> ValueId {
    if flow.node(id).falls == Some(false) {
        let test = flow.negate(condition);
        return flow.make(Made::IfExp { test, body: no, orelse: yes });
    }
    flow.make(Made::IfExp { test: condition, body: yes, orelse: no })
}
