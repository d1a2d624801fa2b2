//! What the page was told last: which views are on screen, and what each shows. What is the same is not sent again.

use std::collections::BTreeMap;

use super::opened::Opened;
use crate::placement::Placement;
use crate::protocol::{DocumentId, Part, Ribbon, Rows, Snapshot, Tabs, Update, View, Viewport};

/// What the page was told last.
#[derive(Debug, Default)]
pub(super) struct Screen {
    tabs: Tabs,
    /// The tab that was on screen, the serial number of the document in it, and the revision.
    shown: Option<(DocumentId, u32, u64)>,
    /// Its parts that belong to no view.
    parts: Vec<Part>,
    views: BTreeMap<View, Watched>,
}

impl Screen {
    /// What to say of the tabs, if that is anything new.
    pub(super) fn tabs(&mut self, tabs: Tabs) -> Option<Update> {
        if tabs == self.tabs {
            return None;
        }
        self.tabs = tabs;
        Some(Update::Tabs(self.tabs.clone()))
    }

    /// From now on a view is on screen. It was measured in `document`; if in another one than that on screen, only the size of
    /// what it shows counts.
    pub(super) fn watch(&mut self, viewport: Viewport, opened: Option<&Opened>) {
        let sent = self.views.remove(&viewport.view()).and_then(|before| before.sent);
        let placement = opened.map(|opened| opened.placement(&viewport));
        self.views.insert(viewport.view(), Watched { viewport, placement, sent, is_stale: true });
    }

    /// From now on a view is on screen no more.
    pub(super) fn unwatch(&mut self, view: View) {
        self.views.remove(&view);
    }

    /// Whether a view is on screen.
    pub(super) fn is_watched(&self, view: View) -> bool {
        self.views.contains_key(&view)
    }

    /// What to say of the document on screen, if that is anything new.
    pub(super) fn snapshot(&mut self, id: DocumentId, opened: &Opened) -> Option<Update> {
        let now = (id, opened.document().serial(), opened.revision());
        let is_other_tab = self.shown.is_none_or(|(tab, ..)| tab != id);
        let is_new = self.shown.is_none_or(|(_, serial, _)| serial != now.1);
        let is_changed = self.shown != Some(now);
        self.shown = Some(now);
        let mut news = Vec::new();
        match (is_new, opened) {
            (false, _) => {}
            (true, Opened::Comparison(_) | Opened::Containers(_)) if !is_other_tab => {
                // The other one of two files: what differs between them stays where it is.
                let is_of_both = |view: &View| matches!(view, View::Changes | View::Pair | View::SideHex(_));
                self.views.iter_mut().filter(|(view, _)| !is_of_both(view)).for_each(|(_, watched)| watched.misplace());
            }
            (true, _) => {
                self.parts.clear();
                self.views.values_mut().for_each(Watched::forget);
            }
        }
        if is_changed {
            let parts = opened.parts();
            news.extend(parts.iter().filter(|part| !self.parts.contains(part)).cloned());
            self.parts = parts;
        }
        for view in self.views.values_mut().filter(|view| is_changed || view.is_stale) {
            news.extend(view.news(opened));
        }
        let snapshot = Snapshot { document: id, revision: opened.revision(), parts: news };
        (!snapshot.parts.is_empty()).then_some(Update::Snapshot(snapshot))
    }
}

/// A view that is on screen.
#[derive(Debug)]
struct Watched {
    viewport: Viewport,
    /// Where its rows were when they were sent last; `None` where they were those of another document.
    placement: Option<Placement>,
    sent: Option<Part>,
    /// Whether the page wants other rows than it was sent.
    is_stale: bool,
}

impl Watched {
    /// Another document came on screen, of which the page knows nothing.
    fn forget(&mut self) {
        self.misplace();
        self.sent = None;
    }

    /// Its rows are those of another document.
    fn misplace(&mut self) {
        self.placement = None;
    }

    /// What the view shows, if that is anything new.
    fn news(&mut self, opened: &Opened) -> Option<Part> {
        self.is_stale = false;
        self.follow(opened);
        let part = opened.view(self.viewport);
        if self.sent.as_ref() == Some(&part) {
            return None;
        }
        self.sent = Some(part.clone());
        Some(part)
    }

    /// Moves the window to where the page will scroll: to what is chosen, when that is something else than before.
    fn follow(&mut self, opened: &Opened) {
        let now = opened.placement(&self.viewport);
        let before = self.placement.replace(now);
        match &mut self.viewport {
            Viewport::Tree(rows)
            | Viewport::Listing(rows)
            | Viewport::Source(rows)
            | Viewport::Companion(rows)
            | Viewport::Outline(rows)
            | Viewport::Members(rows)
            | Viewport::Strings(rows)
            | Viewport::Found(rows)
            | Viewport::Changes(rows)
            | Viewport::Pair { rows, .. }
            | Viewport::Hex { rows, .. }
            | Viewport::SideHex { rows, .. } => *rows = placed(*rows, before, now),
            Viewport::Ribbon(ribbon) if before.is_none() => {
                *ribbon = Ribbon { width: ribbon.width, ..Ribbon::default() }
            }
            Viewport::Ribbon(_) | Viewport::Problems | Viewport::Verify | Viewport::Graph => {}
        }
    }
}

/// Where a window of rows goes.
fn placed(rows: Rows, before: Option<Placement>, now: Placement) -> Rows {
    let mut start = rows.start;
    if before.is_none_or(|before| before.subject != now.subject) {
        start = 0;
    }
    if let Some(lead) = now.lead.filter(|_| before.is_some_and(|before| before.lead != now.lead)) {
        start = lead.row.saturating_sub(rows.count / 2);
    }
    if let Some(selected) = now.selected.filter(|_| before.is_none_or(|before| before.choice != now.choice)) {
        // Within the middle third, there are rows enough on both sides for the page to scroll as it likes.
        let middle = start + rows.count / 3..start + rows.count - rows.count / 3;
        if !middle.contains(&selected) {
            start = selected.saturating_sub(rows.count / 2);
        }
    }
    Rows { start: start.min(now.total.saturating_sub(rows.count)), count: rows.count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_moves_along_with_what_is_chosen() {
        let placement =
            |choice, selected| Placement { total: 1_000, selected: Some(selected), choice, ..Placement::default() };
        let rows = |start| Rows { start, count: 90 };
        assert_eq!(placed(rows(700), None, placement(1, 5)), rows(0), "another document begins at its top");
        assert_eq!(placed(rows(700), None, placement(1, 500)), rows(455), "or where something is chosen");
        let before = Some(placement(1, 500));
        assert_eq!(placed(rows(455), before, placement(2, 501)), rows(455), "there are rows enough around it");
        assert_eq!(placed(rows(455), before, placement(2, 520)), rows(475));
        assert_eq!(placed(rows(455), before, placement(2, 999)), rows(910), "not beyond the end");
        assert_eq!(placed(rows(100), before, placement(1, 520)), rows(100), "the page scrolled away from it");
    }
}
