//! What speaks against each Python in what was decoded, where no magic number says which it was.

use super::head::Head;
use crate::Pyc;
use crate::code::Code;
use crate::code::code_flags;
use crate::marshal::{Field, Kind, Tree};
use crate::python::{CodeLayout, Flow, InstructionLayout, LineTable, Operand, Python};
use crate::version::{Implementation, Version};

/// How many bytes of bytecode are held against each Python.
const TRIED_BYTECODE: usize = 1 << 18;
/// How many bytes of bytecode, and of how many code objects, are looked at where a magic number says what they are.
const SAMPLED_BYTECODE: usize = 16 << 10;
const SAMPLED_CODES: usize = 64;
/// A difference that decides nothing.
pub(super) const SLIGHT: u32 = 5;
/// A Python against which this much speaks is not compared further.
pub(super) const HOPELESS: u32 = 1_000;

/// Whether a header of the length before the object is one that this Python writes, or none at all.
pub(super) fn header_fits(python: &Python, head: Head) -> bool {
    let length = head.start - head.header;
    length == python.format.header.size() || !matches!(length, 8 | 12 | 16)
}

/// What speaks against a Python.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    /// How much: 0 for nothing.
    pub(super) against: u32,
    /// How much of that no interpreter minds: what merely no compiler of it writes.
    harmless: u32,
    /// Instructions that were looked at.
    instructions: u32,
    /// How many of them the Python does not know.
    unknown: u32,
}

impl Weight {
    fn add_harmless(&mut self, weight: u32) {
        self.against += weight;
        self.harmless += weight;
    }

    /// Whether so much speaks against its running the file, with what is to be added, that no more need be looked at.
    fn is_hopeless(&self, more: u32) -> bool {
        self.against - self.harmless + more > HOPELESS
    }

    /// Whether nothing speaks against its running all of the file. Whoever writes a file for it can make all else what they like.
    pub(super) fn is_harmless(&self) -> bool {
        self.against == self.harmless
    }

    /// Whether what was looked at reads as bytecode all the same: less than a point for each instruction.
    pub(super) fn is_light(&self) -> bool {
        self.against <= self.instructions + SLIGHT
    }

    /// Whether so many opcodes are unknown that no Python of this kind can have written them.
    pub(super) fn is_shuffled(&self) -> bool {
        self.unknown >= 2 && self.unknown * 20 > self.instructions
    }
}

/// What the marshalled objects alone tell.
pub(super) struct MarshalEvidence {
    /// The newest type code.
    newest: Version,
    /// `I`, which is not written any more since 3.4, or `R`.
    has_old: bool,
    /// FLAG_REF on anything.
    has_flag_ref: bool,
    /// FLAG_REF on small numbers, which PyPy never sets.
    has_flag_ref_on_numbers: bool,
    /// FLAG_REF on code objects or tuples, which PyPy sets since release 8.
    has_flag_ref_on_parts: bool,
    /// An empty tuple without FLAG_REF, of which CPython has but one.
    has_lone_empty_tuple: bool,
    /// Type codes of marshal version 3 or 4.
    pub(super) is_modern: bool,
}

impl MarshalEvidence {
    pub(super) fn gather(tree: &Tree) -> Self {
        let mut found = Self {
            newest: Version::new(1, 0),
            has_old: false,
            has_flag_ref: false,
            has_flag_ref_on_numbers: false,
            has_flag_ref_on_parts: false,
            has_lone_empty_tuple: false,
            is_modern: false,
        };
        for node in &tree.nodes {
            let (major, minor) = node.kind.since();
            let since = Version::new(major, minor);
            if node.kind != Kind::Invalid {
                found.newest = found.newest.max(since);
            }
            found.is_modern |= since == Version::new(3, 4);
            found.has_old |= matches!(node.kind, Kind::Int64 | Kind::StringRef);
            if node.has_flag_ref() {
                found.has_flag_ref = true;
                found.has_flag_ref_on_numbers |= matches!(node.kind, Kind::Int | Kind::Float | Kind::Complex);
                found.has_flag_ref_on_parts |=
                    node.kind.is_code() || matches!(node.kind, Kind::Tuple | Kind::SmallTuple);
            } else if node.kind == Kind::SmallTuple && node.span.len() == 2 {
                found.has_lone_empty_tuple = true;
            }
        }
        found
    }

    fn against(&self, python: &Python) -> u32 {
        let version = python.version;
        let mut against = 0;
        if self.newest > version || (self.has_flag_ref && version < Version::new(3, 4)) {
            against += 500;
        }
        if self.has_old && version >= Version::new(3, 4) {
            against += 500;
        }
        match python.implementation {
            Implementation::PyPy if self.has_flag_ref_on_numbers => against += 500,
            Implementation::PyPy if self.has_flag_ref_on_parts && python.format.code != CodeLayout::PyPy3_11 => {
                against += 500;
            }
            Implementation::CPython if self.is_modern && self.has_lone_empty_tuple => against += 500,
            _ => {}
        }
        against
    }
}

