//! Blocks that are taken apart.

use super::{Flow, Node};
use crate::graph::{BlockId, Edge, Origin, Terminator};

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
