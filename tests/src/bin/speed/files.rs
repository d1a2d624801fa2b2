//! What is measured with: files that a list names, or the fixtures.

use pycxray_tests::File;
use std::path::{Path, PathBuf};

/// So many bytes are a sample.
const SAMPLE: u64 = 3 << 20;

/// What a large file has at most: the aims are stated for one of 700 kB.
const LARGE: u64 = 800_000;

/// Some files.
pub(crate) struct Corpus {
    /// Where they come from.
    pub(crate) from: &'static str,
    /// A few megabytes of them, spread evenly.
    pub(crate) sample: Vec<File>,
    /// A large one.
    pub(crate) large: File,
}

impl Corpus {
    /// The files that the list in `PYCXRAY_CORPUS` names, or the fixtures.
    pub(crate) fn find() -> Self {
        let (from, paths) = match std::env::var_os("PYCXRAY_CORPUS") {
            Some(list) => ("the machine's Python", listed(Path::new(&list))),
            None => ("the fixtures", fixtures()),
        };
        let sized: Vec<(u64, PathBuf)> = paths
            .into_iter()
            .map(|path| (std::fs::metadata(&path).unwrap_or_else(|error| cannot(&path, &error)).len(), path))
            .collect();
        let whole: u64 = sized.iter().map(|(size, _)| size).sum();
        let step = usize::try_from(whole.div_ceil(SAMPLE)).unwrap_or(usize::MAX).max(1);
        let large = sized.iter().filter(|(size, _)| *size <= LARGE).max_by_key(|(size, _)| *size);
        let (_, large) = large.expect("there are files to measure with");
        Self { from, sample: sized.iter().step_by(step).map(|(_, path)| read(path)).collect(), large: read(large) }
    }
}

fn listed(list: &Path) -> Vec<PathBuf> {
    let text = std::fs::read_to_string(list).unwrap_or_else(|error| cannot(list, &error));
    text.lines().map(PathBuf::from).collect()
}

fn fixtures() -> Vec<PathBuf> {
    let inside = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap_or_else(|error| cannot(folder, &error));
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths
    };
    let folders = inside(&pycxray_tests::place::fixture("")).into_iter().filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| inside(&folder));
    files.filter(|path| path.extension().is_some_and(|extension| extension == "pyc")).collect()
}

fn read(path: &Path) -> File {
    let bytes = std::fs::read(path).unwrap_or_else(|error| cannot(path, &error));
    File::new(&path.file_name().unwrap_or_default().to_string_lossy(), &bytes)
}

fn cannot(path: &Path, error: &std::io::Error) -> ! {
    panic!("{}: {error}", path.display())
}
