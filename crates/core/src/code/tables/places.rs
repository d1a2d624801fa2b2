//! Where instructions are in the source, one after the other: by a table, or by what stands for one in old versions.

use super::line_entry::SourcePosition;
use super::lookup::PositionLookup;
use super::stepwise::Stepwise;
use crate::python::{LineTable, Operand, Python};
use crate::{Code, Instruction};

/// Tells where each instruction of a code object is, in order.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Places<'t> {
    Table(PositionLookup<'t>),
    /// Python 2.3.
    Steps(Stepwise<'t>),
    /// The line that the last `SET_LINENO` gave (up to 1.4).
    Set(&'static Python, Option<i32>),
}

impl<'t> Places<'t> {
    /// Before the first instruction.
    pub(crate) fn new(code: &Code<'t>) -> Self {
        if code.python().format.lines == LineTable::None {
            return Self::Set(code.python(), None);
        }
        Stepwise::of(code).map_or_else(|| Self::Table(PositionLookup::new(code.line_entries())), Self::Steps)
    }

    /// Tells the lines of the next instructions, and nothing else of where they are.
    pub(crate) fn find_lines<'s>(&mut self, steps: impl Iterator<Item = (&'s Instruction, &'s mut SourcePosition)>) {
        if let Self::Table(lookup) = self {
            lookup.find_lines(steps);
        } else {
            steps.for_each(|(instruction, position)| position.line = self.line_without_table(instruction));
        }
    }

    /// Tells where the next instructions are.
    pub(crate) fn locate<'s>(&mut self, steps: impl Iterator<Item = (&'s Instruction, &'s mut SourcePosition)>) {
        if let Self::Table(lookup) = self {
            lookup.locate(steps);
        } else {
            self.find_lines(steps);
        }
    }

    fn line_without_table(&mut self, instruction: &Instruction) -> Option<i32> {
        match self {
            Self::Table(_) => None,
            Self::Steps(steps) => Some(steps.line(instruction.offset)),
            Self::Set(python, line) => {
                let opcode = python.opcode(instruction.opcode);
                if opcode.is_some_and(|opcode| opcode.operand == Operand::LineNumber) {
                    *line = instruction.arg.map(|line| line as i32);
                }
                *line
            }
        }
    }
}
