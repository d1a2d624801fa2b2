//! Walking through the instructions of a file's code objects, in slices: what the listing and the JSON have in common.

use crate::instruction::{BytecodeIndex, Instruction, InstructionCursor};
use crate::operand::Operands;
use crate::python::{LineTable, Operand};
use crate::sharing::Sharing;
use crate::tables::{LookupCursor, PositionLookup, SourcePosition, StepCursor, Stepwise};
use crate::{Code, Instructions, Limits, Pyc};

/// How much text a file may be blown up to by constants that are long and used often: so many bytes, and so many for each
/// byte of the file. Beyond that, long constants are cut at [`SHORT`] bytes.
const ALLOWANCE: (usize, usize) = (64 << 20, 64);

/// Texts up to this length count for nothing.
const SHORT: usize = 256;

/// How many bytes of text count as one more instruction where work is done in slices: no instruction has more text of its own.
pub(crate) const TEXT_OF_ONE: usize = 256;

/// The state of a walk. It borrows nothing, so that it can be kept between slices.
#[derive(Clone, Debug)]
pub(crate) struct Disassembly {
    pub(crate) operands: Operands,
    pub(crate) index: BytecodeIndex,
    cursor: InstructionCursor,
    lookup: LookupCursor,
    /// The line that the last `SET_LINENO` gave, where there is no table.
    set_line: Option<i32>,
    /// Where the walk through the lines of Python 2.3 stands.
    steps: StepCursor,
    limits: Limits,
    allowance: usize,
    sharing: Sharing,
    /// The code object's tables are not walked through: too many others share them.
    is_passed_over: bool,
    /// What long texts cost beyond the instruction that they belong to, counted in instructions.
    debt: usize,
}

impl Disassembly {
    pub(crate) fn new(pyc: &Pyc, limits: Limits) -> Self {
        let allowance = ALLOWANCE.1.saturating_mul(pyc.bytes().len()).saturating_add(ALLOWANCE.0);
        Self {
            operands: Operands::idle(pyc.python().version, limits.text as usize),
            index: BytecodeIndex::default(),
            cursor: InstructionCursor::default(),
            lookup: LookupCursor::default(),
            set_line: None,
            steps: StepCursor::default(),
            limits,
            allowance,
            sharing: Sharing::new(pyc),
            is_passed_over: false,
            debt: 0,
        }
    }

    /// One whose text programs read, letter by letter, rather than people.
    pub(crate) fn for_programs(pyc: &Pyc, limits: Limits) -> Self {
        let mut disassembly = Self::new(pyc, limits);
        disassembly.operands.take_names_literally();
        disassembly
    }

    /// Goes to the start of a code object. `false` if its tables are not to be listed, because too many others share them.
    pub(crate) fn turn_to(&mut self, code: &Code<'_>) -> bool {
        self.is_passed_over = !self.sharing.admits(code);
        if self.is_passed_over {
            self.operands.turn_to_nothing();
            self.index.rebuild(&[], code.python());
            return false;
        }
        self.operands.turn_to(code);
        self.index.rebuild(code.bytecode(), code.python());
        self.cursor = InstructionCursor::default();
        self.lookup = PositionLookup::new(code.line_entries()).suspend();
        self.set_line = None;
        self.steps = Stepwise::of(code).map_or(StepCursor::default(), |stepwise| stepwise.cursor());
        true
    }

    /// A text as it may be written, cut if it is long: it may be referred to any number of times.
    pub(crate) fn text<'t>(&mut self, text: &'t [u8]) -> &'t [u8] {
        let mut size = text.len().min(self.operands.limit());
        // Not inside a character.
        while size < text.len() && size > 0 && text[size] & 0xc0 == 0x80 {
            size -= 1;
        }
        self.spend(size);
        &text[..size]
    }

    /// Whether the tables of the code object are not listed, because too many others share them.
    pub(crate) fn is_passed_over(&self) -> bool {
        self.is_passed_over
    }

    /// Takes from what may be spent on repetition.
    pub(crate) fn spend(&mut self, text: usize) {
        if text > SHORT {
            self.debt += text / TEXT_OF_ONE;
            self.allowance = self.allowance.saturating_sub(text);
            let limit = if self.allowance == 0 { SHORT } else { self.limits.text as usize };
            self.operands.set_limit(limit);
        }
    }

    /// What long texts have cost since this was last asked for, counted in instructions.
    pub(crate) fn take_debt(&mut self) -> usize {
        std::mem::take(&mut self.debt)
    }

    /// Hands the next instructions of the code object that it stands in to `each`, `budget` of them at most, each with where it
    /// is in the source. `true` when there are no more.
    #[inline]
    pub(crate) fn run(
        &mut self,
        code: &Code<'_>,
        budget: &mut usize,
        mut each: impl FnMut(&mut Self, &Instruction, SourcePosition),
    ) -> bool {
        if self.is_passed_over {
            return true;
        }
        let python = code.python();
        let mut instructions = Instructions::resume(code.bytecode(), python, self.cursor);
        let mut lookup = PositionLookup::resume(code.line_entries(), self.lookup);
        let by_instruction = python.format.lines == LineTable::None;
        let mut stepwise = Stepwise::resume(code, self.steps);
        while *budget > 0 {
            let Some(instruction) = instructions.next() else { return true };
            *budget -= 1;
            let mut position = lookup.position(instruction.offset);
            if by_instruction {
                let sets = python.opcode(instruction.opcode).is_some_and(|known| known.operand == Operand::LineNumber);
                if sets {
                    self.set_line = instruction.arg.map(|line| line as i32);
                }
                position.line = self.set_line;
            }
            if let Some(stepwise) = &mut stepwise {
                position.line = Some(stepwise.line(instruction.offset));
            }
            each(self, &instruction, position);
            *budget = budget.saturating_sub(self.take_debt());
        }
        self.cursor = instructions.cursor();
        self.lookup = lookup.suspend();
        self.steps = stepwise.map_or(self.steps, |stepwise| stepwise.cursor());
        false
    }
}
