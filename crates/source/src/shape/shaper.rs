//! The state of shaping one code object.

use std::collections::{HashMap, HashSet};

use super::annotations::Asked;
use super::contexts::{ContextId, Contexts, HandlerKind, handler_kinds};
use super::dominators::Dominators;
use super::expressions::is_comprehension;
use super::flow::Flow;
use super::{builtins, comprehensions, conditions, copies, duplicates, returns, rotated, subjects};
use crate::ast::{Body, Expr, Stmt, StmtId};
use crate::constant::Constant;
use crate::graph::{Block, BlockId, Graph, OpKind, Origin, Terminator, ValueId};
use crate::unit::{CodeId, Unit, UnitKind, Units};

/// Why something has no shape.
pub(super) type Trouble = String;

/// What has a shape, or why not.
pub(super) type Shaped<T> = Result<T, Trouble>;

/// Statements for the flow graph of a code object. What has no shape stands among them as [`Stmt::Unshaped`].
///
/// # Panics
/// If the code object is one of another file than the graphs.
#[must_use]
pub fn shape(units: &Units, graphs: &[Graph], id: CodeId) -> Body {
    let (graph, unit) = (&graphs[id.0 as usize], units.get(id));
    // Of code that was not even lifted there may be very much.
    if let [Block { terminator: Terminator::Unknown(reason), ops, .. }] = &graph.blocks[..] {
        if ops.is_empty() {
            return Body::of_one(Stmt::Unshaped { start: 0, end: unit.code_size, reason: reason.clone() });
        }
    }
    let plain = builtins::without_loops(graph, units);
    let graph = &*plain;
    let mut flow = Flow::new(graph);
    flow.is_python2 = !units.since(3, 0);
    let implied = returns::implied(&flow, unit, units);
    let kinds = handler_kinds(&flow);
    comprehensions::drop_restoring_handlers(&mut flow, &kinds);
    let Some(mut contexts) = Contexts::find(&mut flow) else {
        return unshaped(graph, "handlers guard each other");
    };
    flow.count_preds();
    copies::fold(&mut flow, &mut contexts, &kinds);
    if !units.since(3, 9) {
        duplicates::join(&mut flow);
    }
    let shared = returns::share(&mut flow, &mut contexts, &implied, (unit, units));
    flow.thread_jumps();
    if units.since(3, 10) {
        flow.subjects = subjects::find(&flow);
    }
    conditions::fold(&mut flow);
    returns::unshare(&mut flow, shared);
    let heads = rotated::fold(&mut flow, &mut contexts);
    let dominators = Dominators::find(&flow);
    let mut shaper = Shaper::new(flow, contexts, kinds, dominators, heads, unit, (units, graphs));
    shaper.dead_jumps = super::branches::dead_jumps(graph);
    shaper.run();
    shaper.body
}

fn unshaped(graph: &Graph, reason: &str) -> Body {
    let ends = graph.blocks.iter().filter_map(|block| block.origin.end());
    Body::of_one(Stmt::Unshaped { start: 0, end: ends.max().unwrap_or(0), reason: reason.to_owned() })
}

/// A loop that is being shaped.
#[derive(Clone, Copy, Debug)]
pub(super) struct Loop {
    /// Where `continue` leads.
    pub head: BlockId,
    /// Where `break` leads, if anything does.
    pub follow: Option<BlockId>,
    /// Where what follows the loop begins in the bytecode, as far as that is known.
    pub behind: Option<u32>,
}

/// Where statements are being made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The context that they stand in.
    pub context: ContextId,
    /// What comes behind the last of them.
    pub next: Option<BlockId>,
    /// The innermost loop around them.
    pub around: Option<Loop>,
    /// How deep in other statements.
    pub depth: u32,
}

impl Place {
    /// How deep statements nest at most. CPython's tokenizer allows 100 indents (`MAXINDENT`).
    const MAX_DEPTH: u32 = 110;

    /// A place one deeper, which leads on to `next`.
    pub(super) fn inner(self, next: Option<BlockId>) -> Shaped<Self> {
        if self.depth >= Self::MAX_DEPTH {
            return Err("statements nest too deep".to_owned());
        }
        Ok(Self { next, depth: self.depth + 1, ..self })
    }
}

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

