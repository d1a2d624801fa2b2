//! `co_linetable` from 3.11 on (PEP 657; `Objects/locations.md`, CPython 3.11): lines, end lines and columns.

use super::lines::{LineCursor, LineEntries, LineEntry, LineEntryKind, SourcePosition};
use super::varint::{ENTRY_START, Varints, entry_size};

/// The next entry.
pub(super) fn next(entries: &mut LineEntries<'_>) -> Option<LineEntry> {
    let LineCursor { at, address, line } = entries.cursor;
    let rest = entries.table.get(at as usize..)?;
    let first = *rest.first()?;
    // Most entries are short, and whole.
    if let [_, columns, behind @ ..] = rest
        && first & 0xf8 <= 9 << 3 | ENTRY_START
        && first & ENTRY_START != 0
        && columns & ENTRY_START == 0
        && behind.first().is_none_or(|byte| byte & ENTRY_START != 0)
    {
        let column = u32::from(first >> 3 & 15) * 8 + u32::from(columns >> 4);
        let next = LineCursor { at, address: address.saturating_add((u32::from(first & 7) + 1) * 2), line };
        let mut entry = entries.entry(2, LineEntryKind::Short, next);
        entry.position = on_one_line(line, column, column + u32::from(columns & 15));
        return Some(entry);
    }
    let size = entry_size(entries.table, at as usize);
    let mut numbers =
        Varints { rest: &entries.table[at as usize + 1..at as usize + size], broken: first & ENTRY_START == 0 };
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
    let next = LineCursor { at, address: address.saturating_add(units * 2), line };
    let mut entry = entries.entry(size as u32, kind, next);
    entry.position = position;
    entry.damaged = numbers.broken || !numbers.rest.is_empty();
    Some(entry)
}

fn on_one_line(line: i32, column: u32, end_column: u32) -> SourcePosition {
    SourcePosition { line: known(line), end_line: known(line), column: Some(column), end_column: Some(end_column) }
}

/// Lines below 0 stand for none.
fn known(line: i32) -> Option<i32> {
    (line >= 0).then_some(line)
}
