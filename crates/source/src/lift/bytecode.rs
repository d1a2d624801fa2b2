//! A bytecode taken apart: its instructions with their arguments, targets and places in the source.

use pycxray::python::{Meaning, Opcode};
use pycxray::tables::SourcePosition;
use pycxray::{Code, Instructions};

use crate::graph::Origin;

/// An instruction, what `EXTENDED_ARG` put before it included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instruction {
    /// Where it begins, in bytes; the first `EXTENDED_ARG`'s offset where there is one.
    pub(super) start: u32,
    /// Where it ends, caches included.
    pub(super) end: u32,
    /// The same, with the `NOT_TAKEN` behind a jump (3.14+): what follows that goes on right behind the jump.
    reach: u32,
    /// `None`: the version has no such opcode, or the bytecode ends inside it.
    pub(super) opcode: Option<&'static Opcode>,
    pub(super) arg: u32,
    /// The offset that its argument leads to.
    pub(super) target: Option<u32>,
    position: SourcePosition,
}

impl Instruction {
    pub(super) fn meaning(&self) -> Meaning {
        self.opcode.map_or(Meaning::Unknown, |opcode| opcode.meaning)
    }

    pub(super) fn origin(&self) -> Origin {
        let line = |line: Option<i32>| line.and_then(|line| u32::try_from(line).ok());
        Origin::Bytecode {
            start: self.start,
            end: self.reach,
            line: line(self.position.line),
            end_line: line(self.position.end_line),
            column: self.position.column,
            end_column: self.position.end_column,
        }
    }
}

/// All instructions of a code object.
#[derive(Debug)]
pub(super) struct Bytecode {
    instructions: Vec<Instruction>,
    /// Which instruction begins at an offset; [`Bytecode::NONE`] where none does.
    at: Vec<u32>,
}

impl Bytecode {
    const NONE: u32 = u32::MAX;

    pub(super) fn new(code: &Code<'_>) -> Self {
        let (bytecode, python) = (code.bytecode(), code.python());
        let mut entries = code.line_entries().filter(|entry| entry.start < entry.end).peekable();
        let mut at = vec![Self::NONE; bytecode.len()];
        let mut instructions: Vec<Instruction> = Vec::new();
        let mut extended = None;
        for instruction in Instructions::new(bytecode, python) {
            at[instruction.offset as usize] = instructions.len() as u32;
            let opcode = python.opcode(instruction.opcode).filter(|_| !instruction.is_cut);
            let start = extended.take().unwrap_or(instruction.offset);
            if opcode.is_some_and(|opcode| opcode.name == "EXTENDED_ARG") {
                extended = Some(start);
                continue;
            }
            while entries.peek().is_some_and(|entry| entry.end <= instruction.offset) {
                entries.next();
            }
            if opcode.is_some_and(|opcode| opcode.name == "NOT_TAKEN") {
                instructions.last_mut().into_iter().for_each(|jump| jump.reach = instruction.end());
            }
            let position = entries.peek().filter(|entry| entry.start <= instruction.offset);
            instructions.push(Instruction {
                start,
                end: instruction.end(),
                reach: instruction.end(),
                opcode,
                arg: instruction.arg.unwrap_or(0),
                target: instruction.target(python),
                position: position.map(|entry| entry.position).unwrap_or_default(),
            });
        }
        Self { instructions, at }
    }

    pub(super) fn len(&self) -> usize {
        self.instructions.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<&Instruction> {
        self.instructions.get(index)
    }

    /// What the instruction of this number means.
    pub(super) fn meaning(&self, index: usize) -> Meaning {
        self.get(index).map_or(Meaning::Unknown, Instruction::meaning)
    }

    /// The number of the instruction at an offset; `None` where none begins.
    pub(super) fn at(&self, offset: u32) -> Option<usize> {
        let index = *self.at.get(offset as usize)?;
        (index != Self::NONE && (index as usize) < self.instructions.len()).then_some(index as usize)
    }

    /// The number of the first instruction at or behind an offset.
    pub(super) fn from(&self, offset: u32) -> usize {
        self.instructions.partition_point(|instruction| instruction.end <= offset)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Instruction> {
        self.instructions.iter()
    }
}
