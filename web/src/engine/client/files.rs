//! Giving files to the engine.

use super::{Client, Opening, Told};
use crate::engine::comparisons::Compared;
use crate::engine::files::{HeldFile, Origin, Phase};
use crate::engine::measure;
use crate::engine::reading::Reading;
use js_sys::{Array, Uint8Array};
use pycxray_view::displayable;
use pycxray_view::protocol::{DocumentId, Request};

/// A larger file is refused, in bytes: no more of one is decoded, and two of them would not fit into the memory that a page
/// can have.
const LARGEST: u64 = 1 << 30;

impl Client {
    /// Opens a file. Answers its number, unless it is too large.
    pub(crate) fn open(&self, origin: Origin, opening: Opening) -> Option<DocumentId> {
        let id = DocumentId(self.0.next_file.get());
        self.0.next_file.set(id.0 + 1);
        if let Some(blob) = origin.blob().filter(|blob| blob.size() > LARGEST) {
            let (name, size) = (origin.name(), blob.size() >> 30);
            let why = format!("{} has over {size} GB, which is more than the page can hold.", displayable(&name));
            self.0.told.emit(Told::Refused(why));
            return None;
        }
        self.0.files.borrow_mut().push(HeldFile::new(id, origin, opening));
        self.go_on();
        Some(id)
    }

    /// Opens files under the numbers that they had before the page was loaded again; `active` comes on screen.
    pub(crate) fn open_again(&self, files: Vec<(DocumentId, Origin, Opening)>, active: Option<DocumentId>) {
        for (id, origin, opening) in files {
            self.0.next_file.set(self.0.next_file.get().max(id.0 + 1));
            let file = HeldFile::new(id, origin, opening);
            self.0.files.borrow_mut().push(HeldFile { on_screen: Some(id) == active, was_open: true, ..file });
        }
        self.go_on();
    }

    /// Reads a file as another Python, or with `None` as what it says.
    pub(crate) fn read_as(&self, id: DocumentId, python: Option<String>) {
        self.with_file(id, |file| file.python.clone_from(&python));
        self.send(&Request::ReadAs { id, python });
    }

    /// Puts two files side by side, or a pair of members of two containers.
    pub(crate) fn compare(&self, files: [DocumentId; 2], pair: Option<usize>) -> Compared {
        let compared = Compared { id: DocumentId(self.0.next_file.get()), files, pair };
        self.compare_again(compared, true);
        compared
    }

    /// The files that the tab of a comparison is of.
    pub(crate) fn files_compared(&self, id: DocumentId) -> Option<[DocumentId; 2]> {
        self.0.comparisons.files(id)
    }

    /// Puts two files side by side in a tab of the number that they had before, once both are open.
    pub(crate) fn compare_again(&self, compared: Compared, on_screen: bool) {
        self.0.next_file.set(self.0.next_file.get().max(compared.id.0 + 1));
        self.0.comparisons.add(compared, on_screen);
        self.go_on();
    }

    /// Begins with the files that wait.
    pub(super) fn go_on(&self) {
        let waiting: Vec<DocumentId> = {
            let files = self.0.files.borrow();
            let is_coming = |id| files.iter().any(|file| file.id == id && !matches!(file.phase, Phase::Open));
            let can_begin = |file: &&HeldFile| matches!(file.phase, Phase::Waiting) && !file.needs().any(is_coming);
            files.iter().filter(can_begin).map(|file| file.id).collect()
        };
        for id in waiting {
            let Some(origin) = self.with_file(id, |file| file.origin.clone()) else { continue };
            let blob = match origin {
                Origin::Sample(sample) => {
                    self.hand_over(id, &Array::of1(&Uint8Array::from(sample.bytes).buffer()));
                    continue;
                }
                Origin::File(file) => file.into(),
                Origin::Member { blob, .. } => blob,
                Origin::Folder(folder) => folder.joined(),
            };
            let reading = Reading::begin(blob, self.callback(move |client, read| client.take(id, read)));
            self.with_file(id, |file| file.phase = Phase::Reading(reading));
        }
        let is_open = |id| self.with_file(id, |file| matches!(file.phase, Phase::Open)) == Some(true);
        self.0.comparisons.begin(is_open).iter().for_each(|request| self.send(request));
        self.look_on();
    }

    /// A file has been read, or could not be.
    fn take(&self, id: DocumentId, read: Result<Array, &'static str>) {
        match read {
            Ok(pieces) => self.hand_over(id, &pieces),
            Err(why) => self.refuse(id, |name| format!("{name} was not opened: {why}.")),
        }
    }

    fn hand_over(&self, id: DocumentId, pieces: &Array) {
        if !self.0.files.borrow().iter().any(|file| matches!(file.phase, Phase::Decoding(_))) {
            measure::begin();
        }
        let request = self.with_file(id, |file| {
            file.phase = Phase::Decoding(0.0);
            let (name, on_screen) = (file.origin.name(), file.on_screen);
            match &file.origin {
                Origin::Folder(folder) => Request::OpenFolder { id, name, files: folder.listed(), on_screen },
                _ if !file.source_of.is_empty() => Request::OpenSource { id, name, files: file.source_of.clone() },
                _ => Request::Open { id, name, python: file.python.clone(), place: file.place.clone(), on_screen },
            }
        });
        if let Some(request) = request {
            self.send_with(&request, pieces);
        }
    }

    pub(super) fn refuse(&self, id: DocumentId, why: impl FnOnce(&str) -> String) {
        let name = self.with_file(id, |file| file.origin.name());
        self.0.files.borrow_mut().retain(|file| file.id != id);
        if let Some(name) = name {
            self.0.told.emit(Told::Refused(why(&displayable(&name))));
        }
        // Others may have waited for it.
        self.go_on();
    }
}
