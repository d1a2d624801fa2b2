//! The bytes of files and of standard input, as many as may be read.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};

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
