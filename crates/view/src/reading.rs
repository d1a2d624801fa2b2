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
pub(crate) enum Reading {
    /// The file of a Python.
    File(&'static Python),
    /// The bytecode of a Python and nothing else.
    Bare(&'static Python),
    /// What it was before a transfer spoiled it.
    Repaired,
}

impl Reading {
    /// What it is called: `CPython 3.12`, `co_code of CPython 3.12`, `repaired`.
    pub(crate) fn name(self) -> String {
        match self {
            Self::File(python) => python_name(python),
            Self::Bare(python) => format!("co_code of {}", python_name(python)),
            Self::Repaired => "repaired".to_owned(),
        }
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
    let bare = pythons.clone().into_iter().filter(move |_| may_be_bare).map(Reading::Bare);
    pythons.into_iter().map(Reading::File).chain(bare)
}

/// One of them, by its name.
pub(crate) fn python_named(pyc: &Pyc, name: &str) -> Option<&'static Python> {
    pythons(pyc).into_iter().find(|python| python_name(python) == name)
}

/// Whether they are one.
pub(crate) fn same(a: &Python, b: &Python) -> bool {
    (a.implementation, a.version) == (b.implementation, b.version)
}
