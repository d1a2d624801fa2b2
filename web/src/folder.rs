//! Folders that are dropped on the page or chosen: all files in them, however deep.

use gloo::file::{Blob, File};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry, FileSystemFileEntry};

/// More files of a folder are left out.
const MOST: usize = 20_000;

/// A folder.
#[derive(Clone)]
pub(crate) struct Folder {
    /// Its name.
    pub(crate) name: String,
    /// The files in it, with their paths.
    pub(crate) files: Vec<(String, File)>,
}

impl Folder {
    /// The folders that files belong to which were chosen together, as their paths say.
    pub(crate) fn of_chosen(files: Vec<File>) -> Vec<Self> {
        let mut folders: Vec<Self> = Vec::new();
        for file in files.into_iter().take(MOST) {
            let told: &web_sys::File = file.as_ref();
            let path = Reflect::get(told, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
            let path = path.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name());
            let (name, path) = path.split_once('/').unwrap_or(("", &path));
            match folders.iter_mut().find(|folder| folder.name == name) {
                Some(folder) => folder.files.push((path.to_owned(), file)),
                None => folders.push(Self { name: name.to_owned(), files: vec![(path.to_owned(), file)] }),
            }
        }
        folders.iter_mut().for_each(Self::sort);
        folders
    }

    /// All that is in a folder that was dropped. What cannot be read is left out.
    pub(crate) async fn of_entry(entry: FileSystemDirectoryEntry) -> Self {
        let mut folder = Self { name: entry.name(), files: Vec::new() };
        let mut waiting = vec![(String::new(), entry)];
        while let Some((path, entry)) = waiting.pop() {
            for inner in entries(&entry.create_reader()).await {
                let path = format!("{path}{}", inner.name());
                if inner.is_directory() {
                    waiting.push((format!("{path}/"), inner.unchecked_into()));
                } else if let Some(file) = file(&inner.unchecked_into()).await {
                    folder.files.push((path, file));
                }
            }
            if folder.files.len() >= MOST {
                break;
            }
        }
        folder.sort();
        folder
    }

    fn sort(&mut self) {
        self.files.sort_by(|a, b| a.0.cmp(&b.0));
    }

    /// The paths of its files, and how many bytes each has.
    pub(crate) fn listed(&self) -> Vec<(String, u32)> {
        self.files.iter().map(|(path, file)| (path.clone(), u32::try_from(file.size()).unwrap_or(u32::MAX))).collect()
    }

    /// All files, one behind the other. Nothing of them is read yet.
    pub(crate) fn joined(&self) -> Blob {
        let pieces: Array =
            self.files.iter().map(|(_, file)| JsValue::from(AsRef::<web_sys::File>::as_ref(file).clone())).collect();
        crate::download::joined(&pieces, "")
    }
}

/// What is in a folder itself.
async fn entries(reader: &FileSystemDirectoryReader) -> Vec<FileSystemEntry> {
    let mut all = Vec::new();
    // They come a hundred at a time, at the end none.
    loop {
        let some = told(|done, failed| drop(reader.read_entries_with_callback_and_callback(done, failed))).await;
        let some = some.as_ref().map(Array::from).filter(|some| some.length() > 0);
        let Some(some) = some.filter(|_| all.len() < MOST) else { return all };
        all.extend(some.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

/// The file that an entry stands for.
async fn file(entry: &FileSystemFileEntry) -> Option<File> {
    let file = told(|done, failed| entry.file_with_callback_and_callback(done, failed)).await?;
    Some(file.dyn_into::<web_sys::File>().ok()?.into())
}

/// What a function tells that has one callback for its result and one for failure; `None` for failure.
async fn told(ask: impl Fn(&Function, &Function)) -> Option<JsValue> {
    let mut begin = |done: Function, failed: Function| ask(&done, &failed);
    JsFuture::from(Promise::new(&mut begin)).await.ok()
}
