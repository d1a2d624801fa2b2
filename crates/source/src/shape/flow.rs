//! The graph while it is shaped: blocks that are taken apart and joined, values that are found to be others.

use std::collections::{HashMap, HashSet};

use super::made::Made;
use crate::constant::{Constant, Name};
use crate::graph::{BinaryOp, BlockId, Edge, Graph, ImportTime, Op, OpKind, Origin, Scope, Terminator, ValueId};

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
    /// Loops, by their first node, around a `try` or `with`, by its handler: their ends lead past what leaving it does.
    pub loops_around: HashSet<(BlockId, BlockId)>,
    /// Where operations and ends begin in the bytecode, in order.
    starts: Vec<u32>,
    /// How often each value is bound to a target, by its number.
    bound: Vec<u32>,
    /// The next number of a value.
    next_value: u32,
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
            loops_around: HashSet::new(),
            starts: Vec::new(),
            bound: Vec::new(),
            next_value: graph.value_count(),
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
        flow.split_at_jumps();
        flow.split_at_loops();
        super::params::drop_trivial(&mut flow);
        flow.count_preds();
        flow.count_uses();
        flow.find_fillers();
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

    /// Counts anew how often values are used and bound, in all nodes that something leads to.
    pub(super) fn count_uses(&mut self) {
        let size = self.uses.len();
        (self.uses, self.bound) = (vec![0; size], vec![0; size]);
        let (mut uses, mut times_bound) = (std::mem::take(&mut self.uses), std::mem::take(&mut self.bound));
        let mut used = |value: ValueId| uses[self.resolve(value).0 as usize] += 1;
        let alive = self.nodes.iter().filter(|node| !node.dead);
        for op in alive.clone().flat_map(|node| &node.ops).map(|&op| self.op(op)) {
            let bound = bound_operand(&op.kind);
            // What fills a container is told where the container is used.
            let filled = if fills(&op.kind) { 1 } else { 0 };
            for (index, &value) in op.operands.iter().enumerate().skip(filled) {
                if bound == Some(index) {
                    times_bound[self.resolve(value).0 as usize] += 1;
                } else {
                    used(value);
                }
            }
        }
        for node in alive {
            node.end.operands().for_each(&mut used);
            node.end.edges().flat_map(|edge| &edge.args).copied().for_each(&mut used);
        }
        (self.uses, self.bound) = (uses, times_bound);
    }

    fn find_fillers(&mut self) {
        for (index, op) in self.ops.iter().enumerate() {
            if let Some(&container) = op.operands.first().filter(|_| fills(&op.kind)) {
                let container = self.resolve(container);
                self.fillers.entry(container).or_default().push(OpId(index as u32));
            }
        }
    }

    /// Leaves a node out of the counts of what leads to others: it is part of an expression now.
    pub(super) fn leave_out(&mut self, id: BlockId) {
        let targets: Vec<BlockId> = self.node(id).end.edges().map(|edge| edge.target).collect();
        for target in targets {
            let target = self.node_mut(target);
            target.preds = target.preds.saturating_sub(1);
            target.pred_xor ^= id.0;
        }
    }

    /// Counts anew what leads to each node, and finds the dead ones.
    pub(super) fn count_preds(&mut self) {
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

    /// Adds a node for what follows a place in another, which jumps to it. Values are seen in all nodes behind the one that
    /// makes them, so that it needs no parameters.
    pub(super) fn split(&mut self, id: BlockId, at: usize) -> BlockId {
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

    /// Adds operations of another node to the end of this one.
    pub(super) fn append_ops(&mut self, id: BlockId, ops: Vec<OpId>) {
        for op in &ops {
            self.homes[op.0 as usize] = id;
        }
        self.node_mut(id).ops.extend(ops);
    }

    fn find_starts(&mut self) {
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
    fn split_at_jumps(&mut self) {
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
    fn split_at_loops(&mut self) {
        for id in self.ids() {
            let count = self.node(id).ops.len();
            if count > 0 && matches!(self.node(id).end, Terminator::ForIter { .. }) {
                self.split(id, count);
            }
        }
    }

    /// Whether the code of a node goes on right behind it in another.
    pub(super) fn is_followed_by(&self, id: BlockId, target: BlockId) -> bool {
        let node = self.node(id);
        if node.folded {
            return true;
        }
        let last = node.ops.last().and_then(|&op| self.op(op).origin.end());
        let next = self.node(target);
        let first = next.ops.first().map_or(next.origin, |&op| self.op(op).origin);
        last.zip(first.start()).is_none_or(|(ended, begins)| !self.is_jump_between(ended, begins))
    }

    /// Leads edges past nodes that only jump on.
    pub(super) fn thread_jumps(&mut self) {
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

    /// What an iterator is of.
    pub(super) fn iterable(&self, iterator: ValueId) -> Option<ValueId> {
        match self.maker(iterator)? {
            (Op { kind: OpKind::GetIter | OpKind::GetAiter, operands, .. }, _) => operands.first().copied(),
            _ => None,
        }
    }

    /// The node that an operation is in.
    pub(super) fn home_of_op(&self, op: OpId) -> BlockId {
        self.homes[op.0 as usize]
    }

    /// The operation that makes a value.
    pub(super) fn maker_id(&self, value: ValueId) -> Option<OpId> {
        *self.makers.get(self.resolve(value).0 as usize)?
    }

    /// The node whose operation makes a value.
    pub(super) fn home(&self, value: ValueId) -> Option<BlockId> {
        let value = self.resolve(value);
        let op = (*self.makers.get(value.0 as usize)?)?;
        Some(self.homes[op.0 as usize])
    }

    /// Ends a node differently.
    pub(super) fn set_end(&mut self, id: BlockId, end: Terminator) {
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
    pub(super) fn sole_pred(&self, id: BlockId) -> Option<BlockId> {
        let node = self.node(id);
        (node.preds == 1 && !node.entry && !node.dead && self.exit != Some(id)).then_some(BlockId(node.pred_xor))
    }

    /// The handler of a node.
    pub(super) fn handler(&self, id: BlockId) -> Option<BlockId> {
        self.node(id).guard.as_ref().map(|edge| edge.target)
    }

    /// Remembers that a value is another one, as the code that makes it was lifted twice.
    pub(super) fn identify(&mut self, value: ValueId, other: ValueId) {
        let other = self.resolve(other);
        if self.resolve(value) != other {
            self.same.insert(self.resolve(value), other);
        }
    }

    /// What a value was found to be.
    pub(super) fn resolve(&self, mut value: ValueId) -> ValueId {
        while let Some(&other) = self.same.get(&value) {
            value = other;
        }
        value
    }

    /// Remembers that a parameter is this value.
    pub(super) fn bind(&mut self, param: ValueId, value: ValueId) {
        let value = self.resolve(value);
        if param == value {
            return;
        }
        // What is done with the parameter is done with the value, instead of passing it on.
        let size = self.uses.len().max(value.0 as usize + 1);
        self.uses.resize(size, 0);
        self.bound.resize(size, 0);
        let (param_at, value_at) = (param.0 as usize, value.0 as usize);
        let (used, bound) =
            (self.uses.get(param_at).copied().unwrap_or(0), self.bound.get(param_at).copied().unwrap_or(0));
        self.uses[value_at] = self.uses[value_at].saturating_sub(1) + used;
        self.bound[value_at] += bound;
        self.same.insert(param, value);
    }

    /// The operation that makes a value, and which of its results it is.
    pub(super) fn maker(&self, value: ValueId) -> Option<(&Op, u32)> {
        let value = self.resolve(value);
        let id = (*self.makers.get(value.0 as usize)?)?;
        let op = self.op(id);
        Some((op, value.0 - op.first.0))
    }

    /// What a value was made of by shaping.
    pub(super) fn made(&self, value: ValueId) -> Option<&Made> {
        self.made.get(&self.resolve(value))
    }

    /// A new value.
    pub(super) fn make(&mut self, made: Made) -> ValueId {
        let value = ValueId(self.next_value);
        self.next_value += 1;
        self.made.insert(value, made);
        value
    }

    /// The constant that a value is.
    pub(super) fn constant(&self, value: ValueId) -> Option<&Constant> {
        let value = self.resolve(value);
        if value.0 >= self.graph.value_count() {
            return None;
        }
        self.graph.as_constant(value)
    }

    /// How often a value is used, and bound to a target.
    pub(super) fn counts(&self, value: ValueId) -> (u32, u32) {
        let at = self.resolve(value).0 as usize;
        (self.uses.get(at).copied().unwrap_or(0), self.bound.get(at).copied().unwrap_or(0))
    }

    /// Counts uses of a value.
    pub(super) fn add_uses(&mut self, value: ValueId, used: u32, bound: u32) {
        let at = self.resolve(value).0 as usize;
        let size = self.uses.len().max(at + 1);
        self.uses.resize(size, 0);
        self.bound.resize(size, 0);
        self.uses[at] += used;
        self.bound[at] += bound;
    }

    /// Counts a value as passed on once, instead of used and bound so often.
    pub(super) fn move_uses(&mut self, value: ValueId, used: u32, bound: u32) {
        self.add_uses(value, 1, 0);
        let at = self.resolve(value).0 as usize;
        self.uses[at] = self.uses[at].saturating_sub(used);
        self.bound[at] = self.bound[at].saturating_sub(bound);
    }

    /// The opposite.
    pub(super) fn restore_uses(&mut self, value: ValueId, used: u32, bound: u32) {
        self.add_uses(value, used, bound);
        let at = self.resolve(value).0 as usize;
        self.uses[at] = self.uses[at].saturating_sub(1);
    }

    /// Lets an operation use another value.
    pub(super) fn replace_operand(&mut self, id: OpId, old: ValueId, new: ValueId) {
        let old = self.resolve(old);
        let kind = self.op(id).kind.clone();
        for index in 0..self.op(id).operands.len() {
            if self.resolve(self.op(id).operands[index]) == old {
                self.ops[id.0 as usize].operands[index] = new;
                let is_bound = bound_operand(&kind) == Some(index);
                self.add_uses(new, u32::from(!is_bound), u32::from(is_bound));
            }
        }
    }

    /// How often a value is bound to a target.
    pub(super) fn times_bound(&self, value: ValueId) -> u32 {
        self.bound.get(self.resolve(value).0 as usize).copied().unwrap_or(0)
    }

    /// A new value that is one or the other.
    pub(super) fn make_param(&mut self) -> ValueId {
        self.next_value += 1;
        ValueId(self.next_value - 1)
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

    /// Whether a value is used other than to be bound.
    pub(super) fn is_used(&self, value: ValueId) -> bool {
        self.uses.get(self.resolve(value).0 as usize).is_some_and(|&count| count > 0)
    }
}

/// Whether an operation adds items to its first operand.
fn fills(kind: &OpKind) -> bool {
    matches!(
        kind,
        OpKind::ListAppend
            | OpKind::SetAdd
            | OpKind::MapAdd
            | OpKind::ListExtend
            | OpKind::SetUpdate
            | OpKind::DictUpdate
            | OpKind::DictMerge
    )
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

/// The operand that an operation binds to a target.
pub(super) fn bound_operand(kind: &OpKind) -> Option<usize> {
    use OpKind::*;
    match kind {
        Store(..) | StoreAttr(_) | SetItem | SetBounds(_) | Unpack(_) | UnpackEx { .. } => Some(0),
        _ => None,
    }
}
