//! Which Python wrote the file: by its magic number, by choice, or from evidence.

use crate::Span;
use crate::diagnostic::Diagnostics;
use crate::header::Header;
use crate::magic;
use crate::python::{self, Python};
use crate::version::{Implementation, Version};

/// What the choice of the Python rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The magic number in the header.
    Magic,
    /// The user's word.
    Choice,
    /// How well the file decodes as each Python: it has no header, or none that is known.
    Evidence,
    /// Nothing: this is no file that any Python wrote.
    Nothing,
}

/// Which Python the file is read as, and how sure that is.
#[derive(Clone, Debug)]
pub struct Detection {
    /// The Python that the file is read as.
    pub python: &'static Python,
    /// What that rests on.
    pub basis: Basis,
    /// Whether no other Python comes into question.
    pub certain: bool,
    /// All that come into question, the likeliest first.
    pub candidates: Vec<&'static Python>,
}

impl Detection {
    fn new(python: &'static Python, basis: Basis) -> Self {
        Self { python, basis, certain: matches!(basis, Basis::Magic | Basis::Choice), candidates: vec![python] }
    }

    /// Whether what follows the header is worth decoding.
    pub(crate) fn is_readable(&self) -> bool {
        self.basis != Basis::Nothing
    }

    /// Says what is to be said of the header and the choice.
    pub(crate) fn explain(&self, header: &Header, length: u32, problems: &mut Diagnostics) {
        let first = Span::new(0, length.min(4));
        if self.basis == Basis::Nothing && length > 0 {
            problems.error("not-a-pyc", first, || {
                "This is no .pyc file: it begins with no known magic number and with no marshalled object.".to_owned()
            });
        }
        if header.is_cut() {
            let span = header.fields.last().map_or(first, |(_, span)| *span);
            problems.error("cut-header", span, || {
                format!("The file ends at {length:#x}, inside its header: it is cut off.")
            });
        }
        let reserved = header.reserved_flags();
        if reserved != 0 {
            problems.warning("reserved-header-flags", Span::new(4, 8), || {
                format!("The header's flags have bits without a meaning: {reserved:#x}.")
            });
        }
    }
}

/// Reads the header and finds the Python. `choice` is the Python that the user wants the file read as.
pub(crate) fn detect(bytes: &[u8], choice: Option<&'static Python>) -> (Header, Detection) {
    let known = bytes.first_chunk::<4>().and_then(|first| magic::of(*first));
    if let Some(known) = known {
        let by_magic = python::for_magic(known.magic);
        let header = Header::read(bytes, by_magic.format.header);
        let detection = match choice {
            Some(python) => Detection::new(python, Basis::Choice),
            None => Detection::new(by_magic, Basis::Magic),
        };
        return (header, detection);
    }
    let fallback = python::find(Implementation::CPython, Version::new(3, 13)).unwrap_or_else(python::latest);
    match choice {
        Some(python) => (Header::default(), Detection::new(python, Basis::Choice)),
        None => (Header::default(), Detection::new(fallback, Basis::Nothing)),
    }
}
