//! Damage in bytecode: walked through once from its first byte to its last.

use crate::DiagnosticCode;
use crate::bytecode::{Instruction, InstructionCursor, Instructions};
use crate::inspect::{Bits, Report, Scope, Subject};
use crate::marshal::Field;
use crate::python::Bound;
use crate::python::{Format, Operand, Python};

/// How many items there are that an argument can be an index into. `None` where that cannot be told.
#[derive(Clone, Copy, Debug, Default)]
struct Bounds {
    consts: Option<usize>,
    names: Option<usize>,
    locals: Option<usize>,
    cells: Option<usize>,
}

impl Bounds {
    fn of(subject: &Subject<'_>) -> Self {
        let consts = subject.count(Field::Consts);
        let names = subject.count(Field::Names);
        if subject.python().format.cells_in_localsplus {
            let locals = subject.count(Field::Localsplusnames);
            return Self { consts, names, locals, cells: locals };
        }
        let locals = subject.count(Field::Varnames);
        let declared = subject.code.number(Field::Nlocals).and_then(|count| usize::try_from(count).ok());
        let cells = subject.count(Field::Cellvars).zip(subject.count(Field::Freevars));
        Self {
            consts,
            names,
            // Frames have as many slots as co_nlocals says; the names are for messages.
            locals: locals.zip(declared).map(|(names, slots)| names.max(slots)).or(locals),
            cells: cells.map(|(cells, free)| cells + free),
        }
    }

    /// Below which arguments are harmless, by the bounds of their opcodes.
    fn harmless(self, format: &Format) -> [u32; Bound::COUNT] {
        let Self { consts, names, locals, cells } = self;
        let mut harmless = [0; Bound::COUNT];
        harmless[Bound::None as usize] = u32::MAX;
        let bounds = [
            (Bound::Consts, consts, 0),
            (Bound::Names, names, 0),
            (Bound::NamesAndBit, names, 1),
            (Bound::Locals, locals, 0),
            (Bound::Cells, cells, 0),
            (Bound::Compare, Some(format.compare.len()), format.compare_shift),
            (Bound::Binary, Some(format.binary.len()), 0),
        ];
        for (bound, count, shift) in bounds {
            let count = count.and_then(|count| u32::try_from(count).ok());
            harmless[bound as usize] = count.and_then(|count| count.checked_mul(1 << shift)).unwrap_or(0);
        }
        harmless
    }
}

/// How often something was met, and where first.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) count: u64,
    pub(crate) first: u32,
    /// The size of the first.
    pub(crate) size: u32,
}

impl Tally {
    pub(crate) fn add(&mut self, offset: u32, size: u32) {
        if self.count == 0 {
            (self.first, self.size) = (offset, size);
        }
        self.count += 1;
    }
}

/// One walk through a bytecode, and what it gathers for the walks after it.
#[derive(Debug, Default)]
pub(crate) struct Sweep {
    cursor: InstructionCursor,
    bounds: Bounds,
    /// Arguments below these need not be looked at, by the bounds of their opcodes.
    harmless: [u32; Bound::COUNT],
    extending: bool,
    /// Where instructions begin.
    pub(crate) starts: Bits,
    /// Where instructions begin that an `EXTENDED_ARG` belongs to.
    pub(crate) extended: Bits,
    /// Where jumps lead, inside the bytecode.
    targets: Bits,
    /// Whether a jump leads out of it.
    leads_out: bool,
    /// Which constants, names are used.
    pub(crate) consts: Bits,
    pub(crate) names: Bits,
    /// Opcode bytes that this version does not have.
    pub(crate) unknown: Tally,
    /// Opcodes that are never written.
    pub(crate) unwritten: Tally,
    /// Arguments that point past what they are indexes into.
    pub(crate) out_of_range: Tally,
    /// Caches that hold something.
    pub(crate) caches: Tally,
    /// Argument bytes without a meaning that are not 0.
    pub(crate) arguments: Tally,
    /// Whether the last instruction is cut off.
    pub(crate) cut: bool,
}

impl Sweep {
    /// Before the first instruction. Where damage alone is looked for, so are arguments alone that may be damaged: a third of the
    /// work.
    pub(crate) fn begin(&mut self, subject: &Subject<'_>, scope: Scope) {
        let size = subject.bytecode.len();
        self.starts.reset(size);
        self.extended.reset(size);
        self.targets.reset(size);
        let bounds = Bounds::of(subject);
        self.consts.reset(bounds.consts.unwrap_or(0));
        self.names.reset(bounds.names.unwrap_or(0));
        let (starts, extended) = (std::mem::take(&mut self.starts), std::mem::take(&mut self.extended));
        let (consts, names) = (std::mem::take(&mut self.consts), std::mem::take(&mut self.names));
        let targets = std::mem::take(&mut self.targets);
        let harmless = match scope {
            Scope::Damage => bounds.harmless(&subject.python().format),
            Scope::Everything => [0; Bound::COUNT],
        };
        *self = Self { bounds, harmless, starts, extended, targets, consts, names, ..Self::default() };
    }

    /// Whether a jump leads to where no instruction begins, or behind the `EXTENDED_ARG` of one.
    pub(crate) fn has_odd_jump(&self) -> bool {
        self.leads_out || !self.targets.all_in(&self.starts, &self.extended)
    }

