//! Marks among the items of long tuples, so that any item is found without walking over all before it.

use std::sync::OnceLock;

use super::node::{Node, NodeId};

/// How many items lie between two marks.
pub(super) const STRIDE: u32 = 64;

/// Every 64th item of everything that has so many: which one it is in, which 64th it is, and where it is. Made when first asked
/// for.
#[derive(Debug, Default)]
pub(super) struct ItemMarks(OnceLock<Vec<(u32, u32, NodeId)>>);

impl ItemMarks {
    /// The marks of these nodes, which do not change any more.
    pub(super) fn of(&self, nodes: &[Node]) -> Marks<'_> {
        Marks(self.0.get_or_init(|| {
            let marked = nodes.iter().zip(0..).filter(|(node, _)| node.index > 0 && node.index % STRIDE == 0);
            let mut marks: Vec<_> = marked.map(|(node, at)| (node.parent, node.index / STRIDE, NodeId(at))).collect();
            marks.sort_unstable_by_key(|&(parent, block, at)| (parent, block, at.0));
            marks
        }))
    }
}

/// Marks in the order of what they are in, and there in order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks<'m>(&'m [(u32, u32, NodeId)]);

impl Marks<'_> {
    /// The first child of `parent` whose position is `block` times 64.
    pub(super) fn find(self, parent: NodeId, block: u32) -> Option<NodeId> {
        let at = self.0.partition_point(|&(around, mark, _)| (around, mark) < (parent.0, block));
        self.0.get(at).filter(|&&(around, mark, _)| (around, mark) == (parent.0, block)).map(|&(_, _, item)| item)
    }

    /// The last mark in `parent`.
    pub(super) fn last(self, parent: NodeId) -> Option<NodeId> {
        let at = self.0.partition_point(|&(around, ..)| around <= parent.0).checked_sub(1)?;
        Some(self.0[at]).filter(|&(around, ..)| around == parent.0).map(|(_, _, item)| item)
    }
}
