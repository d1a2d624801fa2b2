//! Zip archives: wheels, eggs, applications, what a frozen program imports from.

use pycxray::DiagnosticCode;
use rawzip::{CompressionMethod, ZipArchive, ZipFileHeaderRecord, ZipSliceArchive};

use super::{Listing, name_text, span};
use crate::kind::{Compression, Kind};
use crate::limits::Limits;
use crate::member::{Member, Role, Storage};

/// How many entries are looked at to tell what kind of archive it is.
const TELLING_ENTRIES: usize = 10_000;

/// The archive in these bytes, if its directory is sound where it begins. Bytes may stand in front of it.
fn archive(bytes: &[u8]) -> Option<ZipSliceArchive<&[u8]>> {
    let archive = ZipArchive::from_slice(bytes).ok()?;
    let first = archive.entries().next_entry().ok()?;
    let is_sound = match first {
        Some(entry) => archive.get_entry(entry.wayfinder()).is_ok(),
        // An empty archive is 22 bytes and nothing in front of them.
        None => archive.eocd_offset() == 0,
    };
    is_sound.then_some(archive)
}

/// What kind of zip archive these bytes are or end in, by the names in it; `None` if none.
pub(crate) fn kind(bytes: &[u8]) -> Option<Kind> {
    let archive = archive(bytes)?;
    let mut kind = Kind::Zip;
    let mut entries = archive.entries();
    for _ in 0..TELLING_ENTRIES {
        let Ok(Some(entry)) = entries.next_entry() else { break };
        let path = entry.file_path();
        match path.as_ref() {
            b"__main__.py" | b"__main__.pyc" => kind = Kind::Zipapp,
            b"EGG-INFO/PKG-INFO" => return Some(Kind::Egg),
            b"BUILD_CONSTANTS.pyc" | b"__startup__.pyc" | b"cx_Freeze__init__.pyc" => {
                return Some(Kind::CxFreezeLibrary);
            }
            name if name.ends_with(b".dist-info/WHEEL") && kind != Kind::Zipapp => kind = Kind::Wheel,
            _ => {}
        }
    }
    Some(kind)
}

/// The members, in the order of the directory. Folders are names of no bytes and left out.
pub(crate) fn list(bytes: &[u8], limits: &Limits) -> Listing {
    let mut listing = Listing::default();
    let Some(archive) = archive(bytes) else {
        let whole = span(0, bytes.len());
        listing.error(
            DiagnosticCode::ZipDirectory,
            whole,
            "The zip archive has no directory at its end: it is cut off or damaged.".to_owned(),
        );
        return listing;
    };
    let mut entries = archive.entries();
    loop {
        match entries.next_entry() {
            Ok(Some(entry)) if entry.is_dir() => {}
            Ok(Some(entry)) => {
                if !listing.push(member(&archive, &entry), limits.members) {
                    return listing;
                }
            }
            Ok(None) => return listing,
            Err(error) => {
                let at = archive.directory_offset() as usize;
                listing.error(
                    DiagnosticCode::ZipDirectory,
                    span(at, bytes.len()),
                    format!("The zip archive's directory is damaged: {error}."),
                );
                return listing;
            }
        }
    }
}

/// The members of an archive behind a program, which may have none.
pub(crate) fn list_behind(bytes: &[u8], limits: &Limits) -> Listing {
    if archive(bytes).is_some() { list(bytes, limits) } else { Listing::default() }
}

fn member(archive: &ZipSliceArchive<&[u8]>, entry: &ZipFileHeaderRecord<'_>) -> Member {
    let data = archive.get_entry(entry.wayfinder()).map(|entry| entry.compressed_data_range());
    let storage = match (&data, entry.compression_method()) {
        (Err(_), _) => Storage::Refused("The archive's directory leads to no such member."),
        _ if entry.flags().is_encrypted() => Storage::Refused("It is encrypted with a password."),
        (_, CompressionMethod::STORE) => Storage::Plain,
        (_, CompressionMethod::DEFLATE) => Storage::Deflated,
        (_, CompressionMethod::BZIP2) => Storage::Compressed(Compression::Bzip2),
        (_, CompressionMethod::ZSTD | CompressionMethod::ZSTD_DEPRECATED) => Storage::Compressed(Compression::Zstd),
        (_, CompressionMethod::XZ) => Storage::Compressed(Compression::Xz),
        (_, CompressionMethod::LZMA) => Storage::ZipLzma,
        _ => Storage::Refused("It is compressed in a way that is not known here."),
    };
    Member {
        name: name_text(entry.file_path().as_ref()),
        role: Role::File,
        span: data.ok().map(|(start, end)| span(start as usize, end as usize)),
        size: Some(entry.uncompressed_size_hint()),
        is_library: false,
        storage,
    }
}
