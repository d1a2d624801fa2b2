//! Walking through the instructions of a file's code objects, in slices: what the listing and the JSON have in common.

use crate::bytecode::Targets;
use crate::bytecode::{Instruction, InstructionCursor};
use crate::code::Sharing;
use crate::code::tables::{Places, PlacesCursor, SourcePosition};
use crate::text::operand::Operands;
use crate::{Code, Instructions, Limits, Pyc};

/// How much text a file may be blown up to by constants that are long and used often: so many bytes, and so many for each
/// byte of the file. Beyond that, long constants are cut at [`SHORT`] bytes.
const ALLOWANCE: (usize, usize) = (64 << 20, 64);

/// Texts up to this length count for nothing.
pub(crate) const SHORT: usize = 256;

/// How many bytes of text count as one more instruction where work is done in slices: no instruction has more text of its own.
pub(crate) const TEXT_OF_ONE: usize = 256;

/// How many instructions are gathered at a time.
const STEPS: usize = 64;

/// The state of a walk. It borrows nothing, so that it can be kept between slices.
#[derive(Clone, Debug)]
pub(crate) struct Disassembly {
    pub(crate) operands: Operands,
    pub(crate) targets: Targets,
    cursor: InstructionCursor,
    places: PlacesCursor,
    /// Whether columns are wanted besides lines.
    has_columns: bool,
    /// The instructions that come next, as many as were gathered, of which so many were handed out. Walking through the
    /// bytecode, through the line table, and writing are loops of their own: one alone has more values than the processor has
    /// registers, and takes an eighth more instructions.
    steps: Vec<Step>,
    gathered: usize,
    handed: usize,
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
            operands: Operands::idle(pyc.python(), limits.text as usize),
            targets: Targets::default(),
            cursor: InstructionCursor::default(),
            places: PlacesCursor::default(),
            has_columns: false,
            steps: vec![Step::NONE; STEPS],
            gathered: 0,
            handed: 0,
            limits,
            allowance,
            sharing: Sharing::new(pyc),
            is_passed_over: false,
            debt: 0,
        }
    }

    /// From now on instructions are handed out with columns.
    pub(crate) fn take_columns(&mut self) {
        self.has_columns = true;
    }

    /// One whose text programs read, letter by letter, rather than people.
    pub(crate) fn for_programs(pyc: &Pyc, limits: Limits) -> Self {
        let mut disassembly = Self::new(pyc, limits);
        disassembly.take_columns();
        disassembly.operands.take_names_literally();
        disassembly
    }

    /// Goes to the start of a code object. `false` if its tables are not to be listed, because too many others share them.
    pub(crate) fn turn_to(&mut self, code: &Code<'_>) -> bool {
        self.is_passed_over = !self.sharing.admits(code);
        (self.gathered, self.handed) = (0, 0);
        if self.is_passed_over {
            self.operands.turn_to_nothing();
            self.targets.rebuild(&[], code.python());
            return false;
        }
        self.operands.turn_to(code);
        self.targets.rebuild(code.bytecode(), code.python());
        self.cursor = InstructionCursor::default();
        self.places = Places::new(code).suspend();
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
    /// is in the source: with columns if they are wanted. `true` when there are no more.
    #[inline]
    pub(crate) fn run(
        &mut self,
        code: &Code<'_>,
        budget: &mut usize,
        mut each: impl FnMut(&mut Self, &Instruction, &SourcePosition),
    ) -> bool {
        let mut steps = std::mem::take(&mut self.steps);
        let mut is_done = self.is_passed_over;
        while *budget > 0 && !is_done {
            if self.handed == self.gathered {
                // Fewer than there is room for were the last.
                is_done = (1..STEPS).contains(&self.gathered) || !self.gather(code, &mut steps);
                continue;
            }
            let mut handed = 0;
            for step in steps[self.handed..self.gathered].iter().take(*budget) {
                handed += 1;
                each(self, &step.instruction, &step.position);
                if self.debt > 0 {
                    break;
                }
            }
            self.handed += handed;
            *budget = (*budget - handed).saturating_sub(self.take_debt());
        }
        self.steps = steps;
        is_done
    }

    /// Gathers the next instructions in place of those that were handed out. `false` if there are none.
    #[inline(never)]
    fn gather(&mut self, code: &Code<'_>, steps: &mut [Step]) -> bool {
        let mut instructions = Instructions::resume(code.bytecode(), code.python(), self.cursor);
        let gathered = steps.iter_mut().zip(&mut instructions).map(|(step, next)| step.instruction = next).count();
        self.cursor = instructions.cursor();
        let mut places = Places::resume(code, self.places);
        let steps = steps[..gathered].iter_mut().map(|step| (&step.instruction, &mut step.position));
        if self.has_columns {
            places.locate(steps)
        } else {
            places.find_lines(steps)
        }
        self.places = places.suspend();
        (self.gathered, self.handed) = (gathered, 0);
        gathered > 0
    }
}

/// An instruction, and where it is in the source.
#[derive(Clone, Copy, Debug)]
struct Step {
    instruction: Instruction,
    position: SourcePosition,
}

impl Step {
    /// What stands where none was gathered yet.
    const NONE: Self = Self {
        instruction: Instruction { offset: 0, opcode: 0, is_cut: false, cache_units: 0, arg: None, size: 0 },
        position: SourcePosition { line: None, end_line: None, column: None, end_column: None },
    };
}
