//! What only Python 2 has: `print`, `exec`, backquotes, slices of their own, classes and functions made of what lies on the stack. And
//! handlers that end by going elsewhere: no instruction says that the exception is handled.

use pycxray::python::Meaning;

use super::stack::{Part, Place, Setup, Slot, Way};
use super::{Lifter, Next, Stop};
use crate::constant::{Constant, Name};
use crate::graph::{Bounds, BuildKind, Edge, FunctionPart, OpKind, Terminator};

impl Lifter<'_> {
    pub(super) fn python2(&mut self, meaning: Meaning, arg: u32) -> Option<Result<Next, Stop>> {
        Some(match meaning {
            Meaning::Repr => self.one(OpKind::Repr),
            Meaning::GetBounds(lower, upper) => {
                self.many(OpKind::GetBounds(Bounds { lower, upper }), 1 + u32::from(lower) + u32::from(upper))
            }
            Meaning::SetBounds(lower, upper) => {
                self.none(OpKind::SetBounds(Bounds { lower, upper }), 2 + usize::from(lower) + usize::from(upper))
            }
            Meaning::DeleteBounds(lower, upper) => {
                self.none(OpKind::DelBounds(Bounds { lower, upper }), 1 + usize::from(lower) + usize::from(upper))
            }
            Meaning::BuildEmptyMap => self.many(OpKind::Build(BuildKind::Dict, 0), 0),
            Meaning::StoreMap => self.pop_many(2).and_then(|entry| {
                let dict = self.peek_value(1)?;
                self.op(OpKind::MapAdd, vec![dict, entry[1], entry[0]]);
                Ok(Next::Instruction)
            }),
            Meaning::Print { to, newline: false } => self.none(OpKind::PrintItem { to }, 1 + usize::from(to)),
            Meaning::Print { to, newline: true } => self.none(OpKind::PrintNewline { to }, usize::from(to)),
            Meaning::Exec => self.none(OpKind::Exec, 3),
            Meaning::BuildClass => self.many(OpKind::BuildClass, 3),
            Meaning::CallCounted { star, star_star } => self.call_counted(arg, star, star_star),
            Meaning::MakeFunctionCounted { closure } => self.make_function_counted(arg, closure),
            Meaning::RaiseParts => self.raise_parts(arg),
            _ => return None,
        })
    }

    /// The function lies below its arguments: values, pairs of a name and a value, a tuple, a dict.
    fn call_counted(&mut self, arg: u32, star: bool, star_star: bool) -> Result<Next, Stop> {
        let (positional, named) = (arg & 0xff, arg >> 8 & 0xff);
        let starred = self.pop_many(usize::from(star) + usize::from(star_star))?;
        let pairs = self.pop_many(named as usize * 2)?;
        let mut operands = self.pop_many(positional as usize + 1)?;
        let mut keywords: Vec<Name> = Vec::new();
        for pair in pairs.chunks_exact(2) {
            let Some(Constant::Str(name)) = self.graph.as_constant(pair[0]) else {
                return Err("The name of an argument is no text.".to_owned());
            };
            keywords.push(String::from_utf8_lossy(name).into());
            operands.push(pair[1]);
        }
        operands.extend(starred);
        let kind = if star || star_star {
            OpKind::CallStar { positional, keywords, star, star_star }
        } else {
            OpKind::Call { positional, keywords }
        };
        self.push_op(kind, operands)
    }

    fn make_function_counted(&mut self, count: u32, closure: bool) -> Result<Next, Stop> {
        let mut operands = vec![self.pop()?];
        let cells = if closure { Some(self.pop()?) } else { None };
        let defaults = self.pop_many(count as usize)?;
        let mut parts = Vec::new();
        if count > 0 {
            parts.push(FunctionPart::Defaults);
            operands.push(self.op(OpKind::Build(BuildKind::Tuple, count), defaults));
        }
        if let Some(cells) = cells {
            parts.push(FunctionPart::Closure);
            operands.push(cells);
        }
        self.push_op(OpKind::MakeFunction(parts), operands)
    }

    fn raise_parts(&mut self, count: u32) -> Result<Next, Stop> {
        if count > 3 {
            return Err(format!("It raises {count} values."));
        }
        let mut parts = self.pop_many(count as usize)?;
        if parts.len() == 3 {
            let both = parts.split_off(1);
            parts.push(self.op(OpKind::WithTraceback, both));
        }
        let (exception, cause) = (parts.first().copied(), parts.get(1).copied());
        self.end(Terminator::Raise { exception, cause })
    }

    /// The `END_FINALLY` that ends a handler: behind those of all blocks that begin in it.
    pub(super) fn handler_end(&mut self, handler: usize) -> Result<usize, Stop> {
        if let Some(&end) = self.handler_ends.get(&handler) {
            return Ok(end);
        }
        let mut open = 0_usize;
        for index in handler..self.bytecode.len() {
            self.budget = self.budget.checked_sub(1).ok_or("There are too many ways through this code.")?;
            match self.bytecode.meaning(index) {
                Meaning::SetupExcept | Meaning::SetupFinally | Meaning::SetupWith => open += 1,
                Meaning::EndFinally if open == 0 => {
                    self.handler_ends.insert(handler, index);
                    return Ok(index);
                }
                Meaning::EndFinally => open -= 1,
                _ => {}
            }
        }
        Err("A handler does not end.".to_owned())
    }

    /// Whether going there leaves the innermost handler.
    pub(super) fn leaves_handler(&self, at: usize, setups: &[Setup]) -> bool {
        match setups.last() {
            Some(Setup::Handler { until: Some((begin, end)), .. }) => at < *begin || at > *end,
            _ => false,
        }
    }

    /// An edge to a block of its own in which the exception is handled.
    pub(super) fn edge_out_of_handler(
        &mut self,
        at: usize,
        stack: Vec<Slot>,
        mut setups: Vec<Setup>,
    ) -> Result<Edge, Stop> {
        setups.pop();
        let around = std::mem::replace(&mut self.setups, setups.clone());
        let guard = self.guard(at);
        self.setups = around;
        let guard = guard?;
        let edge = self.edge_with(at, stack, setups, &[])?;
        Ok(self.through_pop_except(edge, guard))
    }

    /// Calls `__exit__`; forgets the exception, if there is one, if it says so.
    pub(super) fn with_cleanup(&mut self, at: usize) -> Result<Next, Stop> {
        let top = self.peek(1)?;
        if !matches!(top.place, Place::Exception(_)) {
            self.pop_slot()?;
            let returned = if top.place == Place::Left(Way::Return) { Some(self.pop_slot()?) } else { None };
            let Slot { place: Place::Exit, value: Some(exit) } = self.pop_slot()? else {
                return Err("There is no __exit__ to call.".to_owned());
            };
            self.op(OpKind::WithExit, vec![exit]);
            self.stack.extend(returned);
            self.stack.push(top);
            return Ok(Next::Instruction);
        }
        let result = self.with_except_start()?;
        let exit = self.stack.len().checked_sub(4).filter(|&exit| self.stack[exit].place == Place::Exit);
        self.stack.remove(exit.ok_or("There is no __exit__ below the exception.")?);
        if let Some(Setup::Handler { depth, .. }) = self.setups.last_mut() {
            *depth = depth.saturating_sub(1);
        }
        if top.place != Place::Exception(Part::Type) {
            return Err("It calls __exit__ with a part of an exception.".to_owned());
        }
        let reraises = self.edge(at + 1)?;
        self.drop_slots(3)?;
        self.pop_handler()?;
        let forgets = self.forget(at)?;
        self.branch_to(result, true, reraises, forgets)
    }
}
