//! `try`, `with`, `except`, `finally`.

use pycxray::python::Meaning;

use super::stack::{Part, Place, Setup, Slot, Way};
use super::{Lifter, Next, Stop};
use crate::graph::{Edge, OpKind, Terminator, ValueId};

/// How many blocks nest at the most. CPython allows 20 (`CO_MAXBLOCKS`), each of which may be in a handler.
const MOST_BLOCKS: usize = 40;

impl Lifter<'_> {
    pub(super) fn exception(
        &mut self,
        at: usize,
        meaning: Meaning,
        arg: u32,
        target: Option<usize>,
    ) -> Option<Result<Next, Stop>> {
        let to = || target.ok_or_else(|| "It leads to no instruction.".to_owned());
        Some(match meaning {
            Meaning::SetupFinally => to().and_then(|handler| self.setup(handler, self.stack.len(), true, at + 1)),
            Meaning::SetupExcept => to().and_then(|handler| self.setup(handler, self.stack.len(), false, at + 1)),
            Meaning::SetupLoop => {
                let depth = self.stack.len();
                to().and_then(|behind| self.begin_block(Setup::Loop { behind, depth }, at + 1))
            }
            Meaning::BreakLoop => self.leave(Way::Break, None),
            Meaning::ContinueLoop => to().and_then(|head| self.leave(Way::Continue(head), None)),
            Meaning::SetupWith => to().and_then(|handler| {
                self.enter_with(false)?;
                self.setup(handler, self.stack.len() - 1, true, at + 1)
            }),
            // What `__aenter__` gave is awaited already, and on top.
            Meaning::SetupAsyncWith => {
                to().and_then(|handler| self.setup(handler, self.stack.len().saturating_sub(1), true, at + 1))
            }
            Meaning::BeforeWith => self.enter_with(false),
            Meaning::BeforeAsyncWith => self.enter_with(true),
            Meaning::LoadSpecial => self.load_special(arg),
            Meaning::PopBlock => match self.setups.pop() {
                Some(Setup::Try { .. } | Setup::Loop { .. }) => self.jump(at + 1),
                _ => Err("It ends a block that was not begun.".to_owned()),
            },
            Meaning::PopExcept => self.pop_except(at),
            Meaning::PushExcInfo => self.pop().and_then(|exception| {
                self.stack.push(Slot::HANDLED);
                self.push(exception)
            }),
            Meaning::CheckExcMatch => self.pop().and_then(|class| {
                let exception = self.peek_value(1)?;
                self.push_op(OpKind::CheckExcMatch, vec![exception, class])
            }),
            Meaning::CheckEgMatch => self.pop_many(2).and_then(|operands| {
                let rest = self.op(OpKind::CheckEgMatch, operands);
                self.push(rest)?;
                self.push(ValueId(rest.0 + 1))
            }),
            Meaning::PrepReraiseStar => self.two(OpKind::PrepReraiseStar),
            Meaning::Reraise => self.reraise(arg),
            Meaning::WithExceptStart => self.with_except_start().and_then(|result| {
                self.drop_exit()?;
                self.push(result)
            }),
            _ => return self.finally(at, meaning, arg, target),
        })
    }

    /// The clauses of 3.8.
    fn finally(&mut self, at: usize, meaning: Meaning, arg: u32, target: Option<usize>) -> Option<Result<Next, Stop>> {
        Some(match meaning {
            Meaning::BeginFinally => {
                self.stack.push(Slot::NULL);
                Ok(Next::Instruction)
            }
            Meaning::CallFinally => {
                self.stack.push(Slot { place: Place::Return(at + 1), value: None });
                target.ok_or_else(|| "It leads to no instruction.".to_owned()).and_then(|target| self.jump(target))
            }
            Meaning::EndFinally => self.end_finally(at),
            Meaning::PopFinally => self.pop_finally(at, arg != 0),
            Meaning::WithCleanup => self.with_cleanup(at),
            Meaning::WithCleanupStart => self.with_cleanup_start(),
            Meaning::WithCleanupFinish => self.with_cleanup_finish(at),
            _ => return None,
        })
    }

    fn setup(&mut self, handler: usize, depth: usize, is_finally: bool, then: usize) -> Result<Next, Stop> {
        self.begin_block(Setup::Try { handler, depth, is_finally }, then)
    }

    /// Pushes a block, and goes on inside of it.
    fn begin_block(&mut self, block: Setup, then: usize) -> Result<Next, Stop> {
        if self.setups.len() >= MOST_BLOCKS {
            return Err("Its blocks nest deeper than the interpreter allows.".to_owned());
        }
        self.setups.push(block);
        self.jump(then)
    }

    /// Enters a `with`: leaves `__exit__`, and above it what `__enter__` gives.
    fn enter_with(&mut self, is_async: bool) -> Result<Next, Stop> {
        let manager = self.pop()?;
        let exit = self.op(OpKind::WithEnter { is_async }, vec![manager]);
        self.stack.push(Slot::of(Place::Exit, exit));
        self.push(ValueId(exit.0 + 1))
    }

    /// `LOAD_SPECIAL`: `__exit__` is loaded first, then `__enter__` of the same manager.
    fn load_special(&mut self, arg: u32) -> Result<Next, Stop> {
        let manager = self.pop()?;
        let name = self.python.format.special_methods.get(arg as usize).copied().unwrap_or("?");
        let slot = match (name, self.entered.get(&manager)) {
            ("__exit__" | "__aexit__", None) => {
                let exit = self.op(OpKind::WithEnter { is_async: name == "__aexit__" }, vec![manager]);
                self.entered.insert(manager, ValueId(exit.0 + 1));
                Slot::of(Place::Exit, exit)
            }
            ("__enter__" | "__aenter__", Some(&entered)) => Slot::of(Place::Entered, entered),
            _ => return Err(format!("It loads {name} in another way than a with statement does.")),
        };
        self.stack.extend([slot, Slot::FILLER]);
        Ok(Next::Instruction)
    }

    fn pop_except(&mut self, at: usize) -> Result<Next, Stop> {
        self.op(OpKind::PopExcept, vec![]);
        if self.guards_by_table() {
            return match self.pop_slot()?.place {
                Place::Handled => Ok(Next::Instruction),
                _ => Err("It ends the handling of an exception that is not handled.".to_owned()),
            };
        }
        self.pop_handled()?;
        self.jump(at + 1)
    }

    /// Without a table: leaves the handler, and drops the exception handled before.
    fn pop_handled(&mut self) -> Result<(), Stop> {
        self.pop_handler()?;
        for _ in self.handled_before() {
            if self.pop_slot()?.place != Place::Handled {
                return Err("It ends the handling of an exception that is not handled.".to_owned());
            }
        }
        Ok(())
    }

    pub(super) fn pop_handler(&mut self) -> Result<(), Stop> {
        match self.setups.pop() {
            Some(Setup::Handler { .. }) => Ok(()),
            _ => Err("It ends the handling of an exception that is not handled.".to_owned()),
        }
    }

    pub(super) fn drop_slots(&mut self, count: usize) -> Result<(), Stop> {
        let len = self.stack.len().checked_sub(count).ok_or("It takes more values than the stack has.")?;
        self.stack.truncate(len);
        Ok(())
    }

    /// Pops a class and, below, the exception or what stands for it, for a comparison.
    pub(super) fn check_exception(&mut self) -> Result<ValueId, Stop> {
        let class = self.pop()?;
        let exception = self.pop_slot()?.value.ok_or("It matches what is no exception.")?;
        Ok(self.op(OpKind::CheckExcMatch, vec![exception, class]))
    }

    /// Raises again, from 3.11 on as raised by the instruction that lies so many places below.
    fn reraise(&mut self, arg: u32) -> Result<Next, Stop> {
        if self.guards_by_table() && arg > 0 && self.peek(arg as usize + 1)?.place != Place::Raised {
            return Err("It raises again from what is no instruction.".to_owned());
        }
        let exception = self.handled()?;
        self.end(Terminator::Reraise(exception))
    }

    /// The exception that is handled: on top, up to 3.10 in three parts, of which PyPy raises the lowest again.
    fn handled(&mut self) -> Result<ValueId, Stop> {
        let raised = if self.raises_lowest() { Part::Traceback } else { Part::Type };
        match self.pop_slot()? {
            Slot { place: Place::Exception(Part::Type), value: Some(exception) } if raised == Part::Type => {
                self.check_parts(exception)?;
                Ok(exception)
            }
            Slot { place, value: Some(exception) } if place == Place::Exception(raised) || place == Place::Value => {
                Ok(exception)
            }
            _ => Err("It raises what is no exception.".to_owned()),
        }
    }

    /// The other parts of an exception lie below its type.
    fn check_parts(&self, exception: ValueId) -> Result<(), Stop> {
        for (below, part) in [(1, Part::Value), (2, Part::Traceback)] {
            let Slot { place, value } = self.peek(below)?;
            if self.is_cpython() && (place, value) != (Place::Exception(part), Some(exception)) {
                return Err("It raises what is no exception.".to_owned());
            }
        }
        Ok(())
    }

    /// PyPy takes `__exit__` away from below the exception when it calls it.
    fn drop_exit(&mut self) -> Result<(), Stop> {
        if !self.raises_lowest() {
            return Ok(());
        }
        let exception = self.pop_slot()?;
        if self.pop_slot()?.place != Place::Exit {
            return Err("There is no __exit__ below the exception.".to_owned());
        }
        if let Some(Setup::Handler { depth, .. }) = self.setups.last_mut() {
            *depth = depth.saturating_sub(1);
        }
        self.stack.push(exception);
        Ok(())
    }

    /// How many places lie above `__exit__` when it is called for an exception (3.11+): the exception, the one handled before, the
    /// instruction that raised, from 3.14 on the manager.
    fn exit_is_below(&self) -> Option<usize> {
        let places = if self.python.version >= pycxray::Version::new(3, 14) { 4 } else { 3 };
        self.is_strict().then_some(places)
    }

    pub(super) fn with_except_start(&mut self) -> Result<ValueId, Stop> {
        let above = self.stack.iter().rev().position(|slot| slot.place == Place::Exit);
        let above = above.filter(|above| self.exit_is_below().is_none_or(|places| *above == places));
        let exit = above.and_then(|above| self.peek(above + 1).ok()?.value).ok_or("There is no __exit__ to call.")?;
        let exception = self.peek(1)?.value.ok_or("There is no exception to call __exit__ with.")?;
        Ok(self.op(OpKind::WithExceptStart, vec![exit, exception]))
    }

    fn end_finally(&mut self, at: usize) -> Result<Next, Stop> {
        match self.pop_slot()? {
            // The ways through it meet here.
            Slot { place: Place::Null, .. } => self.jump(at + 1),
            // Up to 3.7 a None tells that there is no exception.
            Slot { place: Place::Value, .. } if self.unwinds() => self.jump(at + 1),
            Slot { place: Place::Left(Way::Return), .. } => {
                let value = self.pop()?;
                self.leave(Way::Return, Some(value))
            }
            Slot { place: Place::Left(way), .. } => self.leave(way, None),
            Slot { place: Place::Return(at), .. } => self.jump(at),
            Slot { place: Place::Exception(Part::Type), value: Some(exception) } => {
                self.check_parts(exception)?;
                self.end(Terminator::Reraise(exception))
            }
            _ => Err("It ends a finally clause that was not entered.".to_owned()),
        }
    }

    fn pop_finally(&mut self, at: usize, keeps_top: bool) -> Result<Next, Stop> {
        let top = if keeps_top { Some(self.pop_slot()?) } else { None };
        match self.pop_slot()?.place {
            Place::Null | Place::Return(_) => {
                self.stack.extend(top);
                self.jump(at + 1)
            }
            Place::Exception(Part::Type) => {
                self.op(OpKind::PopExcept, vec![]);
                self.drop_slots(2)?;
                self.pop_handled()?;
                self.stack.extend(top);
                self.jump(at + 1)
            }
            _ => Err("It leaves a finally clause that was not entered.".to_owned()),
        }
    }

    /// 3.8: calls `__exit__`, with the exception if there is one.
    fn with_cleanup_start(&mut self) -> Result<Next, Stop> {
        let top = self.peek(1)?;
        if !matches!(top.place, Place::Exception(_)) {
            self.pop_slot()?;
            let returned = if top.place == Place::Left(Way::Return) { Some(self.pop_slot()?) } else { None };
            let Slot { place: Place::Exit, value: Some(exit) } = self.pop_slot()? else {
                return Err("There is no __exit__ to call.".to_owned());
            };
            let result = self.op(OpKind::WithExit, vec![exit]);
            self.stack.extend(returned);
            self.stack.extend([top, Slot::FILLER, Slot::value(result)]);
            return Ok(Next::Instruction);
        }
        let result = self.with_except_start()?;
        let exit = self.stack.len().checked_sub(7).filter(|&exit| self.stack[exit].place == Place::Exit);
        let exit = exit.ok_or("There is no __exit__ below the exception.")?;
        // The three below the exception move down by one; a NULL fills the gap.
        if let Some(Setup::Handler { depth, .. }) = self.setups.last_mut() {
            *depth = depth.saturating_sub(1);
        }
        self.stack.remove(exit);
        self.stack.insert(exit + 3, Slot::FILLER);
        self.stack.extend([top, Slot::value(result)]);
        Ok(Next::Instruction)
    }

    /// 3.8: forgets the exception if `__exit__` says so.
    fn with_cleanup_finish(&mut self, at: usize) -> Result<Next, Stop> {
        let (result, marker) = (self.pop()?, self.pop_slot()?);
        if marker.place == Place::Filler {
            return self.jump(at + 1);
        }
        let reraises = self.edge(at + 1)?;
        self.drop_slots(7)?;
        self.pop_handler()?;
        let forgets = self.forget(at)?;
        self.branch_to(result, true, reraises, forgets)
    }

    /// An edge to a block of its own that ends the handling of an exception, then goes on behind `finally`.
    pub(super) fn forget(&mut self, at: usize) -> Result<Edge, Stop> {
        let guard = self.guard(at)?;
        // A NULL tells `END_FINALLY` that there is no exception any more.
        self.stack.push(Slot::NULL);
        let edge = self.edge(at + 1)?;
        Ok(self.through_pop_except(edge, guard))
    }

    /// An edge to a block of its own that ends the handling of an exception, guarded as said, then goes where `edge` goes.
    pub(super) fn through_pop_except(&mut self, edge: Edge, guard: Option<Edge>) -> Edge {
        let block = self.graph.add_block(self.graph.block(edge.target).offset, None);
        let params: Vec<ValueId> = edge.args.iter().map(|_| self.graph.add_param(block)).collect();
        let guard = guard.map(|guard| Edge { args: params[..guard.args.len().min(params.len())].to_vec(), ..guard });
        self.graph.block_mut(block).guard = guard;
        self.graph.add_op(block, OpKind::PopExcept, vec![], self.origin);
        self.graph.terminate(block, Terminator::Jump(Edge { target: edge.target, args: params }), self.origin);
        Edge { target: block, args: edge.args }
    }
}
