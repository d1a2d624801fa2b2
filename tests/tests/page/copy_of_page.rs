//! A copy of the built page, of which something can be changed.

use pycxray_tests::site::Site;
use pycxray_tests::{Page, place};
use std::path::{Path, PathBuf};

/// A folder with a copy of the built page; gone when dropped.
pub(crate) struct CopyOfPage(PathBuf);

impl CopyOfPage {
    /// A copy under this path of a folder whose name has `name` in it.
    pub(crate) fn below(name: &str, path: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("pycxray-{name}-{}", std::process::id()));
        copy(&place::dist(), &folder.join(path));
        Self(folder)
    }

    /// What a file of the folder says.
    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.0.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Writes a file of the folder.
    pub(crate) fn write(&self, path: &str, text: &str) {
        std::fs::write(self.0.join(path), text).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// Gives a file of the folder another name.
    pub(crate) fn rename(&self, from: &str, to: &str) {
        std::fs::rename(self.0.join(from), self.0.join(to)).unwrap_or_else(|error| panic!("{from}: {error}"));
    }

    /// The folder, to be served.
    pub(crate) fn site(&self) -> Site {
        Site::new(&self.0)
    }

    /// Serves the folder and opens it.
    pub(crate) fn open(&self) -> Page {
        Page::open_site(self.site())
    }

    /// The path of the page's program.
    pub(crate) fn program(&self) -> PathBuf {
        let files = std::fs::read_dir(&self.0).unwrap().flatten().map(|entry| entry.path());
        let is_program = |name: &str| name.starts_with("pycxray-web") && name.ends_with(".wasm");
        let mut programs = files.filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(is_program));
        programs.next().expect("the page has a program")
    }
}

impl Drop for CopyOfPage {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(from, to).unwrap();
        }
    }
}
