//! What speaks for and against each Python, where no magic number says which it was.

use std::sync::Arc;

use super::{Basis, Detection};
use crate::Pyc;
use crate::check::CodeCheck;
use crate::code::Code;
use crate::diagnostic::Severity;
use crate::flags::code_flags;
use crate::header::Header;
use crate::limits::Limits;
use crate::marshal::{Decoder, Field, Kind, Role, Stop, Tree};
use crate::pyc::IndexCache;
use crate::python::{self, CodeLayout, Flow, HeaderLayout, InstructionLayout, LineTable, Operand, Python};
use crate::recover::{self, Found};
use crate::version::{Implementation, Version};

/// How far behind the start an object is looked for that no header of known length precedes, in bytes.
const SEARCHED: u32 = 1 << 20;
/// How many objects of a trial are decoded.
const TRIED_OBJECTS: u32 = 200_000;
/// How many bytes of bytecode are held against each Python.
const TRIED_BYTECODE: usize = 1 << 18;
/// A Python against which this much speaks is not compared further.
const HOPELESS: u32 = 1_000;
/// A difference that decides nothing.
const SLIGHT: u32 = 5;

/// The file decoded with one layout of code objects.
struct Trial {
    pyc: Pyc,
    start: u32,
    layout: CodeLayout,
    is_clean: bool,
}

