//! Blocks that are taken apart.

use std::collections::BTreeSet;

use super::{Flow, Node, OpId};
use crate::graph::{BlockId, Edge, Origin, Terminator, WrittenJump};

impl Flow<'_> {
    /// Adds a node for what follows a place in another, which jumps to it. Values are seen in all nodes behind the one that
    /// makes them, so that it needs no parameters.
    pub(in crate::shape) fn split(&mut self, id: BlockId, at: usize) -> BlockId {
        let new = BlockId(self.nodes.len() as u32);
        let node = self.node_mut(id);
        let ops = node.ops.split_off(at);
        let end = std::mem::replace(&mut node.end, Terminator::Jump(Edge { target: new, args: Vec::new() }));
        let (falls, negated) = (node.falls.take(), std::mem::take(&mut node.negated));
        let (origin, guard, offset) = (node.origin, node.guard.clone(), node.offset);
        let begins = ops.first().map_or(origin, |&op| self.op(op).origin);
        let offset = begins.start().unwrap_or(offset);
        let target = end.edges().map(|edge| edge.target).collect::<Vec<_>>();
        for target in target {
            self.node_mut(target).pred_xor ^= id.0 ^ new.0;
        }
        for op in &ops {
            self.homes[op.0 as usize] = new;
        }
        self.nodes.push(Node {
            params: Vec::new(),
            ops,
            end,
            origin,
            guard,
            offset,
            falls,
            negated,
            preds: 1,
            pred_xor: id.0,
            entry: false,
            dead: false,
            folded: false,
        });
        new
    }

    pub(super) fn find_starts(&mut self) {
        let ops = self.ops.iter().map(|op| op.origin);
        let ends = self.nodes.iter().map(|node| node.origin);
        self.starts = ops.chain(ends).filter_map(Origin::start).collect();
        self.starts.sort_unstable();
        self.starts.dedup();
    }

    /// Whether code that begins somewhere does not follow code that ends somewhere: there was a jump.
    fn is_jump_between(&self, ended: u32, begins: u32) -> bool {
        let at = self.starts.partition_point(|&start| start < ended);
        begins < ended || self.starts.get(at).is_some_and(|&start| start < begins)
    }

    /// Takes blocks apart that are in one only because a jump leads from the first to the second and nothing else does: what is
    /// led to by `break` is one with the code before that.
    pub(in crate::shape) fn split_at_jumps(&mut self) {
        for id in self.ids() {
            let origins: Vec<Origin> = self.node(id).ops.iter().map(|&op| self.op(op).origin).collect();
            for at in (1..origins.len()).rev() {
                let between = origins[at - 1].end().zip(origins[at].start());
                let shares = origins[at - 1].start() == origins[at].start();
                if !shares && between.is_some_and(|(ended, begins)| self.is_jump_between(ended, begins)) {
                    self.split(id, at);
                }
            }
        }
    }

    /// Takes nodes apart where an `else` ends, as far as jumps tell that nothing leads to.
    pub(in crate::shape) fn split_behind_else(&mut self) {
        // Python 2 has a jump behind every `if`: over nothing, if there is no `else`.
        let jumps = self.graph.jumps.iter().filter(|jump| jump.is_dead && jump.target != jump.end);
        self.over_else = jumps.clone().map(|jump| (self.next_start(jump.end), *jump)).collect();
        let targets: BTreeSet<u32> = jumps.filter(|jump| jump.target > jump.end).map(|jump| jump.target).collect();
        for id in self.ids() {
            let node = self.node(id);
            let (begins, ends) = (node.offset, node.origin.end().unwrap_or(node.offset));
            // What loads constants before its first operation is part of a node, but no operation.
            let before = self.starts.partition_point(|&start| start < begins).checked_sub(1);
            let from = before.map_or(0, |at| self.starts[at] + 1);
            for &target in targets.range(from.min(ends)..ends).rev() {
                let behind = if target <= begins { id } else { self.split_at(id, target) };
                self.else_ends.entry(target).or_default().push(behind);
                self.kept_apart.insert(behind);
            }
        }
    }

    /// Where the first operation or end begins from an offset on.
    pub(super) fn next_start(&self, offset: u32) -> u32 {
        let at = self.starts.partition_point(|&start| start < offset);
        self.starts.get(at).copied().unwrap_or(offset)
    }

    /// The jump over an `else` that stands before a node, and that nothing leads to.
    pub(in crate::shape) fn over_else_before(&self, id: BlockId) -> Option<WrittenJump> {
        self.over_else.get(&self.next_start(self.node(id).offset)).copied()
    }

    /// Takes a node apart at an offset.
    fn split_at(&mut self, id: BlockId, offset: u32) -> BlockId {
        let ops = &self.node(id).ops;
        let is_behind = |&op: &OpId| self.op(op).origin.start().is_some_and(|start| start >= offset);
        let at = ops.iter().position(is_behind).unwrap_or(ops.len());
        self.split(id, at)
    }

    /// Lets each node that asks for items do nothing else: what comes before a loop that never goes on is in one block with it.
    pub(in crate::shape) fn split_at_loops(&mut self) {
        for id in self.ids() {
            let count = self.node(id).ops.len();
            if count > 0 && matches!(self.node(id).end, Terminator::ForIter { .. }) {
                self.split(id, count);
            }
        }
    }

    /// Whether the code of a node goes on right behind it in another.
    pub(in crate::shape) fn is_followed_by(&self, id: BlockId, target: BlockId) -> bool {
        let node = self.node(id);
        if node.folded {
            return true;
        }
        let last = node.ops.last().and_then(|&op| self.op(op).origin.end());
        let next = self.node(target);
        let first = next.ops.first().map_or(next.origin, |&op| self.op(op).origin);
        last.zip(first.start()).is_none_or(|(ended, begins)| !self.is_jump_between(ended, begins))
    }
}
