//! Files to look at with one click, from thirty years of Python: the project's own test fixtures.

/// A sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// What the address bar calls it: `#sample=py314`.
    pub id: &'static str,
    /// The name of its tab.
    pub name: &'static str,
    /// Which Python compiled it.
    pub python: &'static str,
    /// What it is good for.
    pub about: &'static str,
    /// The file.
    pub bytes: &'static [u8],
}

macro_rules! sample {
    ($id:literal, $python:literal, $folder:literal, $file:literal, $about:literal) => {
        Sample {
            id: $id,
            name: concat!($file, "-", $python, ".pyc"),
            python: $python,
            about: $about,
            bytes: include_bytes!(concat!("../../tests/fixtures/", $folder, "/", $file, ".pyc")),
        }
    };
}

/// The samples, newest first.
pub const SAMPLES: [Sample; 13] = [
    sample!("py315", "3.15", "cpython-3.15", "py315", "Lazy imports, unpacking in comprehensions"),
    sample!("py314", "3.14", "cpython-3.14", "py314", "Template strings, lazy annotations"),
    sample!("py313", "3.13", "cpython-3.13", "py38", "Walrus, f-strings, inline caches, jump labels"),
    sample!("py312", "3.12", "cpython-3.12", "py312", "Type parameters, inlined comprehensions"),
    sample!("hello", "3.12", "cpython-3.12", "hello", "Three lines: the guide to the format walks through it"),
    sample!("py311", "3.11", "cpython-3.11", "py311", "Exception groups: an exception table at work"),
    sample!("py310", "3.10", "cpython-3.10", "py310", "Pattern matching"),
    sample!("py38", "3.8", "cpython-3.8", "constants", "Every kind of constant"),
    sample!("py36", "3.6", "cpython-3.6", "py36", "The first two-byte instructions"),
    sample!("py27", "2.7", "cpython-2.7", "two", "Where print was a statement"),
    sample!("py152", "1.5.2", "cpython-1.5.2", "hello", "Hello, from 1999"),
    sample!("py12", "1.2", "cpython-1.2", "classic_early", "No line table, no local variables yet"),
    sample!("pypy39", "PyPy 3.9", "pypy-3.9", "py36", "The other Python's own opcodes"),
];

/// The sample of that id.
pub fn find(id: &str) -> Option<&'static Sample> {
    SAMPLES.iter().find(|sample| sample.id == id)
}
