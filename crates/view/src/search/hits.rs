//! What was found: where rows, bytes and parts of the ribbon are marked.

use pycxray::{Item, Pyc, Span};

use crate::item::{ItemMap, row_item};
use crate::protocol::HitKind;

/// How many hits are kept. Further ones are not looked for.
pub(crate) const MOST: usize = 100_000;

/// A place where it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) kind: HitKind,
    /// The thing; for bytes, the innermost item that has the first of them.
    pub(crate) item: Item,
    pub(crate) span: Span,
    /// The line of the source that it is, counted from 0.
    pub(crate) line: Option<usize>,
}

/// What was found up to now.
#[derive(Debug, Default)]
pub(crate) struct Hits {
    /// In the order of the file.
    pub(crate) all: Vec<Hit>,
    /// How many there are of each kind.
    pub(crate) counts: [usize; HitKind::ALL.len()],
    /// What their rows show.
    rows: ItemMap,
}

impl Hits {
    /// Keeps a hit. `false` when there are enough.
    pub(super) fn keep(&mut self, pyc: &Pyc, kind: HitKind, item: Item, span: Span) -> bool {
        self.rows.insert(row_item(pyc, item), 0);
        self.counts[kind as usize] += 1;
        self.all.push(Hit { kind, item, span, line: None });
        self.all.len() < MOST
    }

    /// Adds lines of the source, but for those whose instruction was found by itself.
    pub(super) fn add_lines(&mut self, pyc: &Pyc, lines: Vec<(Item, usize)>) {
        for (item, line) in lines {
            self.rows.insert(row_item(pyc, item), 0);
            self.all.push(Hit { kind: HitKind::Line, item, span: pyc.span(item), line: Some(line) });
        }
        self.all.sort_by_key(|hit| (hit.span.start, hit.span.end));
        self.all.dedup_by_key(|hit| hit.span);
        let count = |kind| self.all.iter().filter(|hit| hit.kind == kind).count();
        self.counts = HitKind::ALL.map(count);
    }

    /// Whether an item's row shows a hit.
    pub(crate) fn has_row(&self, item: Item) -> bool {
        self.rows.contains_key(&item)
    }

    /// The hits from the first one on that does not end before an offset.
    fn from(&self, offset: u32) -> impl Iterator<Item = &Hit> {
        // Hits may lie in each other only where bytes are searched for, and then all are of one length.
        self.all[self.all.partition_point(|hit| hit.span.end <= offset)..].iter()
    }

    /// Whether a part of a hit lies in a range.
    pub(crate) fn any_in(&self, span: Span) -> bool {
        self.from(span.start).next().is_some_and(|hit| hit.span.start < span.end)
    }

    /// The parts of hits that lie in a range.
    pub(crate) fn within(&self, span: Span) -> Vec<Span> {
        let hits = self.from(span.start).take_while(|hit| hit.span.start < span.end);
        hits.map(|hit| Span::new(hit.span.start.max(span.start), hit.span.end.min(span.end))).collect()
    }

    /// Which hit has exactly these bytes.
    pub(crate) fn at(&self, span: Span) -> Option<usize> {
        let at = self.all.partition_point(|hit| (hit.span.start, hit.span.end) < (span.start, span.end));
        self.all.get(at).filter(|hit| hit.span == span).map(|_| at)
    }

    /// How many begin before these bytes.
    pub(super) fn before(&self, span: Span) -> usize {
        self.all.partition_point(|hit| hit.span.start < span.start)
    }
}
