//! What was found: counted, listed, marked, stepped through.

use std::ops::Range;

use super::run::{MOST, Search};
use super::{Hit, HitKind, SearchState};
use crate::number::{counted, grouped, hex_offset};
use crate::{Document, Ink, Item, Span, Styled, labels, values};

impl Document {
    /// Begins a search. An empty query ends it. Nothing is looked at before [`Document::search_step`].
    pub fn search(&mut self, query: &str) {
        self.search = Search::new(&self.pyc, query).map(Box::new);
    }

    /// How far it is; `None` when nothing is searched.
    #[must_use]
    pub fn search_state(&self) -> Option<SearchState> {
        let search = self.search.as_ref()?;
        let (mut counts, mut kinds) = (Vec::new(), String::new());
        for kind in HitKind::ALL {
            let count = search.counts[kind as usize];
            if count > 0 {
                kinds.push_str(if counts.is_empty() { "" } else { ", " });
                kinds.push_str(&counted(count as u64, kind.name()));
                counts.push((kind, count));
            }
        }
        let total = search.hits.len();
        let current = self.current_hit(search);
        let more = if total >= MOST { "at least " } else { "" };
        let message = match (search.error(), total, current) {
            (Some(error), ..) => error.to_owned(),
            (_, 0, _) if search.complete => "Not found".to_owned(),
            (_, 0, _) => "Searching".to_owned(),
            (_, _, Some(current)) => {
                format!("{} of {more}{}: {kinds}", grouped(current as u64 + 1), grouped(total as u64))
            }
            (_, _, None) => format!("{more}{kinds}"),
        };
        Some(SearchState {
            query: search.typed.clone(),
            error: search.error().map(str::to_owned),
            complete: search.complete,
            progress: search.progress(&self.pyc),
            counts,
            total,
            current,
            message,
        })
    }

    /// Which hit is chosen.
    fn current_hit(&self, search: &Search) -> Option<usize> {
        let span = self.selection.span;
        let at = search.hits.partition_point(|hit| (hit.span.start, hit.span.end) < (span.start, span.end));
        search.hits.get(at).filter(|hit| hit.span == span).map(|_| at)
    }

    /// Hits `from..to` in the order of the file, each with the words that the list shows.
    #[must_use]
    pub fn search_hits(&self, range: Range<usize>) -> Vec<(Hit, Styled)> {
        let hits = self.search.as_ref().map_or(&[][..], |search| &search.hits);
        let end = range.end.min(hits.len());
        let hits = hits.get(range.start..end).unwrap_or(&[]);
        let mut rows = Vec::new();
        for hit in hits {
            rows.push((*hit, self.hit_words(hit)));
        }
        rows
    }

    /// A hit in the list: where it is, and what.
    fn hit_words(&self, hit: &Hit) -> Styled {
        let within = labels::code_of(&self.pyc, hit.item).map(|code| labels::code_name(&self.pyc, code));
        let place = within.map_or_else(String::new, |code| format!("{code} › "));
        let mut words = Styled::default();
        match (hit.kind, hit.item) {
            (HitKind::Bytes, item) => {
                words.write(Ink::Number, format_args!("{} ", hex_offset(hit.span.start)));
                words.push_string(Ink::Plain, labels::crumb(&self.pyc, item));
            }
            (_, Item::Instruction(code, offset)) => {
                words
                    .push_string(Ink::Muted, place)
                    .push_string(Ink::Opcode, labels::instruction(&self.pyc, code, offset));
                words.push(Ink::Plain, " ");
                if let Some((bytecode, _, instruction)) = self.instruction(code, offset) {
                    words.push_string(Ink::Plain, bytecode.operand_text(&self.pyc, &instruction));
                }
            }
            (_, item) => {
                let outer = self.pyc.parent(item).map(|outer| labels::row(&self.pyc, outer)).unwrap_or_default();
                let label = labels::row(&self.pyc, item);
                let at = if label.starts_with('[') { format!("{outer}{label}") } else { label };
                words.write(Ink::Muted, format_args!("{place}{at} "));
                words.append(self.meant(item, values::ROW).value);
            }
        }
        words
    }

    /// Chooses the next hit behind what is chosen, round the end; that is Enter.
    pub fn search_next(&mut self) -> Option<Hit> {
        let search = self.search.as_ref()?;
        let span = self.selection.span;
        let behind = match self.current_hit(search) {
            Some(current) => current + 1,
            None => search.hits.partition_point(|hit| hit.span.start < span.start),
        };
        let hit = if behind < search.hits.len() { behind } else { 0 };
        self.search_choose(hit)
    }

    /// Chooses the hit before what is chosen, round the start; that is Shift+Enter.
    pub fn search_previous(&mut self) -> Option<Hit> {
        let search = self.search.as_ref()?;
        let span = self.selection.span;
        let here = match self.current_hit(search) {
            Some(current) => current,
            None => search.hits.partition_point(|hit| hit.span.start < span.start),
        };
        let hit = here.checked_sub(1).or(search.hits.len().checked_sub(1))?;
        self.search_choose(hit)
    }

    /// Chooses a hit of the list.
    pub fn search_select(&mut self, hit: usize) {
        self.search_choose(hit);
    }

    fn search_choose(&mut self, hit: usize) -> Option<Hit> {
        let hit = *self.search.as_ref()?.hits.get(hit)?;
        if hit.kind == HitKind::Bytes {
            self.select_range(hit.span.start, hit.span.end - 1);
        } else {
            self.select(hit.item);
        }
        Some(hit)
    }

    /// Whether the row of an item shows a hit.
    pub(crate) fn is_hit(&self, item: Item) -> bool {
        self.search.as_ref().is_some_and(|search| search.has_row(item))
    }

    /// Whether a byte is part of a hit.
    pub(crate) fn is_hit_byte(&self, offset: u32) -> bool {
        self.has_hit_in(Span::new(offset, offset + 1))
    }

    /// Whether a part of a hit lies in a range.
    pub(crate) fn has_hit_in(&self, span: Span) -> bool {
        let hit = self.search.as_ref().and_then(|search| search.hit_from(span.start));
        hit.is_some_and(|hit| hit.span.start < span.end)
    }
}
