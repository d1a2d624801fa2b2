//! The files that the engine was given, or is to be given, so that a new one can be given the same.

use super::client::Opening;
use super::reading::Reading;
use crate::folder::Folder;
use crate::lineage::Lineage;
use crate::samples::Sample;
use gloo::file::{Blob, File};
use js_sys::Date;
use pycxray_view::displayable;
use pycxray_view::protocol::{DocumentId, Place, Work};
use std::rc::Rc;

/// How long something may take before the user is shown that it goes on, in milliseconds.
pub(super) const PATIENCE: f64 = 300.0;

/// Where a file comes from.
#[derive(Clone)]
pub(crate) enum Origin {
    /// It was dropped, chosen, or handed over.
    File(File),
    /// It stands in another file that was opened.
    Member {
        /// Its name, with that of the other file.
        name: String,
        /// Where it stands.
        lineage: Rc<Lineage>,
        /// Its bytes.
        blob: Blob,
    },
    /// It is a folder that was dropped or chosen.
    Folder(Folder),
    /// It is part of the page.
    Sample(&'static Sample),
}

impl Origin {
    /// What its tab says.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::File(file) => file.name(),
            Self::Member { name, .. } => name.clone(),
            Self::Folder(folder) => folder.name.clone(),
            Self::Sample(sample) => sample.name.to_owned(),
        }
    }

    /// What it is read from, if it must be read.
    pub(crate) fn blob(&self) -> Option<Blob> {
        match self {
            Self::File(file) => Some(file.clone().into()),
            Self::Member { blob, .. } => Some(blob.clone()),
            Self::Folder(folder) => Some(folder.joined()),
            Self::Sample(_) => None,
        }
    }
}

/// How far a file has come.
pub(super) enum Phase {
    /// It waits for those that the engine must have before.
    Waiting,
    /// The browser reads it.
    Reading(Reading),
    /// The engine decodes it; how far that is, from 0 to 1.
    Decoding(f64),
    /// It is open.
    Open,
}

/// A file that the engine was given, or is to be given.
pub(super) struct HeldFile {
    pub(super) id: DocumentId,
    pub(super) origin: Origin,
    /// Which Python it is read as, if not as what it says.
    pub(super) python: Option<String>,
    /// What was chosen in it last.
    pub(super) place: Option<Place>,
    pub(super) phase: Phase,
    /// Whether it comes on screen once it is open.
    pub(super) on_screen: bool,
    /// Whether it was open before: in another engine, or before the page was loaded again.
    pub(super) was_open: bool,
    /// The files that it is the source of, as far as that is known.
    pub(super) source_of: Vec<DocumentId>,
    /// When it was begun, in milliseconds.
    pub(super) begun: f64,
}

/// What something is about that takes long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A file that is on its way in.
    File(DocumentId),
    /// An export.
    Export,
    /// Something that another program does.
    Errand(Work),
}

/// Something that takes long.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Under {
    /// What it is about.
    pub(crate) subject: Subject,
    /// What is done: `Decoding big.pyc`.
    pub(crate) words: String,
    /// How far it has come, from 0 to 1.
    pub(crate) progress: f64,
}

impl HeldFile {
    /// A file that is opened now, and comes on screen.
    pub(super) fn new(id: DocumentId, origin: Origin, opening: Opening) -> Self {
        let Opening { python, place, source_of } = opening;
        let (phase, begun) = (Phase::Waiting, Date::now());
        Self { id, origin, python, place, phase, on_screen: true, was_open: false, source_of, begun }
    }

    /// What the engine must have before: the files that it is the source of; of a member, what it stands in, where the source of
    /// the member may be too.
    pub(super) fn needs(&self) -> impl Iterator<Item = DocumentId> + '_ {
        let parent = match &self.origin {
            Origin::Member { lineage, .. } => Some(lineage.parent),
            _ => None,
        };
        self.source_of.iter().copied().chain(parent)
    }

    /// What is to be shown of it at this time, if it takes long.
    pub(super) fn under_way(&self, now: f64) -> Option<Under> {
        let (doing, progress) = match &self.phase {
            Phase::Waiting => ("Reading", 0.0),
            Phase::Reading(reading) => ("Reading", reading.progress()),
            Phase::Decoding(progress) => ("Decoding", *progress),
            Phase::Open => return None,
        };
        let words = format!("{doing} {}", displayable(&self.origin.name()));
        (now - self.begun > PATIENCE).then_some(Under { subject: Subject::File(self.id), words, progress })
    }
}
