//! Finding the files in folders.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// The files that a path stands for: itself, or every `.pyc` and `.pyo` file below it, in order. What cannot be read is told to
/// `unreadable`. Links to folders are not followed, since they may lead round in a circle.
pub(crate) fn files(path: &OsString, unreadable: &mut impl FnMut(&Path, &io::Error)) -> Vec<OsString> {
    let root = Path::new(path);
    if path == "-" || !root.is_dir() {
        return vec![path.clone()];
    }
    below(root, is_compiled, unreadable)
}

/// Every file in a folder, whatever it is, likewise.
pub(crate) fn all_files(root: &Path, unreadable: &mut impl FnMut(&Path, &io::Error)) -> Vec<OsString> {
    below(root, |_| true, unreadable)
}

fn below(
    root: &Path,
    is_wanted: impl Fn(&Path) -> bool,
    unreadable: &mut impl FnMut(&Path, &io::Error),
) -> Vec<OsString> {
    let mut found = Vec::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                unreadable(&folder, &error);
                continue;
            }
        };
        entries.sort_by_key(std::fs::DirEntry::file_name);
        let mut folders: Vec<PathBuf> = Vec::new();
        for entry in entries {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(_) if !is_wanted(&path) => {}
                Ok(kind) if kind.is_file() => found.push(path.into_os_string()),
                // A link to a file is as good as the file. Whatever else has such a name, a pipe say, is passed over.
                Ok(kind) if kind.is_symlink() => match std::fs::metadata(&path) {
                    Ok(target) if target.is_file() => found.push(path.into_os_string()),
                    Ok(_) => {}
                    Err(error) => unreadable(&path, &error),
                },
                Ok(_) => {}
                Err(error) => unreadable(&path, &error),
            }
        }
        open.extend(folders.into_iter().rev());
    }
    found
}

/// Whether a file is bytecode by its name.
pub(crate) fn is_compiled(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("pyc") || extension.eq_ignore_ascii_case("pyo"))
}
