//! Whether the source, lowered to operations, does what the bytecode does: code object by code object.

use pycxray::{Field, Item, NodeId, Pyc, Span};
use pycxray_source::graph::{Graph, OpKind, Scope};
use pycxray_source::unit::{CodeId, UnitKind, Units};
use pycxray_source::{Judge, Verdict as Judged};
use ruff_python_ast::ModModule;

use super::lines::Lines;
use super::tree::{Converted, Hints, Level, convert};

/// How a code object stands to the source that it has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It does what the source says, no more and no less.
    Proved,
    /// It was followed wholly, and so was the source: they differ.
    Differs {
        /// Where, in bytes of the bytecode.
        offset: u32,
        /// What differs.
        reason: String,
        /// Whether both do another thing with the same values, such as `a - b` where the source has `a + b`. Of all else it may be that
        /// it is the proof which does not know what a compiler does.
        is_certain: bool,
    },
    /// One of both could not be followed.
    NotCompared {
        /// Why.
        reason: String,
    },
}

impl Outcome {
    /// What differs, or why it was not compared; `None` if it is proved.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Proved => None,
            Self::Differs { reason, .. } | Self::NotCompared { reason } => Some(reason),
        }
    }

    /// Where it differs, in bytes of the bytecode.
    #[must_use]
    pub fn offset(&self) -> Option<u32> {
        match self {
            Self::Differs { offset, .. } => Some(*offset),
            _ => None,
        }
    }
}

/// Whether a code object was proved to be what the source says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Proof {
    /// The code object.
    pub code: NodeId,
    /// Its qualified name.
    pub name: String,
    /// What came of it.
    pub outcome: Outcome,
    /// The bytes of the file that it is about: the instruction at which it differs, or the code object.
    pub span: Span,
    /// The line of that instruction, or the first one of the code object, as the file has it.
    pub line: Option<u32>,
}

/// How long a reason may be, in characters.
const REASON: usize = 400;

/// The proof of each code object of a file, or why there is none.
pub(super) fn prove(pyc: &Pyc, module: &ModModule, (lines, text): (&Lines, &str)) -> Result<Vec<Proof>, String> {
    if !pycxray_source::is_supported(pyc) {
        let python = pyc.python();
        return Err(format!("Nothing is proved of files of {} {}.", python.implementation, python.version));
    }
    let (units, graphs) = pycxray_source::lifted(pyc);
    if units.units.len() != pyc.codes().len() || units.units.first().is_none_or(|unit| unit.kind != UnitKind::Module) {
        return Err("Nothing is proved of what is no module.".to_owned());
    }
    let tried = |level, moved: &[CodeId]| {
        let converted = convert(&units, module, (lines, text), level, moved);
        let verdicts = judge(&units, &graphs, &converted);
        Tried { converted, verdicts }
    };
    let mut best = tried(Level::Plain, &[]);
    let mut moved = Vec::new();
    if !best.is_proved() && !best.converted.without_source.is_empty() {
        let again = tried(Level::Plain, &best.converted.without_source);
        if again.count() >= best.count() {
            moved = std::mem::replace(&mut best, again).converted.without_source;
        }
    }
    if !best.is_proved() {
        // Others are tried only where something speaks for them.
        for level in other_levels(&units, &graphs, best.converted.hints, text).into_iter().rev() {
            let other = tried(level, &moved);
            if other.count() >= best.count() {
                best = other;
            }
            if best.is_proved() {
                break;
            }
        }
    }
    let Tried { converted, mut verdicts } = best;
    // Which part of the source is theirs is likely alone.
    for code in moved {
        if let Some(Judged::Differs { is_certain, .. }) = verdicts.get_mut(code.0 as usize) {
            *is_certain = false;
        }
    }
    let proofs = verdicts.into_iter().zip(converted.notes).zip(pyc.codes());
    Ok(proofs.map(|((verdict, note), &code)| proof(pyc, code, verdict, note)).collect())
}

