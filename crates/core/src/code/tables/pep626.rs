//! `co_linetable` of 3.10 (PEP 626): pairs of how many bytes of bytecode, and how much greater their line is.

use super::line_entry::{LineCursor, LineEntry, LineEntryKind, LineReader};

/// In the place of a line increment: this bytecode has no line.
const NO_LINE: i8 = -128;

/// The next pair.
pub(super) fn next(reader: &mut LineReader<'_>) -> Option<LineEntry> {
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
            let next = LineCursor { at, address: address.saturating_add((*size).into()), line };
            let mut entry = reader.entry(2, LineEntryKind::Pair, next);
            if increment == NO_LINE || line < 0 {
                entry.position.line = None;
            }
            Some(entry)
        }
    }
}
