//! `co_linetable` from 3.11 on (PEP 657; `Objects/locations.md`, CPython 3.11): lines, end lines and columns.

use super::lines::{LineCursor, LineEntries, LineEntry, LineEntryKind, SourcePosition};
use super::varint::{ENTRY_START, Varints, entry_size};

/// The first bytes of short entries are below this one: codes 0 to 9.
const SHORT_END: u8 = ENTRY_START | 10 << 3;
/// Those of entries with two columns of a byte each are below this one: codes 10 to 12.
const ONE_LINE_END: u8 = ENTRY_START | 13 << 3;

/// What an entry says, and where the next begins.
pub(super) struct Decoded {
    size: u32,
    kind: LineEntryKind,
    pub(super) next: LineCursor,
    pub(super) position: SourcePosition,
    pub(super) damaged: bool,
}

/// The next entry.
pub(super) fn next(entries: &mut LineEntries<'_>) -> Option<LineEntry> {
    let Decoded { size, kind, next, position, damaged } = decode(entries.table, entries.cursor)?;
    let mut entry = entries.entry(size, kind, next);
    entry.position = position;
    entry.damaged = damaged;
    Some(entry)
}

/// Decodes the entry at `cursor`.
#[inline(always)] // so that what the caller does not want of an entry is not put together
pub(super) fn decode(table: &[u8], cursor: LineCursor) -> Option<Decoded> {
    let LineCursor { at, address, line } = cursor;
    let rest = table.get(at as usize..)?;
    let begins_entry = |behind: &[u8]| behind.first().is_none_or(|byte| byte & ENTRY_START != 0);
    let reach = |first: u8| address.saturating_add((u32::from(first & 7) + 1) * 2);
    // Most entries are of these two kinds, and whole.
    match *rest {
        [first @ ENTRY_START..SHORT_END, columns @ 0..ENTRY_START, ref behind @ ..] if begins_entry(behind) => {
            let column = u32::from(first >> 3 & 15) * 8 + u32::from(columns >> 4);
            Some(Decoded {
                size: 2,
                kind: LineEntryKind::Short,
                next: LineCursor { at: at + 2, address: reach(first), line },
                position: on_one_line(line, column, column + u32::from(columns & 15)),
                damaged: false,
            })
        }
        [first @ SHORT_END..ONE_LINE_END, column @ 0..ENTRY_START, end_column @ 0..ENTRY_START, ref behind @ ..]
            if begins_entry(behind) =>
        {
            let line = line.wrapping_add(i32::from(first >> 3 & 15) - 10);
            Some(Decoded {
                size: 3,
                kind: LineEntryKind::OneLine,
                next: LineCursor { at: at + 3, address: reach(first), line },
                position: on_one_line(line, column.into(), end_column.into()),
                damaged: false,
            })
        }
        _ => decode_any(table, cursor),
    }
}

/// Decodes an entry of any kind.
fn decode_any(table: &[u8], cursor: LineCursor) -> Option<Decoded> {
    let LineCursor { at, address, line } = cursor;
    let first = *table.get(at as usize)?;
    let size = entry_size(table, at as usize);
    let mut numbers = Varints { rest: &table[at as usize + 1..at as usize + size], broken: first & ENTRY_START == 0 };
    let code = first >> 3 & 15;
    let units = u32::from(first & 7) + 1;
    let (kind, line, position) = match code {
        0..=9 => {
            let columns = numbers.byte();
            let column = u32::from(code) * 8 + u32::from(columns >> 4 & 7);
            (LineEntryKind::Short, line, on_one_line(line, column, column + u32::from(columns & 15)))
        }
        10..=12 => {
            let line = line.wrapping_add(i32::from(code) - 10);
            let column = numbers.byte().into();
            (LineEntryKind::OneLine, line, on_one_line(line, column, numbers.byte().into()))
        }
        13 => {
            let line = line.wrapping_add(numbers.signed());
            let position = SourcePosition { line: known(line), end_line: known(line), ..SourcePosition::default() };
            (LineEntryKind::NoColumns, line, position)
        }
        14 => {
            let line = line.wrapping_add(numbers.signed());
            let end_line = line.wrapping_add(numbers.low_first() as i32);
            // Columns are written one greater: 0 says that there is none.
            let (column, end_column) = (numbers.low_first().checked_sub(1), numbers.low_first().checked_sub(1));
            let position = SourcePosition { line: known(line), end_line: known(end_line), column, end_column };
            (LineEntryKind::Long, line, position)
        }
        _ => (LineEntryKind::NoLocation, line, SourcePosition::default()),
    };
    Some(Decoded {
        size: size as u32,
        kind,
        next: LineCursor { at: at + size as u32, address: address.saturating_add(units * 2), line },
        position,
        damaged: numbers.broken || !numbers.rest.is_empty(),
    })
}

fn on_one_line(line: i32, column: u32, end_column: u32) -> SourcePosition {
    SourcePosition { line: known(line), end_line: known(line), column: Some(column), end_column: Some(end_column) }
}

/// Lines below 0 stand for none.
fn known(line: i32) -> Option<i32> {
    (line >= 0).then_some(line)
}
