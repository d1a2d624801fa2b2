//! Comparisons: an engine is told of one once it has the files that are compared, and a new engine again.

use pycxray_view::protocol::{DocumentId, Request};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;

/// Two files side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Compared {
    /// The number of their tab.
    pub(crate) id: DocumentId,
    /// The files.
    pub(crate) files: [DocumentId; 2],
    /// Which pair of their members, if they are containers and not all of them is compared.
    #[serde(default)]
    pub(crate) pair: Option<usize>,
}

/// How far the engine is with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// It has not been told; whether the tab is to come on screen.
    Waiting { on_screen: bool },
    /// It has been told.
    Sent,
    /// There is a tab.
    Open,
}

/// All comparisons.
#[derive(Default)]
pub(super) struct Comparisons(RefCell<Vec<(Compared, Phase)>>);

impl Comparisons {
    /// Waits for the files of one.
    pub(super) fn add(&self, compared: Compared, on_screen: bool) {
        self.0.borrow_mut().push((compared, Phase::Waiting { on_screen }));
    }

    /// Those of which the files are open now, which the engine is told of.
    pub(super) fn begin(&self, is_open: impl Fn(DocumentId) -> bool) -> Vec<Request> {
        let mut begun = Vec::new();
        for (Compared { id, files, pair }, phase) in self.0.borrow_mut().iter_mut() {
            if let Phase::Waiting { on_screen } = *phase
                && files.iter().all(|file| is_open(*file))
            {
                *phase = Phase::Sent;
                begun.push(Request::Compare { id: *id, files: *files, pair: *pair, on_screen });
            }
        }
        begun
    }

    /// There are these tabs: what had one and has none is closed.
    pub(super) fn see(&self, has_tab: impl Fn(DocumentId) -> bool) {
        self.0.borrow_mut().retain_mut(|(compared, phase)| {
            let is_gone = *phase == Phase::Open && !has_tab(compared.id);
            if has_tab(compared.id) {
                *phase = Phase::Open;
            }
            !is_gone
        });
    }

    /// The files that the tab of this number compares.
    pub(super) fn files(&self, id: DocumentId) -> Option<[DocumentId; 2]> {
        let known = self.0.borrow();
        known.iter().find(|(compared, _)| compared.id == id).map(|(compared, _)| compared.files)
    }

    /// Forgets one.
    pub(super) fn close(&self, id: DocumentId) {
        self.0.borrow_mut().retain(|(compared, _)| compared.id != id);
    }

    /// Forgets what the engine may have failed at: what it was told last, and what is on screen.
    pub(super) fn drop_failed(&self, active: Option<DocumentId>) {
        self.0.borrow_mut().retain(|(compared, phase)| *phase != Phase::Sent && Some(compared.id) != active);
    }

    /// Waits for the files once more: there is a new engine.
    pub(super) fn restart(&self, active: Option<DocumentId>) {
        for (compared, phase) in self.0.borrow_mut().iter_mut() {
            *phase = Phase::Waiting { on_screen: Some(compared.id) == active };
        }
    }
}
