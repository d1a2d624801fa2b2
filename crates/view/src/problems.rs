//! What is wrong with the file, and what is worth knowing of it.

use pycxray::{Diagnostic, Finding, Inspector, Item, Pyc, Severity, Span};

use crate::file::File;
use crate::item::{ItemMap, covering, row_item};
use crate::protocol::{self, Listed};
use crate::text::made_displayable;

/// So many are listed of each list; a file made to have a million would only slow the page down.
const LISTED: usize = 1_000;

/// Something that is wrong, or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) severity: Severity,
    /// Its stable name, such as `bad-reference`.
    pub(crate) code: &'static str,
    /// A sentence for the user, displayable.
    pub(crate) message: String,
    pub(crate) span: Span,
    /// What those bytes are.
    pub(crate) item: Option<Item>,
}

/// All that is wrong with a file or worth knowing of it, the gravest first, each kind in the order of the file.
#[derive(Debug)]
pub(crate) struct Problems {
    pub(crate) problems: Vec<Problem>,
    pub(crate) findings: Vec<Problem>,
    marks: Marks,
    /// Looks for damage inside bytecode and tables, and for findings, until it is done.
    inspector: Option<Box<Inspector>>,
}

impl Problems {
    /// What decoding told, or what is to be said of a file that is no bytecode. `now`, in seconds since 1970, UTC, is what the time in the header is compared with.
    pub(crate) fn new(file: &File, now: Option<u64>) -> Self {
        let pyc = &file.pyc;
        let of_other = file.other.as_ref().map_or_else(Vec::new, |other| other.diagnostics(file.size()));
        let told = pyc.diagnostics().iter().chain(&of_other);
        let mut problems: Vec<Problem> = told.map(|found| of_diagnostic(pyc, found)).collect();
        sort(&mut problems);
        let mut marks = Marks::default();
        marks.add(pyc, &problems, Severity::Note);
        Self { problems, findings: Vec::new(), marks, inspector: Some(Box::new(Inspector::new(now))) }
    }

    /// Whether all is looked at.
    pub(crate) fn is_complete(&self) -> bool {
        self.inspector.is_none()
    }

    /// Looks at the next part of the file: some thousand instructions. `true` when all is looked at.
    pub(crate) fn inspect(&mut self, pyc: &Pyc) -> bool {
        /// Instructions; 50,000 take about a millisecond.
        const PART: u32 = 50_000;
        let Some(inspector) = &mut self.inspector else { return true };
        if !inspector.step(pyc, PART) {
            return false;
        }
        if let Some(inspector) = self.inspector.take() {
            let found = inspector.finish();
            self.problems.extend(found.diagnostics.iter().map(|found| of_diagnostic(pyc, found)));
            sort(&mut self.problems);
            self.findings.extend(found.findings.iter().map(|found| of_finding(pyc, found)));
            sort(&mut self.findings);
            self.marks = Marks::default();
            self.marks.add(pyc, &self.problems, Severity::Note);
            self.marks.add(pyc, &self.findings, Severity::Warning);
        }
        true
    }

    /// How many errors and warnings the file has.
    pub(crate) fn count(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity < Severity::Note).count()
    }

    /// All problems, then all findings.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().chain(&self.findings)
    }

    /// Where they are.
    pub(crate) fn marks(&self) -> &Marks {
        &self.marks
    }

    /// What the list shows.
    pub(crate) fn listed(&self) -> protocol::Problems {
        protocol::Problems {
            problems: listed(&self.problems, LISTED),
            findings: listed(&self.findings, LISTED),
            calls_of_note: Listed::default(),
            complete: self.is_complete(),
        }
    }
}

/// The innermost item that has all of these bytes. Where there are none something is missing: what stands before it is the
/// nearest there is.
fn item_at(pyc: &Pyc, span: Span) -> Option<Item> {
    let last = (pyc.bytes().len() as u32).saturating_sub(1);
    let start = span.start.min(last);
    covering(pyc, if span.is_empty() { Span::new(start, start + 1) } else { span })
}

fn of_diagnostic(pyc: &Pyc, diagnostic: &Diagnostic) -> Problem {
    Problem {
        severity: diagnostic.severity,
        code: diagnostic.code.as_str(),
        message: made_displayable(diagnostic.message.clone()),
        span: diagnostic.span,
        item: item_at(pyc, diagnostic.span),
    }
}

fn of_finding(pyc: &Pyc, finding: &Finding) -> Problem {
    // What is missing has no bytes, and no row.
    let missing = pyc.span(finding.item).is_empty();
    Problem {
        severity: finding.severity,
        code: finding.code.as_str(),
        message: made_displayable(finding.message.clone()),
        span: finding.span,
        item: if missing { item_at(pyc, finding.span) } else { Some(finding.item) },
    }
}

