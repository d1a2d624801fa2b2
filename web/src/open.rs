//! Files on their way in: read by the browser, then decoded in slices.

use crate::slices::{Measured, Slice, now};
use gloo::file::callbacks::{FileReader, read_as_bytes};
use gloo::file::{Blob, FileReadError};
use pycxray_view::{Document, DocumentId, Loading, displayable};
use yew::Callback;

/// Objects decoded between two looks at the clock; about a millisecond's worth.
const STEP: u32 = 20_000;

/// A larger file is refused, in bytes: no more of one is decoded ([`pycxray_view`] leaves that to the limits of the decoder),
/// and two of them would not fit into the memory that a page can have.
const LARGEST: u64 = 1 << 30;

/// How much of a file is read at a time, in bytes: as much as can be copied in a few milliseconds.
const CHUNK: u64 = 4 << 20;

/// What decoding may take besides the file's bytes: so many bytes for each byte of the file, and so many at most.
const WORKING: (usize, usize) = (48, 768 << 20);

/// How long something may take before the user is shown that it goes on, in milliseconds.
const PATIENCE: f64 = 300.0;

enum Phase {
    Reading(Reading),
    Decoding(Box<Loading>, Measured),
}

/// What hears of each piece of a file that was read.
type Read = Callback<(u64, Result<Vec<u8>, String>)>;

/// A file that the browser reads, a piece at a time.
struct Reading {
    file: Blob,
    /// What was read so far, with room for the rest.
    bytes: Vec<u8>,
    read: Read,
    /// Dropping it cancels.
    _reader: FileReader,
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
    /// Begins to read a file that was dropped or chosen; `read` gets its bytes piece by piece.
    ///
    /// # Errors
    /// A sentence that says why it cannot be opened.
    pub(crate) fn read(id: u64, file: web_sys::File, read: Read) -> Result<Self, String> {
        let name = file.name();
        let file = Blob::from(file);
        if file.size() > LARGEST {
            return Err(format!("{} is larger than 1 GB, which is more than the page can hold.", displayable(&name)));
        }
        let bytes = room(file.size() as usize).ok_or_else(|| {
            format!("There is no memory left for {}. Closing other tabs may help.", displayable(&name))
        })?;
        let reader = piece(id, &name, &file, 0, &read);
        let reading = Reading { file, bytes, read, _reader: reader };
        Ok(Self { id, name, goal: Goal::Tab, begun: now(), phase: Phase::Reading(reading) })
    }

    /// A decoding of bytes that are there already.
    pub(crate) fn decode(id: u64, loading: Loading, goal: Goal) -> Self {
        let name = loading.name().to_owned();
        Self { id, name, goal, begun: now(), phase: Phase::Decoding(Box::new(loading), Measured::decoding()) }
    }

    /// Bytes that somebody else read for the page.
    pub(crate) fn bytes(id: u64, name: String, bytes: Vec<u8>) -> Self {
        Self::decode(id, Loading::new(name, bytes), Goal::Tab)
    }

    /// A piece of its bytes is there. The next one is read, or decoding begins.
    pub(crate) fn arrived(&mut self, piece_of_it: &[u8]) {
        let Phase::Reading(reading) = &mut self.phase else { return };
        reading.bytes.extend_from_slice(piece_of_it);
        let at = reading.bytes.len() as u64;
        if at < reading.file.size() && !piece_of_it.is_empty() {
            reading._reader = piece(self.id, &self.name, &reading.file, at, &reading.read);
        } else {
            let bytes = std::mem::take(&mut reading.bytes);
            let measured = Measured::decoding();
            self.phase = Phase::Decoding(Box::new(Loading::new(self.name.clone(), bytes)), measured);
        }
    }

    /// Whether it waits for a slice.
    pub(crate) fn is_decoding(&self) -> bool {
        matches!(self.phase, Phase::Decoding(..))
    }

    /// Decodes until the slice is over. `true` when all is decoded.
    pub(crate) fn go_on(&mut self, slice: &Slice) -> bool {
        let Phase::Decoding(loading, measured) = &mut self.phase else { return false };
        loop {
            let is_done = loading.step(STEP);
            if loading.is_decoded() {
                measured.end();
            }
            if is_done {
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
            Phase::Decoding(loading, measured) => {
                let document = loading.finish();
                measured.enter();
                Some(document)
            }
            Phase::Reading(_) => None,
        }
    }

    /// Whether it has taken long enough to say so, at this time.
    pub(crate) fn is_slow(&self, now: f64) -> bool {
        now - self.begun > PATIENCE
    }

    /// How far that has come, from 0 to 1.
    pub(crate) fn progress(&self) -> f64 {
        match &self.phase {
            Phase::Decoding(loading, _) => loading.progress(),
            Phase::Reading(reading) => reading.bytes.len() as f64 / (reading.file.size() as f64).max(1.0),
        }
    }
}

/// Room for a file of this size, if there is enough for what decoding it may take, too.
fn room(size: usize) -> Option<Vec<u8>> {
    let (factor, most) = WORKING;
    let mut bytes: Vec<u8> = Vec::new();
    bytes.try_reserve_exact(size.saturating_add(size.saturating_mul(factor).min(most))).ok()?;
    // What is given back stays with the program.
    drop(bytes);
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(size).ok()?;
    Some(bytes)
}

/// Reads the piece of a file that begins at `from`.
fn piece(id: u64, name: &str, file: &Blob, from: u64, read: &Read) -> FileReader {
    let (of, read) = (name.to_owned(), read.clone());
    let end = (from + CHUNK).min(file.size());
    read_as_bytes(&file.slice(from, end), move |result| {
        read.emit((id, result.map_err(|error| explain(&of, &error))));
    })
}

fn explain(name: &str, error: &FileReadError) -> String {
    let why = match error {
        FileReadError::NotFound(_) => "it is not there any more, or it is a folder",
        FileReadError::NotReadable(_) => "the browser may not read it, or it is too large for the memory at hand",
        _ => "the browser could not read it",
    };
    format!("{} was not opened: {why}.", displayable(name))
}
