//! Tar archives.

use pycxray::DiagnosticCode;
use std::io::Cursor;

use super::{Listing, name_text, span};
use crate::limits::Limits;
use crate::member::Member;

/// The members that are files, in order.
pub(crate) fn list(bytes: &[u8], limits: &Limits) -> Listing {
    let mut listing = Listing::default();
    let mut archive = tar::Archive::new(Cursor::new(bytes));
    let entries = match archive.entries_with_seek() {
        Ok(entries) => entries,
        Err(error) => {
            listing.error(
                DiagnosticCode::TarHeader,
                span(0, bytes.len()),
                format!("The tar archive cannot be read: {error}."),
            );
            return listing;
        }
    };
    let mut reached = 0;
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let rest = span(reached, bytes.len());
                listing.error(
                    DiagnosticCode::TarHeader,
                    rest,
                    format!("The tar archive is damaged behind {reached:#x}: {error}."),
                );
                break;
            }
        };
        let start = entry.raw_file_position() as usize;
        let end = usize::try_from(entry.size()).ok().and_then(|size| start.checked_add(size)).unwrap_or(usize::MAX);
        reached = end.min(bytes.len());
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = name_text(&entry.path_bytes());
        if end > bytes.len() {
            listing.error(
                DiagnosticCode::CutMember,
                span(start, bytes.len()),
                format!("The archive ends inside {name:?}: it is cut off."),
            );
        }
        if !listing.push(Member::plain(name, span(start.min(bytes.len()), reached)), limits.members) {
            break;
        }
    }
    listing
}
