//! Where the marshalled object may begin, and what stands before it.

use crate::file::Header;
use crate::file::magic::{self, Magic};
use crate::marshal::recover;
use crate::python::Python;
use crate::span::Span;

/// The lengths that headers have had, and none at all.
const LENGTHS: [u32; 5] = [0, 4, 8, 12, 16];
/// How far a header with a known magic number is looked for behind foreign bytes, in bytes.
const SEARCHED: usize = 1 << 20;
/// How many of them are looked at closely.
const TRIED: usize = 16;
/// What py2exe's resource begins with (`scriptinfo` in its `start.c`): behind three numbers and a name stands a list of code
/// objects.
const PY2EXE_TAG: [u8; 4] = 0x7856_3412_u32.to_le_bytes();
/// The longest name of an archive in that resource, in bytes.
const PY2EXE_NAME: usize = 1024;

/// A place where the object may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Where the header begins, or the object if there is none. What stands before it is foreign.
    pub(super) header: u32,
    /// Where the object begins.
    pub(super) start: u32,
    /// Whom the header's magic number names.
    pub(super) magic: Option<&'static Magic>,
    /// Where the object must end, if what stands before it says so.
    pub(super) end: Option<u32>,
}

impl Head {
    /// The header that is there, read in the form that has its length.
    pub(super) fn read(&self, bytes: &[u8]) -> Header {
        let length = self.start - self.header;
        match self.magic {
            Some(magic) if length >= magic.python().format.header.size() => {
                Header::read(bytes, self.header, magic.python().format.header)
            }
            // Bytes that belong to no known form are none, unless a number stands in front of them.
            _ if self.magic.is_some() || LENGTHS.contains(&length) => Header::of_length(bytes, self.header, length),
            _ => Header::default(),
        }
    }

    /// The bytes before the header.
    pub(super) fn foreign(&self) -> Span {
        Span::new(0, self.header)
    }
}

fn magic_at(bytes: &[u8], at: u32) -> Option<&'static Magic> {
    Some(magic::of(*bytes.get(at as usize..)?.first_chunk()?)?.magic)
}

/// Behind a header of any length that there ever was, or none.
pub(super) fn plain(bytes: &[u8]) -> impl Iterator<Item = Head> + use<> {
    let magic = magic_at(bytes, 0);
    LENGTHS.into_iter().map(move |start| Head { header: 0, start, magic: magic.filter(|_| start > 0), end: None })
}

/// Behind a header with a known magic number that does not begin the file: foreign bytes, or another header, precede it.
pub(super) fn behind_foreign_bytes(bytes: &[u8], layouts: &[&'static Python]) -> Vec<Head> {
    let searched = &bytes[..bytes.len().min(SEARCHED)];
    let mut found = Vec::new();
    for (at, pair) in searched.windows(2).enumerate().skip(3) {
        if pair != b"\r\n" {
            continue;
        }
        let header = at as u32 - 2;
        let Some(magic) = magic_at(bytes, header) else { continue };
        let start = header + magic.python().format.header.size();
        if layouts.iter().any(|python| recover::is_plausible(bytes, start, python)) {
            found.push(Head { header, start, magic: Some(magic), end: None });
        }
        if found.len() == TRIED {
            break;
        }
    }
    found
}

/// Behind what py2exe puts in front of its list.
pub(super) fn behind_py2exe(bytes: &[u8]) -> Option<Head> {
    let (size, name) = bytes.strip_prefix(&PY2EXE_TAG)?.get(8..)?.split_first_chunk()?;
    let end = name.iter().take(PY2EXE_NAME).position(|&byte| byte == 0)?;
    let start = (PY2EXE_TAG.len() + 12 + end + 1) as u32;
    let end = start.checked_add(u32::from_le_bytes(*size));
    Some(Head { header: start, start, magic: None, end })
}
