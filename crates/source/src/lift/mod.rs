//! Bytecode → flow graph. The only place that knows opcodes, by their meanings.
//!
//! Each block begins in a state: an instruction, what the places on the stack are for, and up to 3.10 the block stack. Code that
//! is reached in two states becomes two blocks: that resolves the `finally` clauses of 3.8, which are entered with and without an
//! exception, and return to where they were called.

mod build;
mod bytecode;
mod call;
mod exception;
mod guard;
mod iterate;
mod jump;
mod passed_over;
mod python2;
mod shuffle;
mod stack;
mod step;
mod unwind;
mod variable;

use std::collections::{HashMap, HashSet};

use pycxray::python::{Meaning, Python};
use pycxray::{CO_FAST_CELL, CO_FAST_FREE, Code, Field};

use crate::constant::{Constant, Name};
use crate::graph::{BlockId, Edge, Graph, OpKind, Origin, Terminator, ValueId, WrittenJump};
use crate::unit::Unit;
use bytecode::{Bytecode, Instruction};
use guard::Guards;
use stack::{Place, Setup, Slot, State};

/// Lifts the bytecode of a code object. Where it cannot be read, or makes no sense, a block ends in [`Terminator::Unknown`].
#[must_use]
pub fn lift(code: &Code<'_>, unit: &Unit) -> Graph {
    if unit.is_left_out {
        return unknown("It shares too much with other code objects.");
    }
    if code.bytecode().len() > LARGEST {
        return unknown("It has more than 300,000 bytes of bytecode.");
    }
    let mut lifter = Lifter::new(code, unit);
    if let Err(reason) = lifter.check_prologue() {
        return unknown(&reason);
    }
    lifter.enter(State { at: 0, places: Vec::new(), setups: Vec::new() });
    let mut open = Vec::new();
    while let Some((state, block)) = lifter.queue.pop() {
        if lifter.lets_stop_out(state.at) {
            open.push(block);
        }
        lifter.block(state, block);
    }
    lifter.check_stops(&open);
    lifter.note_instructions();
    lifter.graph.drop_idle_saves(&lifter.written_cells);
    lifter.graph
}

/// How many bytes of bytecode a code object may have. The largest in CPython's own tests has some 60,000.
const LARGEST: usize = 300_000;

/// The graph of what is not lifted.
fn unknown(reason: &str) -> Graph {
    let mut graph = Graph::default();
    graph.blocks.reserve_exact(1);
    let block = graph.add_block(0, None);
    graph.terminate(block, Terminator::Unknown(reason.to_owned()), Origin::None);
    graph
}

/// Why lifting cannot go on in a block.
type Stop = String;

/// Where lifting goes on after an instruction.
enum Next {
    /// At the next instruction, in the same block.
    Instruction,
    /// The block has ended.
    Ended,
}

struct Lifter<'a> {
    unit: &'a Unit,
    python: &'static Python,
    bytecode: Bytecode,
    guards: Guards,
    /// By the argument of local variables: the name, and whether it is a cell (3.11+).
    locals: Vec<(Name, bool)>,
    /// By the argument of cells.
    cells: Vec<Name>,
    /// Which instructions a block begins at: those that are jumped to, and those where the handler changes.
    leaders: Vec<bool>,
    /// Which instructions were gone through.
    reached: Vec<bool>,
    /// The first instruction behind those that make cells for a code object.
    prologue_end: usize,
    graph: Graph,
    blocks: HashMap<State, BlockId>,
    queue: Vec<(State, BlockId)>,
    /// How many more instructions and places of stacks may be gone through.
    budget: usize,
    /// The block that is being lifted.
    current: BlockId,
    stack: Vec<Slot>,
    setups: Vec<Setup>,
    origin: Origin,
    /// The names of keyword arguments for the next call (3.11, 3.12).
    keyword_names: Option<Vec<Name>>,
    /// Of handlers, which instruction ends them (Python 2).
    handler_ends: HashMap<usize, usize>,
    /// Of managers whose `__exit__` was loaded (3.14+): what their `__enter__` gives.
    entered: HashMap<ValueId, ValueId>,
    /// The names of cells that are written to as local variables are, without a look into them.
    written_cells: HashSet<Name>,
}

