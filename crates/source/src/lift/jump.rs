//! Jumps, ends, patterns.

use pycxray::python::Meaning;

use super::stack::Way;
use super::{Lifter, Next, Stop};
use crate::constant::Constant;
use crate::graph::{Edge, OpKind, Terminator, ValueId};

impl Lifter<'_> {
    pub(super) fn control(
        &mut self,
        at: usize,
        meaning: Meaning,
        arg: u32,
        target: Option<usize>,
    ) -> Option<Result<Next, Stop>> {
        let to = || target.ok_or_else(|| "It leads to no instruction.".to_owned());
        Some(match meaning {
            Meaning::Jump => to().and_then(|target| self.jump(target)),
            Meaning::JumpIf(jumps) => to().and_then(|target| {
                self.check_bool(at)?;
                let condition = self.pop()?;
                self.branch(condition, jumps, at + 1, target)
            }),
            Meaning::JumpIfOrPop(jumps) => to().and_then(|target| {
                let condition = self.peek_value(1)?;
                let jump = self.edge(target)?;
                self.pop()?;
                let next = self.edge(at + 1)?;
                self.branch_to(condition, jumps, next, jump)
            }),
            Meaning::JumpIfNone(jumps) => to().and_then(|target| {
                let value = self.pop()?;
                let none = self.graph.constant(Constant::None);
                let condition = self.op(OpKind::Is { negated: false }, vec![value, none]);
                self.branch(condition, jumps, at + 1, target)
            }),
            Meaning::JumpIfNotExcMatch => to().and_then(|target| {
                let condition = self.check_exception()?;
                self.branch(condition, false, at + 1, target)
            }),
            Meaning::Return => self.pop().and_then(|value| self.leave(Way::Return, Some(value))),
            Meaning::ReturnConst => self.constant(arg).and_then(|constant| {
                let value = self.graph.constant(constant);
                self.return_value(value)
            }),
            Meaning::Raise => self.raise(arg),
            _ => return self.pattern(meaning, arg),
        })
    }

    fn branch(&mut self, condition: ValueId, jumps: bool, next: usize, target: usize) -> Result<Next, Stop> {
        let (next, jump) = (self.edge(next)?, self.edge(target)?);
        self.branch_to(condition, jumps, next, jump)
    }

    /// Ends the block with a branch that jumps if the condition is what `jumps` says.
    pub(super) fn branch_to(&mut self, condition: ValueId, jumps: bool, next: Edge, jump: Edge) -> Result<Next, Stop> {
        let (on_true, on_false) = if jumps { (jump, next) } else { (next, jump) };
        self.graph.block_mut(self.current).falls = Some(!jumps);
        self.end(Terminator::Branch { condition, on_true, on_false })
    }

    /// Compilers take everything else from the stack first (since 3.8; before, the interpreter does).
    pub(super) fn return_value(&mut self, value: ValueId) -> Result<Next, Stop> {
        if self.is_cpython() && !self.unwinds() && !self.stack.is_empty() {
            return Err("It leaves values on the stack.".to_owned());
        }
        self.end(Terminator::Return(value))
    }

    fn raise(&mut self, arg: u32) -> Result<Next, Stop> {
        let cause = if arg == 2 { Some(self.pop()?) } else { None };
        let exception = if arg >= 1 { Some(self.pop()?) } else { None };
        if arg > 2 {
            return Err(format!("It raises {arg} values."));
        }
        self.end(Terminator::Raise { exception, cause })
    }

    fn pattern(&mut self, meaning: Meaning, arg: u32) -> Option<Result<Next, Stop>> {
        Some(match meaning {
            Meaning::GetLen => self.look(OpKind::GetLen),
            Meaning::MatchMapping => self.look(OpKind::MatchMapping),
            Meaning::MatchSequence => self.look(OpKind::MatchSequence),
            Meaning::MatchKeys => self.match_keys().and_then(|values| self.push(values)),
            Meaning::MatchKeysFlagged => self.match_keys().and_then(|values| {
                self.push(values)?;
                self.push_is_not_none(values)
            }),
            Meaning::MatchClass => self.many(OpKind::MatchClass { positional: arg }, 3),
            // The class and the names are popped; the attributes take the subject's place, below the flag.
            Meaning::MatchClassFlagged => self.many(OpKind::MatchClass { positional: arg }, 3).and_then(|_| {
                let attributes = self.peek_value(1)?;
                self.push_is_not_none(attributes)
            }),
            Meaning::CopyDictWithoutKeys => self.pop().and_then(|keys| {
                let subject = self.peek_value(1)?;
                self.push_op(OpKind::CopyDictWithoutKeys, vec![subject, keys])
            }),
            _ => return None,
        })
    }

    /// Pushes what an operation says of the top value, which stays.
    fn look(&mut self, kind: OpKind) -> Result<Next, Stop> {
        let subject = self.peek_value(1)?;
        self.push_op(kind, vec![subject])
    }

    fn match_keys(&mut self) -> Result<ValueId, Stop> {
        let operands = vec![self.peek_value(2)?, self.peek_value(1)?];
        Ok(self.op(OpKind::MatchKeys, operands))
    }

    fn push_is_not_none(&mut self, value: ValueId) -> Result<Next, Stop> {
        let none = self.graph.constant(Constant::None);
        self.push_op(OpKind::Is { negated: true }, vec![value, none])
    }
}
