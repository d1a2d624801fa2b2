//! Expressions that branch: `and`, `or`, `x if c else y`, chained comparisons. Nodes that only evaluate an operand are folded into
//! the node before them, until each branch that is left is one of a statement.
//!
//! A compiler writes the operands of such an expression one behind the other, so that an operand is reached by going on behind
//! the branch before it. `if a: if not b: break` leads to the same places as `if a and b`, but goes on behind its second branch
//! to a jump.

use super::comprehensions::{self, is_saved};
use super::contexts::ends_handling;
use super::flow::{Flow, bound_operand};
use super::made::{Comparison, Made};
use super::subjects::is_test;
use crate::graph::{BlockId, Edge, OpKind, Terminator, ValueId};

/// Folds all expressions that branch.
pub(super) fn fold(flow: &mut Flow<'_>) {
    let mut todo: Vec<BlockId> = flow.ids().filter(|&id| !flow.node(id).dead).collect();
    // From the end of the code to its start: operands before what they are operands of.
    todo.sort_by_key(|&id| flow.node(id).offset);
    while let Some(id) = todo.pop() {
        let pred = flow.sole_pred(id);
        if flow.node(id).dead || !fold_node(flow, id) {
            continue;
        }
        todo.extend(pred);
        todo.push(id);
    }
}

fn fold_node(flow: &mut Flow<'_>, id: BlockId) -> bool {
    match &flow.node(id).end {
        Terminator::Jump(edge) => {
            let edge = edge.clone();
            comprehensions::fold_inlined(flow, id, &edge) || join(flow, id, &edge)
        }
        Terminator::Branch { condition, on_true, on_false } => {
            let branch = Branch { condition: *condition, on_true: on_true.clone(), on_false: on_false.clone() };
            if is_test(flow, branch.condition) {
                return false;
            }
            // `1 if a or b else 2`: what is asked comes before what is chosen.
            let before = flow.sole_pred(id).and_then(|pred| Some((pred, Branch::of(flow, pred)?)));
            let before = before.filter(|(_, first)| !is_test(flow, first.condition));
            if let Some((pred, first)) = before {
                if fold_bool(flow, pred, &first) {
                    return true;
                }
            }
            fold_bool(flow, id, &branch) || fold_value(flow, id, &branch) || fold_test(flow, id, &branch)
        }
        _ => false,
    }
}

/// A branch, taken out of a node.
#[derive(Clone)]
struct Branch {
    condition: ValueId,
    on_true: Edge,
    on_false: Edge,
}

impl Branch {
    fn of(flow: &Flow<'_>, id: BlockId) -> Option<Self> {
        match &flow.node(id).end {
            Terminator::Branch { condition, on_true, on_false } => {
                Some(Self { condition: *condition, on_true: on_true.clone(), on_false: on_false.clone() })
            }
            _ => None,
        }
    }

    fn edge(&self, outcome: bool) -> &Edge {
        if outcome { &self.on_true } else { &self.on_false }
    }
}

