//! Keys in the tree (WAI-ARIA's treeview pattern).

use super::Key;
use super::open::Spot;
use crate::{Document, Item, labels};

/// How many rows typing looks through at most.
const TYPE_AHEAD: usize = 4_000;

impl Document {
    /// Does what a key does, `page` rows being on screen. The row that is chosen afterwards.
    pub fn tree_key(&mut self, key: Key, page: usize) -> Option<usize> {
        let last = self.tree_len().checked_sub(1)?;
        let Some(row) = self.tree_selected_row() else {
            self.tree_select_row(0);
            return self.tree_selected_row();
        };
        let spot = self.open.from(&self.pyc, row).next()?;
        match key {
            Key::Left => self.tree_left(spot),
            Key::Right => self.tree_right(spot, row),
            Key::Toggle => self.tree_toggle(spot.item),
            Key::Enter => match self.follow(spot.item) {
                Some(target) => self.select(target),
                None => self.tree_toggle(spot.item),
            },
            Key::ExpandAll => {
                self.tree_expand_all(spot.item);
            }
            _ => self.tree_glide(key.moved(row, last, page)?),
        }
        self.tree_selected_row()
    }

    fn tree_glide(&mut self, row: usize) {
        if let Some(item) = self.tree_item(row) {
            self.glide_to(item);
        }
    }

    fn tree_left(&mut self, spot: Spot) {
        if spot.expanded {
            self.tree_collapse(spot.item);
        } else if let Some(parent) = self.pyc.parent(spot.item) {
            self.glide_to(parent);
        }
    }

    fn tree_right(&mut self, spot: Spot, row: usize) {
        if spot.expanded {
            self.tree_glide(row + 1);
        } else {
            self.tree_expand(spot.item);
        }
    }

    /// Chooses the next row whose text begins with what was typed, from the chosen one on and round. One letter looks behind the
    /// chosen row, more letters also at it.
    pub fn tree_type_ahead(&mut self, typed: &str) -> Option<usize> {
        let rows = self.tree_len();
        let from = self.tree_selected_row().unwrap_or(0) + usize::from(typed.chars().count() <= 1);
        let find = |from: usize, count: usize| {
            self.open.from(&self.pyc, from).take(count).find(|spot| self.begins_with(spot.item, typed))
        };
        let found = find(from, TYPE_AHEAD).or_else(|| find(0, from.min(TYPE_AHEAD).min(rows)))?;
        self.glide_to(found.item);
        self.tree_selected_row()
    }

    /// Whether a row's label, name or value begins with this, letters of ASCII alike in both cases, as in a search.
    fn begins_with(&self, item: Item, typed: &str) -> bool {
        let begins = |text: &str| text.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed));
        match item {
            Item::Instruction(code, offset) => labels::instruction(&self.pyc, code, offset).split(' ').any(begins),
            _ => {
                let value = self.meant(item, 40).value.to_string();
                begins(&labels::row(&self.pyc, item)) || begins(&value) || begins(value.trim_start_matches(['\'', '"']))
            }
        }
    }
}
