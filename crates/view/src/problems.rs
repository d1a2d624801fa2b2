//! The list of what is wrong with the file.

use pycxray::Pyc;

use crate::item::{ItemMap, covering, row_item};
use crate::safe::made_displayable;
use crate::{Document, Item, Severity, Span, order};

/// Something that is wrong, or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Its stable name, such as `bad-reference`.
    pub code: &'static str,
    /// A sentence for the user, displayable.
    pub message: String,
    /// The bytes it is about.
    pub span: Span,
    /// What those bytes are; choosing the problem chooses it.
    pub item: Option<Item>,
}

/// What is wrong with a file: errors first, each kind in the order of the file.
pub(crate) fn of(pyc: &Pyc) -> Vec<Problem> {
    let mut problems = Vec::new();
    add(pyc, &mut problems, pyc.diagnostics());
    problems
}

/// Adds what else is wrong with it.
pub(crate) fn add(pyc: &Pyc, problems: &mut Vec<Problem>, diagnostics: &[pycxray::Diagnostic]) {
    for diagnostic in diagnostics {
        problems.push(of_diagnostic(pyc, diagnostic));
    }
    sort(problems);
}

/// The innermost item that has all of these bytes. Where there are none something is missing: what stands before it is the
/// nearest there is.
fn item_at(pyc: &Pyc, span: Span) -> Option<Item> {
    let last = (pyc.bytes().len() as u32).saturating_sub(1);
    let start = span.start.min(last);
    covering(pyc, if span.is_empty() { Span::new(start, start + 1) } else { span })
}

fn of_diagnostic(pyc: &Pyc, diagnostic: &pycxray::Diagnostic) -> Problem {
    Problem {
        severity: diagnostic.severity,
        code: diagnostic.code,
        message: made_displayable(diagnostic.message.clone()),
        span: diagnostic.span,
        item: item_at(pyc, diagnostic.span),
    }
}

pub(crate) fn of_finding(pyc: &Pyc, finding: &pycxray::Finding) -> Problem {
    // What is missing has no bytes, and no row.
    let missing = pyc.span(finding.item).is_empty();
    Problem {
        severity: finding.severity,
        code: finding.code,
        message: made_displayable(finding.message.clone()),
        span: finding.span,
        item: if missing { item_at(pyc, finding.span) } else { Some(finding.item) },
    }
}

/// Errors first, each kind in the order of the file.
pub(crate) fn sort(problems: &mut Vec<Problem>) {
    let order = order::by(problems.len(), &[&|at| problems[at].span.start, &|at| problems[at].severity as u32]);
    let mut unsorted = Vec::new();
    for problem in problems.drain(..) {
        unsorted.push(Some(problem));
    }
    for at in order {
        problems.extend(unsorted[at as usize].take());
    }
}

/// What is shown of a list of problems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed<'p> {
    /// Those that are shown, in their order.
    pub shown: Vec<&'p Problem>,
    /// How many more there are of each kind, by its stable name.
    pub more: Vec<(&'static str, usize)>,
}

impl<'p> Listed<'p> {
    /// Up to `most` of a list, the first ones of each kind. Where there are more, all kinds have the same room, so that no flood
    /// of one crowds out the others; what one of them does not need is for the rest.
    #[must_use]
    pub fn of(all: &'p [Problem], most: usize) -> Self {
        let mut counts: Vec<(usize, &'static str)> = Vec::new();
        for problem in all {
            match counts.iter_mut().find(|kind| kind.1 == problem.code) {
                Some(kind) => kind.0 += 1,
                None => counts.push((1, problem.code)),
            }
        }
        let mut kinds: Vec<(usize, &'static str)> = Vec::new();
        for kind in counts {
            kinds.insert(kinds.partition_point(|known| *known < kind), kind);
        }
        let (mut left, mut waiting) = (most, kinds.len());
        let mut more = Vec::new();
        for (count, code) in &mut kinds {
            let own = left / waiting;
            if own < *count {
                more.push((*code, *count - own));
                *count = own;
            }
            (left, waiting) = (left - *count, waiting - 1);
        }
        let mut shown = Vec::new();
        for problem in all {
            // What is left of the room of its kind.
            if let Some((room @ 1.., _)) = kinds.iter_mut().find(|kind| kind.1 == problem.code) {
                *room -= 1;
                shown.push(problem);
            }
        }
        Self { shown, more }
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

impl Document {
    /// What is wrong with the file: errors first, each kind in the order of the file. Damage inside bytecode and tables is
    /// among them once [`Document::inspect_step`] is done.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.troubles
    }

    /// Chooses the bytes that a problem or finding is about.
    pub fn select_problem(&mut self, problem: &Problem) {
        let exact = problem.item.filter(|&item| self.pyc.span(item) == problem.span);
        match exact {
            Some(item) => self.select(item),
            None if problem.span.is_empty() => self.select_offset(problem.span.start.min(self.last_offset())),
            None => self.select_range(problem.span.start, problem.span.end - 1),
        }
    }

    /// The offset of the file's last byte; 0 in an empty file.
    pub(crate) fn last_offset(&self) -> u32 {
        (self.pyc.bytes().len() as u32).saturating_sub(1)
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
        let Listed { shown, more } = Listed::of(&all, 1_000);
        let count = |code| shown.iter().filter(|problem| problem.code == code).count();
        assert_eq!(shown.len(), 1_000);
        assert_eq!((count("trailing-data"), count("bad-flag")), (1, 30));
        assert_eq!((count("bad-jump"), count("bad-reference")), (484, 485));
        assert_eq!(more, [("bad-jump", 800 - 484), ("bad-reference", 900 - 485)]);
        // The first ones of each kind, in the order of the list.
        let expected: Vec<&Problem> = all[..485].iter().chain(&all[900..1384]).chain(&all[1700..]).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_short_list_is_shown_whole() {
        let all = problems(&[("bad-reference", 999), ("bad-jump", 1)]);
        let Listed { shown, more } = Listed::of(&all, 1_000);
        assert_eq!((shown.len(), more.len()), (1_000, 0));
        assert_eq!(Listed::of(&[], 10), Listed { shown: Vec::new(), more: Vec::new() });
        assert_eq!(Listed::of(&all, 0).more.iter().map(|(_, count)| count).sum::<usize>(), 1_000);
    }
}
