//! The line that says what file this is.

use std::fmt::Write;

use pycxray::python::Python;
use pycxray::{Basis, HeaderField, HeaderKind};

use crate::number::{counted, grouped, push_hex};
use crate::{Document, Ink, Severity, Styled, date};

/// The line that says what file this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Implementation and version: `CPython 3.12`.
    pub python: String,
    /// How that was found, where it was not simply the magic number: `from its bytecode; 3.11 fits too`.
    pub basis: Option<String>,
    /// What the file itself says, whatever it is read as: `CPython 3.12 by its magic number`.
    pub detected: String,
    /// The parts that follow, in order: a quiet word and what it says.
    pub parts: Vec<SummaryPart>,
    /// How many errors and warnings there are; 0 stands for "every byte accounted for".
    pub problems: usize,
    /// What stands at the end: `3 problems`, `every byte accounted for`.
    pub verdict: String,
}

/// A part of the summary: `magic 3531`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryPart {
    /// What it is, such as `magic`; empty where the value says it all.
    pub term: &'static str,
    /// What it says, such as `3531`.
    pub value: Styled,
}

/// `CPython 3.12`.
pub(crate) fn python_name(python: &Python) -> String {
    format!("{} {}", python.implementation, python.version)
}

/// How many other Pythons are named.
const CANDIDATES: usize = 3;

impl Document {
    /// What file this is, in a line.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let problems = self.trouble_count();
        let errors = self.troubles.iter().filter(|trouble| trouble.severity == Severity::Error).count();
        let verdict = match (errors, problems) {
            (0, 0) => "every byte accounted for".to_owned(),
            (0, warnings) => counted(warnings as u64, "warning"),
            (_, problems) => counted(problems as u64, "problem"),
        };
        let detection = self.pyc.detection();
        let python = match (detection.basis, detection.magic) {
            (Basis::Nothing, _) => "no .pyc file".to_owned(),
            (Basis::Magic, Some(magic)) => magic.writer(),
            _ => python_name(detection.python),
        };
        let basis = self.basis();
        let detected = match (detection.magic, detection.basis) {
            (Some(magic), _) => format!("{} by its magic number", magic.writer()),
            (None, Basis::Evidence) => basis.clone().unwrap_or_default(),
            (None, _) => String::new(),
        };
        Summary { python, basis, detected, parts: self.summary_parts(), problems, verdict }
    }

    /// How the Python was found, where it was not simply the magic number.
    fn basis(&self) -> Option<String> {
        let detection = self.pyc.detection();
        let mut others = String::new();
        for python in detection.candidates.iter().skip(1).take(CANDIDATES) {
            let between = if others.is_empty() { "" } else { ", " };
            let _ = write!(others, "{between}{}", python.version);
        }
        let fit = match detection.candidates.len() {
            ..=2 => " fits too",
            count if count <= CANDIDATES + 1 => " fit too",
            _ => " and others fit too",
        };
        match detection.basis {
            Basis::Magic if !detection.certain => Some("which have one magic number".to_owned()),
            Basis::Magic | Basis::Nothing => None,
            Basis::Choice => Some("as you chose".to_owned()),
            Basis::Evidence if others.is_empty() && detection.certain => Some("from its contents".to_owned()),
            Basis::Evidence if others.is_empty() => Some("the nearest to its contents".to_owned()),
            Basis::Evidence => Some(format!("from its contents; {others}{fit}")),
        }
    }

    fn summary_parts(&self) -> Vec<SummaryPart> {
        let header = self.pyc.header();
        let mut parts = Vec::new();
        let mut say = |term, value: String| parts.push(SummaryPart { term, value: Styled::of(Ink::Strong, value) });
        if let Some(magic) = header.magic {
            say("magic", magic.to_string());
        }
        match (header.kind(), header.mtime, header.source_hash) {
            (HeaderKind::Hash, _, Some(hash)) => {
                let term = if header.check_source() == Some(true) { "checked hash" } else { "unchecked hash" };
                let mut digits = String::new();
                push_hex(&mut digits, &hash, "");
                say(term, digits);
            }
            (HeaderKind::Timestamp, Some(mtime), _) => say("timestamp", date::utc(mtime.into())),
            (HeaderKind::None, ..) if !self.pyc.bytes().is_empty() => say("header", "none".to_owned()),
            _ => {}
        }
        if let Some(size) = header.source_size {
            say("source", counted(size.into(), "byte"));
        }
        let mut count = |number: u64, unit: &str| {
            let unit = if number == 1 { unit.to_owned() } else { format!("{unit}s") };
            let mut value = Styled::of(Ink::Strong, grouped(number));
            value.write(Ink::Muted, format_args!(" {unit}"));
            parts.push(SummaryPart { term: "", value });
        };
        count(self.pyc.bytes().len() as u64, "byte");
        count(self.pyc.codes().len() as u64, "code object");
        if header.fields.iter().any(|(field, _)| *field == HeaderField::Cut) {
            parts.push(SummaryPart { term: "", value: Styled::of(Ink::Damage, "header cut off".to_owned()) });
        }
        parts
    }

    /// The Pythons that the file can be read as, for the menu: those that come into question first, then all others, newest
    /// first; each with its name and whether it is the one in use.
    #[must_use]
    pub fn pythons(&self) -> Vec<(&'static Python, String, bool)> {
        let detection = self.pyc.detection();
        let mut pythons: Vec<&'static Python> = detection.candidates.clone();
        let first = pythons.len();
        let same = |a: &Python, b: &Python| (a.implementation, a.version) == (b.implementation, b.version);
        for other in pycxray::python::all() {
            if !pythons.iter().any(|known| same(known, other)) {
                let rank = |python: &Python| (python.implementation, std::cmp::Reverse(python.version));
                let before = pythons[first..].partition_point(|known| rank(known) < rank(other));
                pythons.insert(first + before, other);
            }
        }
        let mut named = Vec::new();
        for python in pythons {
            named.push((python, python_name(python), same(python, detection.python)));
        }
        named
    }
}
