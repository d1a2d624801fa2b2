//! `co_linetable` of 3.10 (PEP 626): pairs of how many bytes of bytecode, and how much greater their line is.

use super::lines::{LineCursor, LineEntries, LineEntry, LineEntryKind};

/// In the place of a line increment: this bytecode has no line.
const NO_LINE: i8 = -128;

/// The next pair.
pub(super) fn next(entries: &mut LineEntries<'_>) -> Option<LineEntry> {
    let LineCursor { at, address, line } = entries.cursor;
    match entries.table.get(at as usize..)? {
        [] => None,
        [_] => {
            let mut cut = entries.entry(1, LineEntryKind::Pair, entries.cursor);
            cut.damaged = true;
            Some(cut)
        }
        [size, increment, ..] => {
            let increment = *increment as i8;
            let line = if increment == NO_LINE { line } else { line.wrapping_add(increment.into()) };
            entries.cursor.line = line;
            let next = LineCursor { at, address: address.saturating_add((*size).into()), line };
            let mut entry = entries.entry(2, LineEntryKind::Pair, next);
            if increment == NO_LINE || line < 0 {
                entry.position.line = None;
            }
            Some(entry)
        }
    }
}