    /// Goes on for `budget` instructions. `true` at the end.
    pub(crate) fn step(&mut self, subject: &Subject<'_>, budget: u32, report: &mut Report) -> bool {
        let python = subject.python();
        let mut walk = Instructions::resume(subject.bytecode, python, self.cursor);
        for _ in 0..budget {
            let Some(instruction) = walk.next() else {
                if self.extending {
                    let at = subject.bytes_at(walk.cursor().offset.saturating_sub(1), 1);
                    report.problems.error(
                        DiagnosticCode::CutInstruction,
                        at,
                        format_args!("The bytecode ends behind an EXTENDED_ARG that belongs to no instruction."),
                    );
                }
                return true;
            };
            self.starts.insert(instruction.offset as usize);
            if self.extending {
                self.extending = false;
                self.extended.insert(instruction.offset as usize);
            }
            let harmless = self.harmless[python.bound(instruction.opcode) as usize];
            if instruction.arg.unwrap_or(0) >= harmless || instruction.is_cut {
                self.look_at(instruction, subject, python, report);
            }
        }
        self.cursor = walk.cursor();
        false
    }

    #[inline(never)]
    fn look_at(&mut self, instruction: Instruction, subject: &Subject<'_>, python: &Python, report: &mut Report) {
        let Instruction { offset, opcode: number, size, .. } = instruction;
        if instruction.is_cut {
            self.cut = true;
            report.problems.error(
                DiagnosticCode::CutInstruction,
                subject.bytes_at(offset, size),
                format_args!("The bytecode ends inside the instruction at offset {offset}."),
            );
        }
        let Some(opcode) = python.opcode(number) else {
            self.unknown.add(offset, size);
            report.problems.error(
                DiagnosticCode::UnknownOpcode,
                subject.bytes_at(offset, size),
                format_args!(
                    "Byte {number:#04x} at offset {offset} of the bytecode is no opcode of {} {}.",
                    python.implementation, python.version
                ),
            );
            return;
        };
        if python.shape(number).is_unwritten() {
            self.unwritten.add(offset, size);
        }
        if instruction.cache_units > 0 {
            let caches = offset + size..instruction.end();
            let bytes = subject.bytecode.get(caches.start as usize..caches.end as usize).unwrap_or_default();
            if bytes.chunks(8).any(|chunk| chunk.iter().fold(0, |all, byte| all | byte) != 0) {
                self.caches.add(caches.start, caches.end - caches.start);
            }
        }
        let Some(arg) = instruction.arg else {
            let ignored = subject.bytecode.get(offset as usize + 1).copied().unwrap_or(0);
            if size == 2 && ignored != 0 && !keeps_argument(opcode.name) {
                self.arguments.add(offset, size);
            }
            return;
        };
        if python.shape(number).has_target() && opcode.operand.is_jump() {
            match instruction.target(python).filter(|&target| (target as usize) < subject.bytecode.len()) {
                Some(target) => drop(self.targets.insert(target as usize)),
                None => self.leads_out = true,
            }
            return;
        }
        self.extending = opcode.operand == Operand::Extended;
        let Some((index, count, what)) = self.reference(opcode.operand, arg, python) else { return };
        let Some(count) = count.filter(|&count| index >= count) else { return };
        self.out_of_range.add(offset, size);
        report.problems.error(DiagnosticCode::ArgumentOutOfRange, subject.bytes_at(offset, size), format_args!(
                "The argument of {} at offset {offset} is {arg}: index {index} is past the end of the {what}, of which the code object has {count}.",
                opcode.name
            ));
    }

    /// What the argument is an index into, and notes that it is used: the index, how many there are, what they are.
    #[inline]
    fn reference(
        &mut self,
        operand: Operand,
        arg: u32,
        python: &Python,
    ) -> Option<(usize, Option<usize>, &'static str)> {
        let format = &python.format;
        let index = arg as usize;
        let Bounds { consts, names, locals, cells } = self.bounds;
        Some(match operand {
            Operand::Const => {
                self.consts.insert(index);
                (index, consts, "constants")
            }
            Operand::Name | Operand::GlobalName | Operand::AttributeName => {
                let index = if operand == Operand::Name { index } else { index >> 1 };
                self.names.insert(index);
                (index, names, "names")
            }
            Operand::SuperAttributeName | Operand::ImportName => {
                self.names.insert(index >> 2);
                (index >> 2, names, "names")
            }
            Operand::Local => (index, locals, "local variables"),
            Operand::LocalPair => ((index >> 4).max(index & 15), locals, "local variables"),
            Operand::Cell => (index, cells, "cell and free variables"),
            Operand::Compare => (index >> format.compare_shift, Some(format.compare.len()), "comparisons"),
            Operand::BinaryOperator => (index, Some(format.binary.len()), "binary operators"),
            Operand::Intrinsic1 => (index, Some(format.intrinsics_1.len()), "intrinsics"),
            Operand::Intrinsic2 => (index, Some(format.intrinsics_2.len()), "intrinsics"),
            Operand::SpecialMethod => (index, Some(format.special_methods.len()), "special methods"),
            Operand::CommonConstant => (index, Some(format.common_constants.len()), "common constants"),
            Operand::Inverted => (index, Some(2), "choices"),
            Operand::Conversion => (index, Some(4), "conversions"),
            _ => return None,
        })
    }
}

/// Opcodes that compilers put in the place of others, whose arguments stay behind: no-operations, and the rotations of 3.10.
fn keeps_argument(name: &str) -> bool {
    matches!(name, "NOP" | "ROT_TWO" | "ROT_THREE" | "ROT_FOUR")
}
