//! The open files and their places, kept so that reloading the page brings them back: what is open, in the storage of the tab,
//! which ends with it; the files themselves, in the database of the browser, for a day at most. Nothing of it leaves the
//! browser, and the reader can have all of it forgotten.

use crate::engine::{Compared, Opening, Origin};
use crate::folder::Folder;
use crate::lineage::Lineage;
use crate::views::Beside;
use crate::{samples, settings};
use gloo::file::{Blob, File};
use gloo::storage::{SessionStorage, Storage};
use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, Query, TransactionMode};
use js_sys::{Array, Date};
use pycxray_view::protocol::{DocumentId, Place, Update, View};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

/// The name of the database, and of what it has the files in.
const DATABASE: &str = "pycxray";
const FILES: &str = "files";
/// Under which name the tab's storage has what is open, and the settings that nothing is to be kept.
const SESSION: &str = "pycxray.session";
const FORGETS: &str = "forgets";
/// For how long files are kept, in milliseconds.
const DAY: f64 = 24.0 * 60.0 * 60.0 * 1000.0;

/// What is open in this tab.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// Tells this tab's files from those of others.
    key: String,
    files: Vec<KeptFile>,
    #[serde(default)]
    comparisons: Vec<Compared>,
    active: Option<DocumentId>,
    #[serde(default)]
    panes: Panes,
}

/// What both panes show, where the file on screen has that.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Panes {
    pub(crate) left: View,
    pub(crate) right: Beside,
}

impl Default for Panes {
    fn default() -> Self {
        Self { left: View::Tree, right: Beside::Bytes }
    }
}

/// A file that was open.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct KeptFile {
    /// Its number.
    id: DocumentId,
    /// Which Python it was read as, if not as what it says.
    python: Option<String>,
    /// What was chosen in it.
    place: Option<Place>,
    /// The files that it is the source of.
    #[serde(default)]
    source_of: Vec<DocumentId>,
    /// Which sample it is, if it is one.
    sample: Option<String>,
    /// Where it stands in another file, if it does.
    #[serde(default)]
    lineage: Option<Lineage>,
}

/// The open files, as they are kept.
#[derive(Clone)]
pub(crate) struct Session(Rc<RefCell<Kept>>);

/// Whether the reader wants nothing to be kept.
pub(crate) fn forgets() -> bool {
    settings::read(FORGETS).unwrap_or(false)
}

impl Session {
    /// What was open in this tab before it was loaded again.
    pub(crate) fn begin() -> Self {
        let is_kept = is_allowed() && !forgets();
        let kept = is_kept.then(|| SessionStorage::get(SESSION).ok()).flatten();
        let mut kept: Kept = kept.unwrap_or_default();
        if kept.key.is_empty() {
            kept.key = format!("{:x}-{:x}", Date::now() as u64, (js_sys::Math::random() * 1e15) as u64);
        }
        Self(Rc::new(RefCell::new(kept)))
    }

    /// The files that were open, and which of them was on screen. Old ones of other tabs are removed meanwhile.
    pub(crate) async fn restored(&self) -> (Vec<(DocumentId, Origin, Opening)>, Option<DocumentId>) {
        let (key, files, active) = {
            let kept = self.0.borrow();
            (kept.key.clone(), kept.files.clone(), kept.active)
        };
        let mut restored = Vec::new();
        for file in files {
            let sample = file.sample.as_deref().and_then(samples::find);
            let origin = match sample {
                Some(sample) => Some(Origin::Sample(sample)),
                None => {
                    let value = read(&name_of(&key, file.id)).await.ok().flatten();
                    value.and_then(|value| origin(&value, file.lineage))
                }
            };
            let opening = Opening { python: file.python, place: file.place, source_of: file.source_of };
            restored.extend(origin.map(|origin| (file.id, origin, opening)));
        }
        let is_there = |file: &KeptFile| restored.iter().any(|(id, _, _)| *id == file.id);
        self.change(|kept| kept.files.retain(is_there));
        // What cannot be removed now is removed at another visit.
        let _ = remove(|entry| entry.is_none_or(|entry| entry.at + DAY < Date::now())).await;
        (restored, active)
    }

    /// Keeps a file that was opened.
    pub(crate) fn keep(&self, id: DocumentId, origin: &Origin, opening: &Opening) {
        if forgets() {
            return;
        }
        let (sample, lineage) = match origin {
            Origin::Sample(sample) => (Some(sample.id.to_owned()), None),
            Origin::Member { lineage, .. } => (None, Some((**lineage).clone())),
            Origin::File(_) | Origin::Folder(_) => (None, None),
        };
        let Opening { python, place, source_of } = opening.clone();
        self.change(|kept| kept.files.push(KeptFile { id, python, place, source_of, sample, lineage }));
        if let Some(value) = value(origin) {
            let name = name_of(&self.0.borrow().key, id);
            // A full or forbidden database only means that the file does not come back.
            spawn_local(async move { drop(write(&name, &value).await) });
        }
    }

    /// Keeps two files that were put side by side.
    pub(crate) fn keep_comparison(&self, compared: Compared) {
        if !forgets() {
            self.change(|kept| kept.comparisons.push(compared));
        }
    }

    /// The comparisons that were open, of files that still are.
    pub(crate) fn comparisons(&self) -> Vec<Compared> {
        let kept = self.0.borrow();
        let is_there = |id: &DocumentId| kept.files.iter().any(|file| file.id == *id);
        kept.comparisons.iter().filter(|compared| compared.files.iter().all(is_there)).copied().collect()
    }

    /// A file is on screen, with this chosen.
    pub(crate) fn keep_place(&self, id: DocumentId, place: &Place) {
        self.change(|kept| {
            kept.active = Some(id);
            kept.files.iter_mut().filter(|file| file.id == id).for_each(|file| file.place = Some(place.clone()));
        });
    }