/// Joins a node with the one it jumps to, if nothing else leads there.
pub(super) fn join(flow: &mut Flow<'_>, id: BlockId, edge: &Edge) -> bool {
    let target = edge.target;
    if flow.sole_pred(target) != Some(id) || target == id || flow.handler(target) != flow.handler(id) {
        return false;
    }
    let is_loop = matches!(flow.node(target).end, Terminator::ForIter { .. });
    if is_loop || ends_handling(flow, id) || !flow.is_followed_by(id, target) {
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
fn take_end(flow: &mut Flow<'_>, id: BlockId, target: BlockId) {
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

/// `A; branch; B; branch` where both lead to one place: `and`, `or`, a chained comparison.
fn fold_bool(flow: &mut Flow<'_>, id: BlockId, first: &Branch) -> bool {
    let Some(falls) = flow.node(id).falls.or_else(|| guess_falls(flow, id, first)) else { return false };
    let falls = falls != goes_on_by_jumping_back(flow, id, first, falls);
    let (next, other) = (first.edge(falls), first.edge(!falls));
    if !is_operand_of(flow, id, next.target) {
        return false;
    }
    let Some(second) = Branch::of(flow, next.target).filter(|second| !is_test(flow, second.condition)) else {
        return false;
    };
    // Which outcome of the second leads to the shared place.
    let leads = |outcome: bool| {
        let edge = second.edge(outcome);
        edge.target == other.target && same_args(flow, &other.args, first.condition, &edge.args, second.condition)
    };
    let shared = leads(true);
    if !shared && !leads(false) {
        return false;
    }
    if let Some(done) = fold_chain(flow, id, first, falls, &second, shared) {
        return done;
    }
    // The last operand of a condition that is asked at the end of a loop jumps back.
    let jumps_back = flow.node(second.edge(!shared).target).offset <= flow.node(next.target).offset;
    // `if a or b: break` leads there by the same outcomes, `if a: if b: break` by different ones.
    let is_jump = !jumps_back && !is_adjacent(flow, next.target, other.target);
    if flow.node(next.target).falls == Some(shared) && is_jump && falls == shared {
        return false;
    }
    if !is_pure(flow, next.target, &[second.condition]) {
        return false;
    }
    let carries =
        |edge: &Edge, condition: ValueId| edge.args.iter().any(|&arg| flow.resolve(arg) == flow.resolve(condition));
    let carried = carries(other, first.condition)
        || carries(&second.on_true, second.condition)
        || carries(&second.on_false, second.condition);
    // What control goes on to behind the last operand is the body, for which the condition is true. Passed on as a value, it is
    // what the operands are.
    let negated = (flow.node(id).negated, flow.node(next.target).negated);
    let (by_or, by_and) = (
        u32::from(falls != negated.0) + u32::from(shared == negated.1),
        u32::from(falls == negated.0) + u32::from(shared != negated.1),
    );
    let to_shared = if carried {
        shared
    } else {
        // As few `not`s as possible; and what jumps back does so to the body, as at the start of the loop.
        by_or < by_and || by_or == by_and && !jumps_back && flow.node(next.target).falls == Some(shared)
    };
    if carried && falls == shared {
        return false;
    }
    // `a or b` leads to the shared place by either, `a and b` to the other by both.
    let (left_outcome, right_outcome) = if to_shared { (!falls, shared) } else { (falls, !shared) };
    let left = if left_outcome { first.condition } else { negate(flow, first.condition) };
    let right = if right_outcome { second.condition } else { negate(flow, second.condition) };
    let value = make_bool(flow, !to_shared, left, right);
    finish_bool(flow, id, next.target, value, second.condition);
    if !right_outcome {
        swap(flow, id);
    }
    true
}

/// Whether control goes on behind a branch to nothing but a jump back: since 3.12 no branch leads back by itself. What it is part of a
/// condition with stands on its line.
fn goes_on_by_jumping_back(flow: &Flow<'_>, id: BlockId, branch: &Branch, falls: bool) -> bool {
    let (next, other) = (branch.edge(falls).target, branch.edge(!falls).target);
    let line = |id: BlockId| flow.node(id).origin.line();
    flow.node(next).offset <= flow.node(id).offset && is_operand_of(flow, id, other) && line(id) == line(other)
}

/// Ends a node with the branch of its second operand, which now asks for `value`.
fn finish_bool(flow: &mut Flow<'_>, id: BlockId, operand: BlockId, value: ValueId, old: ValueId) {
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

/// `a < b < c`: the second comparison has the right operand of the first as its left one. A branch on `x is not y` is kept as
/// one on `x is y` with its ways swapped, which must be undone.
fn fold_chain(
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

/// Swaps the ways of a branch, whose condition was negated.
fn swap(flow: &mut Flow<'_>, id: BlockId) {
    let node = flow.node_mut(id);
    node.falls = node.falls.map(|falls| !falls);
    if let Terminator::Branch { on_true, on_false, .. } = &mut node.end {
        std::mem::swap(on_true, on_false);
    }
}

/// Branches to one place that pass a value each: `a or b`, `x if c else y`, the outcome of a chained comparison.
fn fold_value(flow: &mut Flow<'_>, id: BlockId, branch: &Branch) -> bool {
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
        make_bool(flow, false, condition, value)
    } else if orelse.node.is_none() && no == condition {
        match chain_value(flow, condition, &body, yes) {
            Some(value) => value,
            None => {
                let Some(value) = value_of(flow, &body, yes) else { return false };
                make_bool(flow, true, condition, value)
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

fn chain_value(flow: &mut Flow<'_>, condition: ValueId, body: &Arm, value: ValueId) -> Option<ValueId> {
    let node = body.node?;
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

/// Branches of both ways of a branch that lead to the same two places: `if (a if c else b)`.
fn fold_test(flow: &mut Flow<'_>, id: BlockId, test: &Branch) -> bool {
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
    let negated = if crossed { negate(flow, body.condition) } else { body.condition };
    let value = make_if(flow, id, test.condition, negated, orelse.condition);
    name_stores(flow, yes);
    flow.set_end(yes, Terminator::Unfinished);
    flow.node_mut(yes).dead = true;
    finish_bool(flow, id, no, value, orelse.condition);
    true
}

/// `left and right`, joined with the operands that these have of the same kind.
fn make_bool(flow: &mut Flow<'_>, and: bool, left: ValueId, right: ValueId) -> ValueId {
    let mut values = Vec::new();
    for value in [left, right] {
        match flow.made(value) {
            Some(Made::Bool { and: same, values: inner }) if *same == and && !flow.named.contains_key(&value) => {
                values.extend_from_slice(inner);
            }
            _ => values.push(value),
        }
    }
    flow.make(Made::Bool { and, values })
}

/// `yes if condition else no`, or the other way round, if control goes on behind the branch where the condition is false.
fn make_if(flow: &mut Flow<'_>, id: BlockId, condition: ValueId, yes: ValueId, no: ValueId) -> ValueId {
    if flow.node(id).falls == Some(false) {
        let test = negate(flow, condition);
        return flow.make(Made::IfExp { test, body: no, orelse: yes });
    }
    flow.make(Made::IfExp { test: condition, body: yes, orelse: no })
}

/// `not value`. What is negated already is not.
pub(super) fn negate(flow: &mut Flow<'_>, value: ValueId) -> ValueId {
    if let Some(&Made::Not(inner)) = flow.made(value) {
        return inner;
    }
    flow.make(Made::Not(value))
}

/// The outcome with which control goes on, told from the order of the code.
fn guess_falls(flow: &Flow<'_>, id: BlockId, branch: &Branch) -> Option<bool> {
    let behind = flow.node(id).origin.end()?;
    let [yes, no] = [&branch.on_true, &branch.on_false].map(|edge| flow.node(edge.target).offset);
    if yes >= behind && (no < behind || yes <= no) { Some(true) } else { (no >= behind).then_some(false) }
}

/// Whether nothing stands between the end of a node and the start of another.
fn is_adjacent(flow: &Flow<'_>, id: BlockId, target: BlockId) -> bool {
    let Some(behind) = flow.node(id).origin.end() else { return true };
    // A jump of two bytes, with what extends it, would stand between.
    flow.node(target).offset >= behind && flow.node(target).offset <= behind + 1
}

/// Whether only `id` leads to `target`, under the same handler.
fn is_operand_of(flow: &Flow<'_>, id: BlockId, target: BlockId) -> bool {
    target != id && flow.sole_pred(target) == Some(id) && flow.handler(target) == flow.handler(id)
}

/// Whether edges that leave by either of two conditions pass the same, each its own condition.
fn same_args(flow: &Flow<'_>, first: &[ValueId], first_own: ValueId, second: &[ValueId], second_own: ValueId) -> bool {
    let (first_own, second_own) = (flow.resolve(first_own), flow.resolve(second_own));
    first.len() == second.len()
        && first.iter().zip(second).all(|(&a, &b)| {
            let (a, b) = (flow.resolve(a), flow.resolve(b));
            a == b && a != first_own || a == first_own && b == second_own
        })
}

/// Whether a node does nothing but evaluate these values, of its own operations alone.
pub(super) fn is_pure(flow: &Flow<'_>, id: BlockId, values: &[ValueId]) -> bool {
    is_pure_but(flow, id, values, None)
}

/// The same; `shared` may be used though it is made elsewhere.
fn is_pure_but(flow: &Flow<'_>, id: BlockId, values: &[ValueId], shared: Option<ValueId>) -> bool {
    let node = flow.node(id);
    let values: Vec<ValueId> = values.iter().map(|&value| flow.resolve(value)).collect();
    let shared = shared.map(|value| flow.resolve(value));
    node.params.is_empty()
        && node.ops.iter().all(|&op| {
            let op = flow.op(op);
            let own = op.operands.iter().all(|&operand| {
                let operand = flow.resolve(operand);
                Some(operand) == shared || flow.constant(operand).is_some() || made_in(flow, operand, id)
            });
            own && is_expression(flow, &op.kind, &op.operands)
                && op
                    .results()
                    .all(|result| values.contains(&result) || flow.is_used(result) || !is_droppable(&op.kind))
        })
}

fn is_droppable(kind: &OpKind) -> bool {
    kind.result_count() > 0 && !matches!(kind, OpKind::SaveAndClear(_))
}

/// Whether a value is made by a node, or in an expression that was folded into it.
fn made_in(flow: &Flow<'_>, value: ValueId, id: BlockId) -> bool {
    if flow.made(value).is_some() {
        return true;
    }
    flow.home(value) == Some(id)
}

/// Whether an operation can stand in an expression. A variable is bound there if its value is used as well.
pub(super) fn is_expression(flow: &Flow<'_>, kind: &OpKind, operands: &[ValueId]) -> bool {
    use OpKind::*;
    match kind {
        Store(..) => operands.first().is_some_and(|&value| flow.is_used(value) || is_saved(flow, value)),
        StoreAttr(_) | SetItem | DeleteAttr(_) | DelItem | Delete(..) | Unpack(_) | UnpackEx { .. } => false,
        SetBounds(_) | DelBounds(_) | PrintItem { .. } | PrintNewline { .. } | Exec | BuildClass => false,
        ImportName(..) | ImportFrom(_) | ImportStar | WithEnter { .. } | WithExit | WithExceptStart => false,
        CheckExcMatch | CheckEgMatch | PrepReraiseStar | PopExcept | PrintExpr | SetupAnnotations => false,
        GetLen | MatchMapping | MatchSequence | MatchKeys | MatchClass { .. } | CopyDictWithoutKeys => false,
        _ => bound_operand(kind).is_none(),
    }
}

/// Remembers which values a node, soon part of an expression, binds to variables.
fn name_stores(flow: &mut Flow<'_>, id: BlockId) {
    for op in std::mem::take(&mut flow.node_mut(id).ops) {
        let op = flow.op(op);
        if let (OpKind::Store(scope, name), &[value]) = (&op.kind, &op.operands[..]) {
            let (value, target) = (flow.resolve(value), (*scope, name.clone()));
            if is_saved(flow, value) {
                continue;
            }
            flow.named.entry(value).or_default().push(target);
        }
    }
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

impl Comparison {
    /// The opposite, where there is one that a branch may be on.
    pub(super) fn negated(self) -> Option<Self> {
        match self {
            Self::Compare(_) => None,
            Self::In { negated } => Some(Self::In { negated: !negated }),
            Self::Is { negated } => Some(Self::Is { negated: !negated }),
        }
    }
}
