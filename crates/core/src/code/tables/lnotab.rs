//! `co_lnotab` (1.5 – 3.9): pairs of an address increment and a line increment (`Objects/lnotab_notes.txt`, CPython 3.6).
//!
//! A pair says how far the line before it reached, and how much greater the next line is. An entry here is turned the other way
//! round: the line that begins with it, and the bytecode up to where the next pair begins another.

use super::line_entry::{LineCursor, LineEntry, LineEntryKind, LineReader};

/// Where the first pair's line begins: what precedes it is on the first line.
pub(super) fn first_address(table: &[u8], bytecode_size: u32) -> u32 {
    match table {
        [] | [_] => bytecode_size,
        [increment, ..] => u32::from(*increment).min(bytecode_size),
    }
}

/// The next pair, its line increment read by `line_increment`.
pub(super) fn next(reader: &mut LineReader<'_>, line_increment: impl Fn(u8) -> i32) -> Option<LineEntry> {
    let LineCursor { at, address, line } = reader.cursor;
    match reader.table.get(at as usize..)? {
        [] => None,
        [_] => {
            let mut cut = reader.entry(1, LineEntryKind::Pair, reader.cursor);
            cut.damaged = true;
            Some(cut)
        }
        [_, increment, behind @ ..] => {
            let line = line.wrapping_add(line_increment(*increment));
            reader.cursor.line = line;
            let end = match behind {
                [] | [_] => reader.bytecode_size.max(address),
                [next, ..] => address.saturating_add((*next).into()),
            };
            // The compiler may leave pairs for bytecode that was optimised away.
            let next = LineCursor { at, address: end.min(reader.bytecode_size.max(address)), line };
            Some(reader.entry(2, LineEntryKind::Pair, next))
        }
    }
}
