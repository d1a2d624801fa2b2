//! Dominators and loops of a flow while it is shaped. The edges to handlers count.

use std::collections::HashSet;

use super::flow::Flow;
use crate::graph::BlockId;

/// Which nodes every way to a node goes through, and which nodes loops begin with.
pub(super) struct Dominators {
    /// The nodes that each node is the immediate dominator of.
    children: Vec<Vec<BlockId>>,
    /// When a walk through the tree of dominators enters and leaves each node.
    times: Vec<(u32, u32)>,
    /// The nodes that lead to each node, other than by an exception.
    preds: Vec<Vec<BlockId>>,
    /// The nodes of each loop, by the node it begins with.
    loops: std::collections::HashMap<BlockId, HashSet<BlockId>>,
}

impl Dominators {
    /// Finds them.
    pub(super) fn find(flow: &Flow<'_>) -> Self {
        let order = post_order(flow);
        let idom = immediate(flow, &order);
        let mut children: Vec<Vec<BlockId>> = vec![Vec::new(); idom.len()];
        for &id in &order {
            if let Some(parent) = idom[id.0 as usize] {
                children[parent.0 as usize].push(id);
            }
        }
        let times = walk_tree(&children, order.last().copied());
        let mut preds: Vec<Vec<BlockId>> = vec![Vec::new(); flow.nodes.len()];
        for id in flow.ids().filter(|&id| !flow.node(id).dead) {
            flow.node(id).end.edges().for_each(|edge| preds[edge.target.0 as usize].push(id));
        }
        let mut dominators = Self { children, times, preds, loops: std::collections::HashMap::new() };
        dominators.find_loops(flow);
        dominators
    }

    /// Whether every way to `inner` goes through `outer`.
    pub(super) fn dominates(&self, outer: BlockId, inner: BlockId) -> bool {
        let (outer, inner) = (self.times[outer.0 as usize], self.times[inner.0 as usize]);
        outer.0 <= inner.0 && inner.1 <= outer.1 && outer.1 > 0
    }

    /// The nodes that this one is the immediate dominator of.
    pub(super) fn children(&self, id: BlockId) -> &[BlockId] {
        &self.children[id.0 as usize]
    }

    /// Whether a node leads to this one that is none of these.
    pub(super) fn is_reached_without(&self, id: BlockId, nodes: &HashSet<BlockId>) -> bool {
        self.preds[id.0 as usize].iter().any(|pred| !nodes.contains(pred))
    }

    /// The nodes of the loop that begins with this node.
    pub(super) fn loop_at(&self, id: BlockId) -> Option<&HashSet<BlockId>> {
        self.loops.get(&id)
    }

    fn find_loops(&mut self, flow: &Flow<'_>) {
        let mut preds: Vec<Vec<BlockId>> = vec![Vec::new(); flow.nodes.len()];
        let mut backs: Vec<(BlockId, BlockId)> = Vec::new();
        for id in flow.ids().filter(|&id| !flow.node(id).dead) {
            for target in successors(flow, id) {
                preds[target.0 as usize].push(id);
                if self.dominates(target, id) {
                    backs.push((id, target));
                }
            }
        }
        for (from, head) in backs {
            let mut members = self.loops.remove(&head).unwrap_or_else(|| HashSet::from([head]));
            let mut todo = vec![from];
            while let Some(id) = todo.pop() {
                if members.insert(id) {
                    todo.extend(&preds[id.0 as usize]);
                }
            }
            self.loops.insert(head, members);
        }
    }
}

/// Where a node leads to, its handler too.
pub(super) fn successors(flow: &Flow<'_>, id: BlockId) -> Vec<BlockId> {
    let node = flow.node(id);
    node.end.edges().chain(&node.guard).map(|edge| edge.target).collect()
}

fn post_order(flow: &Flow<'_>) -> Vec<BlockId> {
    let mut order = Vec::new();
    let mut seen = vec![false; flow.nodes.len()];
    let mut stack = Vec::new();
    if !flow.nodes.is_empty() {
        seen[0] = true;
        stack.push((BlockId(0), successors(flow, BlockId(0)), 0));
    }
    while let Some((id, next, at)) = stack.last_mut() {
        if let Some(&target) = next.get(*at) {
            *at += 1;
            if !std::mem::replace(&mut seen[target.0 as usize], true) {
                stack.push((target, successors(flow, target), 0));
            }
        } else {
            order.push(*id);
            stack.pop();
        }
    }
    order
}

/// Cooper, Harvey, Kennedy: "A Simple, Fast Dominance Algorithm".
fn immediate(flow: &Flow<'_>, order: &[BlockId]) -> Vec<Option<BlockId>> {
    let mut number = vec![usize::MAX; flow.nodes.len()];
    for (index, id) in order.iter().enumerate() {
        number[id.0 as usize] = index;
    }
    let mut preds: Vec<Vec<usize>> = vec![Vec::new(); order.len()];
    for (index, &id) in order.iter().enumerate() {
        for target in successors(flow, id) {
            preds[number[target.0 as usize]].push(index);
        }
    }
    let last = order.len().saturating_sub(1);
    let mut idom = vec![usize::MAX; order.len()];
    if let Some(root) = idom.get_mut(last) {
        *root = last;
    }
    let mut changed = true;
    while std::mem::take(&mut changed) {
        for index in (0..last).rev() {
            let mut new = usize::MAX;
            for &pred in preds[index].iter().filter(|&&pred| idom[pred] != usize::MAX) {
                new = if new == usize::MAX { pred } else { meet(&idom, new, pred) };
            }
            if new != idom[index] {
                idom[index] = new;
                changed = true;
            }
        }
    }
    let mut found = vec![None; flow.nodes.len()];
    for (index, &id) in order.iter().enumerate() {
        if index != last && idom[index] != usize::MAX {
            found[id.0 as usize] = Some(order[idom[index]]);
        }
    }
    found
}

fn meet(idom: &[usize], mut a: usize, mut b: usize) -> usize {
    while a != b {
        if a < b {
            a = idom[a];
        } else {
            b = idom[b];
        }
    }
    a
}

fn walk_tree(children: &[Vec<BlockId>], root: Option<BlockId>) -> Vec<(u32, u32)> {
    let mut times = vec![(0, 0); children.len()];
    let mut clock = 1;
    let mut stack = Vec::new();
    if let Some(root) = root {
        times[root.0 as usize].0 = clock;
        stack.push((root, 0));
    }
    while let Some((id, at)) = stack.last_mut() {
        clock += 1;
        if let Some(&child) = children[id.0 as usize].get(*at) {
            *at += 1;
            times[child.0 as usize].0 = clock;
            stack.push((child, 0));
        } else {
            times[id.0 as usize].1 = clock;
            stack.pop();
        }
    }
    times
}
