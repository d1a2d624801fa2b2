//! Files, and standard input.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::sync::Arc;

use pycxray::python::Python;
use pycxray::{Inspection, Options, Pyc};

/// A file that was read and decoded.
pub(crate) struct File {
    /// What it is called; `None` for standard input.
    pub(crate) name: Option<String>,
    pub(crate) pyc: Pyc,
    /// What was found besides, inside bytecode and tables.
    pub(crate) inspection: Inspection,
}

impl File {
    /// What to call it.
    pub(crate) fn title(&self) -> &str {
        self.name.as_deref().unwrap_or("standard input")
    }
}

/// Reads a file and decodes it; `-` is standard input.
pub(crate) fn read(path: &OsStr, python: Option<&'static Python>) -> io::Result<File> {
    let (name, bytes) =
        if path == "-" { (None, read_stdin()?) } else { (Some(path.to_string_lossy().into_owned()), read_file(path)?) };
    let options = Options { python, ..Options::default() };
    let pyc = Pyc::parse_with(Arc::new(bytes), options);
    let inspection = pyc.inspect(now());
    Ok(File { name, pyc, inspection })
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
