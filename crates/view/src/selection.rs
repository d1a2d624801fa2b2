//! The one selection: what is chosen, in every pane alike; and the way that led there.

use crate::item::{clicked, covering, row_item};
use crate::number::{counted, hex_offset};
use crate::{Document, Item, Span, labels};

/// What is chosen: an item and its bytes, or a range of bytes and the innermost item that has them all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The item; `None` in an empty file alone.
    pub item: Option<Item>,
    /// The bytes.
    pub span: Span,
    /// The byte that a range was begun at.
    pub anchor: u32,
    /// The byte that keys in the hex view move from: the end of the range that moves.
    pub cursor: u32,
}

/// A step on the path from the file to what is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// What it is called: `<module>`, `constants`, `46 LOAD_GLOBAL`.
    pub label: String,
    /// What it leads to.
    pub item: Item,
}

/// How many steps of the history are kept.
const STEPS: usize = 500;

/// Containers of more bytes than this are marked lightly.
const BROAD: u32 = 256;

/// How many crumbs there are at most; the middle ones are left out.
const CRUMBS: usize = 12;

/// What was chosen one after the other.
#[derive(Debug, Default)]
pub(crate) struct History {
    steps: Vec<Selection>,
    /// Which of them is on screen.
    at: usize,
    /// Whether the last step came from a key that moves on: the next such one takes its place.
    gliding: bool,
}

impl History {
    /// A new step, in place of those that were gone back over.
    fn push(&mut self, step: Selection, glides: bool) {
        if self.steps.get(self.at) == Some(&step) {
            return;
        }
        let replaces = glides && self.gliding && self.at + 1 == self.steps.len();
        self.gliding = glides;
        if replaces {
            self.steps[self.at] = step;
            return;
        }
        self.steps.truncate(self.at + 1);
        if self.steps.len() == STEPS {
            self.steps.remove(0);
        }
        self.steps.push(step);
        self.at = self.steps.len() - 1;
    }
}

impl Document {
    /// What is chosen.
    #[must_use]
    pub fn selection(&self) -> Selection {
        self.selection
    }

    /// Chooses an item, with all its bytes, and opens the tree down to its row. It becomes a step of the history.
    pub fn select(&mut self, item: Item) {
        self.choose(self.selection_of(item), false);
    }

    /// Chooses an item on the way to another: many such steps one after the other are one in the history.
    pub(crate) fn glide_to(&mut self, item: Item) {
        self.choose(self.selection_of(item), true);
    }

    fn selection_of(&self, item: Item) -> Selection {
        let span = self.pyc.span(item);
        Selection { item: Some(item), span, anchor: span.start, cursor: span.start }
    }

    fn choose(&mut self, selection: Selection, glides: bool) {
        self.history.push(selection, glides);
        self.show(selection);
    }

    fn show(&mut self, selection: Selection) {
        self.selection = selection;
        if let Some(item) = selection.item {
            self.listing_enter(item);
            self.tree_reveal(item);
        }
    }

    /// Chooses the innermost item at a byte, as a click into the hex view does.
    pub fn select_offset(&mut self, offset: u32) {
        self.select_at(offset, false);
    }

    pub(crate) fn select_at(&mut self, offset: u32, glides: bool) {
        if let Some(item) = clicked(&self.pyc, offset) {
            let cursor = Selection { anchor: offset, cursor: offset, ..self.selection_of(item) };
            self.choose(cursor, glides);
        }
    }

    /// Chooses a range of bytes, as dragging does: `anchor` is where it began, `cursor` the byte that it reaches, which may
    /// come before.
    pub fn select_range(&mut self, anchor: u32, cursor: u32) {
        let Some(last) = (self.pyc.bytes().len() as u32).checked_sub(1) else { return };
        let (anchor, cursor) = (anchor.min(last), cursor.min(last));
        let span = Span::new(anchor.min(cursor), anchor.max(cursor) + 1);
        let item = covering(&self.pyc, span).or(clicked(&self.pyc, span.start));
        self.choose(Selection { item, span, anchor, cursor }, true);
    }