impl<'a> Lifter<'a> {
    fn new(code: &Code<'_>, unit: &'a Unit) -> Self {
        let bytecode = Bytecode::new(code);
        let guards = Guards::new(code, &bytecode);
        let mut leaders = vec![false; bytecode.len()];
        let targets = bytecode.iter().filter_map(|instruction| bytecode.at(instruction.target?));
        targets
            .chain(guards.boundaries())
            .for_each(|index| leaders.get_mut(index).into_iter().for_each(|is| *is = true));
        let is_prologue = |index: &usize| matches!(bytecode.meaning(*index), Meaning::MakeCell | Meaning::Nothing);
        let prologue_end = (0..bytecode.len()).take_while(is_prologue).count();
        let (locals, cells) = variables(code, unit);
        Self {
            unit,
            python: code.python(),
            budget: bytecode.len() * 64 + 100_000,
            reached: vec![false; bytecode.len()],
            bytecode,
            guards,
            locals,
            cells,
            leaders,
            prologue_end,
            graph: Graph::default(),
            blocks: HashMap::new(),
            queue: Vec::new(),
            current: BlockId(0),
            stack: Vec::new(),
            setups: Vec::new(),
            origin: Origin::None,
            keyword_names: None,
            handler_ends: HashMap::new(),
            entered: HashMap::new(),
            written_cells: HashSet::new(),
        }
    }

    /// The block that begins in a state.
    fn enter(&mut self, state: State) -> BlockId {
        if let Some(&block) = self.blocks.get(&state) {
            return block;
        }
        let block = self.graph.add_block(self.bytecode.get(state.at).map_or(0, |instruction| instruction.start), None);
        let mut exception = None;
        for &place in &state.places {
            match place {
                place if !place.has_value() => {}
                // The parts of one exception lie above each other, the traceback lowest.
                Place::Exception(stack::Part::Value | stack::Part::Type) if exception.is_some() => {}
                Place::Exception(_) => exception = Some(self.graph.add_param(block)),
                _ => _ = self.graph.add_param(block),
            }
            if !matches!(place, Place::Exception(_)) {
                exception = None;
            }
        }
        self.blocks.insert(state.clone(), block);
        self.queue.push((state, block));
        block
    }

    /// The stack at the start of a block.
    fn stack_at(&self, places: &[Place], block: BlockId) -> Vec<Slot> {
        let mut params = self.graph.block(block).params.iter().copied();
        let mut exception = None;
        let slot = |&place: &Place| {
            let value = match place {
                place if !place.has_value() => None,
                Place::Exception(stack::Part::Value | stack::Part::Type) if exception.is_some() => exception,
                _ => params.next(),
            };
            exception = value.filter(|_| matches!(place, Place::Exception(_)));
            Slot { place, value }
        };
        places.iter().map(slot).collect()
    }

    /// Lifts the instructions of a block.
    fn block(&mut self, state: State, block: BlockId) {
        self.current = block;
        self.stack = self.stack_at(&state.places, block);
        self.setups = state.setups;
        self.keyword_names = None;
        self.entered.clear();
        let mut at = state.at;
        let end = match self.guard(at) {
            Ok(guard) => {
                self.graph.block_mut(block).guard = guard;
                loop {
                    match self.instruction(at, at == state.at) {
                        Ok(Next::Instruction) => at += 1,
                        Ok(Next::Ended) => return,
                        Err(stop) => break stop,
                    }
                }
            }
            Err(stop) => stop,
        };
        let origin = self.bytecode.get(at).map_or(self.origin, Instruction::origin);
        self.graph.terminate(self.current, Terminator::Unknown(end), origin);
    }

