//! `co_linetable` of PyPy 3.10 and 3.11 (`pypy/interpreter/location.py`): an entry for every two bytes of bytecode.
//!
//! A number of seven bits a byte tells the line, counted from one before the code's first; 0 for none. Behind a line stands
//! either a 0, or column and end column, both one greater, and how many lines further it ends.

use super::line_entry::{LineCursor, LineEntry, LineEntryKind, LineReader, SourcePosition};

/// Bit 7: another byte of the same number follows.
const MORE: u8 = 0x80;

/// How long the entry is that begins at `at`. Less than it takes where the table ends early.
pub(super) fn entry_size(table: &[u8], at: usize) -> usize {
    let rest = table.get(at..).unwrap_or(&[]);
    let number = rest.iter().take_while(|&&byte| byte & MORE != 0).count() + 1;
    let full = match (rest, rest.get(number)) {
        ([0, ..], _) => number,
        (_, Some(0) | None) => number + 1,
        _ => number + 3,
    };
    full.min(rest.len())
}

/// Where the entry begins that has the byte at `offset`: only a walk from the start tells.
pub(super) fn entry_start(table: &[u8], offset: usize) -> usize {
    let mut at = 0;
    loop {
        let size = entry_size(table, at);
        if size == 0 || offset < at + size {
            return at;
        }
        at += size;
    }
}

/// The next entry.
pub(super) fn next(reader: &mut LineReader<'_>) -> Option<LineEntry> {
    let LineCursor { at, address, line: firstlineno } = reader.cursor;
    let size = entry_size(reader.table, at as usize);
    let bytes = &reader.table[(at as usize).min(reader.table.len())..][..size];
    let (number, behind) = line_number(bytes)?;
    let line = number.checked_sub(1).and_then(|delta| i32::try_from(delta).ok()?.checked_add(firstlineno));
    let (kind, position, whole) = match (line, behind) {
        (None, _) => (LineEntryKind::NoLocation, SourcePosition::default(), bytes == [0]),
        (Some(_), &[column, end_column, lines]) => {
            let end_line = line.and_then(|line| line.checked_add(lines.into()));
            let (column, end_column) = (Some(u32::from(column) - 1), u32::from(end_column).checked_sub(1));
            (LineEntryKind::Long, SourcePosition { line, end_line, column, end_column }, true)
        }
        (Some(_), rest) => {
            (LineEntryKind::NoColumns, SourcePosition { line, ..SourcePosition::default() }, rest == [0])
        }
    };
    let mut entry = reader.entry(size as u32, kind, LineCursor { address: address.saturating_add(2), ..reader.cursor });
    entry.position = position;
    entry.damaged = !whole;
    Some(entry)
}

/// The number that an entry begins with, and what follows it. `None` for no entry at all.
fn line_number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let last = bytes.iter().position(|byte| byte & MORE == 0).unwrap_or(bytes.len().checked_sub(1)?);
    let mut number = 0_u64;
    for &byte in bytes[..=last].iter().rev() {
        number = number.saturating_mul(128).saturating_add((byte & !MORE).into());
    }
    Some((number, &bytes[last + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(table: &[u8], firstlineno: i32) -> Vec<LineEntry> {
        let cursor = LineCursor { at: 0, address: 0, line: firstlineno };
        let mut reader = LineReader { table, cursor, bytecode_size: 6, file_offset: 100 };
        std::iter::from_fn(|| next(&mut reader)).collect()
    }

    #[test]
    fn entries_of_all_three_forms() {
        // Line 10 from column 4 to 7; no place; line 209, of which no more is told.
        let table = [1, 5, 8, 0, 0, 0xc8, 1, 0];
        let entries = entries(&table, 10);
        let kinds: Vec<_> = entries.iter().map(|entry| (entry.kind, entry.start, entry.position.line)).collect();
        use LineEntryKind::{Long, NoColumns, NoLocation};
        assert_eq!(kinds, [(Long, 0, Some(10)), (NoLocation, 2, None), (NoColumns, 4, Some(209))]);
        let first = entries[0].position;
        assert_eq!((first.end_line, first.column, first.end_column), (Some(10), Some(4), Some(7)));
        assert!(entries.iter().all(|entry| !entry.damaged));
        assert_eq!(entry_start(&table, 3), 0);
        assert_eq!(entry_start(&table, 7), 5);
    }

    #[test]
    fn cut_tables_end() {
        for table in [&[1][..], &[1, 5], &[1, 5, 8], &[0x80], &[0x80, 0x80], &[0xff; 12]] {
            let entries = entries(table, 1);
            assert_eq!(entries.iter().map(|entry| entry.span.len() as usize).sum::<usize>(), table.len());
            assert!(entries.last().is_some_and(|entry| entry.damaged), "{table:?}");
        }
    }
}