/// How much speaks against this Python.
pub(super) fn against(pyc: &Pyc, python: &'static Python, marshal: &MarshalEvidence) -> Weight {
    let mut weight = Weight { against: marshal.against(python), ..Weight::default() };
    let mut budget = TRIED_BYTECODE;
    for &id in &pyc.codes {
        let Some(code) = pyc.code(id) else { continue };
        let counts = Counts::of(&code, python);
        against_code(&code, &counts, python, &mut weight);
        let cost = code.bytecode().len() + counts.consts + counts.names + counts.locals + counts.cells;
        budget = budget.saturating_sub(cost.max(1));
        if weight.is_hopeless(0) || budget == 0 {
            break;
        }
    }
    // Of a file that was cut off inside the outermost code object there may be nothing but that.
    if pyc.codes.is_empty() {
        if let Some(code) = pyc.tree.id(0).and_then(|root| pyc.code(root)) {
            against_bytecode(&code, &Counts::UNKNOWN, python, &mut weight);
        }
    }
    weight
}

/// How much speaks against the Python that the file was read as, in some of its code objects from all over the file.
pub(super) fn against_own(pyc: &Pyc) -> Weight {
    let python = pyc.python();
    let mut weight = Weight::default();
    let mut budget = SAMPLED_BYTECODE;
    for &id in pyc.codes.iter().step_by(pyc.codes.len() / SAMPLED_CODES + 1) {
        let Some(code) = pyc.code(id) else { continue };
        against_code(&code, &Counts::of(&code, python), python, &mut weight);
        budget = budget.saturating_sub(code.bytecode().len().max(1));
        if weight.against > SLIGHT || budget == 0 {
            break;
        }
    }
    weight
}

/// How much speaks against this Python in the outermost code object alone.
pub(super) fn against_outermost(pyc: &Pyc, python: &'static Python) -> Weight {
    let mut weight = Weight::default();
    if let Some(code) = pyc.tree.id(0).and_then(|root| pyc.code(root)) {
        against_code(&code, &Counts::of(&code, python), python, &mut weight);
    }
    weight
}

fn against_code(code: &Code<'_>, counts: &Counts, python: &'static Python, weight: &mut Weight) {
    if code.number(Field::Flags).is_some_and(|flags| flags & !known_flags(python) & 0xffff_ffff != 0) {
        weight.add_harmless(5);
    }
    against_bytecode(code, counts, python, weight);
    weight.add_harmless(against_lines(code, python));
}

/// The bits of `co_flags` that this Python sets. PyPy marks code objects for its own use with the bits above CPython's.
fn known_flags(python: &Python) -> i64 {
    let own = if python.implementation == Implementation::PyPy { 0xfff0_0000 } else { 0 };
    code_flags(python).fold(own, |bits, flag| bits | i64::from(flag.bit))
}

/// How many there are of what arguments index.
struct Counts {
    consts: usize,
    names: usize,
    locals: usize,
    cells: usize,
}

impl Counts {
    /// Where nothing of it is there.
    const UNKNOWN: Self = Self { consts: usize::MAX, names: usize::MAX, locals: usize::MAX, cells: usize::MAX };

    fn of(code: &Code<'_>, python: &Python) -> Self {
        let tree = code.pyc().tree();
        let count = |field| code.tuple(field).map_or(0, |tuple| tree.item_count(tuple) as usize);
        let (locals, cells) = if python.format.cells_in_localsplus {
            let all = count(Field::Localsplusnames);
            (all, all)
        } else {
            (count(Field::Varnames), count(Field::Cellvars) + count(Field::Freevars))
        };
        Self { consts: count(Field::Consts), names: count(Field::Names), locals, cells }
    }

    /// Whether an argument is one that a compiler writes.
    fn allow(&self, operand: Operand, arg: usize, python: &Python) -> bool {
        let format = &python.format;
        match operand {
            Operand::Const => arg < self.consts,
            Operand::Name => arg < self.names,
            Operand::GlobalName | Operand::AttributeName => arg >> 1 < self.names,
            Operand::SuperAttributeName => arg >> 2 < self.names,
            Operand::Local => arg < self.locals,
            Operand::LocalPair => arg >> 4 < self.locals && arg & 15 < self.locals,
            Operand::Cell => arg < self.cells,
            Operand::Compare => arg >> format.compare_shift < format.compare.len(),
            Operand::BinaryOperator => arg < format.binary.len(),
            Operand::Intrinsic1 => arg < format.intrinsics_1.len(),
            Operand::Intrinsic2 => arg < format.intrinsics_2.len(),
            Operand::SpecialMethod => arg < format.special_methods.len(),
            Operand::CommonConstant => arg < format.common_constants.len(),
            Operand::Inverted => arg < 2,
            Operand::FormatValue => arg < 8,
            Operand::FunctionFlags => arg < 16,
            _ => true,
        }
    }
}

