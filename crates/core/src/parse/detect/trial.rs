//! Finding where the marshalled object begins, and which Pythons could have written it, where no magic number says so.

use std::sync::Arc;

use super::evidence::{HOPELESS, MarshalEvidence, against, header_fits};
use crate::Pyc;
use crate::diagnostic::Severity;
use crate::file::IndexCache;
use crate::file::{Basis, Detection, Header};
use crate::inspect::check::CodeCheck;
use crate::limits::Limits;
use crate::marshal::recover::{self, Found};
use crate::marshal::{Decoder, Role, Stop};
use crate::python::{self, CodeLayout, Python};
use crate::version::{Implementation, Version};

/// How far behind the start an object is looked for that no header of known length precedes, in bytes.
const SEARCHED: u32 = 1 << 20;
/// How many objects of a trial are decoded.
const TRIED_OBJECTS: u32 = 200_000;
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
    // Of equals CPython comes before PyPy, a Python that writes such type codes before one that can, a newer before an older.
    let is_modern = trials.iter().any(|trial| MarshalEvidence::gather(&trial.pyc.tree).is_modern);
    let rank = |(against, _, python): &(u32, usize, &'static Python)| {
        let likely = is_modern == (python.version >= Version::new(3, 4));
        (*against, python.implementation != Implementation::CPython, !likely, std::cmp::Reverse(python.version))
    };
    let mut ranked: Vec<(u32, usize, &'static Python)> = Vec::new();
    for (position, trial) in trials.iter().enumerate() {
        let marshal = MarshalEvidence::gather(&trial.pyc.tree);
        for python in python::all() {
            let has_code = !trial.pyc.codes.is_empty();
            if (has_code && python.format.code != trial.layout) || !header_fits(python, trial.start) {
                continue;
            }
            let new = (against(&trial.pyc, python, &marshal), position, python);
            ranked.insert(ranked.partition_point(|known| rank(known) <= rank(&new)), new);
        }
    }
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
