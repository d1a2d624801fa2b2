//! The line that says what file this is.

use pycxray::python::Python;
use pycxray::{Basis, Detection, HeaderField, HeaderKind, Severity};

use crate::date;
use crate::file::File;
use crate::members::Members;
use crate::number::{counted, grouped, push_hex};
use crate::other::Other;
use crate::problems::Problems;
use crate::protocol::{PythonChoice, Style, Styled, Summary, SummaryPart};
use crate::reading::{self, Reading, python_name, same};

/// How many other Pythons are named.
const CANDIDATES: usize = 3;

/// Which other Pythons fit too, if there are any. Each is named by its version where it has the maker of the one before it.
fn others(detection: &Detection) -> Option<String> {
    let others = detection.candidates.iter().copied().filter(|&other| !same(other, detection.python));
    let others: Vec<&Python> = others.collect();
    let mut before = detection.python;
    let names = others.iter().take(CANDIDATES).map(|&other| {
        let maker = std::mem::replace(&mut before, other).implementation;
        if maker == other.implementation { other.version.to_string() } else { python_name(other) }
    });
    let names: Vec<String> = names.collect();
    let fit = match others.len() {
        0 => return None,
        1 => "fits too",
        2..=CANDIDATES => "fit too",
        _ => "and others fit too",
    };
    Some(format!("{} {fit}", names.join(", ")))
}

impl File {
    /// What file this is.
    pub(crate) fn summary(&self, problems: &Problems) -> Summary {
        let count = problems.count();
        let errors = problems.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
        let detection = self.pyc.detection();
        let basis = self.basis();
        let detected = match (detection.magic, detection.basis) {
            (Some(magic), _) => format!("{} by its magic number", magic.writer()),
            (None, Basis::Evidence) => basis.clone().unwrap_or_default(),
            (None, _) => String::new(),
        };
        Summary {
            name: self.name.clone(),
            size: self.size(),
            python: self.read_as(),
            basis,
            detected,
            parts: self.summary_parts(),
            problems: count,
            verdict: match (errors, count) {
                (0, 0) if self.other.is_some() => "nothing is damaged".to_owned(),
                (0, 0) => "every byte accounted for".to_owned(),
                (0, warnings) => counted(warnings as u64, "warning"),
                (_, problems) => counted(problems as u64, "problem"),
            },
            banner: problems.problems.first().filter(|_| errors > 0).map(|worst| worst.message.clone()),
            repair: self.can_be_repaired().then(|| Reading::Repaired.name()),
            codes: self.pyc.codes().len(),
            members: self.members().map(Members::len),
            listed: problems.all().count(),
            calls_of_note: 0,
            pythons: self.python_choices(),
        }
    }

    /// Implementation and version that the file is read as: `CPython 3.12`; what a file is that is no bytecode.
    pub(crate) fn read_as(&self) -> String {
        if let Some(other) = &self.other {
            return other.name();
        }
        let detection = self.pyc.detection();
        match (detection.basis, detection.magic) {
            (Basis::Nothing, _) => "no .pyc file".to_owned(),
            (Basis::Magic, Some(magic)) => magic.writer(),
            _ => python_name(detection.python),
        }
    }

    /// How the Python was found, where it was not simply the magic number.
    fn basis(&self) -> Option<String> {
        let detection = self.pyc.detection();
        let others = others(detection);
        match detection.basis {
            Basis::Magic if detection.magic.is_some_and(|magic| magic.sharing().count() > 1) => {
                Some("which have one magic number".to_owned())
            }
            Basis::Magic => others.map(|others| format!("by its magic number; {others}")),
            Basis::Nothing => None,
            Basis::Choice if self.bare_of.is_some() => Some("co_code alone, as you chose".to_owned()),
            Basis::Choice => Some("as you chose".to_owned()),
            Basis::Evidence => Some(match others {
                Some(others) => format!("from its contents; {others}"),
                None if detection.certain => "from its contents".to_owned(),
                None => "the nearest to its contents".to_owned(),
            }),
        }
    }

    fn summary_parts(&self) -> Vec<SummaryPart> {
        let header = self.pyc.header();
        let part = |term: &str, value: Styled| SummaryPart { term: term.to_owned(), value };
        let strong = |term: &str, value: String| part(term, Styled::of(Style::Strong, &value));
        let mut parts = self.other.as_ref().map_or_else(Vec::new, Other::summary_parts);
        parts.extend(self.written_as.map(|form| strong("written out as", form.to_owned())));
        if self.repaired_of.is_some() {
            parts.push(strong("read", "repaired".to_owned()));
        }
        if self.bare_of.is_some() {
            parts.push(strong("made up", "all but the bytecode".to_owned()));
        }
        parts.extend(header.magic.map(|magic| strong("magic", magic.to_string())));
        match (header.kind(), header.mtime, header.source_hash) {
            (HeaderKind::Hash, _, Some(hash)) => {
                let term = if header.check_source() == Some(true) { "checked hash" } else { "unchecked hash" };
                let mut digits = String::new();
                push_hex(&mut digits, &hash, "");
                parts.push(strong(term, digits));
            }
            (HeaderKind::Timestamp, Some(mtime), _) => parts.push(strong("timestamp", date::utc(mtime.into()))),
            (HeaderKind::None, ..) if self.size() > 0 && self.other.is_none() => {
                parts.push(strong("header", "none".to_owned()))
            }
            _ => {}
        }
        parts.extend(header.source_size.map(|size| strong("source", counted(size.into(), "byte"))));
        let codes = self.other.is_none().then_some((self.pyc.codes().len(), "code object"));
        for (number, unit) in std::iter::once((self.size() as usize, "byte")).chain(codes) {
            let mut value = Styled::of(Style::Strong, &grouped(number as u64));
            let ending = if number == 1 { "" } else { "s" };
            value.write(Style::Muted, format_args!(" {unit}{ending}"));
            parts.push(part("", value));
        }
        if header.fields.iter().any(|(field, _)| *field == HeaderField::Cut) {
            parts.push(part("", Styled::of(Style::Damage, "header cut off")));
        }
        parts
    }

    /// The Python that the user chose, by its name; `None` where the file is read as what it says.
    pub(crate) fn python_chosen(&self) -> Option<String> {
        let detection = self.pyc.detection();
        (detection.basis == Basis::Choice).then(|| python_name(detection.python))
    }

    fn python_choices(&self) -> Vec<PythonChoice> {
        let (current, is_bare) = (self.pyc.detection().python, self.bare_of.is_some());
        let is_current = |reading: Reading| match reading {
            Reading::File(python) => same(python, current) && !is_bare && self.repaired_of.is_none(),
            Reading::Bare(python) => same(python, current) && is_bare,
            Reading::Repaired => self.repaired_of.is_some(),
        };
        self.readings().map(|reading| PythonChoice { current: is_current(reading), name: reading.name() }).collect()
    }

    /// What it can be read as.
    fn readings(&self) -> impl Iterator<Item = Reading> {
        let has_no_code = self.bare_of.is_some() || self.pyc.codes().is_empty();
        let repaired = self.can_be_repaired() || self.repaired_of.is_some();
        repaired.then_some(Reading::Repaired).into_iter().chain(reading::readings(&self.pyc, has_no_code))
    }

    /// One of them, by its name.
    pub(crate) fn reading_named(&self, name: &str) -> Option<Reading> {
        self.readings().find(|reading| reading.name() == name)
    }
}
