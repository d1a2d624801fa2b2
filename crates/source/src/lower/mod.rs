//! Syntax tree → flow graph, by the rules of the language and the order in which its compilers evaluate.
//!
//! Written on its own: it shares nothing with `shape` but the tree and the operations. What it has no rule for ends in
//! [`Terminator::Unknown`], and is not proved. One lowering for all versions: it makes operations, not opcodes, and asks for the
//! version where the order of operations changed.

mod annotations;
mod builtin;
mod call;
mod class;
mod comprehension;
mod computed;
mod condition;
mod display;
mod expr;
mod frame;
mod function;
mod generics;
mod import;
mod late;
mod matching;
mod name;
mod python2;
mod stmt;
mod target;
mod tries;
mod with;

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use crate::ast::{Body, ExprId, StmtId};
use crate::constant::{Constant, Name};
use crate::graph::{BlockId, Edge, Graph, OpKind, Origin, Scope, Terminator, ValueId};
use crate::unit::{CodeId, Unit, UnitKind, Units};
use frame::{Frame, Handler};

/// How much lowering may still do, for all code objects of a file: a `finally` clause is lowered once for each way out of it, so that
/// some that nest take more work than any text is long.
#[derive(Debug)]
pub struct Budget(Cell<usize>);

impl Budget {
    /// How many steps each node may take, and how many there are in any case.
    const FACTOR: usize = 64;
    const SMALL: usize = 10_000_000;

    /// That of these bodies.
    #[must_use]
    pub fn new(bodies: &[Body]) -> Self {
        let nodes: usize = bodies.iter().map(|body| body.nodes().len()).sum();
        Self(Cell::new(nodes * Self::FACTOR + Self::SMALL))
    }

    fn spend(&self, steps: usize) {
        self.0.set(self.0.get().saturating_sub(steps));
    }

    fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}

/// Lowers the body of a code object. `bodies` has those of all code objects, by [`CodeId`].
///
/// # Panics
/// If the code object is one of another file than the bodies.
#[must_use]
pub fn lower(units: &Units, bodies: &[Body], id: CodeId, budget: &Budget) -> Graph {
    let mut lowerer = Lowerer {
        units,
        bodies,
        unit: units.get(id),
        body: &bodies[id.0 as usize],
        graph: Graph::default(),
        block: BlockId(0),
        stack: Vec::new(),
        frames: Vec::new(),
        tries: 0,
        breaks: Vec::new(),
        handlers: Vec::new(),
        borrowed: Vec::new(),
        restored: None,
        globals: HashSet::new(),
        nonlocals: HashSet::new(),
        origin: Origin::None,
        depth: 0,
        budget,
    };
    lowerer.block = lowerer.graph.add_block(0, None);
    if let Err(stop) = lowerer.unit() {
        lowerer.end(Terminator::Unknown(stop));
    }
    lowerer.graph
}

/// Why lowering cannot go on.
type Stop = String;

/// Whether lowering went on.
type Lowered = Result<(), Stop>;

/// How deep statements and expressions may nest.
const DEPTH: usize = 400;

/// A place in the code that is jumped to. Its block is made by the first jump.
#[derive(Clone, Copy, Debug, Default)]
struct Label(Option<BlockId>);

struct Lowerer<'a> {
    units: &'a Units,
    bodies: &'a [Body],
    unit: &'a Unit,
    body: &'a Body,
    graph: Graph,
    /// Where operations are added.
    block: BlockId,
    /// What is on the stack, as values of this block.
    stack: Vec<ValueId>,
    /// The statements around, the innermost last.
    frames: Vec<Frame<'a>>,
    /// How many `try` statements are around, all their clauses counted.
    tries: usize,
    /// Where `break` leads, for each loop around.
    breaks: Vec<Label>,
    /// The handlers around, the innermost last.
    handlers: Vec<Handler>,
    /// The names that comprehensions around, which are inlined, borrow, the innermost last: each with where it is kept meanwhile.
    borrowed: Vec<HashMap<Name, Scope>>,
    /// Where the stores begin, and how many they are, that restored the variables of the comprehension whose value is on top.
    restored: Option<(BlockId, usize, usize)>,
    /// What the body declares.
    globals: HashSet<Name>,
    nonlocals: HashSet<Name>,
    origin: Origin,
    depth: usize,
    budget: &'a Budget,
}

impl<'a> Lowerer<'a> {
    /// Whether the compiler does what CPython's does since this version.
    fn since(&self, minor: u8) -> bool {
        self.units.compiles_since(minor)
    }

    /// The whole code object.
    fn unit(&mut self) -> Lowered {
        self.declarations();
        let body = self.body;
        match self.unit.kind {
            UnitKind::Class => self.class_body(),
            UnitKind::ListComp | UnitKind::SetComp | UnitKind::DictComp | UnitKind::GeneratorExp => {
                self.own_comprehension()
            }
            UnitKind::Module | UnitKind::Interactive => self.module_body(),
            UnitKind::Annotate | UnitKind::TypeValue => self.evaluator_body(),
            UnitKind::TypeParameters => self.type_parameters_body(),
            _ => {
                self.stmts(&body.stmts)?;
                self.return_none()
            }
        }
    }

    fn return_none(&mut self) -> Lowered {
        let none = self.graph.constant(Constant::None);
        self.end(Terminator::Return(none));
        Ok(())
    }

