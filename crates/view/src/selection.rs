//! The one selection: what is chosen, in every view alike.

use pycxray::{Item, Span};

use crate::file::File;
use crate::item::{clicked, covering};
use crate::labels;
use crate::number::{counted, hex_offset};
use crate::protocol::{self, Crumb};

/// Containers of more bytes than this are marked lightly.
const BROAD: u32 = 256;

/// How many crumbs there are at most; the middle ones are left out.
const CRUMBS: usize = 12;

/// What is chosen: an item and its bytes, or a range of bytes and the innermost item that has them all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Step {
    /// The item; `None` in an empty file alone.
    pub(crate) item: Option<Item>,
    /// The bytes.
    pub(crate) span: Span,
    /// The byte that a range was begun at.
    pub(crate) anchor: u32,
    /// The byte that keys in the hex view move from: the end of the range that moves.
    pub(crate) cursor: u32,
}

impl Step {
    /// An item, with all its bytes.
    pub(crate) fn to(file: &File, item: Item) -> Self {
        let span = file.pyc.span(item);
        Self { item: Some(item), span, anchor: span.start, cursor: span.start }
    }

    /// The innermost item at a byte, as a click into the hex view chooses it.
    pub(crate) fn to_offset(file: &File, offset: u32) -> Option<Self> {
        let item = clicked(&file.pyc, offset)?;
        Some(Self { anchor: offset, cursor: offset, ..Self::to(file, item) })
    }

    /// A range of bytes: `anchor` is where it began, `cursor` the byte that it reaches, which may come before.
    pub(crate) fn to_range(file: &File, anchor: u32, cursor: u32) -> Option<Self> {
        let last = file.size().checked_sub(1)?;
        let (anchor, cursor) = (anchor.min(last), cursor.min(last));
        let span = Span::new(anchor.min(cursor), anchor.max(cursor) + 1);
        let item = covering(&file.pyc, span).or(clicked(&file.pyc, span.start));
        Some(Self { item, span, anchor, cursor })
    }

    /// The item, where it has exactly these bytes, else the bytes.
    pub(crate) fn to_span(file: &File, span: Span, item: Option<Item>) -> Option<Self> {
        match item.filter(|&item| file.pyc.span(item) == span) {
            Some(item) => Some(Self::to(file, item)),
            None if span.is_empty() => Self::to_offset(file, span.start.min(file.last_offset())),
            None => Self::to_range(file, span.start, span.end - 1),
        }
    }
}

/// What is chosen. The way that led there is the browser's: it keeps the places that were gone to.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    current: Step,
    /// Whether it was only passed on the way to something else.
    passing: bool,
    /// Counts the places that were gone to.
    visit: u64,
    /// Counts what was chosen.
    choice: u64,
}

impl Selection {
    /// Nothing; `choice` is what its choices are counted from.
    pub(crate) fn new(choice: u64) -> Self {
        Self { choice, ..Self::default() }
    }

    /// What is chosen.
    pub(crate) fn current(&self) -> Step {
        self.current
    }

    /// The item that is chosen.
    pub(crate) fn item(&self) -> Option<Item> {
        self.current.item
    }

    /// Changes when something else is chosen.
    pub(crate) fn choice(&self) -> u64 {
        self.choice
    }

    /// Changes when another place is gone to.
    pub(crate) fn visit(&self) -> u64 {
        self.visit
    }

    /// Chooses something. Many steps one after the other that are only passed on the way, as with arrow keys, are one visit.
    pub(crate) fn choose(&mut self, step: Step, passing: bool) {
        self.choice += 1;
        if self.current == step && self.visit > 0 {
            return;
        }
        if !(passing && self.passing) {
            self.visit += 1;
        }
        (self.current, self.passing) = (step, passing);
    }

    /// What the page is told of it.
    pub(crate) fn shown(&self, file: &File) -> protocol::Selection {
        let Step { item, span, anchor, cursor } = self.current();
        protocol::Selection {
            item: item.map(Into::into),
            span,
            anchor,
            cursor,
            broad: self.is_broad(file),
            choice: self.choice,
            status: status(file, span),
            // What is no bytecode has no items of its own to be in.
            crumbs: item.filter(|_| file.other.is_none()).map_or_else(Vec::new, |item| crumbs(file, item)),
            visit: self.visit,
        }
    }

    /// Whether what is chosen holds much else, such as a whole function.
    fn is_broad(&self, file: &File) -> bool {
        match self.current() {
            Step { item: Some(Item::Object(id)), span, .. } => {
                let kind = file.pyc.tree().node(id).kind;
                kind.is_code() || kind.is_container() && span.len() > BROAD
            }
            // Its members are what is in it.
            Step { item: Some(Item::Undecoded(_)), span, .. } => file.members().is_some() && span.len() == file.size(),
            _ => false,
        }
    }
}

/// An item and all that it is in, outermost first.
fn way_to(file: &File, item: Item) -> Vec<Item> {
    let mut items: Vec<Item> = std::iter::successors(Some(item), |&inner| file.pyc.parent(inner)).collect();
    items.reverse();
    items
}

/// The path from the file to an item: `<module> › constants › walrus › bytecode › 46 LOAD_GLOBAL`.
fn crumbs(file: &File, item: Item) -> Vec<Crumb> {
    let items = way_to(file, item);
    let crumb = |item: Item| Crumb { label: labels::crumb(&file.pyc, item), item: item.into() };
    if items.len() <= CRUMBS {
        return items.into_iter().map(crumb).collect();
    }
    let (first, last) = (&items[..CRUMBS / 3], &items[items.len() - (CRUMBS - CRUMBS / 3 - 1)..]);
    let left_out = items[items.len() - last.len() - 1];
    let mut crumbs: Vec<Crumb> = first.iter().copied().map(crumb).collect();
    crumbs.push(Crumb { label: "…".to_owned(), item: left_out.into() });
    crumbs.extend(last.iter().copied().map(crumb));
    crumbs
}

/// The bytes that are chosen, in words: `0x00ad–0x00b6 · 10 bytes selected`.
fn status(file: &File, span: Span) -> String {
    match span.len() {
        0 if file.size() == 0 => "The file is empty".to_owned(),
        0 => format!("{} · no bytes", hex_offset(span.start)),
        1 => format!("{} · 1 byte selected", hex_offset(span.start)),
        many => {
            let (first, last) = (hex_offset(span.start), hex_offset(span.end - 1));
            format!("{first}–{last} · {} selected", counted(many.into(), "byte"))
        }
    }
}

/// An item's path, for the clipboard: `<module>.co_consts[2].co_code[46]`.
pub(crate) fn path(file: &File, item: Item) -> String {
    way_to(file, item).into_iter().map(|item| labels::path_step(&file.pyc, item)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(offset: u32) -> Step {
        Step { span: Span::at(offset), ..Step::default() }
    }

    #[test]
    fn steps_that_are_passed_are_one() {
        let mut selection = Selection::new(7);
        selection.choose(step(1), false);
        assert_eq!(selection.visit, 1);
        for offset in 2..9 {
            selection.choose(step(offset), true);
        }
        assert_eq!((selection.current(), selection.visit), (step(8), 2));
        assert_eq!(selection.choice(), 7 + 8, "each is a choice all the same");
        selection.choose(step(8), false);
        assert_eq!(selection.visit, 2, "it is where it was");
        selection.choose(step(9), false);
        selection.choose(step(10), true);
        assert_eq!(selection.visit, 4);
    }
}
