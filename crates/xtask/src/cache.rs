//! The folder of installed tools: one for all clones of a user, keyed by version.
//!
//! A tool is installed into a folder of another name first and renamed when it is complete. So a folder that is there is
//! whole, and a set-up that was broken off is simply done again.

use crate::report;
use anyhow::{Context, Result, bail};
use fs_err as fs;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// The open cache. As long as it lives, `cargo xtask clean-tools` leaves the folder alone.
pub(crate) struct Cache {
    root: PathBuf,
    _in_use: File,
}

/// Held by every run that uses the tools (shared), and by the one that removes them (alone).
const IN_USE: &str = "in-use.lock";

impl Cache {
    /// Opens the cache, making the folder when it is missing.
    pub(crate) fn open() -> Result<Self> {
        Self::open_at(folder()?)
    }

    fn open_at(root: PathBuf) -> Result<Self> {
        let in_use = lock_file(&root, IN_USE)?;
        in_use.lock_shared().context("could not lock the folder of tools")?;
        Ok(Self { root, _in_use: in_use })
    }

    /// The folder called `name`, filled by `install` if it is not there yet. Two runs never install the same at once: the
    /// second waits and finds what the first has made.
    ///
    /// `install` gets the folder to fill, and where the filled folder will be.
    pub(crate) fn folder(&self, name: &str, install: impl FnOnce(&Path, &Path) -> Result<()>) -> Result<PathBuf> {
        let folder = self.root.join(name);
        if folder.is_dir() {
            return Ok(folder);
        }
        let installing = lock_file(&self.root, &format!("{name}.lock"))?;
        if let Err(TryLockError::WouldBlock) = installing.try_lock() {
            report::note(format_args!("another `cargo xtask` installs {name}; waiting for it"));
            installing.lock().context("could not lock the folder of tools")?;
        }
        if folder.is_dir() {
            return Ok(folder);
        }
        let unfinished = self.root.join(format!("{name}.unfinished"));
        remove_folder(&unfinished)?;
        fs::create_dir_all(&unfinished)?;
        install(&unfinished, &folder)?;
        fs::rename(&unfinished, &folder)?;
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
        let in_use = lock_file(&root, IN_USE)?;
        if let Err(TryLockError::WouldBlock) = in_use.try_lock() {
            bail!("the tools in {} are in use by another `cargo xtask`; end it and try again", root.display());
        }
        remove_folder(&root)?;
    }
    Ok(root)
}

/// Removes a folder and what is in it, if it is there.
pub(crate) fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
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
    Ok(base.context("no folder for the tools is known: set XDG_CACHE_HOME to one")?.join("pycxray"))
}

/// A file whose lock ends with the process, whatever becomes of it.
fn lock_file(root: &Path, name: &str) -> Result<File> {
    fs::create_dir_all(root)?;
    let path = root.join(name);
    let file = File::options().create(true).truncate(false).read(true).write(true).open(&path);
    file.with_context(|| format!("could not open {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// A cache in a folder of the test's own.
    fn cache(name: &str) -> Cache {
        let root = std::env::temp_dir().join(format!("pycxray-cache-{}-{name}", std::process::id()));
        remove_folder(&root).unwrap();
        Cache::open_at(root).unwrap()
    }

    #[test]
    fn a_failed_installation_leaves_nothing_that_looks_whole_and_is_done_again() {
        let cache = cache("failed");
        let failed = cache.folder("tool-1", |folder, _| {
            fs::write(folder.join("half"), "")?;
            bail!("the power went")
        });
        assert!(failed.is_err());
        assert!(!cache.has("tool-1"));
        let folder = cache.folder("tool-1", |folder, _| {
            assert!(!folder.join("half").exists(), "remains of the broken-off attempt");
            Ok(fs::write(folder.join("whole"), "")?)
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
                        Ok(fs::write(folder.join("tool"), "")?)
                    });
                    assert!(folder.unwrap().join("tool").is_file());
                });
            }
        });
        assert_eq!(installations.into_inner(), 1);
        remove_folder(&cache.root).unwrap();
    }
}
