//! The tree: what is open in it, its rows, its keys.

mod keys;
mod open;
mod rows;
mod siblings;

use pycxray::Item;

use crate::file::File;
use crate::item::row_item;
use open::{OpenItems, OpenLimit};

/// How much `*` opens at most: what is opened without being seen to take long. No file that a compiler made has a tenth of the
/// items.
const EXPAND_LIMIT: OpenLimit = OpenLimit { rows: 300_000, items: 100_000 };

/// What is open in the tree.
#[derive(Debug)]
pub(crate) struct Tree {
    open: OpenItems,
}

impl Tree {
    /// The file with its outermost items open.
    pub(crate) fn new(file: &File) -> Self {
        let mut open = OpenItems::new(&file.pyc);
        for item in file.pyc.top().take(100) {
            open.open(&file.pyc, item);
        }
        Self { open }
    }

    /// How many rows there are now.
    pub(crate) fn len(&self) -> usize {
        self.open.len()
    }

    /// The row that shows an item, or the object that it is a part of, if all that it is in is open.
    pub(crate) fn row_of(&self, file: &File, item: Item) -> Option<usize> {
        self.open.row_of(&file.pyc, row_item(&file.pyc, item))
    }

    /// The item of a row.
    fn item(&self, file: &File, row: usize) -> Option<Item> {
        self.open.from(&file.pyc, row).next().map(|row| row.item)
    }

    /// Opens a closed item, closes an open one.
    pub(crate) fn toggle(&mut self, file: &File, item: Item) {
        if self.open.is_open(&file.pyc, item) {
            self.open.close(&file.pyc, item);
        } else {
            self.open.open(&file.pyc, item);
        }
    }

    /// Opens all that is in an item, breadth first, up to 300,000 rows or 100,000 open items; the caches of instructions stay
    /// folded. `false` if that was not all.
    pub(crate) fn expand_all(&mut self, file: &File, item: Item) -> bool {
        self.open.open_all(&file.pyc, item, EXPAND_LIMIT, |inner| !matches!(inner, Item::Instruction(..)))
    }

    /// Closes an item's siblings and all that is in them, and the item itself.
    pub(crate) fn collapse_siblings(&mut self, file: &File, item: Item) {
        self.open.close_children(&file.pyc, file.pyc.parent(item));
    }

    /// Opens all that an item is in. Parts of an object, such as its type code, have no rows of their own.
    pub(crate) fn reveal(&mut self, file: &File, item: Item) {
        let item = row_item(&file.pyc, item);
        // The innermost first: rows are counted up to the outermost once, not for each of them.
        for outer in std::iter::successors(file.pyc.parent(item), |&inner| file.pyc.parent(inner)) {
            if !self.open.is_open(&file.pyc, outer) {
                self.open.open(&file.pyc, outer);
            }
        }
    }

    /// What is to be chosen now that `closed` is, where what is chosen has no row any more.
    pub(crate) fn hidden_in(file: &File, closed: Item, chosen: Option<Item>) -> Option<Item> {
        let row = row_item(&file.pyc, chosen?);
        std::iter::successors(file.pyc.parent(row), |&inner| file.pyc.parent(inner)).find(|&outer| outer == closed)
    }
}
