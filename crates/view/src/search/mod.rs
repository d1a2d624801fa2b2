//! Search: what the user types, where it is found, stepping through it.

use crate::{Document, Item, Span, Styled};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HitKind {
    /// A name: of a global, an attribute, a variable, a code object, a file.
    Name,
    /// A constant.
    Constant,
    /// An instruction.
    Instruction,
    /// Bytes.
    Bytes,
}

/// A place where it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What kind of thing it is.
    pub kind: HitKind,
    /// The thing; for bytes, the innermost item that has the first of them.
    pub item: Item,
    /// Its bytes.
    pub span: Span,
}

/// How far a search is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchState {
    /// What is searched for, as typed.
    pub query: String,
    /// Why it cannot be searched for, in a sentence.
    pub error: Option<String>,
    /// Whether all of the file has been looked at.
    pub complete: bool,
    /// How far it has come, from 0 to 1.
    pub progress: f64,
    /// How many were found of each kind, kinds without any left out.
    pub counts: Vec<(HitKind, usize)>,
    /// How many were found in all.
    pub total: usize,
    /// The one that is chosen, counted from 0.
    pub current: Option<usize>,
    /// What is said beside the box: `3 of 12: 7 names, 5 instructions`.
    pub message: String,
}

/// A search.
#[derive(Debug)]
pub(crate) struct Search {}

impl Document {
    pub(crate) fn is_hit(&self, item: Item) -> bool {
        let _ = (item, &self.search);
        false
    }

    pub(crate) fn is_hit_byte(&self, offset: u32) -> bool {
        let _ = (offset, &self.search);
        false
    }

    pub(crate) fn has_hit_in(&self, span: Span) -> bool {
        let _ = (span, &self.search);
        false
    }

    /// Begins a search. An empty query ends it. Nothing is looked at before [`Document::search_step`].
    pub fn search(&mut self, query: &str) {
        let _ = query;
    }

    /// Goes on for about `budget` items or kilobytes. `true` when all is looked at, or nothing is searched.
    pub fn search_step(&mut self, budget: u32) -> bool {
        let _ = budget;
        true
    }

    /// How far it is; `None` when nothing is searched.
    #[must_use]
    pub fn search_state(&self) -> Option<SearchState> {
        None
    }

    /// Hits `from..to` in the order of the file, each with the words that the list shows.
    #[must_use]
    pub fn search_hits(&self, range: std::ops::Range<usize>) -> Vec<(Hit, Styled)> {
        let _ = range;
        Vec::new()
    }

    /// Chooses the next hit behind what is chosen, round the end; that is Enter.
    pub fn search_next(&mut self) -> Option<Hit> {
        None
    }

    /// Chooses the hit before what is chosen, round the start; that is Shift+Enter.
    pub fn search_previous(&mut self) -> Option<Hit> {
        None
    }

    /// Chooses a hit of the list.
    pub fn search_select(&mut self, hit: usize) {
        let _ = hit;
    }
}