    /// Whether what is chosen holds much else, such as a whole function: its bytes are then marked lightly, so that what
    /// they are can still be told by their colours.
    #[must_use]
    pub fn selection_is_broad(&self) -> bool {
        let Some(Item::Object(id)) = self.selection.item else { return false };
        let kind = self.pyc.tree().node(id).kind;
        kind.is_code() || kind.is_container() && self.selection.span.len() > BROAD
    }

    /// The byte that keys in the hex view move from: the end of the range that moves.
    #[must_use]
    pub fn cursor(&self) -> u32 {
        self.selection.cursor
    }

    /// Whether there is a step to go back to.
    #[must_use]
    pub fn can_go_back(&self) -> bool {
        self.history.at > 0
    }

    /// Whether there is a step to go forward to.
    #[must_use]
    pub fn can_go_forward(&self) -> bool {
        self.history.at + 1 < self.history.steps.len()
    }

    /// Chooses what was chosen before. `false` if there is no such step.
    pub fn back(&mut self) -> bool {
        let can = self.can_go_back();
        if can {
            self.revisit(self.history.at - 1);
        }
        can
    }

    /// Takes the last step back again. `false` if there is none.
    pub fn forward(&mut self) -> bool {
        let can = self.can_go_forward();
        if can {
            self.revisit(self.history.at + 1);
        }
        can
    }

    fn revisit(&mut self, step: usize) {
        self.history.at = step;
        self.history.gliding = false;
        if let Some(&selection) = self.history.steps.get(step) {
            self.show(selection);
        }
    }

    /// The path from the file to what is chosen: `<module> › constants › walrus › bytecode › 46 LOAD_GLOBAL`. Of a long one
    /// the middle is left out: a crumb `…` leads there.
    #[must_use]
    pub fn crumbs(&self) -> Vec<Crumb> {
        let mut items = Vec::new();
        let mut item = self.selection.item;
        while let Some(inner) = item {
            items.push(inner);
            item = self.pyc.parent(inner);
        }
        items.reverse();
        let skipped = items.len().saturating_sub(CRUMBS);
        let middle = CRUMBS / 3;
        let mut crumbs = Vec::with_capacity(items.len().min(CRUMBS));
        for (at, &item) in items.iter().enumerate() {
            if skipped > 0 && at == middle {
                crumbs.push(Crumb { label: "…".to_owned(), item: items[middle + skipped] });
            } else if skipped == 0 || at < middle || at > middle + skipped {
                crumbs.push(Crumb { label: labels::crumb(&self.pyc, item), item });
            }
        }
        crumbs
    }

    /// The bytes that are chosen, in words: `0x00ad–0x00b6 · 10 bytes selected`.
    #[must_use]
    pub fn status(&self) -> String {
        let span = self.selection.span;
        match span.len() {
            0 if self.pyc.bytes().is_empty() => "The file is empty".to_owned(),
            0 => format!("{} · no bytes", hex_offset(span.start)),
            1 => format!("{} · 1 byte selected", hex_offset(span.start)),
            many => {
                let (first, last) = (hex_offset(span.start), hex_offset(span.end - 1));
                format!("{first}–{last} · {} selected", counted(many.into(), "byte"))
            }
        }
    }

    /// An item's path, for the clipboard: `<module>.co_consts[2].co_code[46]`.
    #[must_use]
    pub fn path(&self, item: Item) -> String {
        let mut items = vec![item];
        while let Some(parent) = items.last().and_then(|&last| self.pyc.parent(last)) {
            items.push(parent);
        }
        let mut path = String::new();
        for &item in items.iter().rev() {
            path.push_str(&labels::path_step(&self.pyc, item));
        }
        path
    }

    /// Whether an item's row is that of what is chosen.
    pub(crate) fn is_selected(&self, item: Item) -> bool {
        self.selection.item.is_some_and(|chosen| chosen == item || row_item(&self.pyc, chosen) == item)
    }
}
