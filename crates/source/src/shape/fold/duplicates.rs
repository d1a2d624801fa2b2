//! Code that was lifted more than once. The `finally` clauses of 3.8 are entered with and without an exception, so that they, and
//! what follows them, come in more than one state of the stack; led past copies, ways out meet again in what follows.

use std::collections::HashMap;

use super::super::flow::Flow;
use crate::graph::{BlockId, Terminator};

/// What copies have in common: where they begin and end, their handler, how many operations they have.
type Class = (Option<u32>, Option<u32>, Option<BlockId>, usize);

/// Leads all that leads to a copy to the first of them.
pub(in crate::shape) fn join(flow: &mut Flow<'_>) {
    let alive: Vec<BlockId> = flow.ids().filter(|&id| !flow.node(id).dead && !flow.node(id).entry).collect();
    let mut numbers: HashMap<Class, u32> = HashMap::new();
    let mut classes: Vec<u32> = (0..flow.nodes.len() as u32).map(|number| number + flow.nodes.len() as u32).collect();
    for &id in &alive {
        let next = numbers.len() as u32;
        classes[id.0 as usize] = *numbers.entry(class(flow, id)).or_insert(next);
    }
    if numbers.len() == alive.len() {
        return;
    }
    // Copies lead to copies. Each round tells apart what leads to different code; few are needed.
    for _ in 0..flow.nodes.len().min(200) {
        if !refine(flow, &alive, &mut classes) {
            merge(flow, &alive, &classes);
            flow.count_preds();
            super::params::drop_trivial(flow);
            break;
        }
    }
    flow.count_preds();
    flow.count_uses();
}

fn class(flow: &Flow<'_>, id: BlockId) -> Class {
    let node = flow.node(id);
    let first = node.ops.first().map_or(node.origin, |&op| flow.op(op).origin);
    (first.start().or(Some(node.offset)), node.origin.start(), flow.handler(id), node.ops.len())
}

/// Splits classes whose members lead to different classes; whether there were any.
fn refine(flow: &Flow<'_>, alive: &[BlockId], classes: &mut Vec<u32>) -> bool {
    let mut numbers: HashMap<(u32, u8, Vec<u32>), u32> = HashMap::new();
    let mut refined = classes.clone();
    let before = alive.iter().map(|id| classes[id.0 as usize]).collect::<std::collections::HashSet<_>>().len();
    for &id in alive {
        let node = flow.node(id);
        let targets = node.end.edges().map(|edge| classes[edge.target.0 as usize]).collect();
        let kind = match node.end {
            Terminator::Jump(_) => 0,
            Terminator::Branch { .. } => 1,
            Terminator::ForIter { .. } => 2,
            Terminator::Return(_) => 3,
            Terminator::Raise { .. } => 4,
            Terminator::Reraise(_) => 5,
            Terminator::Unknown(_) | Terminator::Unfinished => 6,
        };
        let next = numbers.len() as u32;
        refined[id.0 as usize] = *numbers.entry((classes[id.0 as usize], kind, targets)).or_insert(next);
    }
    let changed = numbers.len() != before;
    // Numbers of nodes that are not asked about stay apart from the new ones.
    *classes = refined;
    changed
}

fn merge(flow: &mut Flow<'_>, alive: &[BlockId], classes: &[u32]) {
    let mut first: HashMap<u32, BlockId> = HashMap::new();
    for &id in alive {
        first.entry(classes[id.0 as usize]).or_insert(id);
    }
    let kept = |id: BlockId| first.get(&classes[id.0 as usize]).copied().filter(|&kept| kept != id);
    for &id in alive {
        if let Some(kept) = kept(id) {
            let params: Vec<_> = flow.node(id).params.iter().copied().zip(flow.node(kept).params.clone()).collect();
            for (param, value) in params {
                flow.identify(param, value);
            }
            let ops: Vec<_> = flow.node(id).ops.iter().copied().zip(flow.node(kept).ops.clone()).collect();
            for (op, kept) in ops {
                let results: Vec<_> = flow.op(op).results().zip(flow.op(kept).results()).collect();
                for (result, value) in results {
                    flow.identify(result, value);
                }
            }
        }
        let mut end = flow.node(id).end.clone();
        for edge in end.edges_mut() {
            if let Some(kept) = kept(edge.target) {
                edge.target = kept;
            }
        }
        flow.node_mut(id).end = end;
    }
}
