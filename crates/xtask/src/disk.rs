//! Files and folders, with failures that name them.

#[cfg(not(unix))]
use crate::failure::Failure;
use crate::failure::{Doing, Result};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Makes a folder, and those that it lies in.
pub(crate) fn make_folder(folder: &Path) -> Result {
    std::fs::create_dir_all(folder).doing(format_args!("make {}", folder.display()))
}

/// Removes a folder and what is in it, if it is there.
pub(crate) fn remove_folder(folder: &Path) -> Result {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).doing(format_args!("remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Removes a file that is there.
pub(crate) fn remove_file(file: &Path) -> Result {
    std::fs::remove_file(file).doing(format_args!("remove {}", file.display()))
}

/// What lies in a folder.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).doing(format_args!("read {}", folder.display()))?;
    Ok(entries.flatten().map(|entry| entry.path()).collect())
}

/// The name of a file without the folders it lies in.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Writes a file, and makes the folder it lies in.
pub(crate) fn write(file: &Path, content: impl AsRef<[u8]>) -> Result {
    if let Some(folder) = file.parent() {
        make_folder(folder)?;
    }
    std::fs::write(file, content).doing(format_args!("write {}", file.display()))
}

/// Copies a file.
pub(crate) fn copy(from: &Path, to: &Path) -> Result {
    std::fs::copy(from, to).map(drop).doing(format_args!("copy {}", from.display()))
}

/// Makes `link` stand for `real`.
#[cfg(unix)]
pub(crate) fn link(real: &Path, link: &Path) -> Result {
    std::os::unix::fs::symlink(real, link).doing(format_args!("link {}", link.display()))
}

/// Makes `link` stand for `real`.
#[cfg(not(unix))]
pub(crate) fn link(_: &Path, link: &Path) -> Result {
    Err(Failure::new(format!("could not link {}: this is done only where Debian's packages are", link.display())))
}

/// Writes a program for the shell.
#[cfg(unix)]
pub(crate) fn write_script(file: &Path, text: &str) -> Result {
    use std::os::unix::fs::PermissionsExt;
    write(file, text)?;
    let permissions = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(file, permissions).doing(format_args!("make {} executable", file.display()))
}

/// Writes a program for the shell.
#[cfg(not(unix))]
pub(crate) fn write_script(file: &Path, _: &str) -> Result {
    Err(Failure::new(format!("could not write {}: there is no shell to run it", file.display())))
}
