//! The tree pane: what is open in it, its rows, its keys.

use std::ops::Range;

use crate::{Document, Hue, Item, Severity, Span, Styled};

/// A row of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it shows.
    pub item: Item,
    /// Which row it is, counted from 0.
    pub index: usize,
    /// How deep it is, 0 for the outermost; `aria-level` is one more.
    pub depth: u32,
    /// Whether there is anything in it.
    pub expandable: bool,
    /// Whether what is in it has rows now.
    pub expanded: bool,
    /// Its position among its siblings, counted from 1: `aria-posinset`.
    pub position: u32,
    /// How many siblings there are, itself included: `aria-setsize`.
    pub set_size: u32,
    /// Its colour.
    pub hue: Hue,
    /// What it is to its parent: `magic`, `co_consts`, `[2]`. Empty for an instruction.
    pub label: String,
    /// Its value, cut to a length fit for a row.
    pub value: Styled,
    /// What the value means, where that is not plain: `timestamp-based`.
    pub meaning: String,
    /// Its bytes.
    pub span: Span,
    /// Whether it is what is chosen, or holds the part that is chosen.
    pub selected: bool,
    /// Whether it is a search hit.
    pub marked: bool,
    /// The worst that is to be said of its bytes; of an open row's, without those of its children.
    pub problem: Option<Severity>,
    /// How many references lead to it.
    pub references: u32,
    /// The columns of an instruction; its label and value are empty then.
    pub instruction: Option<InstructionCells>,
}

/// The columns of an instruction, in tree and listing.
#[derive(Clone, Debug, PartialEq)]
pub struct InstructionCells {
    /// The source line, where one begins.
    pub line: Option<u32>,
    /// The offset in the bytecode, in bytes.
    pub offset: u32,
    /// The label, `L1`, in versions that have labels.
    pub label: Option<String>,
    /// Whether a jump or an exception handler leads here.
    pub is_target: bool,
    /// The name of the opcode.
    pub opname: String,
    /// The argument, where it has one.
    pub arg: Option<u32>,
    /// What the argument means, in the words of that version's `dis`.
    pub operand: Styled,
    /// All its bytes, caches included.
    pub size: u32,
}

/// A key that moves through the tree or the listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// Closes an open row, else goes to its parent.
    Left,
    /// Opens a closed row, else goes to its first child.
    Right,
    /// The first row.
    Home,
    /// The last row.
    End,
    /// A screenful up.
    PageUp,
    /// A screenful down.
    PageDown,
    /// Opens, or closes: the space bar.
    Toggle,
    /// Follows what the row refers to, else opens or closes it.
    Enter,
    /// Opens all that is in the row: `*`.
    ExpandAll,
}

impl Document {
    /// How many rows the tree has now.
    #[must_use]
    pub fn tree_len(&self) -> usize {
        0
    }

    /// Rows of the tree, for the part that is on screen.
    #[must_use]
    pub fn tree_rows(&self, range: Range<usize>) -> Vec<Row> {
        let _ = range;
        Vec::new()
    }

    /// Which row shows what is chosen, if its parents are open: what the pane scrolls to.
    #[must_use]
    pub fn tree_selected_row(&self) -> Option<usize> {
        None
    }

    /// Chooses the item of a row, as a click does.
    pub fn tree_select_row(&mut self, row: usize) {
        let _ = row;
    }

    /// Opens a closed item, closes an open one.
    pub fn tree_toggle(&mut self, item: Item) {
        let _ = item;
    }

    /// Opens an item.
    pub fn tree_expand(&mut self, item: Item) {
        let _ = item;
    }

    /// Closes an item. What was open in it is so again when it is opened next. If what is chosen lies in it, it is chosen
    /// instead.
    pub fn tree_collapse(&mut self, item: Item) {
        let _ = item;
    }

    /// Opens all that is in an item, breadth first, up to 300,000 rows. `false` if that was not all.
    pub fn tree_expand_all(&mut self, item: Item) -> bool {
        let _ = item;
        true
    }

    /// Closes an item's siblings and all that is in them.
    pub fn tree_collapse_siblings(&mut self, item: Item) {
        let _ = item;
    }

    /// Opens all that an item is in, and says which row it has now: that of the innermost object for parts of one, such as
    /// its type code, that have no row of their own.
    pub fn tree_reveal(&mut self, item: Item) -> Option<usize> {
        let _ = item;
        None
    }

    /// Does what a key does, `page` rows being on screen. The row that is chosen afterwards.
    pub fn tree_key(&mut self, key: Key, page: usize) -> Option<usize> {
        let _ = (key, page);
        None
    }

    /// Chooses the next row whose text begins with what was typed, from the chosen one on and round.
    pub fn tree_type_ahead(&mut self, typed: &str) -> Option<usize> {
        let _ = typed;
        None
    }
}
