//! The two documents of a comparison, of which one is on screen.

use crate::document::Document;
use crate::placement::Placement;
use crate::protocol::{Part, Viewport};

/// Two documents, the first as what became the second.
#[derive(Debug)]
pub(crate) struct Sides {
    documents: [Document; 2],
    /// Which of them is on screen.
    shown: usize,
}

impl Sides {
    /// Two documents, the second of them on screen.
    pub(super) fn new(documents: [Document; 2]) -> Self {
        Self { documents, shown: 1 }
    }

    /// Which of them is on screen.
    pub(super) fn shown(&self) -> usize {
        self.shown
    }

    /// Puts one of them on screen.
    pub(super) fn show(&mut self, side: usize) {
        self.shown = side.min(1);
    }

    /// The one of a side.
    pub(crate) fn of(&self, side: usize) -> &Document {
        &self.documents[side.min(1)]
    }

    /// The one of a side, to be changed.
    pub(super) fn of_mut(&mut self, side: usize) -> &mut Document {
        &mut self.documents[side]
    }

    /// The one on screen.
    pub(crate) fn document(&self) -> &Document {
        &self.documents[self.shown]
    }

    /// The one on screen, to be changed.
    pub(crate) fn document_mut(&mut self) -> &mut Document {
        &mut self.documents[self.shown]
    }

    /// Both, to be changed.
    pub(crate) fn documents_mut(&mut self) -> &mut [Document] {
        &mut self.documents
    }

    /// What both are called.
    pub(super) fn names(&self) -> [String; 2] {
        self.documents.each_ref().map(|document| document.file.name.clone())
    }

    /// What a tab with both says.
    pub(crate) fn name(&self) -> String {
        self.names().join(" ↔ ")
    }

    /// The one that a view is of.
    fn viewed(&self, viewport: &Viewport) -> &Document {
        match *viewport {
            Viewport::SideHex { side, .. } => self.of(side),
            _ => self.document(),
        }
    }

    /// Where the rows of a view are.
    pub(super) fn placement(&self, viewport: &Viewport) -> Placement {
        self.viewed(viewport).placement(viewport)
    }

    /// What a view shows.
    pub(super) fn view(&self, viewport: Viewport) -> Part {
        self.viewed(&viewport).view(viewport)
    }

    /// Grows with each change of either.
    pub(super) fn revision(&self) -> u64 {
        self.documents.iter().map(Document::revision).sum()
    }
}