    /// Goes one deeper.
    fn descend(&mut self) -> Lowered {
        self.depth += 1;
        self.budget.spend(1);
        if self.depth > DEPTH {
            return Err("it nests too deep".to_owned());
        }
        if self.budget.is_spent() {
            return Err("following it takes too long".to_owned());
        }
        Ok(())
    }

    fn stmts(&mut self, stmts: &'a [StmtId]) -> Lowered {
        self.descend()?;
        for &stmt in stmts {
            self.budget.spend(1 + self.frames.len() + self.handlers.len());
            self.stmt(stmt)?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// Adds an operation, and gives its first result.
    fn op(&mut self, kind: OpKind, operands: Vec<ValueId>) -> ValueId {
        self.graph.add_op(self.block, kind, operands, self.origin)
    }

    /// Adds an operation on the top values, which are so many, and pushes its result.
    fn push_op(&mut self, kind: OpKind, count: usize) {
        let operands = self.pop_many(count);
        let value = self.op(kind, operands);
        self.stack.push(value);
    }

    /// Adds an operation on the top values, which are so many, that has no result.
    fn do_op(&mut self, kind: OpKind, count: usize) {
        let operands = self.pop_many(count);
        self.op(kind, operands);
    }

    fn push_constant(&mut self, constant: Constant) {
        let value = self.graph.constant(constant);
        self.stack.push(value);
    }

    fn push(&mut self, value: ValueId) {
        self.stack.push(value);
    }

    /// The top value. Behind an end, where nothing is on the stack, it is None: that code is dropped.
    fn pop(&mut self) -> ValueId {
        match self.stack.pop() {
            Some(value) => value,
            None => self.graph.constant(Constant::None),
        }
    }

    fn pop_many(&mut self, count: usize) -> Vec<ValueId> {
        let mut values: Vec<ValueId> = (0..count).map(|_| self.pop()).collect();
        values.reverse();
        values
    }

    /// The value so many places down, the top one being 1.
    fn peek(&mut self, depth: usize) -> ValueId {
        match self.stack.len().checked_sub(depth) {
            Some(at) => self.stack[at],
            None => self.graph.constant(Constant::None),
        }
    }

    fn terminate(&mut self, terminator: Terminator) {
        self.graph.terminate(self.block, terminator, self.origin);
    }

    /// Ends the block for good. What follows stands in a block that nothing leads to.
    fn end(&mut self, terminator: Terminator) {
        self.terminate(terminator);
        self.open(self.stack.len());
    }

    /// Begins a block with a stack of parameters, under the handler of this place.
    fn open(&mut self, depth: usize) -> BlockId {
        let block = self.graph.add_block(self.graph.blocks.len() as u32, None);
        (0..depth).for_each(|_| _ = self.graph.add_param(block));
        self.begin(block);
        block
    }

    /// Goes on in a block, under the handler of this place.
    fn begin(&mut self, block: BlockId) {
        // Whatever is on the stack is copied, and was copied for the edges that lead here.
        self.budget.spend(1 + self.graph.block(block).params.len() * 3);
        self.block = block;
        self.stack.clone_from(&self.graph.block(block).params);
        let guard = self.handlers.last().map(|handler| Edge {
            target: handler.block,
            args: self.stack[..handler.depth.min(self.stack.len())].to_vec(),
        });
        self.graph.block_mut(block).guard = guard;
    }

    /// An edge to a label, with the whole stack.
    fn edge(&mut self, label: &mut Label) -> Edge {
        let depth = self.stack.len();
        let target = *label.0.get_or_insert_with(|| {
            let block = self.graph.add_block(self.graph.blocks.len() as u32, None);
            (0..depth).for_each(|_| _ = self.graph.add_param(block));
            block
        });
        // Behind an end the stack may be another; nothing leads there.
        let params = self.graph.block(target).params.len();
        let mut args = self.stack.clone();
        let none = self.graph.constant(Constant::None);
        args.resize(params, none);
        Edge { target, args }
    }

    fn jump(&mut self, label: &mut Label) {
        let edge = self.edge(label);
        self.end(Terminator::Jump(edge));
    }

    /// Goes on where a label is, from here too.
    fn place(&mut self, label: &mut Label) {
        let edge = self.edge(label);
        let target = edge.target;
        self.terminate(Terminator::Jump(edge));
        self.begin(target);
    }

    /// Goes on where a label is that was jumped to; not from here, which has ended.
    fn place_only(&mut self, label: Label) {
        match label.0 {
            Some(block) => self.begin(block),
            None => _ = self.open(self.stack.len()),
        }
    }

    /// Begins a block because the handler changes.
    fn split(&mut self) {
        self.place(&mut Label::default());
    }

    /// Ends the block with a branch on the top value, which is popped. Goes on where it is `not jumps`.
    fn branch(&mut self, jumps: bool, label: &mut Label) {
        let condition = self.pop();
        self.branch_on(condition, jumps, label);
    }

    fn branch_on(&mut self, condition: ValueId, jumps: bool, label: &mut Label) {
        let jump = self.edge(label);
        let mut behind = Label::default();
        let next = self.edge(&mut behind);
        let (on_true, on_false) = if jumps { (jump, next) } else { (next, jump) };
        self.terminate(Terminator::Branch { condition, on_true, on_false });
        self.place_only(behind);
    }

    fn exprs(&mut self, exprs: &[ExprId]) -> Lowered {
        exprs.iter().try_for_each(|&expr| self.expr(expr))
    }
}