/// The gravest first, each kind in the order of the file.
fn sort(problems: &mut [Problem]) {
    problems.sort_by_key(|problem| (problem.severity, problem.span.start));
}

/// Up to `most` of a list, the first ones of each kind. Where there are more, all kinds have the same room, so that no flood of
/// one crowds out the others; what one of them does not need is for the rest.
fn listed(all: &[Problem], most: usize) -> Listed {
    let mut kinds: Vec<(usize, &'static str)> = Vec::new();
    for problem in all {
        match kinds.iter_mut().find(|kind| kind.1 == problem.code) {
            Some(kind) => kind.0 += 1,
            None => kinds.push((1, problem.code)),
        }
    }
    kinds.sort_unstable();
    let (mut left, mut waiting) = (most, kinds.len());
    let mut more = Vec::new();
    for (count, code) in &mut kinds {
        let own = left / waiting;
        if own < *count {
            more.push(((*code).to_owned(), *count - own));
            *count = own;
        }
        (left, waiting) = (left - *count, waiting - 1);
    }
    let mut shown = Vec::new();
    for problem in all {
        // What is left of the room of its kind.
        if let Some((room @ 1.., _)) = kinds.iter_mut().find(|kind| kind.1 == problem.code) {
            *room -= 1;
            shown.push(problem.shown());
        }
    }
    Listed { shown, more }
}

impl Problem {
    fn shown(&self) -> protocol::Problem {
        protocol::Problem {
            severity: self.severity,
            code: self.code.to_owned(),
            message: self.message.clone(),
            span: self.span,
            item: self.item.map(Into::into),
        }
    }
}

/// Where problems are, for marking rows.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// Which of the problems is the worst that is said of the item of a row, and of nothing smaller.
    rows: ItemMap,
    /// The bytes of each problem.
    problems: Vec<(Span, Severity)>,
}

impl Marks {
    /// Marks where problems are, up to the mildest that counts.
    pub(crate) fn add(&mut self, pyc: &Pyc, problems: &[Problem], mildest: Severity) {
        for problem in problems {
            if problem.severity > mildest {
                continue;
            }
            let row = problem.item.map(|item| row_item(pyc, item));
            if let Some(row) = row.filter(|&row| self.of(row).is_none_or(|known| problem.severity < known)) {
                self.rows.insert(row, self.problems.len() as u32);
            }
            self.problems.push((problem.span, problem.severity));
        }
    }

    /// The worst that is said of an item itself.
    fn of(&self, item: Item) -> Option<Severity> {
        self.rows.get(&item).map(|&at| self.problems[at as usize].1)
    }

    /// The worst that is said of an item; of a closed one, of all in it.
    pub(crate) fn worst(&self, item: Item, span: Span, expanded: bool) -> Option<Severity> {
        let mut worst = self.of(item);
        if !expanded {
            for &(of, severity) in &self.problems {
                if !of.is_empty() && span.covers(of) && worst.is_none_or(|known| severity < known) {
                    worst = Some(severity);
                }
            }
        }
        worst
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(codes: &[(&'static str, usize)]) -> Vec<Problem> {
        let of = |&(code, count): &(&'static str, usize)| {
            (0..count as u32).map(move |at| Problem {
                severity: Severity::Error,
                code,
                message: String::new(),
                span: Span::new(at, at + 1),
                item: None,
            })
        };
        codes.iter().flat_map(of).collect()
    }

    #[test]
    fn a_flood_of_one_kind_does_not_crowd_out_the_others() {
        let all = problems(&[("bad-reference", 900), ("bad-jump", 800), ("trailing-data", 1), ("bad-flag", 30)]);
        let Listed { shown, more } = listed(&all, 1_000);
        let count = |code| shown.iter().filter(|problem| problem.code == code).count();
        assert_eq!(shown.len(), 1_000);
        assert_eq!((count("trailing-data"), count("bad-flag")), (1, 30));
        assert_eq!((count("bad-jump"), count("bad-reference")), (484, 485));
        assert_eq!(more, [("bad-jump".to_owned(), 800 - 484), ("bad-reference".to_owned(), 900 - 485)]);
        // The first ones of each kind, in the order of the list.
        let expected: Vec<protocol::Problem> =
            all[..485].iter().chain(&all[900..1384]).chain(&all[1700..]).map(Problem::shown).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_short_list_is_shown_whole() {
        let all = problems(&[("bad-reference", 999), ("bad-jump", 1)]);
        let Listed { shown, more } = listed(&all, 1_000);
        assert_eq!((shown.len(), more.len()), (1_000, 0));
        assert_eq!(listed(&[], 10), Listed::default());
        assert_eq!(listed(&all, 0).more.iter().map(|(_, count)| count).sum::<usize>(), 1_000);
    }
}
