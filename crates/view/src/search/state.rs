//! What is told of a search: how far it is, the list of what it found, and stepping through that.

use std::ops::Range;

use pycxray::{Item, Span};

use super::hits::MOST;
use super::{Hit, Search};
use crate::file::File;
use crate::number::{counted, grouped, hex_offset};
use crate::protocol::{self, HitKind, SearchState, Style, Styled};
use crate::{labels, values};

impl Search {
    /// How far it is, with this chosen.
    pub(crate) fn state(&self, file: &File, chosen: Span) -> SearchState {
        let found = HitKind::ALL.map(|kind| (kind, self.hits.counts[kind as usize]));
        let counts: Vec<(HitKind, usize)> = found.into_iter().filter(|(_, count)| *count > 0).collect();
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

    /// What is said beside the box: `3 of 12: 7 names, 5 instructions`.
    fn message(&self, counts: &[(HitKind, usize)], total: usize, current: Option<usize>) -> String {
        let more = if total >= MOST { "at least " } else { "" };
        let kinds: Vec<String> = counts.iter().map(|(kind, count)| counted(*count as u64, kind.name())).collect();
        let kinds = kinds.join(", ");
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
    pub(crate) fn rows(&self, file: &File, range: Range<usize>) -> Vec<protocol::Hit> {
        let hits = self.hits.all.get(range.start..range.end.min(self.hits.all.len())).unwrap_or(&[]);
        let row = |hit: &Hit| protocol::Hit {
            kind: hit.kind,
            item: hit.item.into(),
            span: hit.span,
            words: words(file, hit),
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

/// A hit in the list: where it is, and what.
fn words(file: &File, hit: &Hit) -> Styled {
    let pyc = &file.pyc;
    let within = labels::code_of(pyc, hit.item).map(|code| labels::code_name(pyc, code));
    let place = within.map_or_else(String::new, |code| format!("{code} › "));
    let mut words = Styled::default();
    match (hit.kind, hit.item) {
        (HitKind::Bytes, item) => {
            words.write(Style::Number, format_args!("{} ", hex_offset(hit.span.start)));
            words.push(Style::Plain, &labels::crumb(pyc, item));
        }
        (_, Item::Instruction(code, offset)) => {
            words.push(Style::Muted, &place).push(Style::Opcode, &labels::instruction(pyc, code, offset));
            words.push(Style::Plain, " ");
            if let Some((bytecode, _, instruction)) = file.instruction(code, offset) {
                words.push(Style::Plain, &bytecode.operand(pyc, &instruction).to_string());
            }
        }
        (_, item) => {
            let outer = pyc.parent(item).map(|outer| labels::row(pyc, outer)).unwrap_or_default();
            let label = labels::row(pyc, item);
            let at = if label.starts_with('[') { format!("{outer}{label}") } else { label };
            words.write(Style::Muted, format_args!("{place}{at} "));
            words.append(file.value_of(item, values::ROW).value);
        }
    }
    words
}
