//! What is told of a search: how far it is, the list of what it found, and stepping through that.

use std::ops::Range;

use pycxray::{Item, Span};

use super::hits::MOST;
use super::query::{Needle, Query};
use super::{Hit, Search, snippet};
use crate::file::File;
use crate::number::{counted, grouped, hex_offset};
use crate::protocol::{self, HitKind, SearchState, Style, Styled};
use crate::source::Source;
use crate::text::displayable;
use crate::{labels, values};

impl Search {
    /// How far it is, with this chosen.
    pub(crate) fn state(&self, file: &File, chosen: Span) -> SearchState {
        let counts = self.counts();
        let total = self.hits.all.len();
        let current = self.hits.at(chosen);
        SearchState {
            query: self.typed.clone(),
            error: self.error().map(str::to_owned),
            complete: self.is_complete(),
            progress: self.progress(&file.pyc),
            message: self.message(&counts, total, current),
            counts,
            total,
            current,
        }
    }

    /// How many were found of each kind, kinds without any left out.
    fn counts(&self) -> Vec<(HitKind, usize)> {
        let found = HitKind::ALL.map(|kind| (kind, self.hits.counts[kind as usize]));
        found.into_iter().filter(|(_, count)| *count > 0).collect()
    }

    /// The same in words: `7 names, 5 instructions`.
    pub(crate) fn counts_in_words(&self) -> String {
        in_words(&self.counts())
    }

    /// What is said beside the box: `3 of 12: 7 names, 5 instructions`.
    fn message(&self, counts: &[(HitKind, usize)], total: usize, current: Option<usize>) -> String {
        let more = if total >= MOST { "at least " } else { "" };
        let kinds = in_words(counts);
        match (self.error(), total, current) {
            (Some(error), ..) => error.to_owned(),
            (_, 0, _) if self.is_complete() => "Not found".to_owned(),
            (_, 0, _) => "Searching".to_owned(),
            (_, _, Some(current)) => {
                format!("{} of {more}{}: {kinds}", grouped(current as u64 + 1), grouped(total as u64))
            }
            (_, _, None) => format!("{more}{kinds}"),
        }
    }

    /// Hits in the order of the file, as the list shows them.
    pub(crate) fn rows(&self, file: &File, source: &Source, range: Range<usize>) -> Vec<protocol::Hit> {
        let hits = self.hits.all.get(range.start..range.end.min(self.hits.all.len())).unwrap_or(&[]);
        let row = |hit: &Hit| protocol::Hit {
            kind: hit.kind,
            item: hit.item.into(),
            span: hit.span,
            words: self.words(file, source, hit),
        };
        hits.iter().map(row).collect()
    }

    /// The next hit behind what is chosen, round the end.
    pub(crate) fn next(&self, chosen: Span) -> Option<Hit> {
        let behind = self.hits.at(chosen).map_or_else(|| self.hits.before(chosen), |current| current + 1);
        self.hits.all.get(behind).or(self.hits.all.first()).copied()
    }

    /// The hit before what is chosen, round the start.
    pub(crate) fn previous(&self, chosen: Span) -> Option<Hit> {
        let here = self.hits.at(chosen).unwrap_or_else(|| self.hits.before(chosen));
        let before = here.checked_sub(1).and_then(|before| self.hits.all.get(before));
        before.or(self.hits.all.last()).copied()
    }
}

fn in_words(counts: &[(HitKind, usize)]) -> String {
    let kinds: Vec<String> = counts.iter().map(|(kind, count)| counted(*count as u64, kind.name())).collect();
    kinds.join(", ")
}

impl Search {
    /// A hit in the list: where it is, and what, with a mark on what is searched for.
    fn words(&self, file: &File, source: &Source, hit: &Hit) -> Styled {
        let pyc = &file.pyc;
        let within = labels::code_of(pyc, hit.item).map(|code| labels::code_name(pyc, code));
        let place = within.map_or_else(String::new, |code| format!("{code} › "));
        let mut words = Styled::default();
        if let Some((number, (text, _))) = hit.line.and_then(|line| Some((line + 1, source.line(line)?))) {
            words.write(Style::Muted, format_args!("source, line {number} "));
            words.append(Self::marked(Styled::of(Style::Plain, &displayable(text.trim_start())), self.value_needle()));
            return words;
        }
        match (hit.kind, hit.item) {
            (HitKind::Bytes, item) => {
                words.write(Style::Number, format_args!("{} ", hex_offset(hit.span.start)));
                words.push(Style::Plain, &labels::crumb(pyc, item));
            }
            (_, Item::Instruction(code, offset)) => {
                words.push(Style::Muted, &place);
                let name = Styled::of(Style::Opcode, &labels::instruction(pyc, code, offset));
                words.append(Self::marked(name, self.name_needle())).push(Style::Plain, " ");
                if let Some((bytecode, _, instruction)) = file.instruction(code, offset) {
                    let operand = Styled::of(Style::Plain, &bytecode.operand(pyc, &instruction).to_string());
                    words.append(Self::marked(operand, self.value_needle()));
                }
            }
            (_, item) => {
                let outer = pyc.parent(item).map(|outer| labels::row(pyc, outer)).unwrap_or_default();
                let label = labels::row(pyc, item);
                let at = if label.starts_with('[') { format!("{outer}{label}") } else { label };
                words.write(Style::Muted, format_args!("{place}{at} "));
                words.append(self.value(file, item));
            }
        }
        words
    }

    /// The value of a name or constant, or the part of it in which it was found.
    fn value(&self, file: &File, item: Item) -> Styled {
        let Some(needle) = self.value_needle() else { return file.value_of(item, values::ROW).value };
        let marked = snippet::mark(file.value_of(item, values::ROW).value, needle);
        if marked.0.iter().any(|run| run.style == Style::Hit) {
            return marked;
        }
        // It stands too far behind to be shown, or fits the text without its quotes.
        let part = file.contents(item).and_then(|contents| snippet::around(contents, needle, Style::Str));
        part.unwrap_or(marked)
    }

    fn marked(text: Styled, needle: Option<&Needle>) -> Styled {
        match needle {
            Some(needle) => snippet::mark(text, needle),
            None => text,
        }
    }

    /// What is searched for in names of instructions.
    fn name_needle(&self) -> Option<&Needle> {
        match self.query.as_ref().ok()? {
            Query::Text(needle) => Some(needle),
            Query::Instruction { op, .. } => op.as_ref(),
            Query::Bytes(_) => None,
        }
    }

    /// What is searched for in values and arguments.
    fn value_needle(&self) -> Option<&Needle> {
        match self.query.as_ref().ok()? {
            Query::Text(needle) => Some(needle),
            Query::Instruction { arg, .. } => arg.as_ref(),
            Query::Bytes(_) => None,
        }
    }
}
