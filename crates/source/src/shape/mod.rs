//! Flow graph → statements. Each folder, and each file here, needs those above it in this list alone:
//!
//! * `flow`: the graph, to be changed; values that are seen by all nodes behind those that make them.
//! * `contexts`, `dominators`, `subjects`, `pure`: what is found out about it: what each node stands in, what is in a loop and where
//!   ways meet, what `case` tries patterns on, what can stand in an expression.
//! * `fold`: what compilers wrote several times becomes one again, and what branches inside of an expression becomes a value.
//! * `expression`: values → expressions.
//! * `statement`: each construct of statements.
//!
//! Nothing here is evidence. What comes out is lowered and proved.

mod contexts;
mod dominators;
mod expression;
mod flow;
mod fold;
mod pure;
mod statement;
mod subjects;
mod trouble;

use contexts::{Contexts, handler_kinds};
use dominators::Dominators;
use flow::Flow;
use fold::{builtins, conditions, copies, duplicates, inlined, params, returns, rotated};
use statement::{Shaper, unshaped};

use crate::ast::{Body, Stmt};
use crate::constant::CodeId;
use crate::graph::{Block, Graph, Terminator};
use crate::unit::Units;

/// Statements for the flow graph of a code object. What has no shape stands among them as [`Stmt::Unshaped`].
///
/// # Panics
/// If the code object is one of another file than the graphs.
#[must_use]
pub fn shape(units: &Units, graphs: &[Graph], id: CodeId) -> Body {
    let (graph, unit) = (&graphs[id.0 as usize], units.get(id));
    // Of code that was not even lifted there may be very much.
    if let [Block { terminator: Terminator::Unknown(reason), ops, .. }] = &graph.blocks[..] {
        if ops.is_empty() {
            return Body::of_one(Stmt::Unshaped { start: 0, end: unit.code_size, reason: reason.clone() });
        }
    }
    let plain = builtins::without_loops(graph, units);
    let graph = &*plain;
    let mut flow = flow(graph, units.since(3, 10));
    flow.is_python2 = !units.since(3, 0);
    flow.branches_forward = units.since(3, 12);
    let implied = returns::implied(&flow, unit, units);
    let kinds = handler_kinds(&flow);
    inlined::drop_restoring_handlers(&mut flow, &kinds);
    let Some(mut contexts) = Contexts::find(&mut flow) else {
        return unshaped(graph, "handlers guard each other");
    };
    flow.count_preds();
    copies::fold(&mut flow, &mut contexts, &kinds);
    if !units.since(3, 9) {
        duplicates::join(&mut flow);
    }
    let shared = returns::share(&mut flow, &mut contexts, &implied, (unit, units));
    flow.thread_jumps();
    if units.since(3, 10) {
        flow.subjects = subjects::find(&flow);
    }
    conditions::fold(&mut flow);
    returns::unshare(&mut flow, shared);
    let heads = rotated::fold(&mut flow, &mut contexts);
    let dominators = Dominators::find(&flow);
    Shaper::new(flow, contexts, kinds, dominators, heads, unit, (units, graphs)).body()
}

/// The graph, to be changed.
fn flow(graph: &Graph, since_3_10: bool) -> Flow<'_> {
    let mut flow = Flow::new(graph);
    flow.split_at_jumps();
    flow.split_at_loops();
    if !since_3_10 {
        flow.split_behind_else();
    }
    params::drop_trivial(&mut flow);
    flow.count_preds();
    flow.count_uses();
    flow.find_fillers();
    flow
}
