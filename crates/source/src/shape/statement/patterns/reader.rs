//! The place that patterns are read at, and what was read so far.

use std::collections::{HashMap, HashSet};

use crate::constant::Name;
use crate::graph::{BlockId, Edge, Op, OpKind, Terminator, ValueId};
use crate::shape::dominators::Dominators;
use crate::shape::flow::{Flow, OpId};

/// A place in a node: before the operation of this index, or before the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::shape::statement) struct Spot {
    pub node: BlockId,
    pub at: usize,
}

/// Nodes whose ends belong to patterns, in the order in which they were read.
#[derive(Default)]
pub(in crate::shape::statement) struct Tests {
    order: Vec<BlockId>,
    set: HashSet<BlockId>,
}

impl Tests {
    pub(in crate::shape::statement) fn add(&mut self, node: BlockId) {
        if self.set.insert(node) {
            self.order.push(node);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    /// Forgets all but the first ones.
    pub(super) fn cut(&mut self, len: usize) {
        for node in self.order.drain(len..) {
            self.set.remove(&node);
        }
    }

    pub(super) fn set(&self) -> &HashSet<BlockId> {
        &self.set
    }

    pub(in crate::shape::statement) fn into_set(self) -> HashSet<BlockId> {
        self.set
    }
}

/// Reads patterns.
pub(in crate::shape::statement) struct Reader<'f, 'g> {
    pub(super) flow: &'f Flow<'g>,
    pub(super) dominators: &'f Dominators,
    pub spot: Spot,
    /// Several ways lead to the node, with these arguments: the pattern, or an alternative in it, ends here.
    pub(super) joined: Option<Vec<ValueId>>,
    /// Where failing tests lead.
    pub fails: Vec<BlockId>,
    /// Nodes whose ends belong to patterns: tests, and ends of alternatives.
    pub tests: Tests,
    /// Values that names may be bound to.
    pub(super) values: HashSet<ValueId>,
    /// Where the alternatives lead that are being read.
    pub(super) ends: Vec<BlockId>,
    pub(super) budget: usize,
}

/// The state of a reader that may be gone back to: the place, the arguments there, where tests fail, how many tests there were.
pub(super) type Before = (Spot, Option<Vec<ValueId>>, Vec<BlockId>, usize);

impl<'f, 'g> Reader<'f, 'g> {
    pub(in crate::shape::statement) fn new((flow, dominators): (&'f Flow<'g>, &'f Dominators), spot: Spot) -> Self {
        let budget = flow.ops.len() * 4 + 1000;
        let (tests, values) = (Tests::default(), HashSet::new());
        Self { flow, dominators, spot, joined: None, fails: Vec::new(), tests, values, ends: Vec::new(), budget }
    }

    /// Forgets what was read since.
    pub(super) fn go_back(&mut self, (spot, joined, fails, tests): Before) {
        (self.spot, self.joined, self.fails) = (spot, joined, fails);
        self.tests.cut(tests);
    }

    /// Goes on reading from the start of a node.
    pub(in crate::shape::statement) fn go_to(&mut self, node: BlockId) {
        (self.spot, self.joined) = (Spot { node, at: 0 }, None);
        self.fails.clear();
    }

    /// Whether the first thing that a node does is to try something on a value.
    pub(in crate::shape::statement) fn tries(&mut self, node: BlockId, value: ValueId) -> bool {
        let before = (self.spot, self.joined.take());
        self.spot = Spot { node, at: 0 };
        let tries = self.next_test(value).is_some();
        (self.spot, self.joined) = before;
        tries
    }

    /// Where control goes on from here, if several ways lead there, and with which arguments.
    pub(super) fn landing(&self) -> Option<(BlockId, Vec<ValueId>)> {
        if let Some(args) = &self.joined {
            return Some((self.spot.node, self.resolved(args)));
        }
        let node = self.flow.node(self.spot.node);
        match &node.end {
            Terminator::Jump(edge) if self.spot.at == node.ops.len() && self.flow.node(edge.target).preds > 1 => {
                Some((edge.target, self.resolved(&edge.args)))
            }
            _ => None,
        }
    }

    /// Ends an alternative.
    pub(super) fn land(&mut self) -> Option<(BlockId, Vec<ValueId>)> {
        if self.joined.is_none() {
            self.tests.add(self.spot.node);
        }
        self.landing()
    }

    pub(super) fn resolved(&self, values: &[ValueId]) -> Vec<ValueId> {
        values.iter().map(|&value| self.flow.resolve(value)).collect()
    }

    pub(super) fn op_at(&self, at: usize) -> Option<&Op> {
        self.joined.is_none().then(|| self.flow.node(self.spot.node).ops.get(at)).flatten().map(|&op| self.flow.op(op))
    }

    /// Whether an operation is on this value first.
    pub(super) fn is_on(&self, op: &Op, value: ValueId) -> bool {
        op.operands.first().is_some_and(|&first| self.flow.resolve(first) == self.flow.resolve(value))
    }

    /// Whether the node ends in a branch on this value.
    pub(super) fn asks(&self, value: ValueId) -> bool {
        let end = &self.flow.node(self.spot.node).end;
        matches!(end, Terminator::Branch { condition, .. } if self.flow.resolve(*condition) == value)
    }

    /// Follows the branch on a value that the node ends in, to where it is so.
    pub(super) fn follow(&mut self, condition: ValueId, holds: bool) -> Option<()> {
        let Terminator::Branch { condition: asked, on_true, on_false } = &self.flow.node(self.spot.node).end else {
            return None;
        };
        if self.flow.resolve(*asked) != condition {
            return None;
        }
        let (to, fail) = if holds { (on_true.clone(), on_false) } else { (on_false.clone(), on_true) };
        self.fails.push(fail.target);
        self.tests.add(self.spot.node);
        self.enter(&to);
        Some(())
    }

    pub(super) fn enter(&mut self, edge: &Edge) {
        let target = self.flow.node(edge.target);
        self.joined = (target.preds > 1 || target.entry).then(|| edge.args.clone());
        self.spot = Spot { node: edge.target, at: 0 };
    }

    /// The names that are bound now, by the value that each is bound to.
    pub(in crate::shape::statement) fn captures(&mut self) -> HashMap<ValueId, Vec<Name>> {
        let mut captures: HashMap<ValueId, Vec<Name>> = HashMap::new();
        // A pattern without names may lead to where other ways lead, too.
        while let Some((value, name)) = self.capture() {
            captures.entry(value).or_default().push(name);
            self.spot.at += 1;
        }
        captures
    }

    fn capture(&self) -> Option<(ValueId, Name)> {
        let op = self.op_at(self.spot.at)?;
        let OpKind::Store(_, name) = &op.kind else { return None };
        let value = self.flow.resolve(op.operands[0]);
        self.values.contains(&value).then(|| (value, name.clone()))
    }

    /// The operations of the node from here on.
    pub(in crate::shape::statement) fn ops_left(&self) -> &[OpId] {
        self.flow.node(self.spot.node).ops.get(self.spot.at..).unwrap_or_default()
    }
}
