//! The folder of installed tools: one for all clones of a user, keyed by version.
//!
//! A tool is installed into a folder of another name first and renamed when it is complete. So a folder that is there is
//! whole, and a set-up that was broken off is simply done again.

use crate::disk::{make_folder, remove_folder};
use crate::failure::{Doing, Failure, Result};
use crate::report;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// The open cache. As long as it lives, `cargo xtask clean-tools` leaves the folder alone.
pub(crate) struct Cache {
    root: PathBuf,
    _in_use: File,
}

/// Held by every run that uses the tools (shared), and by the one that removes them (alone).
const IN_USE: &str = "in-use.lock";
/// Held by the one run that installs something.
const INSTALLING: &str = "installing.lock";

impl Cache {
    /// Opens the cache, making the folder when it is missing.
    pub(crate) fn open() -> Result<Self> {
        let root = folder()?;
        let in_use = lock(&root, IN_USE, |file| file.try_lock_shared(), File::lock_shared)?;
        Ok(Self { root, _in_use: in_use })
    }

    /// The folder called `name`, filled by `install` if it is not there yet. Two runs never install at once:
    /// the second waits and finds what the first has made.
    ///
    /// `install` gets the folder to fill, and where the filled folder will be.
    pub(crate) fn folder(&self, name: &str, install: impl FnOnce(&Path, &Path) -> Result) -> Result<PathBuf> {
        let folder = self.root.join(name);
        if folder.is_dir() {
            return Ok(folder);
        }
        let _installing = lock(&self.root, INSTALLING, File::try_lock, File::lock)?;
        if folder.is_dir() {
            return Ok(folder);
        }
        let unfinished = self.root.join(format!("{name}.unfinished"));
        remove_folder(&unfinished)?;
        make_folder(&unfinished)?;
        install(&unfinished, &folder)?;
        std::fs::rename(&unfinished, &folder).doing(format_args!("move {} into place", folder.display()))?;
        Ok(folder)
    }

    /// Where the cache lies.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Whether the folder called `name` is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.root.join(name).is_dir()
    }

    /// A folder for intermediate results, kept when an installation is broken off so that the next goes on from there.
    pub(crate) fn workshop(&self, name: &str) -> PathBuf {
        self.root.join(format!("{name}.build"))
    }
}

/// Removes the cache, and says where it was. Fails while another run uses it.
pub(crate) fn remove() -> Result<PathBuf> {
    let root = folder()?;
    if root.is_dir() {
        let file = open_lock(&root, IN_USE)?;
        match file.try_lock() {
            Ok(()) => remove_folder(&root)?,
            Err(TryLockError::WouldBlock) => {
                return Err(Failure::new(format!(
                    "the tools in {} are in use by another `cargo xtask`; end it and try again",
                    root.display()
                )));
            }
            Err(TryLockError::Error(error)) => return Err(error).doing(format_args!("lock {}", root.display())),
        }
    }
    Ok(root)
}

/// Where the cache lies: `$XDG_CACHE_HOME`, or the platform's own folder for such things.
fn folder() -> Result<PathBuf> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = absolute("XDG_CACHE_HOME").or_else(|| {
        if cfg!(windows) {
            absolute("LOCALAPPDATA")
        } else if cfg!(target_os = "macos") {
            Some(absolute("HOME")?.join("Library").join("Caches"))
        } else {
            Some(absolute("HOME")?.join(".cache"))
        }
    });
    let base = base.ok_or_else(|| Failure::new("no folder for the tools is known: set XDG_CACHE_HOME to one"))?;
    Ok(base.join("pycxray"))
}

fn open_lock(root: &Path, name: &str) -> Result<File> {
    let path = root.join(name);
    make_folder(root)?;
    let file = File::options().create(true).truncate(false).read(true).write(true).open(&path);
    file.doing(format_args!("open {}", path.display()))
}

/// Takes a lock that ends with the returned file, and with the process whatever becomes of it.
fn lock(
    root: &Path,
    name: &str,
    attempt: impl Fn(&File) -> std::result::Result<(), TryLockError>,
    wait: impl Fn(&File) -> std::io::Result<()>,
) -> Result<File> {
    loop {
        let file = open_lock(root, name)?;
        if let Err(TryLockError::WouldBlock) = attempt(&file) {
            report::note("another `cargo xtask` is at work on the tools; waiting for it");
        }
        wait(&file).doing(format_args!("lock {}", root.join(name).display()))?;
        // The folder may have been removed, and this file with it, before the lock was had.
        if is_still_at(&file, &root.join(name)) {
            return Ok(file);
        }
    }
}

#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(ours), Ok(there)) = (file.metadata(), std::fs::metadata(path)) else { return false };
    (ours.dev(), ours.ino()) == (there.dev(), there.ino())
}

/// Windows removes no file that is open.
#[cfg(not(unix))]
fn is_still_at(_: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// A cache in a folder of the test's own.
    fn cache(name: &str) -> Cache {
        let root = std::env::temp_dir().join(format!("pycxray-cache-{}-{name}", std::process::id()));
        remove_folder(&root).unwrap();
        let in_use = lock(&root, IN_USE, |file| file.try_lock_shared(), File::lock_shared).unwrap();
        Cache { root, _in_use: in_use }
    }

    #[test]
    fn a_failed_installation_leaves_nothing_that_looks_whole_and_is_done_again() {
        let cache = cache("failed");
        let failed = cache.folder("tool-1", |folder, _| {
            std::fs::write(folder.join("half"), "").unwrap();
            Err(Failure::new("the power went"))
        });
        assert!(failed.is_err());
        assert!(!cache.has("tool-1"));
        let folder = cache.folder("tool-1", |folder, _| {
            assert!(!folder.join("half").exists(), "remains of the broken-off attempt");
            std::fs::write(folder.join("whole"), "").doing("write")
        });
        assert!(folder.unwrap().join("whole").is_file());
        remove_folder(&cache.root).unwrap();
    }

    #[test]
    fn two_runs_that_meet_install_once() {
        let cache = cache("meet");
        let installations = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let folder = cache.folder("tool-1", |folder, _| {
                        installations.fetch_add(1, Ordering::SeqCst);
                        std::fs::write(folder.join("tool"), "").doing("write")
                    });
                    assert!(folder.unwrap().join("tool").is_file());
                });
            }
        });
        assert_eq!(installations.into_inner(), 1);
        remove_folder(&cache.root).unwrap();
    }
}
