//! The state of shaping one code object.

use std::collections::{HashMap, HashSet};

use super::asked::Asked;
use crate::ast::{Body, ExprId, Stmt, StmtId};
use crate::constant::Constant;
use crate::graph::{BlockId, Graph, OpKind, Origin, ValueId};
use crate::shape::contexts::{ContextId, Contexts, HandlerKind};
use crate::shape::dominators::Dominators;
use crate::shape::expression::Expressions;
use crate::shape::flow::Flow;
use crate::shape::trouble::Shaped;
use crate::unit::{CodeId, Unit, Units};

/// A `with` whose body is about to begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entering {
    pub manager: ValueId,
    pub is_async: bool,
    pub exit: ValueId,
    /// What is bound by `as`.
    pub entered: ValueId,
    pub origin: Origin,
}

/// A `print` that has not ended its line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Printed {
    pub stmt: StmtId,
    /// What it prints to.
    pub file: Option<ValueId>,
    /// The line of its last value.
    pub line: Option<u32>,
}

/// Shapes one code object.
pub(in crate::shape) struct Shaper<'a> {
    pub(super) flow: Flow<'a>,
    pub(super) contexts: Contexts,
    pub(super) kinds: HashMap<BlockId, HandlerKind>,
    pub(super) dominators: Dominators,
    /// Nodes that begin a `while` whose condition was asked at both ends.
    pub(super) heads: HashSet<BlockId>,
    /// Edges that leave a context: from where to where.
    pub(super) exits: HashMap<ContextId, Vec<(BlockId, BlockId)>>,
    pub(super) unit: &'a Unit,
    pub(super) units: &'a Units,
    /// Of all code objects.
    pub(super) graphs: &'a [Graph],
    pub(super) body: Body,
    /// Nodes that have been made statements of.
    pub(super) done: Vec<bool>,
    /// Loops that have been begun.
    pub(super) begun: HashSet<BlockId>,
    /// Contexts that were entered, each by the node that is the first in it.
    pub(super) entered: HashSet<(BlockId, ContextId)>,
    /// A loop has begun, with this node, which has not been made statements of.
    pub(super) fresh: Option<BlockId>,
    /// The node that was left last by a jump or a `return`.
    pub(super) left: Option<BlockId>,
    /// The `with` that begins with the next node.
    pub(super) entering: Vec<Entering>,
    /// Nodes that are reached without an exception. Since 3.12 all others stand behind them.
    pub(super) warm: Vec<bool>,
    /// The code object that makes the annotations of this one, and which (3.14+).
    pub(super) asked: Option<(CodeId, Vec<Asked>)>,
    /// Whether there is an `__annotations__` for sure (up to 3.13).
    pub(super) sets_up_annotations: bool,
    /// Whether it has a `yield`.
    pub(super) yields: bool,
    /// The last `print`, if it has not ended its line (Python 2).
    pub(super) printed: Option<Printed>,
}

impl<'a> Shaper<'a> {
    pub(in crate::shape) fn new(
        flow: Flow<'a>,
        contexts: Contexts,
        kinds: HashMap<BlockId, HandlerKind>,
        dominators: Dominators,
        heads: HashSet<BlockId>,
        unit: &'a Unit,
        (units, graphs): (&'a Units, &'a [Graph]),
    ) -> Self {
        let done = vec![false; flow.nodes.len()];
        let yields = flow.ops.iter().any(|op| op.kind == OpKind::Yield);
        let warm = warm(&flow, units);
        let mut shaper = Self {
            flow,
            contexts,
            kinds,
            dominators,
            heads,
            exits: HashMap::new(),
            unit,
            units,
            graphs,
            body: Body::default(),
            done,
            begun: HashSet::new(),
            entered: HashSet::new(),
            fresh: None,
            left: None,
            entering: Vec::new(),
            warm,
            asked: None,
            sets_up_annotations: false,
            yields,
            printed: None,
        };
        shaper.find_exits();
        shaper
    }

    fn find_exits(&mut self) {
        for id in self.flow.ids().filter(|&id| !self.flow.node(id).dead) {
            for edge in self.flow.node(id).end.edges() {
                let (from, to) = (self.contexts.of(id), self.contexts.of(edge.target));
                for context in self.contexts.path(from) {
                    if self.contexts.is_in(to, context) {
                        break;
                    }
                    self.exits.entry(context).or_default().push((id, edge.target));
                }
            }
        }
    }

    /// What makes expressions of values.
    pub(super) fn expressions(&mut self) -> Expressions<'_, 'a> {
        Expressions::new(&mut self.flow, &mut self.body, self.unit, self.units)
    }

    /// The expression that makes a value.
    pub(super) fn expr(&mut self, value: ValueId) -> Shaped<ExprId> {
        self.expressions().expr(value)
    }

    /// Expressions of several values.
    pub(super) fn exprs(&mut self, values: &[ValueId]) -> Shaped<Vec<ExprId>> {
        self.expressions().exprs(values)
    }

    pub(super) fn constant(&mut self, constant: Constant) -> ExprId {
        self.expressions().constant(constant)
    }

    /// Adds a statement to the tree.
    pub(super) fn stmt(&mut self, stmt: Stmt, origin: Origin) -> StmtId {
        self.body.stmt(stmt, origin)
    }
}

/// Which nodes are reached without an exception.
fn warm(flow: &Flow<'_>, units: &Units) -> Vec<bool> {
    if !units.since(3, 12) {
        return vec![true; flow.nodes.len()];
    }
    let mut warm = vec![false; flow.nodes.len()];
    let mut todo = vec![BlockId(0)];
    while let Some(id) = todo.pop() {
        if !std::mem::replace(&mut warm[id.0 as usize], true) {
            todo.extend(flow.node(id).end.edges().map(|edge| edge.target));
        }
    }
    warm
}
