//! The archive behind the loader: a cookie near the end of the file leads to a table, that to the members.
//!
//! PyInstaller's `archive/writers.py` (`CArchiveWriter`): the table comes right before the cookie, which comes last in the
//! archive; numbers are big-endian. Programs altered against extraction have another cookie, so that is found by what it says
//! as well: lengths that fit each other, and a table that reads to its end.

use pycxray::DiagnosticCode;
use std::ops::Range;

use memchr::memmem::Finder;
use pycxray::{Diagnostic, Severity, Version};

use crate::archive::{Listing, name_text, span};
use crate::kind::Compression;
use crate::limits::Limits;
use crate::member::{Member, Role, Storage};

/// What every cookie begins with, unless it was altered.
const MAGIC: &[u8; 8] = b"MEI\x0c\x0b\x0a\x0b\x0e";
/// How far from the end of the file an altered cookie is looked for: signatures of several 10 kB may stand behind it.
const SEARCHED: usize = 1 << 20;
/// How many rows are read in all while the table is looked for: bytes can be laid out so that each seems to be a cookie.
const ROWS_TRIED: usize = 1 << 20;
/// The sizes of the cookie: since 2.1 with the name of the Python library, before without.
const COOKIE_SIZES: [usize; 2] = [88, 24];
/// A row of the table without the name: length of the row, place, size packed, size, whether compressed, type code.
const ROW: usize = 18;

/// Where the archive is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CArchive {
    /// All of it, cookie included.
    pub(crate) span: Range<usize>,
    /// Its table.
    table: Range<usize>,
    /// The Python that the loader needs, as far as the cookie says so.
    pub(crate) version: Option<Version>,
    /// Whether the cookie begins as it should.
    is_genuine: bool,
}

/// Finds the archive in a file.
pub(crate) fn find(bytes: &[u8]) -> Option<CArchive> {
    // A cookie that is copied into code is followed by none of what it leads to: the last that does is taken.
    let genuine: Vec<usize> = Finder::new(MAGIC).find_iter(bytes).collect();
    let mut rows = ROWS_TRIED;
    let mut read = |at: usize, is_genuine: bool| {
        COOKIE_SIZES.into_iter().find_map(|size| read_cookie(bytes, at, size, is_genuine, &mut rows))
    };
    let known = genuine.into_iter().rev().find_map(|at| read(at, true));
    let first = bytes.len().saturating_sub(SEARCHED);
    let last = bytes.len().saturating_sub(COOKIE_SIZES[1]);
    known.or_else(|| (first..last).rev().find_map(|at| read(at, false)))
}

fn read_cookie(bytes: &[u8], at: usize, size: usize, is_genuine: bool, rows_left: &mut usize) -> Option<CArchive> {
    let cookie = bytes.get(at..at.checked_add(size)?)?;
    let number = |at: usize| Some(u32::from_be_bytes(*cookie.get(at..)?.first_chunk()?) as usize);
    let (length, table, table_length, python) = (number(8)?, number(12)?, number(16)?, number(20)?);
    // The cookie comes last in the archive, the table right before it; that one was moved is forgiven a genuine cookie.
    let joins = table.checked_add(table_length)?.checked_add(size)? == length;
    if table_length < ROW || length < size || !(joins || (is_genuine && table.checked_add(table_length)? <= length)) {
        return None;
    }
    let start = (at + size).checked_sub(length)?;
    let table = start + table..start + table + table_length;
    let rows = Rows { bytes: bytes.get(table.clone())?, at: 0 };
    let mut count = 0;
    for row in rows {
        count += 1;
        *rows_left = rows_left.checked_sub(1)?;
        let row = row?;
        if row.place.checked_add(row.packed)? > length || (!is_genuine && !row.has_known_type()) {
            return None;
        }
    }
    let version = version(python);
    let is_believable = is_genuine || (version.is_some() && count > 0);
    is_believable.then(|| CArchive { span: start..at + size, table, version, is_genuine })
}

/// 27 for 2.7, 311 for 3.11.
fn version(number: usize) -> Option<Version> {
    let (major, minor) = if number >= 100 { (number / 100, number % 100) } else { (number / 10, number % 10) };
    matches!((major, minor), (2, 0..=7) | (3, 0..=50)).then(|| Version::new(major as u8, minor as u8))
}

/// A row of the table.
struct Row<'a> {
    place: usize,
    packed: usize,
    size: usize,
    is_compressed: bool,
    type_code: u8,
    name: &'a [u8],
}

impl Row<'_> {
    fn has_known_type(&self) -> bool {
        b"bdzZMmsxlnoaA".contains(&self.type_code)
    }
}

/// The rows of a table; `None` for one that is damaged, and then no more.
struct Rows<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Rows<'a> {
    type Item = Option<Row<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let row = read_row(rest);
        self.at = row.as_ref().map_or(self.bytes.len(), |(length, _)| self.at + length);
        Some(row.map(|(_, row)| row))
    }
}

fn read_row(rest: &[u8]) -> Option<(usize, Row<'_>)> {
    let number = |at: usize| Some(u32::from_be_bytes(*rest.get(at..)?.first_chunk()?) as usize);
    let length = number(0)?;
    let name = rest.get(ROW..length)?;
    let end = name.iter().position(|&byte| byte == 0).unwrap_or(name.len());
    let (flag, type_code) = (*rest.get(16)?, *rest.get(17)?);
    let row = Row {
        place: number(4)?,
        packed: number(8)?,
        size: number(12)?,
        is_compressed: flag == 1,
        type_code,
        name: &name[..end],
    };
    (flag <= 1).then_some((length, row))
}

/// The members of the archive: the scripts come where the table has them.
pub(crate) fn list(bytes: &[u8], archive: &CArchive, limits: &Limits) -> Listing {
    let mut listing = Listing::default();
    if !archive.is_genuine {
        let at = archive.span.end.saturating_sub(COOKIE_SIZES[0]);
        let message = "The mark of PyInstaller's archive was altered: the archive was found by the shape of its table.";
        let span = span(at, archive.span.end);
        let altered = Diagnostic::new(Severity::Warning, DiagnosticCode::AlteredCookie, span, message);
        listing.diagnostics.push(altered);
    }
    let rows = Rows { bytes: &bytes[archive.table.clone()], at: 0 };
    for row in rows {
        let Some(row) = row else {
            let table = span(archive.table.start, archive.table.end);
            listing.error(
                DiagnosticCode::TableRow,
                table,
                "A row of the archive's table is damaged: the rest of it is not read.".to_owned(),
            );
            break;
        };
        let start = archive.span.start + row.place;
        if !listing.push(member(&row, start, bytes.len()), limits.members) {
            break;
        }
    }
    listing
}

fn member(row: &Row<'_>, start: usize, length: usize) -> Member {
    let end = start.saturating_add(row.packed);
    let role = match row.type_code {
        b's' => Role::Script,
        b'm' => Role::Module,
        b'M' => Role::Package,
        b'b' | b'd' | b'n' => Role::Binary,
        b'o' => Role::Setting,
        _ => Role::File,
    };
    let storage = if end > length {
        Storage::Refused("The file ends before it: it is cut off.")
    } else if row.is_compressed {
        Storage::Compressed(Compression::Zlib)
    } else {
        Storage::Plain
    };
    Member {
        name: name_text(row.name),
        role,
        span: Some(span(start.min(length), end.min(length))),
        size: Some(row.size as u64),
        is_library: false,
        storage,
    }
}
