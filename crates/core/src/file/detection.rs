//! Which Python a file is read as, on what ground, and how sure that is.

use super::candidates;
use super::header::Header;
use super::magic::Magic;
use crate::DiagnosticCode;
use crate::Span;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::python::Python;

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
#[non_exhaustive]
pub struct Detection {
    /// The Python that the file is read as.
    pub python: &'static Python,
    /// What that rests on.
    pub basis: Basis,
    /// Whether no other Python comes into question.
    pub certain: bool,
    /// All that come into question, the likeliest first.
    pub candidates: Vec<&'static Python>,
    /// Whom the magic number in the header names, whatever the file is read as.
    pub magic: Option<&'static Magic>,
    /// Whether the opcodes fit no known Python though all else does: they may have been shuffled.
    pub is_shuffled: bool,
    /// Where the marshalled object begins.
    pub(crate) start: u32,
    /// Whether its siblings decided between several that fit.
    pub(crate) has_siblings: bool,
    /// Whether several objects stand in a row.
    pub(crate) is_row: bool,
    /// What is to be said of header and contents.
    pub(crate) remarks: Vec<Diagnostic>,
}

impl Detection {
    pub(crate) fn new(python: &'static Python, basis: Basis, start: u32) -> Self {
        let certain = matches!(basis, Basis::Magic | Basis::Choice);
        Self {
            python,
            basis,
            certain,
            candidates: vec![python],
            magic: None,
            is_shuffled: false,
            start,
            has_siblings: false,
            is_row: false,
            remarks: Vec::new(),
        }
    }

    /// Whether what follows the header is worth decoding.
    pub(crate) fn is_readable(&self) -> bool {
        self.basis != Basis::Nothing
    }

    /// The implementation that wrote the file, if it is not the one that the file is read as.
    #[must_use]
    pub fn foreign(&self) -> Option<&'static Magic> {
        self.magic.filter(|magic| {
            self.basis == Basis::Magic
                && (magic.implementation, magic.version) != (self.python.implementation, self.python.version)
        })
    }

    /// All that come into question by the contents, in words: `CPython 3.8`, `CPython 3.8 – 3.9`, `any Python from 3.4 on`.
    #[must_use]
    pub fn writers(&self) -> String {
        let named = self.magic.filter(|_| self.basis == Basis::Evidence).map(Magic::python);
        let is_named = |python: &Python| named.is_some_and(|named| std::ptr::eq(named, python));
        let others: Vec<&'static Python> = self.candidates.iter().copied().filter(|python| !is_named(python)).collect();
        candidates::in_words(if others.is_empty() { &self.candidates } else { &others })
    }

    /// Says what is to be said of the header and the choice.
    pub(crate) fn explain(&self, header: &Header, length: u32, problems: &mut Diagnostics) {
        let first = Span::new(0, length.min(4));
        let name = |python: &Python| format!("{} {}", python.implementation, python.version);
        for remark in &self.remarks {
            problems.push(remark.severity, remark.code, remark.span, format_args!("{}", remark.message));
        }
        match self.basis {
            Basis::Nothing if length > 0 => problems.error(
                DiagnosticCode::NotAPyc,
                first,
                format_args!(
                    "This is no .pyc file: it begins with no known magic number and with no marshalled object."
                ),
            ),
            Basis::Evidence if self.magic.is_none() => {
                let code =
                    if header.fields.is_empty() { DiagnosticCode::NoHeader } else { DiagnosticCode::UnknownMagic };
                let what = match header.magic {
                    None if self.remarks.iter().any(|remark| remark.code == DiagnosticCode::SpoiledInTransport) => {
                        "The header cannot be read; the file is read".to_owned()
                    }
                    None => "The file has no header, and is read".to_owned(),
                    Some(magic) => format!("The magic number {magic} is not known; the file is read"),
                };
                let sure = match self.candidates.len() {
                    1 if self.has_siblings => "that of the files beside it".to_owned(),
                    1 if self.certain => "no other Python fits".to_owned(),
                    1 => "the nearest of all known, though it does not fit well".to_owned(),
                    _ => format!("it could be {}", self.writers()),
                };
                let python = name(self.python);
                problems.note(code, header.span(), format_args!("{what} as {python}: {sure}."));
            }
            _ => {}
        }
        if let Some(writer) = self.foreign() {
            let wrote = if writer.is_inferred { "seems to have written" } else { "wrote" };
            problems.note(DiagnosticCode::ForeignImplementation, first, format_args!(
                    "{} {} {wrote} this file. Its bytecode is its own and is not explained here; what is marshalled as {} does it is shown.",
                    writer.implementation,
                    writer.version,
                    name(self.python)
                ));
        }
        if self.basis == Basis::Magic && self.foreign().is_none() && !self.python.exact {
            let seen = self.magic.map_or("a pre-release", |magic| magic.first_seen);
            problems.note(DiagnosticCode::NearestOpcodes, first, format_args!(
                "The file is from {seen}, whose opcodes are not all known: the nearest known are shown, those of {}.",
                name(self.python)
            ));
        }
        if header.is_cut() {
            let span = header.fields.last().map_or(first, |(_, span)| *span);
            problems.error(
                DiagnosticCode::CutHeader,
                span,
                format_args!("The file ends at {length:#x}, inside its header: it is cut off."),
            );
        }
        let reserved = header.reserved_flags();
        if reserved != 0 {
            problems.warning(
                DiagnosticCode::ReservedHeaderFlags,
                Span::new(4, 8),
                format_args!(
                    "The header has flag bits without a meaning: {reserved:#x}. Python 3.7 and later refuse the file."
                ),
            );
        }
    }
}
