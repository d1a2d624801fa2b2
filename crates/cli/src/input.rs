//! Files, and standard input.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::sync::{Arc, OnceLock};

use pycxray::python::Python;
use pycxray::{Inspection, Options, Pyc, shown};

/// A file that was read and decoded.
pub(crate) struct File {
    /// What it is called; `None` for standard input.
    pub(crate) name: Option<String>,
    /// What to call it on a terminal.
    title: String,
    pub(crate) pyc: Pyc,
    /// What was found besides, inside bytecode and tables.
    inspection: OnceLock<Inspection>,
}

impl File {
    /// What to call it on a terminal.
    pub(crate) fn title(&self) -> &str {
        &self.title
    }

    /// What was found besides, inside bytecode and tables; looked for when first asked for.
    pub(crate) fn inspection(&self) -> &Inspection {
        self.inspection.get_or_init(|| self.pyc.inspect(now()))
    }

    /// Does some work while the file is looked into.
    pub(crate) fn meanwhile<T>(&self, work: impl FnOnce() -> T) -> T {
        if self.pyc.bytes().len() < WORTH_A_THREAD {
            return work();
        }
        std::thread::scope(|scope| {
            scope.spawn(|| self.inspection());
            work()
        })
    }
}

/// From this size on, in bytes, a file takes longer to look into than a thread takes to start.
const WORTH_A_THREAD: usize = 32 << 10;

/// A path as a terminal can show it: names of files may hold whatever a terminal obeys.
pub(crate) fn shown_path(path: &OsStr) -> String {
    shown(path.as_encoded_bytes(), usize::MAX)
}

/// Reads a file and decodes it; `-` is standard input.
pub(crate) fn read(path: &OsStr, python: Option<&'static Python>) -> io::Result<File> {
    let (name, title, bytes) = if path == "-" {
        (None, "standard input".to_owned(), read_stdin()?)
    } else {
        (Some(path.to_string_lossy().into_owned()), shown_path(path), read_file(path)?)
    };
    let options = Options { python, ..Options::default() };
    let pyc = Pyc::parse_with(Arc::new(bytes), options);
    Ok(File { name, title, pyc, inspection: OnceLock::new() })
}

/// All of standard input.
pub(crate) fn read_stdin() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The bytes of a file. A folder is told apart, since the system's own message is different everywhere.
pub(crate) fn read_file(path: &OsStr) -> io::Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| {
        if std::path::Path::new(path).is_dir() {
            io::Error::new(error.kind(), "it is a folder; 'pycxray check' takes those")
        } else {
            error
        }
    })
}

/// Seconds since 1970, UTC.
pub(crate) fn now() -> Option<u64> {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok().map(|passed| passed.as_secs())
}
