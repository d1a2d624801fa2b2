//! Where the rows of each view of a document are.

use pycxray::Item;

use super::Document;
use crate::companion::Companion;
use crate::placement::Placement;
use crate::protocol::{Lead, View, Viewport};

impl Document {
    /// Where the rows of a view are, and which of them is to be in sight.
    pub(crate) fn placement(&self, viewport: &Viewport) -> Placement {
        let (file, chosen) = (&self.file, self.selection.item());
        let choice = self.selection.choice();
        let by_choice = |total, selected| Placement { total, selected, choice, ..Placement::default() };
        let by_row = |total, selected: Option<usize>| {
            let choice = selected.map_or(0, |row| row as u64 + 1);
            Placement { total, selected, choice, ..Placement::default() }
        };
        match *viewport {
            Viewport::Tree(_) => by_choice(self.tree.len(), self.tree_row()),
            Viewport::Listing(_) => {
                let row_of = |item| self.listing.row_of(file, item);
                let row = self.listing_row();
                let subject = self.listing.code().map(|code| Item::Object(code).into());
                let lead = self.lead(View::Listing, row_of);
                Placement { subject, lead, ..by_choice(self.listing.len(file), row) }
            }
            Viewport::Source(_) => {
                let row_of = |item| self.source.row_of(file, item);
                let lead = self.lead(View::Source, row_of);
                Placement { lead, ..by_choice(self.source.len(), chosen.and_then(row_of)) }
            }
            Viewport::Companion(_) => {
                let placed = |companion: &Companion| companion.placed(file, self.selection.choice(), chosen);
                let (selected, choice) = self.companion.as_ref().map_or((None, 0), placed);
                let total = self.companion.as_ref().map_or(0, Companion::len);
                Placement { total, selected, choice, ..Placement::default() }
            }
            Viewport::Outline(_) => by_row(self.outline.len(file), self.outline.row_of(file, self.listing.code())),
            Viewport::Members(_) => by_row(self.members.len(), self.members.chosen()),
            Viewport::Strings(_) => by_row(self.strings.len(), self.strings.chosen()),
            Viewport::Found(_) => {
                let span = self.chosen().span;
                let hits = self.hits();
                by_row(hits.all.len(), hits.at(span))
            }
            Viewport::Hex { columns, .. } | Viewport::SideHex { columns, .. } => {
                let columns = columns.max(1);
                by_choice(file.size().div_ceil(columns) as usize, Some((self.chosen().cursor / columns) as usize))
            }
            Viewport::Problems
            | Viewport::Verify
            | Viewport::Graph
            | Viewport::Ribbon(_)
            | Viewport::Changes(_)
            | Viewport::Pair { .. } => by_choice(0, None),
        }
    }

    /// The row of what is chosen in the tree.
    pub(super) fn tree_row(&self) -> Option<usize> {
        self.tree.row_of(&self.file, self.selection.item()?)
    }

    /// Has a view show an item first.
    pub(super) fn lead_to(&mut self, view: View, item: Item) {
        self.revision += 1;
        self.lead = (self.lead.0 + 1, Some((view, item)));
        if view == View::Listing {
            self.listing.enter(&self.file, item);
        }
    }

    /// Where a view was led last, with the row of an item in it.
    fn lead(&self, view: View, row_of: impl Fn(Item) -> Option<usize>) -> Option<Lead> {
        let (number, led) = self.lead;
        let (_, item) = led.filter(|(led, _)| *led == view)?;
        Some(Lead { number, row: row_of(item)? })
    }
}
