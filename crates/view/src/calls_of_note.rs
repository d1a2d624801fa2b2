//! What a program does at first sight: noted between requests, told in the card of its module and in a list.

use pycxray::{Item, NoteTaking, Noted, Notes, Pyc, Severity};

use crate::file::File;
use crate::labels;
use crate::protocol::{self, Definition, Listed, Style, Styled};
use crate::text::displayable;

/// How many bytes of bytecode are looked at in one step: they take about a millisecond.
const PART: usize = 1 << 16;
/// How many functions the card names.
const NAMED: usize = 24;
/// How many places the list has.
const LISTED: usize = 200;

/// What is noted up to now.
#[derive(Debug)]
pub(crate) struct CallsOfNote {
    /// `None` when all is looked at.
    taking: Option<Box<NoteTaking>>,
    notes: Notes,
}

impl CallsOfNote {
    /// Of a file of which nothing is noted yet.
    pub(crate) fn new(pyc: &Pyc) -> Self {
        Self { taking: Some(Box::new(NoteTaking::new(pyc))), notes: Notes::default() }
    }

    /// Whether all is looked at.
    pub(crate) fn is_complete(&self) -> bool {
        self.taking.is_none()
    }

    /// Looks at the next code objects. Whether there is anything new to say.
    pub(crate) fn look_on(&mut self, pyc: &Pyc) -> bool {
        if self.taking.as_mut().is_none_or(|taking| !taking.step(pyc, PART)) {
            return false;
        }
        self.notes = self.taking.take().map_or_else(Notes::default, |taking| taking.finish());
        !self.notes.uses.is_empty()
    }

    /// How many places are listed.
    pub(crate) fn len(&self) -> usize {
        self.notes.uses.len()
    }

    /// Which functions of note a file uses, by what they are about, each with a link to where that is first: a term of the card of
    /// its first module. `None` for other items, and if there are none.
    pub(crate) fn definition(&self, pyc: &Pyc, item: Item) -> Option<Definition> {
        let module = pyc.codes().first().map(|&code| Item::Object(code));
        if module != Some(item) || self.notes.uses.is_empty() {
            return None;
        }
        let mut uses: Vec<&Noted> = self.notes.uses.iter().collect();
        // Of equal ones, the first in the file stays the first.
        uses.sort_by_key(|noted| (noted.subject, noted.name.as_str()));
        let mut value = Styled::default();
        let (mut named, mut subject) = (0, None);
        for same in uses.chunk_by(|a, b| a.name == b.name) {
            named += 1;
            let [first, ..] = same else { continue };
            if named > NAMED {
                continue;
            }
            match subject.replace(first.subject) {
                None => value.write(Style::Muted, format_args!("{}: ", first.subject.words())),
                Some(before) if before != first.subject => {
                    value.write(Style::Muted, format_args!("; {}: ", first.subject.words()))
                }
                Some(_) => value.push(Style::Plain, ", "),
            };
            value.push_link(Style::Name, displayable(&first.name), first.item());
            if same.len() > 1 {
                value.write(Style::Muted, format_args!(" ×{}", same.len()));
            }
        }
        if named > NAMED {
            value.write(Style::Muted, format_args!(" and {} more", named - NAMED));
        }
        Some(Definition { term: "calls of note".to_owned(), value })
    }

    /// The places, as the list shows them.
    pub(crate) fn listed(&self, file: &File) -> Listed {
        let shown = self.notes.uses.iter().take(LISTED).map(|noted| row(file, noted)).collect();
        let left_out = self.notes.uses.len().saturating_sub(LISTED) + self.notes.more;
        let more = if left_out > 0 { vec![("call-of-note".to_owned(), left_out)] } else { Vec::new() };
        Listed { shown, more }
    }
}

fn row(file: &File, noted: &Noted) -> protocol::Problem {
    let line = noted.line.map(|line| format!(", line {line}")).unwrap_or_default();
    let within = labels::code_name(&file.pyc, noted.code);
    protocol::Problem {
        severity: Severity::Note,
        code: noted.subject.words().to_owned(),
        message: format!("{} in {within} at {}{line}", displayable(&noted.name), noted.offset),
        span: file.pyc.span(noted.item()),
        item: Some(noted.item().into()),
    }
}
