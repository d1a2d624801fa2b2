//! How a file becomes a document.

use std::rc::Rc;
use std::sync::Arc;

use pycxray::python::Python;
use pycxray::{Options, Pyc, Transport};
use pycxray_container::{Kind, Limits, bytes_in_text, identify};

use super::opened::Opened;
use super::{Engine, Message, Post};
use crate::comparison::{Comparison, Containers};
use crate::document::Document;
use crate::file::File;
use crate::other::Other;
use crate::protocol::{DocumentId, Progress, Task, Update};
use crate::reading::Reading;

impl Engine {
    /// Decodes a file as the Python of this name, or as what it says.
    pub(super) fn open(
        &mut self,
        id: DocumentId,
        name: &str,
        bytes: Vec<u8>,
        python: Option<&str>,
        post: &mut Post<'_>,
    ) -> Document {
        let (bytes, written_as) = written_out(bytes);
        let document = self.document(id, name, Arc::new(bytes), written_as, None, post);
        match python.and_then(|python| document.file.reading_named(python)) {
            Some(reading) => {
                let written_as = document.file.written_as;
                self.document(id, name, document.file.opened_bytes(), written_as, Some(reading), post)
            }
            None => document,
        }
    }

    /// Opens the files of a folder, which has no reading but this one.
    pub(super) fn open_folder(&mut self, name: &str, files: Vec<(String, u32)>, bytes: Vec<u8>) -> Document {
        let bytes = Arc::new(bytes);
        let other = Other::of_folder(&bytes, files);
        Document::new(Rc::new(File::of_other(name, bytes, other)), self.serial(), (self.clock.now)())
    }

    /// Puts another reading of a document in its place, with the same thing chosen as far as that has it.
    pub(super) fn read_as(&mut self, id: DocumentId, python: Option<&str>, post: &mut Post<'_>) {
        // What two files are read as is theirs, not a comparison's.
        let Some(before) = self.session.file(id).filter(|before| !before.file.is_folder()) else { return };
        let written_as = before.file.written_as.filter(|_| before.file.bare_of.is_none());
        let bytes = before.file.opened_bytes();
        let (place, name) = (before.place(), before.file.name.clone());
        let reading = python.and_then(|python| before.file.reading_named(python));
        let companion = before.companion().cloned();
        let mut document = self.document(id, &name, bytes, written_as, reading, post);
        if let Some(source) = companion.filter(|_| document.can_have_companion()) {
            document.pair(source);
        }
        document.go_to_place(&place);
        self.session.add(id, document.into(), false);
    }

    /// What is no bytecode by its contents is decoded all the same if a Python is given.
    fn document(
        &mut self,
        id: DocumentId,
        name: &str,
        bytes: Arc<Vec<u8>>,
        written_as: Option<&'static str>,
        reading: Option<Reading>,
        post: &mut Post<'_>,
    ) -> Document {
        let other = if reading.is_none() { Other::of(&bytes) } else { None };
        let mut file = match (other, reading) {
            (Some(other), _) => File::of_other(name, bytes, other),
            (None, Some(Reading::Bare(python))) => bare(name, bytes, python),
            (None, Some(Reading::Repaired)) => {
                let repaired = Transport::undo(&bytes).map_or_else(|| Arc::clone(&bytes), Arc::new);
                let mut file = self.decoded(id, name, repaired, None, post);
                file.repaired_of = Some(bytes);
                file
            }
            (None, Some(Reading::File(python))) => self.decoded(id, name, bytes, Some(python), post),
            (None, None) => self.decoded(id, name, bytes, None, post),
        };
        file.written_as = written_as.or(file.written_as);
        Document::new(Rc::new(file), self.serial(), (self.clock.now)())
    }

    fn decoded(
        &self,
        id: DocumentId,
        name: &str,
        bytes: Arc<Vec<u8>>,
        python: Option<&'static Python>,
        post: &mut Post<'_>,
    ) -> File {
        let pyc = decode(id, bytes, python, post);
        let minutes_ahead = pyc.header().mtime.map(self.clock.minutes_ahead);
        File::new(name, pyc, minutes_ahead)
    }

    /// Two opened files or containers side by side, or a pair of their members, each as it is when it has just been opened; `None` if
    /// one of them is not open, or not to be compared with the other.
    pub(super) fn compare(&mut self, files: [DocumentId; 2], pair: Option<usize>) -> Option<Opened> {
        let [before, after] = files.map(|id| self.session.get(id).map(|document| Rc::clone(&document.file)));
        let documents = self.fresh([before?, after?]);
        match (documents.each_ref().map(|document| document.file.members().is_some()), pair) {
            ([false, false], _) => Some(Comparison::new(documents).into()),
            // A file is not compared with what holds many.
            (_, None) => Containers::new(documents).map(Opened::from),
            (_, Some(pair)) => {
                let members = Containers::new(documents)?.files_of(pair)?;
                Some(Comparison::new(self.fresh(members.map(Rc::new))).into())
            }
        }
    }

    fn fresh(&mut self, files: [Rc<File>; 2]) -> [Document; 2] {
        let now = (self.clock.now)();
        files.map(|file| Document::new(file, self.serial(), now))
    }
}

/// Bytes, or those that a text writes out, as the bytecode of a code object that is made up around it.
fn bare(name: &str, bytes: Arc<Vec<u8>>, python: &'static Python) -> File {
    let written = if identify(&bytes) == Kind::Text { bytes_in_text(&bytes, &Limits::default()) } else { None };
    let bytecode = written.as_ref().map_or(&bytes[..], |(_, written)| written);
    let mut file = File::new(name, Pyc::of_bytecode(bytecode, python), None);
    file.written_as = written.as_ref().map(|(step, _)| step.name());
    file.bare_of = Some(bytes);
    file
}

/// What a text writes out, if that is something known, and how it is written; else the bytes as they are.
fn written_out(bytes: Vec<u8>) -> (Vec<u8>, Option<&'static str>) {
    match pycxray_container::written_out(&bytes, &Limits::default()) {
        Some((step, written)) => (written, Some(step.name())),
        None => (bytes, None),
    }
}

/// Decodes a file, telling how far that is.
fn decode(id: DocumentId, bytes: Arc<Vec<u8>>, python: Option<&'static Python>, post: &mut Post<'_>) -> Pyc {
    let mut told = 0.0;
    Pyc::parse_watched(bytes, Options { python, ..Options::default() }, |share| {
        // What is still to be done at the end of the file is little.
        if share > told && share < 1.0 {
            post(progress(id, Task::Decoding, share));
            told = share;
        }
    })
}

/// A word on how far something is.
pub(super) fn progress(document: DocumentId, task: Task, share: f64) -> Message {
    Message { updates: vec![Update::Progress(Progress { document, task, share })], bytes: Vec::new() }
}