    fn instruction(&mut self, at: usize, is_first: bool) -> Result<Next, Stop> {
        let Some(&instruction) = self.bytecode.get(at) else {
            return Err("The bytecode ends here, without a return.".to_owned());
        };
        self.budget = self.budget.checked_sub(1).ok_or("There are too many ways through this code.")?;
        if !is_first && self.leaders[at] {
            return self.jump(at);
        }
        self.origin = instruction.origin();
        self.reached[at] = true;
        self.step(at, &instruction)
    }

    /// Notes what instructions tell that are no operations: which jump, which nothing leads to, which begin a `try`.
    fn note_instructions(&mut self) {
        let (mut is_second, mut leaves_handler) = (false, false);
        let (mut nops, mut defaults) = (Vec::new(), Vec::new());
        for (instruction, &is_reached) in self.bytecode.iter().zip(&self.reached) {
            let is_jump = matches!(instruction.meaning(), Meaning::Jump);
            if let Some(target) = instruction.target.filter(|_| is_jump) {
                let (start, end, is_dead) = (instruction.start, instruction.end, !is_reached);
                let line = instruction.origin().line();
                self.graph.jumps.push(WrittenJump { start, end, target, line, is_dead, is_second, leaves_handler });
            }
            if !is_reached {
                self.graph.dead.push(instruction.start);
            }
            if matches!(instruction.meaning(), Meaning::SetupFinally | Meaning::SetupExcept) {
                self.graph.tries.push((instruction.start, instruction.end));
            }
            match instruction.meaning() {
                Meaning::Nothing if instruction.opcode.is_some_and(|opcode| opcode.name == "NOP") => {
                    nops.push(instruction.origin());
                }
                Meaning::Const if !nops.is_empty() => defaults = std::mem::take(&mut nops),
                Meaning::MakeFunction | Meaning::MakeFunctionFlagged if !defaults.is_empty() => {
                    self.graph.defaults.insert(instruction.start, std::mem::take(&mut defaults));
                }
                _ => nops.clear(),
            }
            is_second = is_jump && is_reached;
            leaves_handler = matches!(instruction.meaning(), Meaning::PopExcept);
        }
    }

    /// An edge to an instruction, with all of the stack.
    fn edge(&mut self, at: usize) -> Result<Edge, Stop> {
        self.edge_with(at, self.stack.clone(), self.setups.clone(), &[])
    }

    /// An edge to an instruction with this stack; the target is given values for more places above it.
    fn edge_with(&mut self, at: usize, stack: Vec<Slot>, setups: Vec<Setup>, more: &[Place]) -> Result<Edge, Stop> {
        self.budget = self.budget.checked_sub(stack.len()).ok_or("There are too many ways through this code.")?;
        if more.is_empty() && self.leaves_handler(at, &setups) {
            return self.edge_out_of_handler(at, stack, setups);
        }
        let mut args: Vec<ValueId> = Vec::new();
        let mut exception = None;
        for slot in &stack {
            let is_same = matches!(slot.place, Place::Exception(part) if part != stack::Part::Traceback);
            let is_known = is_same && exception.is_some();
            exception = slot.value.filter(|_| matches!(slot.place, Place::Exception(_)));
            args.extend(slot.value.filter(|_| !is_known));
        }
        let places = stack.iter().map(|slot| slot.place).chain(more.iter().copied()).collect();
        Ok(Edge { target: self.enter(State { at, places, setups }), args })
    }

    /// Ends the block by going on there.
    fn jump(&mut self, at: usize) -> Result<Next, Stop> {
        let edge = self.edge(at)?;
        self.end(Terminator::Jump(edge))
    }

    fn end(&mut self, terminator: Terminator) -> Result<Next, Stop> {
        self.graph.terminate(self.current, terminator, self.origin);
        Ok(Next::Ended)
    }

