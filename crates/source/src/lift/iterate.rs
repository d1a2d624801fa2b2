//! Iteration, generators, coroutines, unpacking.

use pycxray::python::{Meaning, Variable};

use super::stack::{Place, Setup, Slot, Wait};
use super::{Lifter, Next, Stop};
use crate::constant::Constant;
use crate::graph::{OpKind, Terminator, ValueId};

/// How many items one instruction may unpack: the stack of a code object is not larger.
const UNPACKED: u32 = 1 << 16;

impl Lifter<'_> {
    pub(super) fn iterate(
        &mut self,
        at: usize,
        meaning: Meaning,
        arg: u32,
        target: Option<usize>,
    ) -> Option<Result<Next, Stop>> {
        Some(match meaning {
            Meaning::GetIter => self.one(OpKind::GetIter),
            Meaning::GetIterFor => {
                let got = if arg == 0 { self.one(OpKind::GetIter) } else { self.await_top(Wait::YieldFrom) };
                got.inspect(|_| self.stack.push(Slot::FILLER))
            }
            Meaning::GetAiter if self.waits_for_iterator(at) => {
                self.one(OpKind::GetAiter).and_then(|_| self.jump(at + 3))
            }
            Meaning::GetAiter => self.one(OpKind::GetAiter),
            Meaning::GetAwaitable => self.await_top(Wait::Await),
            Meaning::GetYieldFromIter => self.await_top(Wait::YieldFrom),
            Meaning::GetAnext => self.get_anext(at),
            Meaning::YieldFrom => self.wait(at + 1),
            Meaning::Send => match target {
                Some(target) => self
                    .check_wait(at, target)
                    .and_then(|()| self.wait(target + usize::from(self.bytecode.meaning(target) == Meaning::EndSend))),
                None => Err("It leads to no instruction.".to_owned()),
            },
            Meaning::EndSend => self.remove_second(),
            Meaning::CleanupThrow | Meaning::EndAsyncFor => Err("It is not the end of a wait.".to_owned()),
            Meaning::Yield => self.check_yield(at).and_then(|()| self.one(OpKind::Yield)),
            Meaning::ForIter => self.for_iter(at, target),
            Meaning::ForIterAbove => target
                .ok_or_else(|| "It leads to no instruction.".to_owned())
                .and_then(|target| self.behind_loop(target))
                .and_then(|target| self.for_iter(at, Some(target))),
            Meaning::EndFor => self.end_for(),
            Meaning::PopIter => self.pop_iterator().map(|_| Next::Instruction),
            Meaning::Unpack => self.unpack(OpKind::Unpack(arg), arg),
            Meaning::UnpackEx => {
                let (before, after) = (arg & 0xff, arg >> 8);
                self.unpack(OpKind::UnpackEx { before, after }, before.saturating_add(after))
            }
            _ => return None,
        })
    }

    /// Marks the top value as waited for.
    fn await_top(&mut self, wait: Wait) -> Result<Next, Stop> {
        let value = self.pop()?;
        self.stack.push(Slot::of(Place::Awaited(wait), value));
        Ok(Next::Instruction)
    }

    fn get_anext(&mut self, at: usize) -> Result<Next, Stop> {
        self.check_next(at)?;
        let iterator = self.peek_value(1)?;
        let by_block = || {
            let outer = self.setups.iter().rev();
            outer.filter_map(|setup| if let Setup::Try { handler, .. } = setup { Some(*handler) } else { None }).next()
        };
        let handler = self.guards.target(at).or_else(by_block);
        let end = handler.and_then(|handler| self.async_end(handler));
        let end = end.ok_or("The asynchronous iteration has no end.")?;
        self.stack.push(Slot::of(Place::Awaited(Wait::Next(end)), iterator));
        Ok(Next::Instruction)
    }

    /// The last instruction of what ends an `async for`, if a handler does: `END_ASYNC_FOR`, or a check for `StopAsyncIteration`
    /// with what tidies up behind it.
    pub(super) fn async_end(&self, handler: usize) -> Option<usize> {
        match self.bytecode.meaning(handler) {
            Meaning::EndAsyncFor => Some(handler),
            Meaning::PushExcInfo => self.async_end_by_table(handler),
            Meaning::Duplicate(1) => self.async_end_by_blocks(handler),
            _ => None,
        }
    }

    /// Whether an instruction loads the class that ends an `async for`.
    fn loads_end(&self, at: usize) -> bool {
        let name = self.bytecode.get(at).and_then(|load| self.unit.names.get(load.arg as usize));
        self.bytecode.meaning(at) == Meaning::Load(Variable::Global)
            && name.is_some_and(|name| &**name == "StopAsyncIteration")
    }

    /// PyPy since release 8: the check, what tidies up if it holds, and behind what follows the loop what passes the exception on.
    fn async_end_by_table(&self, handler: usize) -> Option<usize> {
        use Meaning::{CheckExcMatch, Pop, PopExcept, Reraise, Rotate};
        let meaning = |index: usize| self.bytecode.meaning(index);
        let checks = self.loads_end(handler + 1) && meaning(handler + 2) == CheckExcMatch;
        let jump = self.bytecode.get(handler + 3).filter(|jump| checks && jump.meaning() == Meaning::JumpIf(false))?;
        let passes = self.bytecode.at(jump.target?)?;
        let is_passed = (0..4).map(|index| meaning(passes + index)).eq([Rotate(2), PopExcept, Pop, Reraise]);
        let is_tidied = (4..7).map(|index| meaning(handler + index)).eq([Pop, PopExcept, Pop]);
        (is_passed && is_tidied).then_some(handler + 6)
    }

    /// Up to 3.7.
    fn async_end_by_blocks(&self, handler: usize) -> Option<usize> {
        use Meaning::{Compare, Duplicate, EndFinally, Load, Pop, PopExcept};
        let meaning = |index: usize| self.bytecode.meaning(index);
        let checks = [0, 1, 2, 4].map(|index| meaning(handler + index));
        let is_check = self.unwinds()
            && checks == [Duplicate(1), Load(Variable::Global), Compare, EndFinally]
            && self.loads_end(handler + 1);
        let jump = self.bytecode.get(handler + 3).filter(|jump| is_check && jump.meaning() == Meaning::JumpIf(true))?;
        let tidies = self.bytecode.at(jump.target?)?;
        let is_tidied = (0..5).map(|index| meaning(tidies + index)).eq([Pop, Pop, Pop, PopExcept, Pop]);
        is_tidied.then_some(tidies + 4)
    }

    /// Whether what `GET_AITER` gives is waited for (up to 3.6).
    fn waits_for_iterator(&self, at: usize) -> bool {
        self.unwinds()
            && self.bytecode.meaning(at + 1) == Meaning::Const
            && self.bytecode.meaning(at + 2) == Meaning::YieldFrom
    }

    /// Pushes a constant. None above what is waited for is what the wait begins with.
    pub(super) fn push_constant_or_sent(&mut self, constant: Constant) -> Result<Next, Stop> {
        let waits = matches!(self.peek(self.iterator_places()), Ok(Slot { place: Place::Awaited(_), .. }));
        if waits && constant == Constant::None {
            self.stack.push(Slot::FILLER);
            return Ok(Next::Instruction);
        }
        self.push_constant(constant)
    }

    /// Waits, then goes on at an instruction with the result.
    fn wait(&mut self, then: usize) -> Result<Next, Stop> {
        if self.pop_slot()?.place != Place::Filler {
            return Err("A wait begins with another value than None.".to_owned());
        }
        let Slot { place: Place::Awaited(wait), value: Some(value) } = self.pop_iterator()? else {
            return Err("It waits for what is not to be waited for.".to_owned());
        };
        if let Some(op) = wait.op() {
            self.push_op(op, vec![value])?;
            return self.jump(then);
        }
        let Wait::Next(end) = wait else { return Err("It waits for nothing.".to_owned()) };
        let item = self.edge_with(then, self.stack.clone(), self.setups.clone(), &[Place::Value])?;
        // What is behind the loop has neither the iterator nor the block of the loop.
        self.pop()?;
        let outer = self
            .setups
            .iter()
            .rposition(|setup| matches!(*setup, Setup::Try { handler, .. } if self.async_end(handler) == Some(end)));
        let setups = self.setups[..outer.unwrap_or(self.setups.len())].to_vec();
        let exhausted = self.edge_with(end + 1, self.stack.clone(), setups, &[])?;
        self.end(Terminator::ForIter { iterator: value, is_async: true, item, exhausted })
    }

    /// How many places of the stack an iterator takes.
    fn iterator_places(&self) -> usize {
        self.python.format.iterator_places.into()
    }

    /// Pops an iterator, and what is above it.
    fn pop_iterator(&mut self) -> Result<Slot, Stop> {
        for _ in 1..self.iterator_places() {
            self.pop_slot()?;
        }
        self.pop_slot()
    }

    /// Removes what was waited for from below its result.
    fn remove_second(&mut self) -> Result<Next, Stop> {
        let result = self.pop_slot()?;
        self.pop_iterator()?;
        self.stack.push(result);
        Ok(Next::Instruction)
    }

    fn for_iter(&mut self, at: usize, target: Option<usize>) -> Result<Next, Stop> {
        let target = target.ok_or("It leads to no instruction.")?;
        let item = self.edge_with(at + 1, self.stack.clone(), self.setups.clone(), &[Place::Value])?;
        let iterator = super::as_value(&self.pop_iterator()?)?;
        let exhausted = self.edge(target)?;
        self.end(Terminator::ForIter { iterator, is_async: false, item, exhausted })
    }

    /// The instruction behind those that tidy up after a loop: `END_FOR` (3.12), and `POP_TOP` (3.13) or `POP_ITER` (3.14+).
    fn behind_loop(&self, target: usize) -> Result<usize, Stop> {
        let pops_one = self.python.version >= pycxray::Version::new(3, 13);
        let tidies = !pops_one || matches!(self.bytecode.meaning(target + 1), Meaning::Pop | Meaning::PopIter);
        if self.bytecode.meaning(target) != Meaning::EndFor || !tidies {
            return Err("Its loop leads to what does not end a loop.".to_owned());
        }
        Ok(target + 1 + usize::from(pops_one))
    }

    /// Reached in another way than by the end of a loop.
    fn end_for(&mut self) -> Result<Next, Stop> {
        self.pop_slot()?;
        if self.python.version < pycxray::Version::new(3, 13) {
            self.pop_slot()?;
        }
        Ok(Next::Instruction)
    }

    /// Unpacks: the first item comes to lie on top.
    fn unpack(&mut self, kind: OpKind, count: u32) -> Result<Next, Stop> {
        if count > UNPACKED {
            return Err(format!("It unpacks {count} items."));
        }
        self.budget = self.budget.checked_sub(count as usize).ok_or("There are too many ways through this code.")?;
        let (iterable, results) = (self.pop()?, kind.result_count());
        let first = self.op(kind, vec![iterable]);
        self.stack.extend((0..results).rev().map(|index| Slot::value(ValueId(first.0 + index))));
        Ok(Next::Instruction)
    }
}
