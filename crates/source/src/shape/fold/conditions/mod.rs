//! Expressions that branch: `and`, `or`, `x if c else y`, chained comparisons. Nodes that only evaluate an operand are folded into
//! the node before them, until each branch that is left is one of a statement.
//!
//! A compiler writes the operands of such an expression one behind the other, so that an operand is reached by going on behind
//! the branch before it. `if a: if not b: break` leads to the same places as `if a and b`, but goes on behind its second branch
//! to a jump.

mod bools;
mod branch;
mod chains;
mod choices;

use bools::fold_bool;
use branch::Branch;
use choices::{fold_test, fold_value};

use super::{inlined, join::join};
use crate::graph::{BlockId, Terminator};
use crate::shape::flow::Flow;
use crate::shape::subjects::is_test;

/// Folds all expressions that branch.
pub(in crate::shape) fn fold(flow: &mut Flow<'_>) {
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
            inlined::fold(flow, id, &edge) || join(flow, id, &edge)
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