    /// Adds an operation, and gives its first result.
    fn op(&mut self, kind: OpKind, operands: Vec<ValueId>) -> ValueId {
        self.graph.add_op(self.current, kind, operands, self.origin)
    }

    /// Adds an operation, and pushes its one result.
    fn push_op(&mut self, kind: OpKind, operands: Vec<ValueId>) -> Result<Next, Stop> {
        let value = self.op(kind, operands);
        self.push(value)
    }

    fn push(&mut self, value: ValueId) -> Result<Next, Stop> {
        self.stack.push(Slot::value(value));
        Ok(Next::Instruction)
    }

    fn push_constant(&mut self, constant: Constant) -> Result<Next, Stop> {
        let value = self.graph.constant(constant);
        self.push(value)
    }

    fn pop_slot(&mut self) -> Result<Slot, Stop> {
        self.stack.pop().ok_or_else(|| "It takes a value from an empty stack.".to_owned())
    }

    fn pop(&mut self) -> Result<ValueId, Stop> {
        let slot = self.pop_slot()?;
        as_value(&slot)
    }

    /// The top values, which are so many, the deepest first.
    fn pop_many(&mut self, count: usize) -> Result<Vec<ValueId>, Stop> {
        let from = self.stack.len().checked_sub(count).ok_or("It takes more values than the stack has.")?;
        self.stack.split_off(from).iter().map(as_value).collect()
    }

    /// The slot `n` places down, the top one being 1.
    fn peek(&self, n: usize) -> Result<Slot, Stop> {
        let at = self.stack.len().checked_sub(n).filter(|_| n > 0);
        at.map(|at| self.stack[at]).ok_or_else(|| "It looks below the stack.".to_owned())
    }

    fn peek_value(&self, n: usize) -> Result<ValueId, Stop> {
        as_value(&self.peek(n)?)
    }

    fn constant(&mut self, index: u32) -> Result<Constant, Stop> {
        let constant = self.unit.consts.get(index as usize).and_then(Clone::clone);
        let constant = constant.ok_or_else(|| format!("There is no constant {index} that can be read."))?;
        // Long ones take long to find again among the others.
        let cost = constant.size() / 1024;
        self.budget = self.budget.checked_sub(cost).ok_or("Its constants are too large to be loaded so often.")?;
        Ok(constant)
    }

    fn name(&self, index: u32) -> Result<Name, Stop> {
        self.unit.names.get(index as usize).cloned().ok_or_else(|| format!("There is no name {index}."))
    }
}

/// The value in a slot that is for one.
fn as_value(slot: &Slot) -> Result<ValueId, Stop> {
    match (slot.place, slot.value) {
        (Place::Exception(stack::Part::Type | stack::Part::Traceback) | Place::Callee, _) | (_, None) => {
            Err("It uses as a value what is none.".to_owned())
        }
        (_, Some(value)) => Ok(value),
    }
}

/// The names of variables, by the arguments of instructions.
fn variables(code: &Code<'_>, unit: &Unit) -> (Vec<(Name, bool)>, Vec<Name>) {
    if !code.python().format.cells_in_localsplus {
        let cells = unit.cellvars.iter().chain(&unit.freevars).cloned().collect();
        return (unit.varnames.iter().map(|name| (name.clone(), false)).collect(), cells);
    }
    let kinds = code.data(Field::Localspluskinds).map_or(&[][..], |(kinds, _)| kinds);
    let text = |node| String::from_utf8_lossy(code.pyc().text(node).unwrap_or(b"?")).into();
    let names: Vec<Name> = code.items(Field::Localsplusnames).map(text).collect();
    let is_cell = |index: usize| kinds.get(index).is_some_and(|kind| kind & (CO_FAST_CELL | CO_FAST_FREE) != 0);
    let locals = names.iter().enumerate().map(|(index, name)| (name.clone(), is_cell(index))).collect();
    (locals, names)
}
