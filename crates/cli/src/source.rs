//! Where bytes come from: a file, standard input, or a member of either.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;
use std::sync::Arc;

use pycxray::Transport;
use pycxray::python::Python;
use pycxray_container::{Address, Limits, written_out};

use crate::bytes::bytes_of;

/// What stands between a file and a member of it.
const SEPARATOR: u8 = b'!';

/// Bytes, and what is known of where they come from.
pub(crate) struct Source {
    pub(crate) bytes: Arc<Vec<u8>>,
    /// The Python of the files beside it in its container.
    pub(crate) python: Option<&'static Python>,
    /// Why not all of it is there.
    pub(crate) trouble: Option<String>,
}

impl Source {
    /// The bytes of a path: of a file, or, where there is none of that name, of the member behind a `!`.
    pub(crate) fn of(path: &OsStr) -> io::Result<Self> {
        match split(path) {
            None => Ok(Self { bytes: Arc::new(bytes_of(path)?), python: None, trouble: None }),
            Some((file, names)) => {
                let bytes = Arc::new(bytes_of(&file)?);
                let found = Address::resolve(bytes, &names, Limits::default())
                    .map_err(|error| io::Error::new(io::ErrorKind::NotFound, error))?;
                let (unpacked, python) = (found.unpacked, found.python);
                Ok(Self { bytes: Arc::new(unpacked.bytes), python, trouble: unpacked.trouble })
            }
        }
    }

    /// The same, or the file as it was before a transfer spoiled it, where that can be undone without guessing.
    pub(crate) fn repaired(self) -> Self {
        match Transport::undo(&self.bytes) {
            Some(bytes) => Self { bytes: Arc::new(bytes), ..self },
            None => self,
        }
    }

    /// The same, or what a text writes out: a hex dump, base64, a literal, if that is something known.
    pub(crate) fn written_out(self) -> Self {
        match written_out(&self.bytes, &Limits::default()) {
            Some((_, bytes)) => Self { bytes: Arc::new(bytes), ..self },
            None => self,
        }
    }
}

/// A path that is not that of a file, as that of one and the names of members behind it.
fn split(path: &OsStr) -> Option<(OsString, String)> {
    if path == "-" || Path::new(path).exists() {
        return None;
    }
    let bytes = path.as_encoded_bytes();
    let places = bytes.iter().enumerate().filter(|&(_, &byte)| byte == SEPARATOR);
    places.map(|(at, _)| at).find_map(|at| {
        let text = path.to_str()?;
        let (file, names) = (OsString::from(text.get(..at)?), text.get(at + 1..)?.to_owned());
        (file == "-" || Path::new(&file).is_file()).then_some((file, names))
    })
}
