//! Parameters that always get the same value are that value: what lies on the stack while control goes by, such as the iterator
//! of a loop around. Parameters that remain are those where a value is one or the other.

use std::collections::{BTreeSet, HashMap};

use super::super::flow::Flow;
use crate::graph::{BlockId, Edge, Terminator, ValueId};

/// Binds parameters to what they are, and drops them with their arguments.
///
/// This is constant propagation that starts with the hope that every parameter is one value. Each loses that hope at most once.
pub(in crate::shape) fn drop_trivial(flow: &mut Flow<'_>) {
    let found = find(flow);
    let is_trivial = |param: ValueId| found.get(&param).is_some_and(|&value| value != param);
    let kept: Vec<Vec<bool>> =
        flow.nodes.iter().map(|node| node.params.iter().map(|&param| !is_trivial(param)).collect()).collect();
    for node in &mut flow.nodes {
        for edge in node.end.edges_mut().chain(&mut node.guard) {
            let mut kept = kept[edge.target.0 as usize].iter();
            edge.args.retain(|_| kept.next().copied().unwrap_or(true));
        }
        node.params.retain(|&param| !is_trivial(param));
    }
    for (param, value) in found {
        flow.bind(param, value);
    }
}

/// What each parameter is; one that is several values is itself.
fn find(flow: &Flow<'_>) -> HashMap<ValueId, ValueId> {
    let mut found: HashMap<ValueId, ValueId> = HashMap::new();
    let mut reached = vec![false; flow.nodes.len()];
    // In the order of the code, so that where ways meet both have mostly been walked before what follows.
    let mut todo = BTreeSet::new();
    if let Some(first) = flow.nodes.first() {
        found.extend(first.params.iter().map(|&param| (param, param)));
        todo.insert((first.offset, BlockId(0)));
    }
    while let Some((_, id)) = todo.pop_first() {
        reached[id.0 as usize] = true;
        let node = flow.node(id);
        let item = match &node.end {
            Terminator::ForIter { item, .. } => Some(item),
            _ => None,
        };
        for edge in node.end.edges().chain(&node.guard) {
            let changed = pass(flow, edge, &mut found);
            if item.is_some_and(|item| std::ptr::eq(item, edge))
                || node.guard.as_ref().is_some_and(|g| std::ptr::eq(g, edge))
            {
                if let Some(&own) = flow.node(edge.target).params.last() {
                    found.insert(own, own);
                }
            }
            if changed || !reached[edge.target.0 as usize] {
                todo.insert((flow.node(edge.target).offset, edge.target));
            }
        }
    }
    found
}

fn pass(flow: &Flow<'_>, edge: &Edge, found: &mut HashMap<ValueId, ValueId>) -> bool {
    let mut changed = false;
    for (&param, &arg) in flow.node(edge.target).params.iter().zip(&edge.args) {
        let arg = flow.resolve(arg);
        let arg = found.get(&arg).copied().unwrap_or(arg);
        let known = found.get(&param).copied();
        let new = match known {
            None => arg,
            Some(value) if value == arg || value == param => continue,
            Some(_) => param,
        };
        found.insert(param, new);
        changed = true;
    }
    changed
}
