//! Walking through the instructions of a file's code objects: what the listing and the JSON have in common.

use crate::bytecode::Instruction;
use crate::bytecode::Labels;
use crate::code::Sharing;
use crate::code::tables::{Places, SourcePosition};
use crate::text::operand::Operands;
use crate::{Code, Instructions, Limits, Pyc, Span};

/// How much text a file may be blown up to by constants that are long and used often: so many bytes, and so many for each
/// byte of the file. Beyond that, long constants are cut at [`SHORT`] bytes. A byte string that is all escapes, listed among the
/// constants and where it is loaded, takes eight for each of its bytes.
const ALLOWANCE: (usize, usize) = (8 << 20, 16);

/// Texts up to this length count for nothing there.
pub(crate) const SHORT: usize = 256;

/// How much text all arguments together may come to where programs read it: as [`ALLOWANCE`]. Beyond that, they are cut at
/// [`SHORTEST`] bytes: a name of 256 bytes, each an escape, may be loaded by every instruction.
const ALL: (usize, usize) = (16 << 20, 64);

/// As short as texts are cut.
const SHORTEST: usize = 16;

/// How many instructions are gathered at a time.
const STEPS: usize = 64;

/// What is needed for every code object, and what may still be spent on all of them.
#[derive(Clone, Debug)]
pub(crate) struct Disassembly {
    pub(crate) operands: Operands,
    /// Where labels stand in the code object that is written, as whoever writes it wants them.
    pub(crate) labels: Labels,
    /// Whether columns are wanted besides lines.
    has_columns: bool,
    /// The range of the bytecode of which instructions are handed out; `None` for all.
    pub(crate) only: Option<Span>,
    /// Room for the instructions that come next. Walking through the bytecode, through the line table, and writing are loops of
    /// their own: one alone has more values than the processor has registers, and takes an eighth more instructions.
    steps: Vec<Step>,
    limits: Limits,
    allowance: usize,
    /// What may still be written at all.
    left: usize,
    sharing: Sharing,
    /// The code object's tables are not walked through: too many others share them.
    is_passed_over: bool,
}

impl Disassembly {
    pub(crate) fn new(pyc: &Pyc, limits: Limits) -> Self {
        let allowance = ALLOWANCE.1.saturating_mul(pyc.bytes().len()).saturating_add(ALLOWANCE.0);
        Self {
            operands: Operands::idle(pyc.python(), limits.text as usize),
            labels: Labels::default(),
            has_columns: false,
            steps: vec![Step::NONE; STEPS],
            only: None,
            limits,
            allowance,
            left: ALL.1.saturating_mul(pyc.bytes().len()).saturating_add(ALL.0),
            sharing: Sharing::new(pyc),
            is_passed_over: false,
        }
    }

    /// From now on instructions are handed out with columns.
    pub(crate) fn take_columns(&mut self) {
        self.has_columns = true;
    }

    /// One whose text programs read, letter by letter, rather than people.
    #[cfg(feature = "serde")]
    pub(crate) fn for_programs(pyc: &Pyc, limits: Limits) -> Self {
        let mut disassembly = Self::new(pyc, limits);
        disassembly.take_columns();
        disassembly.operands.write_names_in(crate::text::visible::NameStyle::Literal);
        disassembly
    }

    /// Goes to the start of a code object. `false` if its tables are not to be listed, because too many others share them.
    pub(crate) fn turn_to(&mut self, code: &Code<'_>) -> bool {
        self.is_passed_over = !self.sharing.admits(code);
        if self.is_passed_over {
            self.operands.turn_to_nothing();
            return false;
        }
        self.operands.turn_to(code);
        true
    }

    /// Whether the tables of the code object that it has turned to are not to be walked through.
    #[cfg(feature = "serde")]
    pub(crate) fn is_passed_over(&self) -> bool {
        self.is_passed_over
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

    /// Takes from what may be spent on repetition.
    pub(crate) fn spend(&mut self, text: usize) {
        self.left = self.left.saturating_sub(text);
        if self.left == 0 {
            self.operands.set_limit(SHORTEST);
        } else if text > SHORT {
            self.allowance = self.allowance.saturating_sub(text);
            let limit = if self.allowance == 0 { SHORT } else { self.limits.text as usize };
            self.operands.set_limit(limit);
        }
    }

    /// Hands the instructions of the code object that it has turned to to `each`, with where they are in the source: with columns
    /// if they are wanted. `each` says whether to go on.
    #[inline]
    pub(crate) fn run(
        &mut self,
        code: &Code<'_>,
        mut each: impl FnMut(&mut Self, &Instruction, &SourcePosition) -> bool,
    ) {
        if self.is_passed_over {
            return;
        }
        let mut steps = std::mem::take(&mut self.steps);
        let (mut instructions, mut places) = (code.instructions(), Places::new(code));
        let mut goes_on = true;
        while goes_on {
            let gathered = self.gather(&mut instructions, &mut places, &mut steps);
            let only = self.only;
            let mut wanted =
                steps[..gathered].iter().filter(|step| only.is_none_or(|only| only.contains(step.instruction.offset)));
            goes_on = wanted.all(|step| each(self, &step.instruction, &step.position)) && gathered == STEPS;
        }
        self.steps = steps;
    }

    /// Gathers the next instructions: says how many.
    #[inline(never)]
    fn gather(&self, instructions: &mut Instructions<'_>, places: &mut Places<'_>, steps: &mut [Step]) -> usize {
        let gathered = steps.iter_mut().zip(instructions).map(|(step, next)| step.instruction = next).count();
        let steps = steps[..gathered].iter_mut().map(|step| (&step.instruction, &mut step.position));
        if self.has_columns {
            places.locate(steps)
        } else {
            places.find_lines(steps)
        }
        gathered
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
