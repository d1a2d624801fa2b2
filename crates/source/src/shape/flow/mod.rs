//! The graph while it is shaped: blocks that are taken apart and joined, values that are found to be others.

mod edges;
mod made;
mod splits;
mod uses;
mod values;
mod written;

use std::collections::{HashMap, HashSet};

pub(super) use made::{Comparison, Made};
pub(super) use uses::bound_operand;

use crate::constant::Name;
use crate::graph::{
    BinaryOp, BlockId, Edge, Graph, ImportTime, Op, OpKind, Origin, Scope, Terminator, ValueId, WrittenJump,
};

/// An operation of a [`Flow`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct OpId(pub u32);

/// A block of a [`Flow`].
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub params: Vec<ValueId>,
    pub ops: Vec<OpId>,
    pub end: Terminator,
    pub origin: Origin,
    pub guard: Option<Edge>,
    pub offset: u32,
    /// For a branch: the outcome with which control goes on behind it.
    pub falls: Option<bool>,
    /// Whether `is not` or `not in` was asked, of which it is the opposite now.
    pub negated: bool,
    /// How many edges lead here; guards are not counted.
    pub preds: u32,
    /// Those they come from, all their numbers in one by exclusive or: of one pred, its number.
    pub pred_xor: u32,
    /// Exceptions lead here, or execution begins here: nothing may be joined to what comes before.
    pub entry: bool,
    /// Nothing leads here any more.
    pub dead: bool,
    /// Its end was a branch amid an expression: what it leads to belongs to the same statement.
    pub folded: bool,
}

/// The graph of one code object, with what is found out about it.
pub(super) struct Flow<'a> {
    pub graph: &'a Graph,
    pub nodes: Vec<Node>,
    pub ops: Vec<Op>,
    /// The operation that makes a value, by the value's number.
    makers: Vec<Option<OpId>>,
    /// The node that each operation is in.
    homes: Vec<BlockId>,
    /// Uses of each value, by its number, other than to be bound to a target.
    uses: Vec<u32>,
    /// Parameters that were found to be another value.
    same: HashMap<ValueId, ValueId>,
    /// Values that no single operation makes.
    made: HashMap<ValueId, Made>,
    /// Variables that a value is bound to amid an expression: `(name := value)`, the first the innermost.
    pub named: HashMap<ValueId, Vec<(Scope, Name)>>,
    /// What adds items to a container, in order.
    pub fillers: HashMap<ValueId, Vec<OpId>>,
    /// The node that the loop of a comprehension begins with, by the container that it fills.
    pub comprehensions: HashMap<ValueId, BlockId>,
    /// Values that patterns of `case` are tried on.
    pub subjects: HashSet<ValueId>,
    /// The end of the code, where it is not a `return` that is written.
    pub exit: Option<BlockId>,
    /// Jumps over an `else` that nothing leads to, by where what stands behind them begins, in bytes.
    pub over_else: HashMap<u32, WrittenJump>,
    /// The nodes that begin where such jumps lead, if that is behind them.
    pub else_ends: HashMap<u32, Vec<BlockId>>,
    /// Nodes that are not joined to what comes before: statements begin with them.
    pub kept_apart: HashSet<BlockId>,
    /// Loops, by their first node, around a `try` or `with`, by its handler: their ends lead past what leaving it does.
    pub loops_around: HashSet<(BlockId, BlockId)>,
    /// Where operations and ends begin in the bytecode, in order.
    starts: Vec<u32>,
    /// How often each value is bound to a target, by its number.
    bound: Vec<u32>,
    /// The next number of a value.
    next_value: u32,
    /// Whether branches lead forward alone, and a jump behind them back (3.12+).
    pub branches_forward: bool,
    /// Whether it is of Python 2, where list comprehensions are loops like others.
    pub is_python2: bool,
}

