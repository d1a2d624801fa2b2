//! Which handler an exception leads to.

use pycxray::Code;
use pycxray::python::{ExceptionLayout, Meaning};

use super::bytecode::Bytecode;
use super::stack::{Part, Place, Setup, Slot};
use super::{Lifter, Stop};
use crate::graph::Edge;

/// An entry of the exception table (3.11+), in instructions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    start: usize,
    end: usize,
    pub(super) target: usize,
    /// How many places of the stack are kept.
    pub(super) depth: usize,
    pub(super) lasti: bool,
}

/// The exception table.
#[derive(Debug)]
pub(super) struct Guards {
    entries: Vec<Entry>,
    /// By instruction: its entry.
    of: Vec<Option<u32>>,
}

impl Guards {
    pub(super) fn new(code: &Code<'_>, bytecode: &Bytecode) -> Self {
        let mut guards = Self { entries: Vec::new(), of: vec![None; bytecode.len()] };
        // The first entry that has an instruction is its own; compilers make none that overlap.
        let mut budget = bytecode.len() * 4;
        for entry in code.exception_entries() {
            let (start, end) = (bytecode.from(entry.start), bytecode.from(entry.end));
            let Some(target) = bytecode.at(entry.target) else { continue };
            let Some(left) = budget.checked_sub(end.saturating_sub(start)) else { break };
            budget = left;
            let number = guards.entries.len() as u32;
            (start..end.min(guards.of.len())).for_each(|index| _ = guards.of[index].get_or_insert(number));
            guards.entries.push(Entry { start, end, target, depth: entry.depth as usize, lasti: entry.lasti });
        }
        guards.close_gaps(code.python().version, bytecode);
        guards
    }

    /// Gives jumps that raise nothing the handler of what they ask: compilers may leave them out (3.13).
    fn close_gaps(&mut self, version: pycxray::Version, bytecode: &Bytecode) {
        let asks_before = version >= pycxray::Version::new(3, 13);
        for index in 1..self.of.len() {
            match bytecode.meaning(index) {
                Meaning::JumpIfNone(_) => self.of[index] = self.of[index - 1],
                Meaning::JumpIf(_) if asks_before => self.of[index] = self.of[index - 1],
                _ => {}
            }
        }
    }

    /// Where handlers change.
    pub(super) fn boundaries(&self) -> impl Iterator<Item = usize> {
        self.entries.iter().flat_map(|entry| [entry.start, entry.end])
    }

    /// The entry of an instruction.
    pub(super) fn of(&self, index: usize) -> Option<&Entry> {
        self.of.get(index).copied().flatten().and_then(|number| self.entries.get(number as usize))
    }

    /// The handler of an instruction as the table has it.
    pub(super) fn target(&self, index: usize) -> Option<usize> {
        self.of(index).map(|entry| entry.target)
    }
}

/// How many handlers that only pass an exception on may follow each other.
pub(super) const CHAIN: usize = 64;

