//! Several Pythons in words.

use crate::python::{self, Python};
use crate::version::{Implementation, Version};

/// Pythons as a reader names them: runs of versions, and "any Python from … on" where nothing newer is missing.
///
/// The first one is the likeliest, but they are listed in order.
pub(super) fn in_words(candidates: &[&'static Python]) -> String {
    let names: Vec<String> = [Implementation::CPython, Implementation::PyPy]
        .into_iter()
        .map(|implementation| (implementation, runs(implementation, candidates)))
        .filter(|(_, runs)| !runs.is_empty())
        .map(|(implementation, runs)| format!("{implementation} {}", listed(&runs)))
        .collect();
    match open_from(candidates) {
        Some(first) => format!("any Python from {first} on"),
        None => names.join(" or "),
    }
}

/// The first version of a run that is CPython's newest ones without a gap, and PyPy's too, if there are several of each.
fn open_from(candidates: &[&'static Python]) -> Option<Version> {
    let cpython = runs(Implementation::CPython, candidates);
    let [(first, last)] = cpython.as_slice() else { return None };
    (*last == python::latest().version && first != last).then_some(*first)
}

/// The runs of versions without a gap, of one implementation.
fn runs(implementation: Implementation, candidates: &[&'static Python]) -> Vec<(Version, Version)> {
    let is_there = |python: &Python| {
        candidates
            .iter()
            .any(|candidate| (candidate.implementation, candidate.version) == (python.implementation, python.version))
    };
    let mut runs: Vec<(Version, Version)> = Vec::new();
    let mut is_open = false;
    for python in python::all().filter(|python| python.implementation == implementation) {
        let there = is_there(python);
        match runs.last_mut() {
            Some((_, last)) if there && is_open => *last = python.version,
            _ if there => runs.push((python.version, python.version)),
            _ => {}
        }
        is_open = there;
    }
    runs
}

fn listed(runs: &[(Version, Version)]) -> String {
    let name = |(first, last): &(Version, Version)| match first == last {
        true => first.to_string(),
        false => format!("{first} – {last}"),
    };
    let names: Vec<String> = runs.iter().map(name).collect();
    match names.split_last() {
        Some((last, front)) if !front.is_empty() => format!("{} or {last}", front.join(", ")),
        _ => names.concat(),
    }
}
