//! Which Python wrote the file: by its magic number, by choice, or from evidence.

mod evidence;
mod trial;

use std::sync::Arc;

use crate::file::magic::{self, Magic};
use crate::file::{Basis, Detection, Header};
use crate::marshal::recover;
use crate::python::{HeaderLayout, Python};

/// Reads the header and finds the Python. `choice` is the Python that the user wants the file read as.
pub(crate) fn detect(bytes: &Arc<Vec<u8>>, length: usize, choice: Option<&'static Python>) -> (Header, Detection) {
    let readable = &bytes[..length];
    let known = readable.first_chunk::<4>().and_then(|first| magic::of(*first));
    if let Some(found) = known {
        let magic = by_first_object(readable, found);
        let by_magic = magic.python();
        let header = Header::read(readable, by_magic.format.header);
        let start = header.span().end;
        let mut detection = match choice {
            Some(python) => Detection::new(python, Basis::Choice, start),
            None => {
                let mut detection = Detection::new(by_magic, Basis::Magic, start);
                detection.candidates.extend(magic.sharing().filter(|other| other.version != by_magic.version));
                detection.certain = detection.candidates.len() == 1;
                detection
            }
        };
        detection.magic = Some(magic);
        return (header, detection);
    }
    let mut detection = trial::weigh(bytes, length, choice);
    if let Some(python) = choice {
        detection = Detection::new(python, Basis::Choice, detection.start);
    }
    (header_before(readable, &detection), detection)
}

/// Who wrote a file of this magic number, where two write the same: 3531 is that of CPython 3.12 and of one RustPython,
/// whose code objects are laid out in another way and whose first object never has `FLAG_REF`.
fn by_first_object(bytes: &[u8], found: magic::Found) -> &'static Magic {
    let Some(other) = found.other else { return found.magic };
    let python = found.magic.python();
    let start = Header::read(bytes, python.format.header).span().end;
    let first = bytes.get(start as usize);
    if first == Some(&b'c') && !recover::is_plausible(bytes, start, python) { other } else { found.magic }
}

/// The header of a file whose magic number is not known: what its length says. A length that no header has is no header.
fn header_before(bytes: &[u8], detection: &Detection) -> Header {
    match detection.start {
        4 => Header::magic_only(bytes),
        8 => Header::read(bytes, HeaderLayout::Mtime),
        12 => Header::read(bytes, HeaderLayout::MtimeSize),
        16 => Header::read(bytes, HeaderLayout::Flags),
        _ => Header::default(),
    }
}
