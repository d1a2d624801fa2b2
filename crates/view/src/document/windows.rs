//! What each view shows.

use super::Document;
use crate::hex;
use crate::placement::Placement;
use crate::protocol::{
    Card, HexWindow, ListingWindow, PairWindow, Part, Problems, Rows, SearchState, SideHex, Summary, TreeRow, Viewport,
    Window,
};
use crate::search::Hits;

impl Document {
    /// The parts that are told of whatever is on screen.
    pub(crate) fn parts(&self) -> Vec<Part> {
        vec![
            Part::Summary(Summary { calls_of_note: self.calls_of_note.len(), ..self.file.summary(&self.problems) }),
            Part::Selection(self.selection.shown(&self.file)),
            Part::Card(self.card()),
            Part::Place(self.place()),
            Part::Search(self.search_state()),
            Part::Companion(self.companion_state()),
        ]
    }

    fn card(&self) -> Option<Card> {
        let item = self.selection.item()?;
        let mut card = self.file.card(item, &self.problems);
        card.payload = self.payloads.card(self.pyc(), item);
        if let Some(members) = self.file.members()
            && let Some(number) = self.members.member(members)
        {
            self.file.describe_member(&mut card, members, number);
        }
        if let Some(definition) = self.calls_of_note.definition(self.pyc(), item) {
            card.define_before(&["defines", "uses", "flags", "bytecode", "stack", "file bytes"], definition);
        }
        if let Some(definition) = self.source.definition(&self.file, item) {
            card.definitions.push(definition);
        }
        Some(card)
    }

    fn search_state(&self) -> Option<SearchState> {
        self.search.as_ref().map(|search| search.state(&self.file, self.chosen().span))
    }

    /// What a view shows.
    pub(crate) fn view(&self, viewport: Viewport) -> Part {
        let (file, chosen) = (&self.file, self.selection.item());
        let placement = self.placement(&viewport);
        match viewport {
            Viewport::Tree(rows) => Part::Tree(self.tree_window(placement, rows)),
            Viewport::Listing(rows) => Part::Listing(self.listing_window(placement, rows)),
            Viewport::Source(rows) => {
                let drawn = self.source.rows(file, rows.range(), chosen);
                Part::Source(self.source.window(placement.window(rows, drawn)))
            }
            Viewport::Companion(rows) => Part::CompanionText(self.companion_window(placement, rows)),
            Viewport::Verify => Part::Verify(self.verify_window()),
            Viewport::Graph => Part::Graph(self.graph.window(file, chosen, self.selection.choice())),
            Viewport::Outline(rows) => Part::Outline(placement.window(rows, self.outline.rows(file, rows.range()))),
            Viewport::Problems => {
                Part::Problems(Problems { calls_of_note: self.calls_of_note.listed(file), ..self.problems.listed() })
            }
            Viewport::Members(rows) => {
                let drawn = file.members().map_or_else(Vec::new, |held| self.members.rows(held, rows.range()));
                Part::Members(placement.window(rows, drawn))
            }
            Viewport::Strings(rows) => {
                let drawn = self.strings.rows(file, &self.payloads, rows.range());
                Part::Strings(self.strings.window(placement.window(rows, drawn)))
            }
            Viewport::Found(rows) => {
                let drawn = self.search.as_ref().map(|search| search.rows(file, &self.source, rows.range()));
                Part::Found(placement.window(rows, drawn.unwrap_or_default()))
            }
            Viewport::Hex { rows, columns } => Part::Hex(self.hex_window(rows, columns)),
            Viewport::SideHex { side, rows, columns } => Part::SideHex(SideHex {
                side,
                size: file.size(),
                selection: self.selection.shown(file),
                window: self.hex_window(rows, columns),
            }),
            // A file alone differs from nothing.
            Viewport::Changes(rows) => Part::Changes(placement.window(rows, Vec::new())),
            Viewport::Pair { rows, beside } => {
                let window = placement.window(rows, Vec::new());
                Part::Pair(PairWindow { window, names: [None, None], is_beside: beside })
            }
            Viewport::Ribbon(asked) => Part::Ribbon(self.ribbon.window(file, asked, self.chosen().span, self.hits())),
        }
    }

    fn tree_window(&self, placement: Placement, rows: Rows) -> Window<TreeRow> {
        let mut drawn = self.tree.rows(&self.file, rows.range(), self.problems.marks(), self.hits());
        let together = self.together();
        for row in &mut drawn {
            self.payloads.mark(&self.file, row);
            row.is_together = self.is_together(&together, row.item);
        }
        placement.window(rows, drawn)
    }

    fn listing_window(&self, placement: Placement, rows: Rows) -> ListingWindow {
        let (file, listing) = (&self.file, &self.listing);
        let mut drawn = listing.rows(file, rows.range(), self.selection.item(), self.hits());
        let (together, range) = (self.together(), self.range());
        for row in &mut drawn {
            let item = self.item(row.item);
            row.is_together = self.is_together(&together, row.item);
            row.is_in_range = range.zip(item).is_some_and(|(range, item)| range.contains(file.pyc.span(item).start));
            row.tint = self.companion.as_ref().and_then(|companion| companion.tint(file, item?));
        }
        ListingWindow {
            window: placement.window(rows, drawn),
            has_range: range.is_some(),
            lanes: listing.lanes(file),
            crumbs: listing.crumbs(file),
            shows_caches: listing.shows_caches(),
            shows_columns: listing.shows_columns(file),
        }
    }

    fn hex_window(&self, rows: Rows, columns: u32) -> HexWindow {
        let mut window = hex::window(&self.file, rows, columns, self.hits());
        if let Some(together) = self.together() {
            window.together = together.within(&self.file.pyc, window.span());
        }
        window
    }

    pub(super) fn hits(&self) -> &Hits {
        self.search.as_ref().map_or(&self.no_hits, |search| &search.hits)
    }
}
