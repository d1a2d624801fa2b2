//! `and` and `or` in conditions.

use super::branch::{Branch, finish_bool, is_operand_of, same_args, swap};
use super::chains::fold_chain;
use crate::graph::{BlockId, Edge, Terminator, ValueId};
use crate::shape::flow::Flow;
use crate::shape::pure::is_pure;
use crate::shape::subjects::is_test;

/// `A; branch; B; branch` where both lead to one place: `and`, `or`, a chained comparison.
pub(super) fn fold_bool(flow: &mut Flow<'_>, id: BlockId, first: &Branch) -> bool {
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
    let back = flow.node(second.edge(!shared).target);
    let jumps_back = back.offset <= flow.node(next.target).offset && !matches!(back.end, Terminator::ForIter { .. });
    // `if a or b: break` leads there by the same outcomes, `if a: if b: break` by different ones.
    let is_jump = !jumps_back && !is_adjacent(flow, next.target, other.target);
    let is_whole = is_on_one_line(flow, id, next.target) && flow.jumps_behind(next.target);
    if flow.node(next.target).falls == Some(shared) && is_jump && falls == shared && !is_whole {
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
    let left = if left_outcome { first.condition } else { flow.negate(first.condition) };
    let right = if right_outcome { second.condition } else { flow.negate(second.condition) };
    let value = flow.make_bool(!to_shared, left, right);
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

/// Whether two branches stand on one line, as the operands of a condition do.
fn is_on_one_line(flow: &Flow<'_>, first: BlockId, second: BlockId) -> bool {
    let line = |id: BlockId| flow.node(id).origin.line();
    line(first).is_some() && line(first) == line(second)
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
