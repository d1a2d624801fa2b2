//! Which Pythons could have written what was decoded, the likeliest first.

use std::cmp::Reverse;

use super::evidence::{HOPELESS, MarshalEvidence, SLIGHT, Weight, against, header_fits};
use super::trial::Trial;
use crate::file::magic::Magic;
use crate::file::{Basis, Detection};
use crate::python::{self, Python};
use crate::version::{Implementation, Version};

/// A Python and a trial, and what speaks against that Python.
#[derive(Clone, Copy)]
pub(super) struct Ranked<'a> {
    pub(super) weight: Weight,
    pub(super) trial: &'a Trial,
    pub(super) python: &'static Python,
}

/// Every Python that has the layout of one of the trials, those first against which least speaks. Of equals, the one that is
/// believed comes first, then one whose header has that length, CPython before PyPy, a Python that writes such type codes before
/// one that merely can, a newer before an older.
pub(super) fn rank<'a>(trials: &[&'a Trial], likely: Option<&'static Python>) -> Vec<Ranked<'a>> {
    let evidence: Vec<MarshalEvidence> = trials.iter().map(|trial| MarshalEvidence::gather(&trial.pyc.tree)).collect();
    let is_modern = evidence.iter().any(|evidence| evidence.is_modern);
    let mut ranked: Vec<Ranked<'a>> = Vec::new();
    for (&trial, marshal) in trials.iter().zip(&evidence) {
        for python in candidates(trial, likely) {
            ranked.push(Ranked { weight: against(&trial.pyc, python, marshal), trial, python });
        }
    }
    ranked.sort_by_key(|ranked| {
        let python = ranked.python;
        let is_believed = believed(ranked.trial, likely).is_some_and(|believed| std::ptr::eq(believed, python));
        (
            ranked.weight.against,
            !ranked.trial.ends_with_file,
            !is_believed,
            !header_fits(python, ranked.trial.head),
            python.implementation != Implementation::CPython,
            is_modern != (python.version >= Version::new(3, 4)),
            Reverse(python.version),
        )
    });
    ranked
}

/// The Python that is named by the magic number, or is likely for another reason.
fn believed(trial: &Trial, likely: Option<&'static Python>) -> Option<&'static Python> {
    trial.head.magic.map(Magic::python).or(likely)
}

/// The Pythons that lay code objects out so: as finally released, the one that is believed, and another that wrote its number.
fn candidates(trial: &Trial, likely: Option<&'static Python>) -> impl Iterator<Item = &'static Python> {
    let has_code = !trial.pyc.codes.is_empty() || trial.is_code;
    let layout = trial.layout;
    let believed = believed(trial, likely);
    let released =
        python::released().filter(move |python| believed.is_none_or(|believed| !std::ptr::eq(believed, *python)));
    let other = trial.head.magic.and_then(Magic::other).filter(|other| other.implementation == Implementation::PyPy);
    released
        .chain(believed)
        .chain(other.map(Magic::python))
        .filter(move |python| !has_code || python.format.code == layout)
}

/// What the ranking comes to: the first, and all against which hardly more speaks.
pub(super) fn settle(ranked: &[Ranked<'_>]) -> Option<Detection> {
    let best = ranked.first()?;
    let bound = best.weight.against + SLIGHT;
    let mut detection = Detection::new(best.python, Basis::Evidence, best.trial.head.start);
    let mut candidates: Vec<&'static Python> = Vec::new();
    for equal in ranked.iter().take_while(|ranked| ranked.weight.against <= bound) {
        let is_known = |known: &&&Python| {
            (known.implementation, known.version) == (equal.python.implementation, equal.python.version)
        };
        if candidates.iter().find(is_known).is_none() {
            candidates.push(equal.python);
        }
    }
    detection.candidates = candidates;
    let next = ranked.iter().map(|ranked| ranked.weight.against).find(|&against| against > bound).unwrap_or(HOPELESS);
    let is_clear = next > best.weight.against * 3 + SLIGHT;
    detection.certain =
        detection.candidates.len() == 1 && best.trial.is_clean && is_clear && !best.weight.is_shuffled();
    detection.is_row = best.trial.is_row;
    detection.is_shuffled = best.trial.is_clean && best.weight.is_shuffled();
    Some(detection)
}
