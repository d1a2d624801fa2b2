//! Loops whose condition is asked at both ends (`while`, 3.8 – 3.13 in part): `if condition: do … while condition` becomes one node that asks it
//! and is led to from both.

use std::collections::HashSet;

use super::super::contexts::Contexts;
use super::super::flow::Made;
use super::super::flow::{Flow, OpId};
use super::super::pure::is_expression;
use super::copies::is_same_code;
use crate::graph::{BlockId, Edge, Op, Terminator, ValueId};

/// Finds such loops and leads their ends to their starts. The nodes that ask are returned: each begins a `while` with a condition.
pub(in crate::shape) fn fold(flow: &mut Flow<'_>, contexts: &mut Contexts) -> HashSet<BlockId> {
    let mut heads = HashSet::new();
    for id in flow.ids() {
        if flow.node(id).dead {
            continue;
        }
        let Terminator::Branch { on_true, on_false, .. } = &flow.node(id).end else { continue };
        for (body, outcome) in [(on_true.target, true), (on_false.target, false)] {
            if flow.node(body).offset <= flow.node(id).offset {
                if let Some(head) = fold_at(flow, contexts, id, body, outcome) {
                    heads.insert(head);
                    break;
                }
            }
        }
    }
    flow.count_preds();
    heads
}

/// Leads the end of a loop to its start, if a node before the body asks the same.
fn fold_at(flow: &mut Flow<'_>, contexts: &mut Contexts, id: BlockId, body: BlockId, outcome: bool) -> Option<BlockId> {
    if flow.node(body).preds > 2 {
        return None;
    }
    let start = BlockId(flow.node(body).pred_xor ^ id.0);
    if flow.node(body).preds == 1 || start == id || start.0 as usize >= flow.nodes.len() {
        return None;
    }
    let (own, own_way, own_out) = branch(flow, id, outcome)?;
    let (other, other_way, other_out) = branch(flow, start, outcome)?;
    if own_way.target != other_way.target || !own_way.args.is_empty() || flow.handler(id) != flow.handler(start) {
        return None;
    }
    let mut pairs = Pairs { flow, own: Vec::new(), other: Vec::new() };
    if !pairs.same(own, other) || !is_same_code(flow, own_out.target, other_out.target) {
        return None;
    }
    let (own, other) = (pairs.own, pairs.other);
    let (own_at, other_at) = (suffix(flow, id, &own)?, suffix(flow, start, &other)?);
    let head = if other_at == 0 { start } else { flow.split(start, other_at) };
    contexts.copy(start, head);
    if own_at == 0 {
        // Others lead to the end as well: it goes on as a node that does nothing.
        flow.node_mut(id).ops.clear();
    } else {
        flow.node_mut(id).ops.truncate(own_at);
    }
    flow.set_end(id, Terminator::Jump(Edge { target: head, args: Vec::new() }));
    flow.node_mut(id).falls = None;
    Some(head)
}

fn branch(flow: &Flow<'_>, id: BlockId, outcome: bool) -> Option<(ValueId, Edge, Edge)> {
    match &flow.node(id).end {
        Terminator::Branch { condition, on_true, on_false } => {
            let (way, out) = if outcome { (on_true, on_false) } else { (on_false, on_true) };
            Some((*condition, way.clone(), out.clone()))
        }
        _ => None,
    }
}

/// Where the operations of a condition begin in a node, if nothing else is done behind that.
fn suffix(flow: &Flow<'_>, id: BlockId, ops: &[OpId]) -> Option<usize> {
    let wanted: HashSet<OpId> = ops.iter().copied().filter(|&op| flow.home_of_op(op) == id).collect();
    let ops = &flow.node(id).ops;
    let first = ops.iter().position(|op| wanted.contains(op)).unwrap_or(ops.len());
    let asks = |&op: &OpId| {
        let op = flow.op(op);
        is_expression(flow, &op.kind, &op.operands) && op.results().all(|result| flow.is_used(result))
    };
    (wanted.iter().all(|op| ops.contains(op)) && ops[first..].iter().all(asks)).then_some(first)
}

/// Compares two expressions, and collects what they are made of.
struct Pairs<'a, 'b> {
    flow: &'a Flow<'b>,
    own: Vec<OpId>,
    other: Vec<OpId>,
}

impl Pairs<'_, '_> {
    /// How many operations a condition has at most.
    const LIMIT: usize = 5_000;

    fn same(&mut self, own: ValueId, other: ValueId) -> bool {
        let flow = self.flow;
        let mut todo = vec![(own, other)];
        while let Some((own, other)) = todo.pop() {
            let (own, other) = (flow.resolve(own), flow.resolve(other));
            if self.own.len() > Self::LIMIT || flow.named.get(&own) != flow.named.get(&other) {
                return false;
            }
            if own == other {
                continue;
            }
            let next = match (flow.made(own), flow.made(other)) {
                (Some(own), Some(other)) => same_made(own, other),
                (None, None) => match (flow.maker_id(own), flow.maker_id(other)) {
                    (Some(own_id), Some(other_id)) => {
                        self.own.push(own_id);
                        self.other.push(other_id);
                        same_ops(flow.op(own_id), flow.op(other_id))
                    }
                    _ if flow.constant(own).is_some() && flow.constant(own) == flow.constant(other) => Some(Vec::new()),
                    _ => None,
                },
                _ => None,
            };
            match next {
                Some(next) => todo.extend(next),
                None => return false,
            }
        }
        true
    }
}

fn same_ops(own: &Op, other: &Op) -> Option<Vec<(ValueId, ValueId)>> {
    let same = own.kind == other.kind && own.operands.len() == other.operands.len();
    same.then(|| own.operands.iter().copied().zip(other.operands.iter().copied()).collect())
}

fn same_made(own: &Made, other: &Made) -> Option<Vec<(ValueId, ValueId)>> {
    match (own, other) {
        (Made::Not(own), Made::Not(other)) => Some(vec![(*own, *other)]),
        (Made::Bool { and, values }, Made::Bool { and: other_and, values: others }) => {
            let same = and == other_and && values.len() == others.len();
            same.then(|| values.iter().copied().zip(others.iter().copied()).collect())
        }
        (Made::IfExp { test, body, orelse }, Made::IfExp { test: test2, body: body2, orelse: orelse2 }) => {
            Some(vec![(*test, *test2), (*body, *body2), (*orelse, *orelse2)])
        }
        (Made::Chain { first, rest }, Made::Chain { first: first2, rest: rest2 }) => {
            let same = rest.len() == rest2.len() && rest.iter().zip(rest2).all(|(a, b)| a.0 == b.0);
            let pairs = rest.iter().zip(rest2).map(|(a, b)| (a.1, b.1));
            same.then(|| std::iter::once((*first, *first2)).chain(pairs).collect())
        }
        _ => None,
    }
}
