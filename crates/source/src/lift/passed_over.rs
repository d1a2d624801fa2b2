//! What lifting passes over has to be as compilers write it: there, too, a file may say something else.

use pycxray::python::{Meaning, Variable};
use pycxray::{Implementation, Version};

use super::stack::{Place, Slot, Wait};
use super::{Lifter, Stop};
use crate::graph::{BlockId, Terminator};
use crate::prove::can_raise;
use crate::unit::{Unit, UnitKind};

/// The lowest bits of `COMPARE_OP`: what the interpreter looks at once it knows the types, for each operator (3.12+,
/// `compare_masks` in CPython's `Python/codegen.c`).
const MASKS: [(&str, u32); 6] = [("<", 2), ("<=", 10), ("==", 8), ("!=", 7), (">", 4), (">=", 12)];

/// Bit of `COMPARE_OP` by which what comes of it is made a bool (3.13+).
const MAKES_BOOL: u32 = 16;

impl Lifter<'_> {
    /// Whether CPython wrote it that has a table of handlers (3.11+).
    pub(super) fn is_strict(&self) -> bool {
        self.guards_by_table() && self.is_cpython()
    }

    pub(super) fn is_cpython(&self) -> bool {
        self.python.implementation == Implementation::CPython
    }

    fn since(&self, major: u8, minor: u8) -> bool {
        self.python.version >= Version::new(major, minor)
    }

    fn is_named(&self, at: usize, name: &str) -> bool {
        self.bytecode.get(at).and_then(|instruction| instruction.opcode).is_some_and(|opcode| opcode.name == name)
    }

    fn calls_intrinsic(&self, at: usize, name: &str) -> bool {
        let called = self.python.format.intrinsics_1.get(self.arg(at) as usize);
        self.bytecode.meaning(at) == Meaning::Intrinsic1 && called.is_some_and(|called| *called == name)
    }

    fn arg(&self, at: usize) -> u32 {
        self.bytecode.get(at).map_or(0, |instruction| instruction.arg)
    }

    fn target(&self, at: usize) -> Option<usize> {
        self.bytecode.at(self.bytecode.get(at)?.target?)
    }

    /// Whether the code object is one that waits or yields.
    fn is_generator(&self) -> bool {
        self.unit.has(Unit::GENERATOR | Unit::COROUTINE | Unit::ASYNC_GENERATOR)
    }

    /// Where a generator is made of the call. From 3.15 on a generator expression gets its iterator before.
    fn generator_begins(&self) -> usize {
        let meaning = |index: usize| self.bytecode.meaning(self.prologue_end + index);
        let gets_iterator = self.since(3, 15)
            && self.unit.kind == UnitKind::GeneratorExp
            && (meaning(0), self.arg(self.prologue_end)) == (Meaning::Load(Variable::Fast), 0)
            && matches!(meaning(1), Meaning::GetIter | Meaning::GetIterFor | Meaning::GetAiter);
        self.prologue_end + if gets_iterator { 2 } else { 0 }
    }

    /// How the code object begins: a cell for each variable that is one, a generator where the flags tell of one.
    pub(super) fn check_prologue(&self) -> Result<(), Stop> {
        let begins_generator = self.bytecode.meaning(self.generator_begins()) == Meaning::PushSent;
        if self.is_strict() && begins_generator != self.is_generator() {
            return Err("Its flags tell of a generator, its bytecode does not, or the other way round.".to_owned());
        }
        let frees: Vec<u32> =
            (0..self.prologue_end).filter(|&at| self.is_named(at, "COPY_FREE_VARS")).map(|at| self.arg(at)).collect();
        let wanted: Vec<u32> = Some(self.unit.freevars.len() as u32).filter(|count| *count > 0).into_iter().collect();
        if self.is_strict() && frees != wanted {
            return Err("It takes other variables from around than it has.".to_owned());
        }
        let makes_cell = |at: &usize| self.bytecode.meaning(*at) == Meaning::MakeCell;
        let made: Vec<u32> = (0..self.prologue_end).filter(makes_cell).map(|at| self.arg(at)).collect();
        // Those of comprehensions that stand in it are made later (3.12+).
        let later: Vec<u32> =
            (self.prologue_end..self.bytecode.len()).filter(makes_cell).map(|at| self.arg(at)).collect();
        let is_cell = |index: &u32| self.locals.get(*index as usize).is_some_and(|(_, is_cell)| *is_cell);
        let is_made = |index: u32| made.contains(&index) || later.contains(&index);
        let wanted =
            self.locals.iter().zip(0..).filter(|((name, is_cell), _)| *is_cell && self.unit.cellvars.contains(name));
        hold(
            !self.is_strict() || made.iter().all(is_cell) && wanted.map(|(_, index)| index).all(is_made),
            "It makes other cells than it has.",
        )
    }

    /// Instructions that do nothing of their own.
    pub(super) fn check_nothing(&self, at: usize) -> Result<(), Stop> {
        let is_written =
            match self.bytecode.get(at).and_then(|instruction| instruction.opcode).map(|opcode| opcode.name) {
                // Inline caches are part of the instruction before.
                Some("CACHE") => false,
                Some("PRECALL") => self.is_named(at + 1, "CALL") && self.arg(at) == self.arg(at + 1),
                Some("COPY_FREE_VARS") => at < self.prologue_end,
                _ => true,
            };
        hold(is_written, "It has an instruction that compilers do not write here.")
    }

    /// `RETURN_GENERATOR` stands in the prologue alone.
    pub(super) fn check_begins(&self, at: usize) -> Result<(), Stop> {
        hold(!self.is_strict() || at == self.generator_begins(), "It becomes a generator where it has begun already.")
    }

    /// The low bits of a comparison.
    pub(super) fn check_comparison(&self, at: usize, operator: &str, arg: u32) -> Result<(), Stop> {
        let is_masked = self.python.format.compare_shift > 0;
        let mask = MASKS.iter().find(|(known, _)| *known == operator).map_or(0, |(_, mask)| *mask);
        let makes_bool = self.since(3, 13) && arg & MAKES_BOOL != 0;
        let is_asked = matches!(self.bytecode.meaning(at + 1), Meaning::JumpIf(_) | Meaning::Unary("not"));
        match is_masked && (arg & 15 != mask || makes_bool && !is_asked) {
            true => Err(format!("It compares by {operator} in another way than compilers write it.")),
            false => Ok(()),
        }
    }

    /// From 3.13 on a value is made a bool before it is asked whether it is true; the interpreter itself goes by `is`.
    pub(super) fn check_bool(&self, at: usize) -> Result<(), Stop> {
        if !self.is_strict() || !self.since(3, 13) || self.leaders[at] || at == 0 {
            return Ok(());
        }
        let is_bool = match self.bytecode.meaning(at - 1) {
            Meaning::Compare => self.arg(at - 1) & MAKES_BOOL != 0 || self.compares_numbers(at - 1),
            Meaning::Contains | Meaning::Is | Meaning::Unary("not") | Meaning::CheckExcMatch => true,
            Meaning::MatchMapping | Meaning::MatchSequence => true,
            _ => self.is_named(at - 1, "TO_BOOL"),
        };
        hold(is_bool, "It asks whether a value is true that was not made a bool.")
    }

    /// Whether a comparison is one that compilers put there by themselves, of two numbers: of a length in a pattern, of the format
    /// that annotations are asked for (3.14+).
    fn compares_numbers(&self, at: usize) -> bool {
        let before = |count: usize| at.checked_sub(count).map_or(Meaning::Unknown, |at| self.bytecode.meaning(at));
        let is_format = before(2) == Meaning::Load(Variable::Fast)
            && self.arg(at - 2) == 0
            && self.unit.varnames.first().is_some_and(|first| matches!(&**first, "format" | ".format"));
        matches!(before(1), Meaning::Const | Meaning::SmallInt) && (before(2) == Meaning::GetLen || is_format)
    }

    /// A `yield` goes on at a `RESUME`, which tells that it is one, and whether a `try` is around it.
    pub(super) fn check_yield(&self, at: usize) -> Result<(), Stop> {
        if !self.is_strict() {
            return Ok(());
        }
        let is_alone = self.guards.target(at).is_some_and(|handler| self.stops(handler));
        let alone = u32::from(is_alone) * self.alone();
        let resumes = self.is_named(at + 1, "RESUME") && self.arg(at + 1) == 1 | alone;
        let yields = match self.since(3, 13) {
            true => self.arg(at) == 0,
            false => !self.since(3, 12) || (self.arg(at) == 1) == is_alone,
        };
        let wraps = at.checked_sub(1).is_some_and(|before| self.wraps(before));
        hold(
            resumes && yields && wraps == self.unit.has(Unit::ASYNC_GENERATOR),
            "It yields in another way than compilers write it.",
        )
    }

    /// Whether an instruction marks what an asynchronous generator yields.
    fn wraps(&self, at: usize) -> bool {
        self.is_named(at, "ASYNC_GEN_WRAP") || self.calls_intrinsic(at, "INTRINSIC_ASYNC_GEN_WRAP")
    }

    /// The bit of `RESUME` that tells that no `try` is around it (3.13+).
    fn alone(&self) -> u32 {
        match (self.since(3, 13), self.since(3, 15)) {
            (true, true) => 8,
            (true, false) => 4,
            _ => 0,
        }
    }

    /// The loop in which something is waited for, from its `SEND` on: what is got is handed out, and what is thrown in ends it.
    pub(super) fn check_wait(&self, send: usize, target: usize) -> Result<(), Stop> {
        if !self.is_strict() {
            return Ok(());
        }
        let (yields, resumes, jumps) = (send + 1, send + 2, send + 3);
        let wait = waits_for(&self.stack);
        let is_handed_out = self.bytecode.meaning(yields) == Meaning::Yield
            && match (self.since(3, 13), self.since(3, 12)) {
                (true, _) => self.arg(yields) == 1,
                (_, true) => self.arg(yields) > 1,
                _ => true,
            };
        let resumed = if wait == Some(Wait::YieldFrom) { 2 } else { 3 };
        let is_resumed = self.is_named(resumes, "RESUME") && self.arg(resumes) == resumed;
        let goes_round = self.bytecode.meaning(jumps) == Meaning::Jump && self.target(jumps) == Some(send);
        let is_ended = !matches!(wait, Some(Wait::Next(end)) if !self.ends_at(send, end));
        let behind = match self.since(3, 12) {
            true => self.bytecode.meaning(target) == Meaning::EndSend && self.is_thrown_into(yields, target),
            false => target == send + 4,
        };
        hold(
            is_handed_out && is_resumed && goes_round && is_ended && behind,
            "It waits in another way than compilers write it.",
        )
    }

    /// Whether an exception at an instruction ends an asynchronous loop.
    fn ends_at(&self, at: usize, end: usize) -> bool {
        self.guards.target(at).and_then(|handler| self.async_end(handler)) == Some(end)
    }

    /// Whether what is thrown in at a `yield` is waited for, too, and then goes on at the end of the wait.
    fn is_thrown_into(&self, yields: usize, end: usize) -> bool {
        let Some(entry) = self.guards.of(yields) else { return false };
        let behind = entry.target + 1;
        let goes_on =
            behind == end || self.bytecode.meaning(behind) == Meaning::Jump && self.target(behind) == Some(end);
        self.bytecode.meaning(entry.target) == Meaning::CleanupThrow
            && goes_on
            && !entry.lasti
            && entry.depth == self.stack.len()
    }

    /// The handler of an asynchronous loop keeps the iterator, which is on top.
    pub(super) fn check_next(&self, at: usize) -> Result<(), Stop> {
        let keeps = self.guards.of(at).is_some_and(|entry| entry.depth == self.stack.len() && !entry.lasti);
        hold(!self.is_strict() || keeps, "The asynchronous iteration has no end.")
    }

    /// Whether a handler makes another exception of a `StopIteration` that leaves a generator (3.12+).
    pub(super) fn stops(&self, handler: usize) -> bool {
        self.calls_intrinsic(handler, "INTRINSIC_STOPITERATION_ERROR")
            && self.bytecode.meaning(handler + 1) == Meaning::Reraise
    }

    /// A handler that only passes an exception on, to which one at this instruction leads.
    pub(super) fn check_passing(&self, at: usize, stack: &[Slot]) -> Result<(), Stop> {
        let Some(entry) = self.guards.of(at).filter(|_| self.is_strict()) else { return Ok(()) };
        let handler = entry.target;
        let guards = [0, 1, 2].map(|index| self.guards.target(handler + index));
        let is_guarded = self.async_end(handler).is_some()
            || guards[0] == guards[1] && (self.stops(handler) || guards[1] == guards[2]);
        let is_written = is_guarded
            && if self.stops(handler) {
                // How much of the stack it keeps is all the same: nothing of it is looked at any more.
                entry.lasti && self.arg(handler + 1) == 1
            } else if self.async_end(handler).is_some() {
                match self.bytecode.meaning(at) {
                    Meaning::GetAnext => true,
                    Meaning::Send => matches!(waits_for(stack), Some(Wait::Next(_))),
                    _ => false,
                }
            } else {
                let keeps_handled = match self.bytecode.meaning(at) {
                    // It puts the exception that was handled before there.
                    Meaning::PushExcInfo => entry.depth == stack.len(),
                    _ => {
                        let below = entry.depth.checked_sub(1).and_then(|below| stack.get(below));
                        below.is_some_and(|slot| slot.place == Place::Handled)
                    }
                };
                self.bytecode.meaning(handler) == Meaning::Copy
                    && self.arg(handler) == 3
                    && self.arg(handler + 2) == 1
                    && entry.lasti
                    && keeps_handled
            };
        hold(is_written, "A handler passes exceptions on in another way than compilers write it.")
    }

    /// Whether a `StopIteration` could leave a generator at an instruction as it is, by what leads there from handler to handler
    /// (3.12+).
    pub(super) fn lets_stop_out(&self, at: usize) -> bool {
        let is_wrapped = match self.unit.kind {
            UnitKind::ListComp | UnitKind::SetComp | UnitKind::DictComp => false,
            _ => self.is_generator(),
        };
        if !self.is_strict() || !self.since(3, 12) || !is_wrapped || at <= self.generator_begins() {
            return false;
        }
        let mut at = at;
        for _ in 0..super::guard::CHAIN {
            match self.guards.target(at) {
                None => return true,
                Some(handler) if self.stops(handler) || !self.passes_on(handler) => return false,
                Some(handler) => at = handler,
            }
        }
        true
    }

    /// Ends blocks that let a `StopIteration` out, if they raise anything.
    pub(super) fn check_stops(&mut self, open: &[BlockId]) {
        for &id in open {
            let block = self.graph.block(id);
            let ends_in_raise = matches!(
                block.terminator,
                Terminator::Raise { .. } | Terminator::Reraise(_) | Terminator::ForIter { .. }
            );
            if ends_in_raise || block.ops.iter().any(|op| can_raise(&op.kind)) {
                let reason = "A StopIteration would leave the generator as it is.".to_owned();
                let origin = block.origin;
                self.graph.terminate(id, Terminator::Unknown(reason), origin);
            }
        }
    }
}

/// What has to hold, or why lifting stops.
fn hold(holds: bool, otherwise: &str) -> Result<(), Stop> {
    if holds { Ok(()) } else { Err(otherwise.to_owned()) }
}

/// What is waited for, the innermost.
fn waits_for(stack: &[Slot]) -> Option<Wait> {
    stack.iter().rev().find_map(|slot| match slot.place {
        Place::Awaited(wait) => Some(wait),
        _ => None,
    })
}