/// Finds where the object begins, and which Pythons could have written it.
pub(super) fn weigh(bytes: &Arc<Vec<u8>>, length: usize, choice: Option<&'static Python>) -> Detection {
    let readable = &bytes[..length];
    let layouts = layouts(choice);
    let mut trials: Vec<Trial> = Vec::new();
    type Way = fn(&[u8], &[&'static Python]) -> Vec<Start>;
    let ways: [Way; 3] = [code_starts, bare_starts, distant_starts];
    for starts in ways {
        let starts = starts(readable, &layouts);
        trials = starts.into_iter().filter_map(|(start, python)| trial(bytes, length, start, python)).collect();
        if !trials.is_empty() {
            break;
        }
    }
    if trials.iter().any(|trial| trial.is_clean) {
        trials.retain(|trial| trial.is_clean);
    } else if let Some(farthest) = trials.iter().map(reach).max() {
        trials.retain(|trial| reach(trial) == farthest);
    } else {
        let first = layouts.last().copied().unwrap_or_else(python::latest);
        let mut nothing = Detection::new(first, Basis::Nothing, 0);
        nothing.certain = false;
        return nothing;
    }
    let mut ranked: Vec<(u32, usize, &'static Python)> = Vec::new();
    for (position, trial) in trials.iter().enumerate() {
        let marshal = MarshalEvidence::gather(&trial.pyc.tree);
        for python in python::all() {
            let has_code = !trial.pyc.codes.is_empty();
            if (has_code && python.format.code != trial.layout) || !header_fits(python, trial.start) {
                continue;
            }
            ranked.push((against(&trial.pyc, python, &marshal), position, python));
        }
    }
    // Of equals CPython comes before PyPy, a Python that writes such type codes before one that can, a newer before an older.
    let is_modern = trials.iter().any(|trial| MarshalEvidence::gather(&trial.pyc.tree).is_modern);
    ranked.sort_by_key(|(against, _, python)| {
        let likely = is_modern == (python.version >= Version::new(3, 4));
        (*against, python.implementation != Implementation::CPython, !likely, std::cmp::Reverse(python.version))
    });
    let Some(&(least, position, best)) = ranked.first() else {
        return Detection::new(layouts[0], Basis::Nothing, 0);
    };
    let trial = &trials[position];
    let bound = least + SLIGHT;
    let equals = ranked.iter().filter(|(against, _, _)| *against <= bound);
    let mut detection = Detection::new(best, Basis::Evidence, trial.start);
    detection.candidates = equals.map(|(_, _, python)| *python).collect();
    detection.candidates.dedup_by_key(|python| (python.implementation, python.version));
    let next = ranked.iter().map(|(against, _, _)| *against).find(|&against| against > bound).unwrap_or(HOPELESS);
    detection.certain = detection.candidates.len() == 1 && trial.is_clean && next > least * 3 + SLIGHT;
    detection
}

/// How much of the file a trial made sense of.
fn reach(trial: &Trial) -> usize {
    trial.pyc.tree.len()
}

/// A Python for each layout of code objects: the newest that has it.
fn layouts(choice: Option<&'static Python>) -> Vec<&'static Python> {
    let mut layouts: Vec<&'static Python> = Vec::new();
    for python in python::all().filter(|python| python.implementation == Implementation::CPython) {
        match layouts.iter_mut().find(|known| known.format.code == python.format.code) {
            Some(known) => *known = python,
            None => layouts.push(python),
        }
    }
    match choice {
        Some(python) => vec![python],
        None => layouts,
    }
}

/// Where an object may begin, and a Python of the layout that code objects seem to have there.
type Start = (u32, &'static Python);

/// Behind a header of any length, or none: where a code object seems to be.
fn code_starts(bytes: &[u8], layouts: &[&'static Python]) -> Vec<Start> {
    let heads = [0, 4, 8, 12, 16];
    let pairs = heads.into_iter().flat_map(|start| layouts.iter().map(move |python| (start, *python)));
    pairs.filter(|&(start, python)| recover::is_plausible(bytes, start, python)).collect()
}

/// An object that is no code object, as `marshal.dump` writes it: a list of code objects, say.
fn bare_starts(_: &[u8], layouts: &[&'static Python]) -> Vec<Start> {
    layouts.iter().map(|python| (0, *python)).collect()
}

/// The first code object at all.
fn distant_starts(bytes: &[u8], layouts: &[&'static Python]) -> Vec<Start> {
    let found: Vec<Start> = layouts
        .iter()
        .filter_map(|python| match recover::find_code(bytes, 0, SEARCHED, python) {
            Found::Code(start) => Some((start, *python)),
            Found::NothingYet(_) | Found::Nothing => None,
        })
        .collect();
    let first = found.iter().map(|(start, _)| *start).min();
    found.into_iter().filter(|(start, _)| Some(*start) == first).collect()
}

/// Decodes the object at `start`. An object that is no code object must be all there is.
fn trial(bytes: &Arc<Vec<u8>>, length: usize, start: u32, python: &'static Python) -> Option<Trial> {
    let limits = Limits { diagnostics: 16, ..Limits::default() };
    let layout = python.format.code;
    let mut decoder = Decoder::new(&bytes[..length], python.version, layout, limits);
    let began = decoder.begin(start, Role::Root);
    let stop = match began {
        Ok(()) => decoder.run(TRIED_OBJECTS),
        Err(stop) => Some(stop),
    };
    if stop.is_none() {
        decoder.give_up();
    }
    let end = decoder.position() as usize;
    let Decoder { tree, mut problems, .. } = decoder;
    let codes: Vec<_> = tree.ids().filter(|&id| tree.node(id).kind.is_code() && tree.node(id).is_complete()).collect();
    if tree.is_empty() || (tree.nodes[0].kind.is_code() && tree.nodes[0].span.start != start) {
        return None;
    }
    let is_code = tree.nodes[0].kind.is_code();
    let mut pyc = Pyc {
        bytes: Arc::clone(bytes),
        header: Header::default(),
        detection: Detection::new(python, Basis::Evidence, start),
        tree,
        sections: Vec::new(),
        codes,
        diagnostics: Vec::new(),
        indexes: IndexCache::default(),
    };
    let mut check = CodeCheck::default();
    pyc.codes.iter().for_each(|&id| check.look_at(&pyc, id, &mut problems));
    pyc.diagnostics = problems.finish();
    let has_errors = pyc.diagnostics.iter().any(|problem| problem.severity == Severity::Error);
    let is_whole = stop.is_none() || (stop == Some(Stop::Finished) && (is_code || end == length));
    if !is_code && (!is_whole || has_errors) {
        return None;
    }
    Some(Trial { pyc, start, layout, is_clean: is_whole && !has_errors })
}

/// Whether a header of the length before the object is one that this Python writes, or was cut.
fn header_fits(python: &Python, start: u32) -> bool {
    match start {
        8 => python.format.header == HeaderLayout::Mtime,
        12 => python.format.header == HeaderLayout::MtimeSize,
        16 => python.format.header == HeaderLayout::Flags,
        _ => true,
    }
}

/// What the marshalled objects alone tell.
struct MarshalEvidence {
    /// The newest type code.
    newest: Version,
    /// `I`, which is not written any more since 3.4, or `R`.
    has_old: bool,
    /// FLAG_REF on anything.
    has_flag_ref: bool,
    /// FLAG_REF on anything but strings, which PyPy never sets.
    has_flag_ref_on_values: bool,
    /// An empty tuple without FLAG_REF, of which CPython has but one.
    has_lone_empty_tuple: bool,
    /// Type codes of marshal version 3 or 4.
    is_modern: bool,
}

impl MarshalEvidence {
    fn gather(tree: &Tree) -> Self {
        let mut found = Self {
            newest: Version::new(1, 0),
            has_old: false,
            has_flag_ref: false,
            has_flag_ref_on_values: false,
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
                found.has_flag_ref_on_values |= !node.kind.is_string();
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
            Implementation::PyPy if self.has_flag_ref_on_values => against += 500,
            Implementation::CPython if self.is_modern && self.has_lone_empty_tuple => against += 500,
            _ => {}
        }
        against
    }
}

/// How much speaks against this Python: 0 for nothing.
fn against(pyc: &Pyc, python: &'static Python, marshal: &MarshalEvidence) -> u32 {
    let mut sum = marshal.against(python);
    let mut budget = TRIED_BYTECODE;
    for &id in &pyc.codes {
        let Some(code) = pyc.code(id) else { continue };
        let counts = Counts::of(&code, python);
        sum += against_code(&code, &counts, python);
        let cost = code.bytecode().len() + counts.consts + counts.names + counts.locals + counts.cells;
        budget = budget.saturating_sub(cost.max(1));
        if sum > HOPELESS || budget == 0 {
            break;
        }
    }
    sum
}

fn against_code(code: &Code<'_>, counts: &Counts, python: &'static Python) -> u32 {
    let mut sum = 0;
    if code.number(Field::Flags).is_some_and(|flags| flags & !known_flags(python) & 0xffff_ffff != 0) {
        sum += 5;
    }
    sum + against_bytecode(code, counts, python) + against_lines(code, python)
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
    fn of(code: &Code<'_>, python: &Python) -> Self {
        let count = |field| code.items(field).count();
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

fn against_bytecode(code: &Code<'_>, counts: &Counts, python: &'static Python) -> u32 {
    let bytecode = code.bytecode();
    let words = python.format.instructions == InstructionLayout::Words;
    let mut starts = vec![false; bytecode.len() + 1];
    let mut targets = Vec::new();
    let mut before = "";
    let mut flow = Flow::Next;
    let mut sum = 0;
    for instruction in crate::Instructions::new(bytecode, python) {
        starts[instruction.offset as usize] = true;
        let Some(opcode) = python.opcode(instruction.opcode) else {
            // 1.3 has the calls of 1.4 (131 to 133), though its `dis` does not know them.
            let unnamed = python.version == Version::new(1, 3) && (131..=133).contains(&instruction.opcode);
            sum += if unnamed { 0 } else { 20 };
            before = "";
            continue;
        };
        if is_never_written(before, opcode.name, instruction.arg, python) {
            sum += 10;
        }
        (before, flow) = (opcode.name, opcode.flow);
        if instruction.is_cut || opcode.form_of.is_some() || opcode.name == "CACHE" {
            sum += 20;
        }
        let at = instruction.offset as usize;
        if words && opcode.operand == Operand::Unused && bytecode.get(at + 1).is_some_and(|&byte| byte != 0) {
            sum += 5;
        }
        let caches = bytecode.get(at + instruction.size as usize..instruction.end() as usize).unwrap_or(&[]);
        if caches.iter().any(|&byte| byte != 0) {
            sum += 10;
        }
        if instruction.arg.is_some_and(|arg| !counts.allow(opcode.operand, arg as usize, python)) {
            sum += 10;
        }
        if opcode.operand.is_jump() {
            targets.push(instruction.target(python));
        }
        if sum > HOPELESS {
            return sum;
        }
    }
    if !bytecode.is_empty() && !matches!(flow, Flow::End | Flow::Jump) {
        sum += 10;
    }
    let misses = targets.iter().filter(|target| {
        !target.and_then(|target| starts[..bytecode.len()].get(target as usize)).copied().unwrap_or(false)
    });
    sum + misses.count() as u32 * 10
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
            version >= Version::new(3, 11)
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
        LineTable::Pep626 => table.len() % 2 == 0 && pairs() == length,
        _ => {
            let units: usize =
                table.iter().filter(|&&byte| byte & 0x80 != 0).map(|&byte| usize::from(byte & 7) + 1).sum();
            units * 2 == length && table.first().is_none_or(|byte| byte & 0x80 != 0)
        }
    };
    if fits { 0 } else { 20 }
}
