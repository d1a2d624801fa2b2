//! Keys in the tree (WAI-ARIA's treeview pattern).

use pycxray::Item;

use super::Tree;
use super::open::Row;
use crate::file::File;
use crate::labels;
use crate::moves::{Move, moved};
use crate::protocol::RowKey;

/// How many rows typing looks through at most.
const TYPE_AHEAD: usize = 4_000;

impl Tree {
    /// Does what a key does, `page` rows being on screen. What is to be chosen then.
    pub(crate) fn key(&mut self, file: &File, chosen: Option<Item>, key: RowKey, page: usize) -> Option<Move> {
        let last = self.len().checked_sub(1)?;
        let Some(row) = chosen.and_then(|item| self.row_of(file, item)) else {
            return self.item(file, 0).map(Move::To);
        };
        let at = self.open.from(&file.pyc, row).next()?;
        match key {
            RowKey::Left => self.left(file, at),
            RowKey::Right => self.right(file, at, row),
            RowKey::Toggle => self.close_or_open(file, at.item),
            RowKey::Enter => self.enter(file, at.item),
            RowKey::ExpandAll => {
                self.expand_all(file, at.item);
                None
            }
            _ => self.pass(file, moved(key, row, last, page)?),
        }
    }

    /// Follows what an item refers to, else opens or closes it.
    pub(crate) fn enter(&mut self, file: &File, item: Item) -> Option<Move> {
        match file.follow(item) {
            Some(target) => Some(Move::To(target)),
            None => self.close_or_open(file, item),
        }
    }

    fn close_or_open(&mut self, file: &File, item: Item) -> Option<Move> {
        self.toggle(file, item);
        None
    }

    fn pass(&self, file: &File, row: usize) -> Option<Move> {
        self.item(file, row).map(Move::Past)
    }

    fn left(&mut self, file: &File, at: Row) -> Option<Move> {
        if at.expanded { self.close_or_open(file, at.item) } else { file.pyc.parent(at.item).map(Move::Past) }
    }

    fn right(&mut self, file: &File, at: Row, row: usize) -> Option<Move> {
        if at.expanded { self.pass(file, row + 1) } else { self.close_or_open(file, at.item) }
    }

    /// The next row whose text begins with what was typed, from the chosen one on and round. One letter looks behind the chosen
    /// row, more letters also at it.
    pub(crate) fn type_ahead(&self, file: &File, chosen: Option<Item>, typed: &str) -> Option<Move> {
        let chosen = chosen.and_then(|item| self.row_of(file, item)).unwrap_or(0);
        let from = chosen + usize::from(typed.chars().count() <= 1);
        let find = |from: usize, count: usize| {
            self.open.from(&file.pyc, from).take(count).find(|row| begins_with(file, row.item, typed))
        };
        let found = find(from, TYPE_AHEAD).or_else(|| find(0, from.min(TYPE_AHEAD).min(self.len())))?;
        Some(Move::Past(found.item))
    }
}

/// Whether a row's label, name or value begins with this, letters of ASCII alike in both cases, as in a search.
fn begins_with(file: &File, item: Item, typed: &str) -> bool {
    let begins = |text: &str| text.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed));
    match item {
        Item::Instruction(code, offset) => labels::instruction(&file.pyc, code, offset).split(' ').any(begins),
        _ => {
            let value = file.value_of(item, 40).value.to_string();
            begins(&labels::row(&file.pyc, item)) || begins(&value) || begins(value.trim_start_matches(['\'', '"']))
        }
    }
}