impl<'a> Flow<'a> {
    /// A copy of a graph, to be changed.
    pub(super) fn new(graph: &'a Graph) -> Self {
        let mut flow = Self {
            graph,
            nodes: Vec::with_capacity(graph.blocks.len()),
            ops: Vec::new(),
            makers: Vec::new(),
            homes: Vec::new(),
            uses: Vec::new(),
            same: HashMap::new(),
            made: HashMap::new(),
            named: HashMap::new(),
            fillers: HashMap::new(),
            comprehensions: HashMap::new(),
            subjects: HashSet::new(),
            exit: None,
            over_else: HashMap::new(),
            else_ends: HashMap::new(),
            kept_apart: HashSet::new(),
            loops_around: HashSet::new(),
            starts: Vec::new(),
            bound: Vec::new(),
            next_value: graph.value_count(),
            branches_forward: false,
            is_python2: false,
        };
        flow.makers.resize(flow.next_value as usize, None);
        flow.uses.resize(flow.next_value as usize, 0);
        flow.bound.resize(flow.next_value as usize, 0);
        for (id, block) in graph.ids().zip(&graph.blocks) {
            let ops = block.ops.iter().map(|op| flow.add_op(as_written(op), id)).collect();
            flow.nodes.push(Node {
                params: block.params.clone(),
                ops,
                end: block.terminator.clone(),
                origin: block.origin,
                guard: block.guard.clone(),
                offset: block.offset,
                falls: block.falls,
                negated: block.negated,
                preds: 0,
                pred_xor: 0,
                entry: false,
                dead: false,
                folded: false,
            });
        }
        flow.find_starts();
        flow
    }

    fn add_op(&mut self, op: Op, home: BlockId) -> OpId {
        let id = OpId(self.ops.len() as u32);
        for value in op.results() {
            self.makers[value.0 as usize] = Some(id);
        }
        self.ops.push(op);
        self.homes.push(home);
        id
    }

    pub(super) fn node(&self, id: BlockId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub(super) fn node_mut(&mut self, id: BlockId) -> &mut Node {
        &mut self.nodes[id.0 as usize]
    }

    pub(super) fn op(&self, id: OpId) -> &Op {
        &self.ops[id.0 as usize]
    }

    /// All nodes, by number.
    pub(super) fn ids(&self) -> impl DoubleEndedIterator<Item = BlockId> + use<> {
        (0..self.nodes.len() as u32).map(BlockId)
    }

    /// Adds operations of another node to the end of this one.
    pub(super) fn append_ops(&mut self, id: BlockId, ops: Vec<OpId>) {
        for op in &ops {
            self.homes[op.0 as usize] = id;
        }
        self.node_mut(id).ops.extend(ops);
    }

    /// The node that an operation is in.
    pub(super) fn home_of_op(&self, op: OpId) -> BlockId {
        self.homes[op.0 as usize]
    }

    /// Adds a node that nothing leads to yet.
    pub(super) fn add_node(&mut self, end: Terminator) -> BlockId {
        let offset = self.nodes.iter().map(|node| node.offset).max().unwrap_or(0);
        self.nodes.push(Node {
            params: Vec::new(),
            ops: Vec::new(),
            end,
            origin: Origin::None,
            guard: None,
            offset,
            falls: None,
            negated: false,
            preds: 0,
            pred_xor: 0,
            entry: false,
            dead: false,
            folded: false,
        });
        BlockId(self.nodes.len() as u32 - 1)
    }
}

/// An operation as far as text says it. Where an import stands tells whether it has to be at once: copies of a `finally` clause
/// differ in that.
fn as_written(op: &Op) -> Op {
    let mut op = op.clone();
    match &mut op.kind {
        OpKind::ImportName(_, time @ ImportTime::Eager) => *time = ImportTime::Any,
        // `/` is `/`, whatever it does to integers.
        OpKind::Binary { op: binary @ BinaryOp::ClassicDiv, .. } => *binary = BinaryOp::Div,
        _ => {}
    }
    op
}
