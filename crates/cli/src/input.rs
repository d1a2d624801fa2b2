//! Files, and standard input.

use std::cell::OnceCell;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::sync::Arc;

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
    inspection: OnceCell<Inspection>,
    wanted: Wanted,
}

impl File {
    /// What to call it on a terminal.
    pub(crate) fn title(&self) -> &str {
        &self.title
    }

    /// What was found besides, inside bytecode and tables; looked for when first asked for.
    pub(crate) fn inspection(&self) -> &Inspection {
        self.inspection.get_or_init(|| match self.wanted {
            Wanted::Damage => Inspection { diagnostics: self.pyc.damage(), findings: Vec::new() },
            Wanted::Everything => self.pyc.inspect(now()),
        })
    }
}

/// What is looked for besides what decoding tells.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wanted {
    /// Damage alone, which the exit status tells of.
    Damage,
    /// All that is worth knowing.
    Everything,
}

/// Reads a file and decodes it; `-` is standard input.
pub(crate) fn read(path: &OsStr, python: Option<&'static Python>, wanted: Wanted) -> io::Result<File> {
    let (name, title) = match path == "-" {
        true => (None, "standard input".to_owned()),
        false => (Some(path.to_string_lossy().into_owned()), shown_path(path)),
    };
    let bytes = bytes_of(path)?;
    let options = Options { python, ..Options::default() };
    let pyc = Pyc::parse_with(Arc::new(bytes), options);
    Ok(File { name, title, pyc, inspection: OnceCell::new(), wanted })
}

/// A path as a terminal can show it: names of files may hold whatever a terminal obeys.
pub(crate) fn shown_path(path: &OsStr) -> String {
    shown(path.as_encoded_bytes(), usize::MAX)
}

/// The bytes of a file; `-` is standard input.
pub(crate) fn bytes_of(path: &OsStr) -> io::Result<Vec<u8>> {
    if path == "-" { read_stdin() } else { read_file(path) }
}

/// All of standard input.
fn read_stdin() -> io::Result<Vec<u8>> {
    read_all(io::stdin().lock(), 0)
}

/// More than this, 1 GiB, is not looked at anyway. Without an end, a device or a pipe would take all memory.
const LARGEST: u64 = 1 << 30;

/// Reads what is there; `expected` is how much that should be.
fn read_all(from: impl Read, expected: u64) -> io::Result<Vec<u8>> {
    let too_large = || io::Error::new(io::ErrorKind::InvalidData, "it is larger than 1 GiB, and no .pyc file");
    if expected > LARGEST {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    // One byte more than there should be, so that the end is found without asking for more memory.
    bytes.try_reserve_exact(expected as usize + 1)?;
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST { Err(too_large()) } else { Ok(bytes) }
}

/// The bytes of a file. A folder is told apart, since the system's own message is different everywhere.
fn read_file(path: &OsStr) -> io::Result<Vec<u8>> {
    let read = |file: fs::File| read_all(&file, file.metadata().map_or(0, |metadata| metadata.len()));
    fs::File::open(path).and_then(read).map_err(|error| {
        if std::path::Path::new(path).is_dir() {
            io::Error::new(error.kind(), "it is a folder; 'pycxray check' takes those")
        } else {
            error
        }
    })
}

/// Seconds since 1970, UTC.
fn now() -> Option<u64> {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok().map(|passed| passed.as_secs())
}