/// Shapes one code object.
pub(super) struct Shaper<'a> {
    pub flow: Flow<'a>,
    pub contexts: Contexts,
    pub kinds: HashMap<BlockId, HandlerKind>,
    pub dominators: Dominators,
    /// Nodes that begin a `while` whose condition was asked at both ends.
    pub heads: HashSet<BlockId>,
    /// Edges that leave a context: from where to where.
    pub exits: HashMap<ContextId, Vec<(BlockId, BlockId)>>,
    pub unit: &'a Unit,
    pub units: &'a Units,
    /// Of all code objects.
    pub graphs: &'a [Graph],
    pub body: Body,
    /// Nodes that have been made statements of.
    pub done: Vec<bool>,
    /// Loops that have been begun.
    pub begun: HashSet<BlockId>,
    /// Contexts that were entered, each by the node that is the first in it.
    pub entered: HashSet<(BlockId, ContextId)>,
    /// A loop has begun, with this node, which has not been made statements of.
    pub fresh: Option<BlockId>,
    /// The `with` that begins with the next node.
    pub entering: Vec<Entering>,
    /// Nodes that are reached without an exception. Since 3.12 all others stand behind them.
    pub warm: Vec<bool>,
    /// Where blocks begin behind a jump over an `else` that follows a `raise`.
    pub dead_jumps: HashSet<u32>,
    /// The code object that makes the annotations of this one, and which (3.14+).
    pub asked: Option<(CodeId, Vec<Asked>)>,
    /// Whether there is an `__annotations__` for sure (up to 3.13).
    pub sets_up_annotations: bool,
    /// How deep in an expression.
    pub expression_depth: u32,
    /// Whether it has a `yield`.
    pub yields: bool,
    /// The last `print`, if it has not ended its line (Python 2).
    pub printed: Option<super::python2::Printed>,
}

impl<'a> Shaper<'a> {
    fn new(
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
            entering: Vec::new(),
            warm,
            dead_jumps: HashSet::new(),
            asked: None,
            sets_up_annotations: false,
            expression_depth: 0,
            yields,
            printed: None,
        };
        shaper.find_exits();
        shaper
    }

    fn run(&mut self) {
        if is_comprehension(self.unit) {
            if let Err(reason) = self.own_comprehension_body() {
                self.body = unshaped(self.flow.graph, &reason);
            }
            return;
        }
        if self.unit.kind == UnitKind::TypeParameters {
            if let Err(reason) = self.type_parameters_body() {
                self.body = unshaped(self.flow.graph, &reason);
            }
            return;
        }
        let place = Place { context: Contexts::OUTSIDE, next: self.flow.exit, around: None, depth: 0 };
        self.asked = self.find_asked();
        self.sets_up_annotations = self.flow.ops.iter().any(|op| op.kind == OpKind::SetupAnnotations);
        let mut stmts = self.sequence(BlockId(0), place).stmts;
        if matches!(self.unit.kind, UnitKind::Annotate | UnitKind::TypeValue) {
            self.drop_format_check(&mut stmts);
            self.drop_returned_dict(&mut stmts);
        }
        if self.unit.kind.is_module() || self.unit.kind == UnitKind::Class {
            super::definitions::drop_what_compilers_add(&mut self.body, &mut stmts, self.unit.kind);
            self.place_asked(&mut stmts);
        }
        if self.unit.kind.is_module() || matches!(self.unit.kind, UnitKind::Class | UnitKind::Function) {
            self.declare(&mut stmts);
        }
        if self.unit.kind == UnitKind::Function && !self.units.since(3, 10) && self.has_dead_end() {
            self.nest_last_branch(&mut stmts);
        }
        if self.unit.kind == UnitKind::Function && self.unit.has(Unit::GENERATOR | Unit::ASYNC_GENERATOR) {
            self.yield_somewhere(&mut stmts);
        }
        if matches!(self.unit.kind, UnitKind::Lambda | UnitKind::Expression | UnitKind::TypeValue) {
            self.return_one_value(&mut stmts);
        }
        self.body.stmts = stmts;
    }

    /// A generator whose `yield` is never reached has one all the same.
    fn yield_somewhere(&mut self, stmts: &mut Vec<StmtId>) {
        let yields = |op: &crate::graph::Op| matches!(op.kind, OpKind::Yield | OpKind::YieldFrom);
        if self.flow.ops.iter().any(yields) {
            return;
        }
        let value = self.body.expr(Expr::Yield(None), Origin::None);
        let stmt = self.stmt(Stmt::Expr(value), Origin::None);
        if self.ends(stmts, 0) {
            stmts.push(stmt);
            return;
        }
        let test = self.constant(Constant::Bool(false));
        let never = self.stmt(Stmt::If { test, body: vec![stmt], orelse: Vec::new() }, Origin::None);
        stmts.insert(0, never);
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
