//! `co_linetable` of 3.10 (PEP 626): pairs of how many bytes of bytecode, and how much greater their line is. In pre-releases
//! another pair stands at the end.

use super::line_entry::{LineCursor, LineEntry, LineEntryKind, LineReader};

/// In the place of a line increment: this bytecode has no line.
const NO_LINE: i8 = -128;

/// The pair that ends the tables of pre-releases: all others are for an even number of bytes.
pub(super) const END: [u8; 2] = [255, NO_LINE as u8];

/// The next pair. Where the table has an [`END`], that is for no bytecode.
pub(super) fn next(reader: &mut LineReader<'_>, has_end: bool) -> Option<LineEntry> {
    let LineCursor { at, address, line } = reader.cursor;
    match reader.table.get(at as usize..)? {
        [] => None,
        [_] => {
            let mut cut = reader.entry(1, LineEntryKind::Pair, reader.cursor);
            cut.damaged = true;
            Some(cut)
        }
        [size, increment, ..] => {
            let increment = *increment as i8;
            let line = if increment == NO_LINE { line } else { line.wrapping_add(increment.into()) };
            reader.cursor.line = line;
            let is_end = has_end && [*size, increment as u8] == END;
            let size = if is_end { 0 } else { u32::from(*size) };
            let next = LineCursor { at, address: address.saturating_add(size), line };
            let mut entry = reader.entry(2, LineEntryKind::Pair, next);
            // As for `co_lines` (`Objects/codeobject.c`, 3.10): other lines below 0 are lines.
            if increment == NO_LINE || line == -1 {
                entry.position.line = None;
            }
            Some(entry)
        }
    }
}
