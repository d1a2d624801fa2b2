//! Chained comparisons: `a < b < c`.

use super::branch::{Branch, finish_bool, swap};
use crate::graph::{BlockId, OpKind, ValueId};
use crate::shape::flow::{Comparison, Flow, Made};
use crate::shape::pure::{is_pure_but, made_in};

/// `a < b < c`: the second comparison has the right operand of the first as its left one. A branch on `x is not y` is kept as
/// one on `x is y` with its ways swapped, which must be undone.
pub(super) fn fold_chain(
    flow: &mut Flow<'_>,
    id: BlockId,
    first: &Branch,
    falls: bool,
    second: &Branch,
    shared: bool,
) -> Option<bool> {
    let operand = first.edge(falls).target;
    let (left, mut behind) = chain(flow, second.condition)?;
    let (start, mut rest) = chain(flow, first.condition)?;
    if flow.constant(left).is_some() || flow.resolve(rest.last()?.1) != left || made_in(flow, left, operand) {
        return None;
    }
    if !falls {
        let [(first_operator, _)] = &mut rest[..] else { return Some(false) };
        *first_operator = first_operator.negated()?;
    }
    if shared {
        let [(operator, _)] = &mut behind[..] else { return Some(false) };
        *operator = operator.negated()?;
    }
    if !is_pure_but(flow, operand, &[second.condition], Some(left)) {
        return Some(false);
    }
    rest.append(&mut behind);
    let value = flow.make(Made::Chain { first: start, rest });
    finish_bool(flow, id, operand, value, second.condition);
    if shared {
        swap(flow, id);
    }
    Some(true)
}

pub(super) fn chain_value(
    flow: &mut Flow<'_>,
    condition: ValueId,
    node: Option<BlockId>,
    value: ValueId,
) -> Option<ValueId> {
    let node = node?;
    let (left, operator, right) = comparison(flow, value)?;
    let (first, mut rest) = chain(flow, condition)?;
    if flow.constant(left).is_some() || flow.resolve(rest.last()?.1) != left || made_in(flow, left, node) {
        return None;
    }
    if !is_pure_but(flow, node, &[value], Some(left)) {
        return None;
    }
    rest.push((operator, right));
    Some(flow.make(Made::Chain { first, rest }))
}

/// What a value compares, if it is one comparison.
fn comparison(flow: &Flow<'_>, value: ValueId) -> Option<(ValueId, Comparison, ValueId)> {
    let (op, _) = flow.maker(value)?;
    let operator = match op.kind {
        OpKind::Compare(compare) => Comparison::Compare(compare),
        OpKind::Contains { negated } => Comparison::In { negated },
        OpKind::Is { negated } => Comparison::Is { negated },
        _ => return None,
    };
    let &[left, right] = &op.operands[..] else { return None };
    Some((flow.resolve(left), operator, flow.resolve(right)))
}

/// The same, or a chain of comparisons: its leftmost operand, and what follows.
fn chain(flow: &Flow<'_>, value: ValueId) -> Option<(ValueId, Vec<(Comparison, ValueId)>)> {
    match flow.made(value) {
        Some(Made::Chain { first, rest }) => Some((*first, rest.clone())),
        Some(_) => None,
        None => comparison(flow, value).map(|(left, operator, right)| (left, vec![(operator, right)])),
    }
}
