//! What a tab shows: a file, or two files or containers that are compared.

use crate::comparison::{Comparison, Containers};
use crate::document::Document;
use crate::placement::Placement;
use crate::protocol::{Action, Part, Viewport};

/// What a tab shows.
#[derive(Debug)]
pub(super) enum Opened {
    /// A file.
    File(Box<Document>),
    /// Two files, one of which is on screen.
    Comparison(Box<Comparison>),
    /// Two containers, one of which is on screen.
    Containers(Box<Containers>),
}

impl From<Document> for Opened {
    fn from(document: Document) -> Self {
        Self::File(document.into())
    }
}

impl From<Comparison> for Opened {
    fn from(comparison: Comparison) -> Self {
        Self::Comparison(comparison.into())
    }
}

impl From<Containers> for Opened {
    fn from(containers: Containers) -> Self {
        Self::Containers(containers.into())
    }
}

impl Opened {
    /// The file on screen.
    pub(super) fn document(&self) -> &Document {
        match self {
            Self::File(document) => document,
            Self::Comparison(comparison) => comparison.sides.document(),
            Self::Containers(containers) => containers.sides.document(),
        }
    }

    /// One of two files that are compared, or that on screen.
    pub(super) fn side(&self, side: Option<usize>) -> &Document {
        match (self, side) {
            (Self::Comparison(comparison), Some(side)) => comparison.sides.of(side),
            (Self::Containers(containers), Some(side)) => containers.sides.of(side),
            _ => self.document(),
        }
    }

    /// The file on screen, to be changed.
    pub(super) fn document_mut(&mut self) -> &mut Document {
        match self {
            Self::File(document) => document,
            Self::Comparison(comparison) => comparison.sides.document_mut(),
            Self::Containers(containers) => containers.sides.document_mut(),
        }
    }

    /// The files in it, to be changed.
    pub(super) fn documents_mut(&mut self) -> &mut [Document] {
        match self {
            Self::File(document) => std::slice::from_mut(document),
            Self::Comparison(comparison) => comparison.sides.documents_mut(),
            Self::Containers(containers) => containers.sides.documents_mut(),
        }
    }

    /// What its tab is called.
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(document) => document.file.name.clone(),
            Self::Comparison(comparison) => comparison.sides.name(),
            Self::Containers(containers) => containers.sides.name(),
        }
    }

    /// Whether two are compared.
    pub(super) fn is_comparison(&self) -> bool {
        !matches!(self, Self::File(_))
    }

    /// Whether there is more to look at, or to compare.
    pub(super) fn is_busy(&self) -> bool {
        self.document().is_busy() || matches!(self, Self::Containers(containers) if containers.is_busy())
    }

    /// Looks at the next part of the file on screen, or compares the next members.
    pub(super) fn work(&mut self) {
        match self {
            Self::Containers(containers) if containers.is_busy() => containers.work(),
            opened => opened.document_mut().work(),
        }
    }

    /// Grows with each change.
    pub(super) fn revision(&self) -> u64 {
        match self {
            Self::File(document) => document.revision(),
            Self::Comparison(comparison) => comparison.revision(),
            Self::Containers(containers) => containers.revision(),
        }
    }

    /// Does what the user did.
    pub(super) fn act(&mut self, action: Action) {
        match self {
            Self::File(document) => document.act(action),
            Self::Comparison(comparison) => comparison.act(action),
            Self::Containers(containers) => containers.act(action),
        }
    }

    /// The parts that are told of whatever is on screen.
    pub(super) fn parts(&self) -> Vec<Part> {
        match self {
            Self::File(document) => document.parts(),
            Self::Comparison(comparison) => comparison.parts(),
            Self::Containers(containers) => containers.parts(),
        }
    }

    /// Where the rows of a view are, and which of them is to be in sight.
    pub(super) fn placement(&self, viewport: &Viewport) -> Placement {
        match self {
            Self::File(document) => document.placement(viewport),
            Self::Comparison(comparison) => comparison.placement(viewport),
            Self::Containers(containers) => containers.placement(viewport),
        }
    }

    /// What a view shows.
    pub(super) fn view(&self, viewport: Viewport) -> Part {
        match self {
            Self::File(document) => document.view(viewport),
            Self::Comparison(comparison) => comparison.view(viewport),
            Self::Containers(containers) => containers.view(viewport),
        }
    }
}
