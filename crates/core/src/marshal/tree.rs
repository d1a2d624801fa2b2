//! The tree of marshalled objects: an arena in the order of the file.

use super::Kind;
use super::item_marks::{ItemMarks, STRIDE};
use super::node::{NONE, Node, NodeId};

/// The objects of a file, in the order in which they stand there: a parent before its children.
#[derive(Debug, Default)]
pub struct Tree {
    pub(crate) nodes: Vec<Node>,
    marks: ItemMarks,
}

impl Tree {
    /// How many objects there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The object of this position in the arena, if there are so many.
    #[must_use]
    pub fn id(&self, index: usize) -> Option<NodeId> {
        (index < self.nodes.len()).then_some(NodeId(index as u32))
    }

    /// An object. An id is good for the tree that gave it.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// All objects in the order of the file.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// The objects directly in this one, in order.
    pub fn children(&self, id: NodeId) -> Children<'_> {
        Children { tree: self, at: id.0 + 1, end: self.node(id).next }
    }

    /// The object directly in this one at a position among those of its role, such as an item of a tuple. Found at once
    /// where none of them holds others, and near a mark elsewhere: what is deep inside another item is never looked through.
    #[must_use]
    pub fn item(&self, id: NodeId, index: u32) -> Option<NodeId> {
        if self.is_flat(id) {
            let item = NodeId(id.0.checked_add(1)?.checked_add(index)?);
            return (item.0 < self.node(id).next).then_some(item);
        }
        let at = match index / STRIDE {
            0 => id.0 + 1,
            block => self.marks.of(&self.nodes).find(id, block)?.0,
        };
        let mut from = Children { tree: self, at, end: self.node(id).next };
        from.find(|&child| self.node(child).index >= index).filter(|&child| self.node(child).index == index)
    }

    /// How many items a tuple, list or set has.
    #[must_use]
    pub fn item_count(&self, id: NodeId) -> u32 {
        let behind = self.node(id).next;
        if self.is_flat(id) {
            return behind - id.0 - 1;
        }
        let is_long = behind.saturating_sub(id.0) > STRIDE;
        let mark = if is_long { self.marks.of(&self.nodes).last(id) } else { None };
        let children = Children { tree: self, at: mark.map_or(id.0 + 1, |mark| mark.0), end: behind };
        children.last().map_or(0, |last| self.node(last).index + 1)
    }

    /// Whether this one has items that hold no others, and nothing else: they then follow each other at once. Found without
    /// looking at each.
    #[must_use]
    pub fn is_flat(&self, id: NodeId) -> bool {
        let node = self.node(id);
        let last = node.next.saturating_sub(1);
        // What is last is asked for its parent before its position, lest that be looked for through all that it is in.
        let is_code = node.kind.is_code();
        !is_code
            && last > id.0
            && self.nodes[last as usize].parent == id.0
            && self.nodes[last as usize].index == last - id.0 - 1
    }

    /// The object that this one is directly in.
    #[must_use]
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        let parent = self.node(id).parent;
        (parent != NONE).then_some(NodeId(parent))
    }

    /// The object behind this one and all it holds, in the order of the file.
    #[must_use]
    pub fn behind(&self, id: NodeId) -> usize {
        self.node(id).next as usize
    }

    /// The object that a reference leads to; `None` for a reference that leads nowhere, and for all else.
    #[must_use]
    pub fn target(&self, id: NodeId) -> Option<NodeId> {
        let node = self.node(id);
        (matches!(node.kind, Kind::Ref | Kind::StringRef) && node.link != NONE).then_some(NodeId(node.link))
    }

    /// The object itself, or what it refers to if it is a reference that leads somewhere.
    #[must_use]
    pub fn resolve(&self, id: NodeId) -> NodeId {
        self.target(id).unwrap_or(id)
    }

    /// The innermost object that has the byte at `offset`.
    #[must_use]
    pub fn at(&self, offset: u32) -> Option<NodeId> {
        self.at_near(offset, NodeId(0))
    }

    /// The same, looked for at `near` and right behind it first: what walks through the file is there mostly.
    pub(crate) fn at_near(&self, offset: u32, near: NodeId) -> Option<NodeId> {
        let begins_by = |index: usize| self.nodes.get(index).is_some_and(|node| node.span.start <= offset);
        let near = near.index();
        let last = match (begins_by(near), begins_by(near + 1), begins_by(near + 2)) {
            (true, false, _) => near,
            (true, true, false) => near + 1,
            _ => self.nodes.partition_point(|node| node.span.start <= offset).checked_sub(1)?,
        };
        let mut id = last as u32;
        while !self.nodes[id as usize].span.contains(offset) {
            id = self.nodes[id as usize].parent;
            if id == NONE {
                return None;
            }
        }
        Some(NodeId(id))
    }
}

/// The objects directly in another.
#[derive(Clone, Debug)]
pub struct Children<'t> {
    tree: &'t Tree,
    at: u32,
    end: u32,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        if self.at >= self.end {
            return None;
        }
        let id = NodeId(self.at);
        self.at = self.tree.node(id).next;
        Some(id)
    }
}
