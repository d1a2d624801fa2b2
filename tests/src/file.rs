//! Files that a test gives to the page.

use base64::Engine;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A file by its name and what it holds.
#[derive(Clone, Debug)]
pub struct File {
    name: String,
    bytes: Vec<u8>,
}

impl File {
    /// A file that exists only for the test.
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), bytes: bytes.to_owned() }
    }

    /// A file that a real Python has made: `File::fixture("cpython-3.12/NAME.pyc")`.
    ///
    /// # Panics
    /// When there is no such file.
    #[track_caller]
    pub fn fixture(path: &str) -> Self {
        let file = crate::place::fixture(path);
        let bytes = std::fs::read(&file).unwrap_or_else(|error| panic!("no fixture {}: {error}", file.display()));
        Self { name: path.rsplit('/').next().unwrap_or(path).to_owned(), bytes }
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the file holds.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What the file holds, in base64.
    pub fn base64(&self) -> String {
        base64::engine::general_purpose::STANDARD.encode(&self.bytes)
    }

    /// The first `length` bytes of the file, under the same name.
    #[must_use]
    pub fn cut_off(&self, length: usize) -> Self {
        Self { name: self.name.clone(), bytes: self.bytes[..length.min(self.bytes.len())].to_owned() }
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({ "name": self.name, "base64": self.base64() })
    }
}

/// Files on disk, which is where a person's Open dialog finds them. They are removed when this is dropped.
#[derive(Debug)]
pub(crate) struct OnDisk {
    folder: PathBuf,
    pub(crate) paths: Vec<PathBuf>,
}

impl OnDisk {
    #[track_caller]
    pub(crate) fn write(files: &[File]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("pycxray-files-{}-{number}", std::process::id()));
        let mut paths = Vec::new();
        for (index, file) in files.iter().enumerate() {
            // A folder each, for two files may have the same name.
            let folder = folder.join(index.to_string());
            let path = folder.join(&file.name);
            std::fs::create_dir_all(&folder)
                .and_then(|()| std::fs::write(&path, &file.bytes))
                .unwrap_or_else(|error| panic!("could not write {}: {error}", path.display()));
            paths.push(path);
        }
        Self { folder, paths }
    }
}

impl Drop for OnDisk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
