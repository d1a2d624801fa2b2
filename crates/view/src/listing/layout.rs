//! Which row of the listing is what: instructions, their caches where they are unfolded, the exception table.

use std::rc::Rc;

use pycxray::{Field, Instruction, Item, Pyc};

use super::arrows::Arrows;
use crate::bytecode::Bytecode;

/// How many instructions lie between two of which the caches before them are known.
const STRIDE: usize = 64;

/// The rows of one code object, before anything is unfolded.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) bytecode: Rc<Bytecode>,
    pub(super) arrows: Arrows,
    /// How many instructions there are.
    pub(super) instructions: usize,
    /// Before every 64th instruction: how many cache fields there are before it.
    caches: Vec<usize>,
    all_caches: usize,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// An instruction, by position.
    Instruction(usize),
    /// A field of the caches of an instruction: position, which field.
    Cache(usize, usize),
    Heading,
    /// An entry of the exception table, by position.
    Exception(usize),
}

/// How many cache fields an instruction has, as far as they are there.
fn fields(pyc: &Pyc, instruction: &Instruction) -> usize {
    if instruction.cache_units == 0 {
        return 0;
    }
    let Some(opcode) = pyc.python().opcode(instruction.opcode) else { return 0 };
    let mut units = u32::from(instruction.cache_units);
    let there = opcode.caches.iter().take_while(|field| {
        let any = units > 0;
        units = units.saturating_sub(field.units.into());
        any
    });
    there.count()
}

impl Layout {
    pub(super) fn new(pyc: &Pyc, bytecode: Rc<Bytecode>) -> Self {
        let (mut instructions, mut caches, mut all_caches) = (0_usize, Vec::new(), 0);
        for instruction in bytecode.from(pyc, 0) {
            if instructions.is_multiple_of(STRIDE) {
                caches.push(all_caches);
            }
            all_caches += fields(pyc, &instruction);
            instructions += 1;
        }
        Self { arrows: Arrows::new(pyc, &bytecode), bytecode, instructions, caches, all_caches }
    }

    /// Where the entries of the exception table begin in it.
    pub(super) fn exceptions(&self) -> &[u32] {
        self.bytecode.guards.entries()
    }

    /// How many cache fields the instruction at a position has.
    pub(super) fn fields(&self, pyc: &Pyc, position: usize) -> usize {
        self.bytecode.instruction(pyc, position).map_or(0, |instruction| fields(pyc, &instruction))
    }

    /// How many cache fields there are before an instruction.
    pub(super) fn caches_before(&self, pyc: &Pyc, position: usize) -> usize {
        let Some(&known) = self.caches.get(position / STRIDE) else { return self.all_caches };
        let start = position - position % STRIDE;
        let between = self.bytecode.from(pyc, start).take(position - start);
        known + between.map(|instruction| fields(pyc, &instruction)).sum::<usize>()
    }

    /// The item of a row.
    pub(super) fn item(&self, pyc: &Pyc, line: Line) -> Option<Item> {
        let code = self.bytecode.code;
        let instruction = |position| self.bytecode.instruction(pyc, position);
        match line {
            Line::Instruction(position) => instruction(position).map(|found| Item::Instruction(code, found.offset)),
            Line::Cache(position, field) => {
                let found = instruction(position)?;
                pyc.children(Item::Instruction(code, found.offset)).nth(field)
            }
            // The heading stands for the table.
            Line::Heading => pyc.code(code)?.object(Field::Exceptiontable).map(Item::Object),
            Line::Exception(at) => self.exceptions().get(at).map(|&offset| Item::Exception(code, offset)),
        }
    }
}