fn against_bytecode(code: &Code<'_>, counts: &Counts, python: &'static Python, weight: &mut Weight) {
    let bytecode = code.bytecode();
    let words = python.format.instructions == InstructionLayout::Words;
    let mut starts = vec![false; bytecode.len() + 1];
    let mut targets = Vec::new();
    let mut before = "";
    let mut flow = Flow::Next;
    let mut sum = 0;
    let is_cut = code.pyc().codes.is_empty();
    for instruction in crate::Instructions::new(bytecode, python) {
        starts[instruction.offset as usize] = true;
        weight.instructions += 1;
        let Some(opcode) = python.opcode(instruction.opcode) else {
            // 1.3 has the calls of 1.4 (131 to 133), though its `dis` does not know them.
            let unnamed = python.version == Version::new(1, 3) && (131..=133).contains(&instruction.opcode);
            sum += if unnamed { 0 } else { 20 };
            weight.unknown += u32::from(!unnamed);
            before = "";
            continue;
        };
        if is_never_written(before, opcode.name, instruction.arg, python) {
            weight.add_harmless(10);
        }
        (before, flow) = (opcode.name, opcode.flow);
        if instruction.is_cut || opcode.is_unwritten() {
            sum += 20;
        }
        let at = instruction.offset as usize;
        if words && opcode.operand == Operand::Unused && bytecode.get(at + 1).is_some_and(|&byte| byte != 0) {
            weight.add_harmless(5);
        }
        let caches = bytecode.get(at + instruction.size as usize..instruction.end() as usize).unwrap_or(&[]);
        if caches.iter().any(|&byte| byte != 0) {
            weight.add_harmless(10);
        }
        if instruction.arg.is_some_and(|arg| !counts.allow(opcode.operand, arg as usize, python)) {
            sum += 10;
        }
        if opcode.operand.is_jump() {
            targets.push(instruction.target(python));
        }
        if weight.is_hopeless(sum) {
            weight.against += sum;
            return;
        }
    }
    if is_cut {
        weight.against += sum;
        return;
    }
    if !bytecode.is_empty() && !matches!(flow, Flow::End | Flow::Jump) {
        sum += 10;
    }
    let misses = targets.iter().filter(|target| {
        !target.and_then(|target| starts[..bytecode.len()].get(target as usize)).copied().unwrap_or(false)
    });
    weight.against += sum + misses.count() as u32 * 10;
}

/// Whether an instruction behind this other one is what a compiler of this version would have written otherwise.
fn is_never_written(before: &str, name: &str, arg: Option<u32>, python: &Python) -> bool {
    let version = python.version;
    let calls_method = match python.implementation {
        // `LOAD_METHOD`, `CALL_METHOD` since 3.7.
        Implementation::CPython => (Version::new(3, 7)..=Version::new(3, 10)).contains(&version),
        // `LOOKUP_METHOD`, `CALL_METHOD` in every PyPy.
        _ => true,
    };
    match (before, name, arg) {
        ("LOAD_ATTR", "CALL_FUNCTION", Some(0)) => calls_method,
        // `RETURN_CONST`, 3.12 and 3.13.
        ("LOAD_CONST", "RETURN_VALUE", _) => (Version::new(3, 12)..=Version::new(3, 13)).contains(&version),
        // Every code object of 3.11 and later has its `RESUME`, before which little may stand.
        ("", first, _) => {
            let starts = ["RESUME", "COPY_FREE_VARS", "MAKE_CELL", "RETURN_GENERATOR", "EXTENDED_ARG"];
            python.opcode_named("RESUME").is_some()
                && python.implementation == Implementation::CPython
                && !starts.contains(&first)
        }
        _ => false,
    }
}

/// Whether the line table covers the bytecode as this version's does.
fn against_lines(code: &Code<'_>, python: &Python) -> u32 {
    let Some((table, _)) = code.data(Field::Linetable) else { return 0 };
    let length = code.bytecode().len();
    let pairs = || table.chunks_exact(2).map(|pair| usize::from(pair[0])).sum::<usize>();
    let fits = match python.format.lines {
        LineTable::None => true,
        LineTable::Lnotab | LineTable::SignedLnotab => table.len() % 2 == 0 && (pairs() < length || table.is_empty()),
        LineTable::Pep626 | LineTable::Pep626Ended | LineTable::PyPy => {
            let mut end = 0;
            let is_whole = code.line_entries().inspect(|entry| end = entry.end).all(|entry| !entry.damaged);
            is_whole && end as usize == length
        }
        LineTable::Pep657 => {
            let units: usize =
                table.iter().filter(|&&byte| byte & 0x80 != 0).map(|&byte| usize::from(byte & 7) + 1).sum();
            units * 2 == length && table.first().is_none_or(|byte| byte & 0x80 != 0)
        }
    };
    if fits { 0 } else { 20 }
}
