//! Keys in the listing.

use pycxray::Item;

use super::{Line, Listing};
use crate::file::File;
use crate::moves::{Move, moved};
use crate::protocol::RowKey;

impl Listing {
    /// Does what a key does, `page` rows being on screen. What is to be chosen then.
    pub(crate) fn key(&mut self, file: &File, chosen: Option<Item>, key: RowKey, page: usize) -> Option<Move> {
        let last = self.len(file).checked_sub(1)?;
        let Some(row) = chosen.and_then(|item| self.row_of(file, item)) else {
            let first = self.item(file, if key == RowKey::End { last } else { 0 })?;
            return Some(Move::Past(first));
        };
        let item = self.item(file, row)?;
        let unfolded = self.is_unfolded_at(file, item);
        match (key, item) {
            (RowKey::Left, Item::Cache(..)) => {
                let instruction = file.pyc.parent(item)?;
                self.toggle(file, instruction);
                return Some(Move::To(instruction));
            }
            (RowKey::Left, _) if !unfolded => {}
            (RowKey::Right, _) if unfolded => {}
            (RowKey::Left | RowKey::Right | RowKey::Toggle, _) => self.toggle(file, item),
            (RowKey::Enter, _) => return self.enter_row(file, item),
            (RowKey::ExpandAll, _) => self.show_caches(!self.show_caches),
            _ => return self.pass(file, row, moved(key, row, last, page)?),
        }
        None
    }

    /// Follows what an item refers to, else unfolds or folds its caches.
    pub(crate) fn enter_row(&mut self, file: &File, item: Item) -> Option<Move> {
        let target = file.follow(item);
        if target.is_none() {
            self.toggle(file, item);
        }
        target.map(Move::To)
    }

    fn pass(&self, file: &File, from: usize, to: usize) -> Option<Move> {
        let layout = self.layout(file)?;
        // The heading is stepped over.
        let to = match self.line(file, layout, to) {
            Some(Line::Heading) if to > from => to + 1,
            Some(Line::Heading) => to.saturating_sub(1),
            _ => to,
        };
        self.item(file, to).map(Move::Past)
    }
}
