//! The rows of the tree.

use std::ops::Range;

use super::open::{OpenLimit, Spot};
use super::{InstructionCells, Row};
use crate::item::{hue, row_item};
use crate::{Document, Item, labels, values};

/// How much `*` opens at most: what a page can open without being seen to stand still. No file that a compiler made has a
/// tenth of the items.
const EXPAND_LIMIT: OpenLimit = OpenLimit { rows: 300_000, items: 100_000 };

impl Document {
    /// How many rows the tree has now.
    #[must_use]
    pub fn tree_len(&self) -> usize {
        self.open.len()
    }

    /// Rows of the tree, for the part that is on screen.
    #[must_use]
    pub fn tree_rows(&self, range: Range<usize>) -> Vec<Row> {
        let count = range.end.saturating_sub(range.start);
        let (mut rows, mut before) = (Vec::new(), None);
        for spot in self.open.from(&self.pyc, range.start).take(count) {
            rows.push(self.tree_row(range.start + rows.len(), spot, before));
            before = Some(spot);
        }
        rows
    }

    fn tree_row(&self, index: usize, spot: Spot, before: Option<Spot>) -> Row {
        let Spot { item, depth, position, set_size, expanded } = spot;
        let pyc = &self.pyc;
        let (meant, span) = (self.meant(item, values::ROW), pyc.span(item));
        let instruction = self.tree_instruction(spot, before);
        let references = match item {
            Item::Object(id) => self.references().to(id).len() as u32,
            _ => 0,
        };
        Row {
            item,
            index,
            depth,
            expandable: expanded || pyc.children(item).next().is_some(),
            expanded,
            position: position + 1,
            set_size,
            hue: hue(pyc, item),
            label: if instruction.is_some() { String::new() } else { labels::row(pyc, item) },
            value: meant.value,
            meaning: meant.meaning,
            span,
            selected: self.is_selected(item),
            marked: self.is_hit(item),
            problem: self.marks.worst(item, span, expanded),
            references,
            instruction,
        }
    }

    fn tree_instruction(&self, spot: Spot, before: Option<Spot>) -> Option<InstructionCells> {
        let Item::Instruction(code, offset) = spot.item else { return None };
        let (bytecode, at, instruction) = self.instruction(code, offset)?;
        let before = match before.map(|before| before.item) {
            Some(Item::Instruction(_, before)) => Some(before),
            _ => bytecode.offset_before(&self.pyc, at),
        };
        Some(bytecode.cells(&self.pyc, &instruction, before))
    }

    /// Which row shows what is chosen, if its parents are open: what the pane scrolls to.
    #[must_use]
    pub fn tree_selected_row(&self) -> Option<usize> {
        self.selection.item.and_then(|item| self.tree_row_of(item))
    }

    fn tree_row_of(&self, item: Item) -> Option<usize> {
        self.open.row_of(&self.pyc, row_item(&self.pyc, item))
    }

    /// The item of a row.
    pub(crate) fn tree_item(&self, row: usize) -> Option<Item> {
        self.open.from(&self.pyc, row).next().map(|spot| spot.item)
    }

    /// Chooses the item of a row, as a click does.
    pub fn tree_select_row(&mut self, row: usize) {
        if let Some(item) = self.tree_item(row) {
            self.select(item);
        }
    }

    /// Opens a closed item, closes an open one.
    pub fn tree_toggle(&mut self, item: Item) {
        if self.open.is_open(&self.pyc, item) {
            self.tree_collapse(item);
        } else {
            self.tree_expand(item);
        }
    }

    /// Opens an item.
    pub fn tree_expand(&mut self, item: Item) {
        self.open.open(&self.pyc, item);
    }

    /// Closes an item. What was open in it is so again when it is opened next. If what is chosen lies in it, it is chosen
    /// instead.
    pub fn tree_collapse(&mut self, item: Item) {
        self.open.close(&self.pyc, item);
        self.keep_selection_seen(item);
    }

    /// If what is chosen has no row any more because `item` was closed, that is chosen.
    fn keep_selection_seen(&mut self, item: Item) {
        let mut chosen = self.selection.item.and_then(|chosen| self.pyc.parent(row_item(&self.pyc, chosen)));
        while let Some(outer) = chosen {
            if outer == item {
                self.select(item);
                return;
            }
            chosen = self.pyc.parent(outer);
        }
    }

    /// Opens all that is in an item, breadth first, up to 300,000 rows or 100,000 open items; the caches of instructions stay
    /// folded. `false` if that was not all.
    pub fn tree_expand_all(&mut self, item: Item) -> bool {
        self.open.open_all(&self.pyc, item, EXPAND_LIMIT, |inner| !matches!(inner, Item::Instruction(..)))
    }

    /// Closes an item's siblings and all that is in them, and the item itself.
    pub fn tree_collapse_siblings(&mut self, item: Item) {
        self.open.close_children(&self.pyc, self.pyc.parent(item));
        self.keep_selection_seen(item);
    }

    /// Opens all that an item is in, and says which row it has now: that of the innermost object for parts of one, such as
    /// its type code, that have no row of their own.
    pub fn tree_reveal(&mut self, item: Item) -> Option<usize> {
        let item = row_item(&self.pyc, item);
        let mut outer = self.pyc.parent(item);
        let mut closed = Vec::new();
        while let Some(inner) = outer {
            closed.push(inner);
            outer = self.pyc.parent(inner);
        }
        // The innermost first: rows are counted up to the outermost once, not for each of them.
        for &item in &closed {
            if !self.open.is_open(&self.pyc, item) {
                self.open.open(&self.pyc, item);
            }
        }
        self.open.row_of(&self.pyc, item)
    }
}
