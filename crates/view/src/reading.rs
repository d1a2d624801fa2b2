//! What a file can be read as.

use std::cmp::Reverse;

use pycxray::Pyc;
use pycxray::python::Python;

/// `CPython 3.12`.
pub(crate) fn python_name(python: &Python) -> String {
    format!("{} {}", python.implementation, python.version)
}

/// What a file can be read as.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    pub(crate) python: &'static Python,
    /// Whether its bytes are bytecode and nothing else.
    pub(crate) is_bare: bool,
}

impl Reading {
    /// What it is called: `CPython 3.12`, or `co_code of CPython 3.12`.
    pub(crate) fn name(self) -> String {
        let python = python_name(self.python);
        if self.is_bare { format!("co_code of {python}") } else { python }
    }
}

/// The Pythons that a file can be read as: those that come into question first, then all others, newest first.
fn pythons(pyc: &Pyc) -> Vec<&'static Python> {
    let mut pythons: Vec<&'static Python> = pyc.detection().candidates.clone();
    let mut others: Vec<&'static Python> =
        pycxray::python::all().filter(|other| !pythons.iter().any(|known| same(known, other))).collect();
    others.sort_by_key(|python| (python.implementation, Reverse(python.version)));
    pythons.extend(others);
    pythons
}

/// The readings of a file: as that of each Python, and where it may be bytecode alone, as that too.
pub(crate) fn readings(pyc: &Pyc, may_be_bare: bool) -> impl Iterator<Item = Reading> {
    let pythons = pythons(pyc);
    let bare = pythons.clone().into_iter().filter(move |_| may_be_bare);
    let bare = bare.map(|python| Reading { python, is_bare: true });
    pythons.into_iter().map(|python| Reading { python, is_bare: false }).chain(bare)
}

/// One of them, by its name.
pub(crate) fn python_named(pyc: &Pyc, name: &str) -> Option<&'static Python> {
    pythons(pyc).into_iter().find(|python| python_name(python) == name)
}

/// Whether they are one.
pub(crate) fn same(a: &Python, b: &Python) -> bool {
    (a.implementation, a.version) == (b.implementation, b.version)
}
