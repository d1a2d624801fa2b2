//! Files on their way in: read by the browser, then decoded in slices.

use crate::slices::{Slice, decoding, now};
use gloo::file::callbacks::{FileReader, read_as_bytes};
use gloo::file::{Blob, FileReadError};
use pycxray_view::{Document, DocumentId, Loading};
use yew::Callback;

/// Objects decoded between two looks at the clock; about a millisecond's worth.
const STEP: u32 = 20_000;

/// Offsets are 32 bits wide throughout.
const LARGEST: u64 = u32::MAX as u64;

/// How long something may take before the user is shown that it goes on, in milliseconds.
const PATIENCE: f64 = 300.0;

enum Phase {
    /// The browser reads; dropping this cancels.
    Reading(#[expect(dead_code, reason = "held for what dropping it does")] FileReader),
    Decoding(Box<Loading>),
}

/// Where a decoded file is put.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Goal {
    /// Into a new tab.
    #[default]
    Tab,
    /// Into a new tab; it is a sample, with this id.
    Sample(&'static str),
    /// In the place of this document, of which it is another reading.
    Instead(DocumentId),
}

/// A file on its way in.
pub(crate) struct Arrival {
    /// Tells it from others.
    pub(crate) id: u64,
    /// The file's name.
    pub(crate) name: String,
    /// Where it is put.
    pub(crate) goal: Goal,
    begun: f64,
    phase: Phase,
}

impl Arrival {
    /// Begins to read a file that was dropped or chosen; `read` gets its bytes.
    ///
    /// # Errors
    /// A sentence that says why it cannot be opened.
    pub(crate) fn read(
        id: u64,
        file: web_sys::File,
        read: Callback<(u64, Result<Vec<u8>, String>)>,
    ) -> Result<Self, String> {
        let name = file.name();
        let file = Blob::from(file);
        if file.size() > LARGEST {
            return Err(format!("{name} is larger than 4 GB, which no .pyc is."));
        }
        let of = name.clone();
        let reader = read_as_bytes(&file, move |result| {
            read.emit((id, result.map_err(|error| explain(&of, &error))));
        });
        Ok(Self { id, name, goal: Goal::Tab, begun: now(), phase: Phase::Reading(reader) })
    }

    /// A decoding of bytes that are there already.
    pub(crate) fn decode(id: u64, loading: Loading, goal: Goal) -> Self {
        let name = loading.name().to_owned();
        Self { id, name, goal, begun: now(), phase: Phase::Decoding(Box::new(loading)) }
    }

    /// Bytes that somebody else read for the page.
    pub(crate) fn bytes(id: u64, name: String, bytes: Vec<u8>) -> Self {
        Self::decode(id, Loading::new(name, bytes), Goal::Tab)
    }

    /// The bytes are there.
    pub(crate) fn arrived(&mut self, bytes: Vec<u8>) {
        self.phase = Phase::Decoding(Box::new(decoding(|| Loading::new(self.name.clone(), bytes))));
    }

    /// Whether it waits for a slice.
    pub(crate) fn is_decoding(&self) -> bool {
        matches!(self.phase, Phase::Decoding(_))
    }

    /// Decodes until the slice is over. `true` when all is decoded.
    pub(crate) fn go_on(&mut self, slice: &Slice) -> bool {
        let Phase::Decoding(loading) = &mut self.phase else { return false };
        loop {
            if loading.step(STEP) {
                return true;
            }
            if slice.is_over() {
                return false;
            }
        }
    }

    /// The document, once decoded.
    pub(crate) fn finish(self) -> Option<Document> {
        match self.phase {
            Phase::Decoding(loading) => Some(loading.finish()),
            Phase::Reading(_) => None,
        }
    }

    /// Whether it has taken long enough to say so.
    pub(crate) fn is_slow(&self) -> bool {
        now() - self.begun > PATIENCE
    }

    /// How far it has come, from 0 to 1; `None` while the browser reads.
    pub(crate) fn progress(&self) -> Option<f64> {
        match &self.phase {
            Phase::Decoding(loading) => Some(loading.progress()),
            Phase::Reading(_) => None,
        }
    }
}

fn explain(name: &str, error: &FileReadError) -> String {
    let why = match error {
        FileReadError::NotFound(_) => "it is not there any more, or it is a folder",
        FileReadError::NotReadable(_) => "the browser may not read it, or it is too large for the memory at hand",
        _ => "the browser could not read it",
    };
    format!("{name} was not opened: {why}.")
}
