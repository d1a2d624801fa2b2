//! The one selection: what is chosen, in every pane alike; and the way that led there.

use crate::{Document, Item, Span};

/// What is chosen: an item and its bytes, or a range of bytes and the innermost item that has them all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The item; `None` in an empty file alone.
    pub item: Option<Item>,
    /// The bytes.
    pub span: Span,
}

/// A step on the path from the file to what is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// What it is called: `<module>`, `constants`, `46 LOAD_GLOBAL`.
    pub label: String,
    /// What it leads to.
    pub item: Item,
}

impl Document {
    /// What is chosen.
    #[must_use]
    pub fn selection(&self) -> Selection {
        self.selection
    }

    /// Chooses an item, with all its bytes, and opens the tree down to its row. It becomes a step of the history.
    pub fn select(&mut self, item: Item) {
        let _ = item;
    }

    /// Chooses the innermost item at a byte, as a click into the hex view does.
    pub fn select_offset(&mut self, offset: u32) {
        let _ = offset;
    }

    /// Chooses a range of bytes, as dragging does: `anchor` is where it began, `cursor` the byte that it reaches, which may
    /// come before.
    pub fn select_range(&mut self, anchor: u32, cursor: u32) {
        let _ = (anchor, cursor);
    }

    /// The byte that keys in the hex view move from: the end of the range that moves.
    #[must_use]
    pub fn cursor(&self) -> u32 {
        self.selection.span.start
    }

    /// Whether there is a step to go back to.
    #[must_use]
    pub fn can_go_back(&self) -> bool {
        false
    }

    /// Whether there is a step to go forward to.
    #[must_use]
    pub fn can_go_forward(&self) -> bool {
        false
    }

    /// Chooses what was chosen before. `false` if there is no such step.
    pub fn back(&mut self) -> bool {
        false
    }

    /// Takes the last step back again. `false` if there is none.
    pub fn forward(&mut self) -> bool {
        false
    }

    /// The path from the file to what is chosen: `<module> › constants › walrus › bytecode › 46 LOAD_GLOBAL`.
    #[must_use]
    pub fn crumbs(&self) -> Vec<Crumb> {
        Vec::new()
    }

    /// The bytes that are chosen, in words: `0x00ad–0x00b6 · 10 bytes selected`.
    #[must_use]
    pub fn status(&self) -> String {
        String::new()
    }

    /// What a reference, a name, a constant or a jump leads to: what Enter follows. `None` where there is nothing.
    #[must_use]
    pub fn follow(&self, item: Item) -> Option<Item> {
        let _ = item;
        None
    }

    /// An item's path, for the clipboard: `<module>.co_consts[2].co_code[46]`.
    #[must_use]
    pub fn path(&self, item: Item) -> String {
        let _ = item;
        String::new()
    }

    /// An item's value, whole, for the clipboard.
    #[must_use]
    pub fn value_text(&self, item: Item) -> String {
        let _ = item;
        String::new()
    }
}
