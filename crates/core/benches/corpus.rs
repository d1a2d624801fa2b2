//! The files that are measured with: those that the list in `PYCXRAY_CORPUS` names, a path a line; without it, the fixtures.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

/// The bytes of each file, read once.
pub(crate) static FILES: LazyLock<Vec<Arc<Vec<u8>>>> = LazyLock::new(|| {
    let read =
        |path: PathBuf| Arc::new(std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())));
    paths().into_iter().map(read).collect()
});

/// How many bytes all files have.
pub(crate) fn size() -> usize {
    FILES.iter().map(|bytes| bytes.len()).sum()
}

fn paths() -> Vec<PathBuf> {
    if let Some(list) = std::env::var_os("PYCXRAY_CORPUS") {
        let list = std::fs::read_to_string(list).expect("the list of files");
        return list.lines().map(PathBuf::from).collect();
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let folders = std::fs::read_dir(root).expect("tests/fixtures").map(|entry| entry.expect("an entry").path());
    let files = folders.filter(|path| path.is_dir()).flat_map(|folder| std::fs::read_dir(folder).expect("a folder"));
    let mut files: Vec<PathBuf> = files.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "pyc"));
    files.sort();
    files
}
