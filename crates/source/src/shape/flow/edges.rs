//! What leads where.

use super::Flow;
use crate::graph::{BlockId, Edge, Terminator, ValueId};

impl Flow<'_> {
    /// Leaves a node out of the counts of what leads to others: it is part of an expression now.
    pub(in crate::shape) fn leave_out(&mut self, id: BlockId) {
        let targets: Vec<BlockId> = self.node(id).end.edges().map(|edge| edge.target).collect();
        for target in targets {
            let target = self.node_mut(target);
            target.preds = target.preds.saturating_sub(1);
            target.pred_xor ^= id.0;
        }
    }

    /// Counts anew what leads to each node, and finds the dead ones.
    pub(in crate::shape) fn count_preds(&mut self) {
        for node in &mut self.nodes {
            (node.preds, node.pred_xor, node.entry, node.dead) = (0, 0, false, true);
        }
        let Some(first) = self.nodes.first_mut() else { return };
        (first.dead, first.entry) = (false, true);
        let mut todo = vec![BlockId(0)];
        while let Some(id) = todo.pop() {
            let node = &self.nodes[id.0 as usize];
            let targets: Vec<BlockId> = node.end.edges().map(|edge| edge.target).collect();
            let handler = node.guard.as_ref().map(|edge| edge.target);
            for &target in &targets {
                let target = &mut self.nodes[target.0 as usize];
                target.preds += 1;
                target.pred_xor ^= id.0;
            }
            if let Some(handler) = handler {
                self.nodes[handler.0 as usize].entry = true;
            }
            for target in targets.into_iter().chain(handler) {
                let node = &mut self.nodes[target.0 as usize];
                if node.dead {
                    node.dead = false;
                    todo.push(target);
                }
            }
        }
    }

    /// Leads edges past nodes that only jump on.
    pub(in crate::shape) fn thread_jumps(&mut self) {
        for id in self.ids() {
            let mut end = self.node(id).end.clone();
            let mut changed = false;
            for edge in end.edges_mut() {
                for _ in 0..100 {
                    let Some(next) = self.threaded(edge) else { break };
                    *edge = next;
                    changed = true;
                }
            }
            if changed {
                self.set_end(id, end);
            }
        }
        self.count_preds();
    }

    /// Where an edge leads, if its target does nothing but jump on.
    fn threaded(&self, edge: &Edge) -> Option<Edge> {
        let node = self.node(edge.target);
        let Terminator::Jump(next) = &node.end else { return None };
        if !node.ops.is_empty() || next.target == edge.target || node.params.len() != edge.args.len() {
            return None;
        }
        // What is only passed on by the edges of `if` belongs to arms, which are nodes.
        if node.params.is_empty() && !next.args.is_empty() {
            return None;
        }
        let passed = |arg: &ValueId| {
            let at = node.params.iter().position(|param| param == arg);
            at.map_or(*arg, |at| edge.args[at])
        };
        Some(Edge { target: next.target, args: next.args.iter().map(passed).collect() })
    }

    /// Ends a node differently.
    pub(in crate::shape) fn set_end(&mut self, id: BlockId, end: Terminator) {
        let old = std::mem::replace(&mut self.node_mut(id).end, end);
        for edge in old.edges() {
            let target = self.node_mut(edge.target);
            target.preds = target.preds.saturating_sub(1);
            target.pred_xor ^= id.0;
        }
        let new: Vec<BlockId> = self.node(id).end.edges().map(|edge| edge.target).collect();
        for target in new {
            let target = self.node_mut(target);
            target.preds += 1;
            target.pred_xor ^= id.0;
        }
    }

    /// The only node that leads to this one.
    pub(in crate::shape) fn sole_pred(&self, id: BlockId) -> Option<BlockId> {
        let node = self.node(id);
        (node.preds == 1 && !node.entry && !node.dead && self.exit != Some(id)).then_some(BlockId(node.pred_xor))
    }

    /// The handler of a node.
    pub(in crate::shape) fn handler(&self, id: BlockId) -> Option<BlockId> {
        self.node(id).guard.as_ref().map(|edge| edge.target)
    }
}