impl Lifter<'_> {
    /// The edge to the handler of the block that begins at an instruction. Handlers that compilers add to pass an exception on
    /// are passed by.
    pub(super) fn guard(&mut self, at: usize) -> Result<Option<Edge>, Stop> {
        if self.guards_by_table() { self.guard_by_table(at) } else { self.guard_by_blocks() }
    }

    pub(super) fn exceptions(&self) -> ExceptionLayout {
        self.python.format.exceptions
    }

    /// Whether what is raised again is one place, below all else of an exception (PyPy).
    pub(super) fn raises_lowest(&self) -> bool {
        matches!(self.exceptions(), ExceptionLayout::PyPy | ExceptionLayout::PyPyOfTwo)
    }

    /// Whether a table tells the handlers (3.11+), not the block stack.
    pub(super) fn guards_by_table(&self) -> bool {
        self.exceptions() == ExceptionLayout::Table
    }

    fn guard_by_table(&mut self, at: usize) -> Result<Option<Edge>, Stop> {
        let mut at = at;
        for _ in 0..CHAIN {
            let Some(&Entry { target, depth, lasti, .. }) = self.guards.of(at) else { return Ok(None) };
            if self.passes_on(target) {
                self.check_passing(at, &self.stack)?;
                at = target;
                continue;
            }
            let mut stack = self.stack.get(..depth).ok_or("A handler keeps more of the stack than there is.")?.to_vec();
            if lasti {
                stack.push(Slot::RAISED);
            }
            return self.edge_with(target, stack, Vec::new(), &[Place::Value]).map(Some);
        }
        Err("Handlers lead to handlers over and over.".to_owned())
    }

    /// Whether a handler does nothing but pass the exception on (3.11+): what compilers add to leave an `except` by another
    /// exception, to end a generator, to wait.
    pub(super) fn passes_on(&self, handler: usize) -> bool {
        let meaning = |index| self.bytecode.meaning(handler + index);
        if self.async_end(handler).is_some() {
            return true;
        }
        match meaning(0) {
            // Alone, behind the body of a clause without a name: PyPy since release 8.
            Meaning::CleanupThrow | Meaning::Reraise => true,
            // COPY 3; POP_EXCEPT; RERAISE 1
            Meaning::Copy => meaning(1) == Meaning::PopExcept && meaning(2) == Meaning::Reraise,
            _ => self.stops(handler),
        }
    }

    /// Without a table: the innermost `try` or `with` of the block stack.
    fn guard_by_blocks(&mut self) -> Result<Option<Edge>, Stop> {
        for inner in (0..self.setups.len()).rev() {
            let Setup::Try { handler, depth, is_finally } = self.setups[inner] else { continue };
            if self.async_end(handler).is_some() || self.guards_nothing(handler, is_finally) {
                continue;
            }
            let mut stack = self.stack.get(..depth).ok_or("A handler keeps more of the stack than there is.")?.to_vec();
            let mut setups = self.setups[..inner].to_vec();
            let until = match self.exceptions() {
                ExceptionLayout::Blocks => Some((handler, self.handler_end(handler)?)),
                _ => None,
            };
            if !self.gathers(handler) {
                setups.push(Setup::Handler { depth, until });
            }
            stack.extend(self.handled_before());
            let parts = [Part::Traceback, Part::Value, Part::Type].map(Place::Exception);
            let count = match self.exceptions() {
                ExceptionLayout::PyPy | ExceptionLayout::PyPyOfTwo if is_finally => 1,
                ExceptionLayout::PyPyOfTwo => 2,
                _ => parts.len(),
            };
            return self.edge_with(handler, stack, setups, &parts[..count]).map(Some);
        }
        Ok(None)
    }

    /// Whether a handler for `except` has no clause and raises again at once: a `try` with a `finally` alone has one inside of that
    /// (PyPy 3.11 up to release 7.3).
    fn guards_nothing(&self, handler: usize, is_finally: bool) -> bool {
        let meanings = [0, 1].map(|index| self.bytecode.meaning(handler + index));
        let is_bare = !is_finally && meanings == [Meaning::Pop, Meaning::Reraise];
        self.exceptions() == ExceptionLayout::PyPyOfTwo && is_bare
    }

    /// Whether a handler does nothing but note the exception for the end of an `except*`: it is left without a word (PyPy up to
    /// release 7.3).
    fn gathers(&self, handler: usize) -> bool {
        use Meaning::{Const, Delete, ListAppend, Pop, Store};
        let meaning = |index: usize| self.bytecode.meaning(handler + index);
        let unbinds = matches!([0, 1, 2].map(meaning), [Const, Store(_), Delete(_)]);
        let at = if unbinds { 3 } else { 0 };
        self.exceptions() == ExceptionLayout::PyPyOfTwo && [at, at + 1].map(meaning) == [ListAppend, Pop]
    }

    /// The exception handled before, which lies below.
    pub(super) fn handled_before(&self) -> &'static [Slot] {
        if self.exceptions() == ExceptionLayout::BlocksOfTwo { &[Slot::HANDLED; 3] } else { &[] }
    }
}