fn judge(units: &Units, graphs: &[Graph], converted: &Converted) -> Vec<Judged> {
    let judge = Judge::of_parsed(units, &converted.bodies, graphs);
    let verdict = |(unit, note): (&pycxray_source::unit::Unit, &Option<String>)| match (judge.verdict(unit.id), note) {
        (Judged::Proved, Some(reason)) => Judged::NotCompared { reason: reason.clone() },
        (verdict, _) => verdict,
    };
    units.units.iter().zip(&converted.notes).map(verdict).collect()
}

/// What came of reading the source in one way.
struct Tried {
    converted: Converted,
    verdicts: Vec<Judged>,
}

impl Tried {
    /// How many code objects are proved.
    fn count(&self) -> usize {
        self.verdicts.iter().filter(|verdict| **verdict == Judged::Proved).count()
    }

    /// Whether all are.
    fn is_proved(&self) -> bool {
        self.count() == self.verdicts.len()
    }
}

/// The other ways in which the file may have been compiled, the likeliest last.
fn other_levels(units: &Units, graphs: &[Graph], hints: Hints, text: &str) -> Vec<Level> {
    let any = |is: &dyn Fn(&OpKind) -> bool| {
        graphs.iter().flat_map(|graph| &graph.blocks).flat_map(|block| &block.ops).any(|op| is(&op.kind))
    };
    let asserts = any(&|kind| match kind {
        OpKind::CommonConstant(name) => &**name == "AssertionError",
        // Up to 3.8 it is a name, which the source may use itself.
        OpKind::Load(Scope::Global, name) => {
            !units.since(3, 9) && &**name == "AssertionError" && !text.contains("AssertionError")
        }
        _ => false,
    });
    // The source may bind `__doc__` itself: functions tell more surely.
    let binds_doc = || any(&|kind| matches!(kind, OpKind::Store(Scope::Name, name) if &**name == "__doc__"));
    let has_docstrings = hints.kept > 0 || hints.of_functions == 0 && binds_doc();
    let is_stripped = hints.docstrings > 0 && !has_docstrings;
    let mut levels = Vec::new();
    if !asserts && !has_docstrings && (is_stripped || hints.asks_debug) {
        levels.push(Level::WithoutDocstrings);
    }
    if !asserts && !is_stripped && hints.asks_debug {
        levels.push(Level::WithoutAsserts);
    }
    levels
}

fn proof(pyc: &Pyc, code: NodeId, verdict: Judged, note: Option<String>) -> Proof {
    let cut = |reason: String| reason.chars().take(REASON).collect::<String>();
    let outcome = match (verdict, note) {
        (Judged::Proved, _) => Outcome::Proved,
        (_, Some(reason)) => Outcome::NotCompared { reason: cut(reason) },
        (Judged::Differs { offset, reason, is_certain }, None) => {
            Outcome::Differs { offset, reason: cut(reason), is_certain }
        }
        (Judged::NotReconstructed { reason, .. } | Judged::NotCompared { reason }, None) => {
            Outcome::NotCompared { reason: cut(reason) }
        }
        (other, None) => Outcome::NotCompared { reason: cut(other.to_string()) },
    };
    let found = pyc.code(code);
    let name = found.as_ref().and_then(|code| code.text(Field::Qualname).or(code.text(Field::Name)));
    let name = pycxray::shown(name.unwrap_or_default(), 80).trim_matches('\'').to_owned();
    let (mut span, mut line) = (pyc.tree().node(code).span, None);
    if let Some(found) = &found {
        line = found.number(Field::Firstlineno);
        if let Outcome::Differs { offset, .. } = outcome {
            let entry = found.line_entries().find(|entry| (entry.start..entry.end).contains(&offset));
            line = entry.and_then(|entry| entry.position.line).map(i64::from).or(line);
            span = pyc.span(Item::Instruction(code, offset));
        }
    }
    Proof { code, name, outcome, span, line: line.and_then(|line| u32::try_from(line).ok()) }
}