    /// A file is read as another Python.
    pub(crate) fn keep_python(&self, id: DocumentId, python: Option<&String>) {
        self.change(|kept| {
            kept.files.iter_mut().filter(|file| file.id == id).for_each(|file| file.python = python.cloned());
        });
    }

    /// What both panes showed before the page was loaded again.
    pub(crate) fn panes(&self) -> Panes {
        self.0.borrow().panes
    }

    /// Keeps what both panes show.
    pub(crate) fn keep_panes(&self, panes: Panes) {
        if !forgets() {
            self.change(|kept| kept.panes = panes);
        }
    }

    /// Notes which files sources are beside.
    pub(crate) fn note(&self, update: &Update) {
        let Update::Tabs(tabs) = update else { return };
        if tabs.sources.is_empty() {
            return;
        }
        self.change(|kept| {
            for file in &mut kept.files {
                if let Some(source) = tabs.sources.iter().find(|source| source.id == file.id) {
                    file.source_of.clone_from(&source.files);
                }
            }
        });
    }

    /// A file is closed.
    pub(crate) fn drop_file(&self, id: DocumentId) {
        self.change(|kept| {
            kept.files.retain(|file| file.id != id);
            kept.comparisons.retain(|compared| compared.id != id);
        });
        let name = name_of(&self.0.borrow().key, id);
        spawn_local(async move { drop(remove(move |entry| entry.is_some_and(|entry| entry.name == name)).await) });
    }

    /// Forgets all that is kept and keeps nothing from now on, or begins to keep again.
    pub(crate) fn set_forgets(&self, forgets: bool) {
        settings::write(FORGETS, Some(&forgets).filter(|forgets| **forgets));
        if forgets {
            self.change(|kept| {
                *kept = Kept { key: std::mem::take(&mut kept.key), ..Kept::default() };
            });
            spawn_local(async { drop(remove(|_| true).await) });
        }
    }

    fn change(&self, change: impl FnOnce(&mut Kept)) {
        let mut kept = self.0.borrow_mut();
        change(&mut kept);
        if is_allowed() {
            let _ = SessionStorage::set(SESSION, &*kept);
        }
    }
}

/// Whether the browser lets the page keep anything.
fn is_allowed() -> bool {
    gloo::utils::window().session_storage().is_ok_and(|storage| storage.is_some())
}

fn name_of(key: &str, id: DocumentId) -> String {
    format!("{key}/{}", id.0)
}

/// What is kept of a file under its name; `None` for what needs not be kept.
fn value(origin: &Origin) -> Option<Array> {
    let pieces = Array::of2(&Date::now().into(), &origin.name().into());
    match origin {
        Origin::Sample(_) => return None,
        Origin::Folder(folder) => {
            for (path, file) in &folder.files {
                pieces.push(&path.into());
                pieces.push(AsRef::<web_sys::File>::as_ref(file));
            }
        }
        Origin::File(_) | Origin::Member { .. } => {
            let blob = origin.blob()?;
            pieces.push(AsRef::<web_sys::Blob>::as_ref(&blob));
        }
    }
    Some(pieces)
}

/// The file of which that was kept, and where it stands in another one.
fn origin(value: &JsValue, lineage: Option<Lineage>) -> Option<Origin> {
    let pieces: &Array = value.dyn_ref()?;
    let name = pieces.get(1).as_string()?;
    if let Ok(blob) = pieces.get(2).dyn_into::<web_sys::Blob>() {
        let blob = Blob::from(blob);
        return Some(match lineage {
            Some(lineage) => Origin::Member { name, lineage: lineage.into(), blob },
            None => Origin::File(File::new_with_options::<Blob>(&name, blob, None, None)),
        });
    }
    let pairs = (2..pieces.length()).step_by(2);
    let file = |at| Some((pieces.get(at).as_string()?, pieces.get(at + 1).dyn_into::<web_sys::File>().ok()?.into()));
    Some(Origin::Folder(Folder { name, files: pairs.filter_map(file).collect() }))
}

async fn database() -> Result<Database, Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        // Fails only if it is there already.
        let _ = event.database().and_then(|database| database.create_object_store(FILES, ObjectStoreParams::new()));
    });
    request.await
}

async fn write(name: &str, value: &JsValue) -> Result<(), Error> {
    let transaction = database().await?.transaction(&[FILES], TransactionMode::ReadWrite)?;
    transaction.object_store(FILES)?.put(value, Some(&name.into()))?.await?;
    transaction.commit()?.await?;
    Ok(())
}

async fn read(name: &str) -> Result<Option<JsValue>, Error> {
    let transaction = database().await?.transaction(&[FILES], TransactionMode::ReadOnly)?;
    transaction.object_store(FILES)?.get(Query::Key(name.into()))?.await
}

/// Something that the database keeps.
struct Stored {
    name: String,
    /// When it was written, in milliseconds since 1970.
    at: f64,
}

/// Removes those of which `is_over` says so; it is asked with `None` about what cannot be read.
async fn remove(is_over: impl Fn(Option<Stored>) -> bool) -> Result<(), Error> {
    let transaction = database().await?.transaction(&[FILES], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(FILES)?;
    for name in store.get_all_keys(None, None)?.await? {
        let value = store.get(Query::Key(name.clone()))?.await?;
        let at = value.and_then(|value| value.dyn_ref::<Array>()?.get(0).as_f64());
        let stored = name.as_string().zip(at).map(|(name, at)| Stored { name, at });
        if is_over(stored) {
            store.delete(Query::Key(name))?.await?;
        }
    }
    transaction.commit()?.await?;
    Ok(())
}
