//! `co_linetable` from 3.11 on (PEP 657; `Objects/locations.md`, CPython 3.11): lines, end lines and columns.

use super::line_entry::{LineCursor, LineEntry, LineEntryKind, LineReader, SourcePosition};
use super::varint::{BITS, ENTRY_START, MORE, Varints, entry_size};

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
pub(super) fn next(reader: &mut LineReader<'_>) -> Option<LineEntry> {
    let Decoded { size, kind, next, position, damaged } = decode(reader.table, reader.cursor)?;
    let mut entry = reader.entry(size, kind, next);
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

/// An entry without its columns.
pub(super) struct Skimmed {
    pub(super) next: LineCursor,
    pub(super) line: Option<i32>,
}

/// Each byte of eight.
const ONES: u64 = u64::MAX / 255;

/// Steps over the entry at `cursor` for its line alone, which is all that a listing shows and damage is looked for in. Entries
/// of up to seven bytes, nearly all there are, are taken in at once: a quarter of the work of decoding them.
#[inline(always)]
pub(super) fn skim(table: &[u8], cursor: LineCursor) -> Option<Skimmed> {
    match skim_whole(window(table, cursor)?, cursor) {
        Some(skimmed) => Some(skimmed),
        None => skim_any(table, cursor),
    }
}

/// The next eight bytes; behind the end of the table as if entries began there. `None` at its end.
#[inline]
fn window(table: &[u8], cursor: LineCursor) -> Option<u64> {
    let rest = table.get(cursor.at as usize..)?;
    match rest.first_chunk() {
        Some(window) => Some(u64::from_le_bytes(*window)),
        None => rest
            .iter()
            .rev()
            .copied()
            .map(u64::from)
            .reduce(|window, byte| window << 8 | byte)
            .map(|window| window | (ONES * u64::from(ENTRY_START)) << (rest.len() * 8)),
    }
}

#[cold]
fn skim_any(table: &[u8], cursor: LineCursor) -> Option<Skimmed> {
    decode_any(table, cursor).map(|Decoded { next, position, .. }| Skimmed { next, line: position.line })
}

/// Steps over entries, `budget` of them at most, up to one that takes a closer look. Says how many they were.
pub(super) fn skip(table: &[u8], cursor: &mut LineCursor, budget: u32) -> u32 {
    for skipped in 0..budget {
        match window(table, *cursor).and_then(|window| skim_whole(window, *cursor)) {
            Some(skimmed) => *cursor = skimmed.next,
            None => return skipped,
        }
    }
    budget
}

/// An entry that is whole and ends in the eight bytes that it begins.
#[inline(always)] // so that what the caller does not want of an entry is not put together
fn skim_whole(window: u64, cursor: LineCursor) -> Option<Skimmed> {
    let (first, behind) = (window as u8, window >> 8);
    if first & ENTRY_START == 0 {
        return None;
    }
    // How many bytes follow the first, up to where the next entry begins.
    let size = (behind & (ONES * u64::from(ENTRY_START))).trailing_zeros() / 8;
    let code = first >> 3 & 15;
    let line = match code {
        0..=9 if size == 1 => cursor.line,
        10..=12 if size == 2 => cursor.line.wrapping_add(i32::from(code) - 10),
        13 | 14 if size < 7 => {
            // Every number ends with a byte that does not say that more follow.
            let ends = !behind & (ONES * u64::from(MORE)) & ((1 << (size * 8)) - 1);
            let numbers = (ends >> MORE.trailing_zeros()).wrapping_mul(ONES) >> 56;
            let ends_with_one = u64::BITS - ends.leading_zeros() + 1 == size * 8;
            if numbers != (if code == 13 { 1 } else { 4 }) || !ends_with_one {
                return None;
            }
            let low = behind & u64::from(BITS);
            let high = behind >> 8 & u64::from(BITS);
            let value = match (behind as u8 & MORE, (behind >> 8) as u8 & MORE) {
                (0, _) => low,
                (_, 0) => low | high << 6,
                _ => return None,
            };
            let magnitude = (value >> 1) as i32;
            cursor.line.wrapping_add(if value & 1 == 0 { magnitude } else { -magnitude })
        }
        15 if size == 0 => cursor.line,
        _ => return None,
    };
    let address = cursor.address.saturating_add((u32::from(first & 7) + 1) * 2);
    let next = LineCursor { at: cursor.at + 1 + size, address, line };
    Some(Skimmed { next, line: if code == 15 { None } else { known(line) } })
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

/// Line -1 stands for none; others below 0 are lines to `co_lines` as any (`Objects/codeobject.c`, 3.11).
fn known(line: i32) -> Option<i32> {
    (line != -1).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every entry of up to two bytes behind the first, and of up to six of those that tell numbers apart.
    fn tables() -> impl Iterator<Item = [u8; 12]> {
        let bytes = [0x00, 0x01, 0x3f, 0x40, 0x41, 0x7f, 0x80, 0xf8];
        let firsts = (0..=u8::MAX).step_by(5).chain([0xe8, 0xed, 0xf0, 0xf1, 0xf7, 0xf8, 0xff]);
        firsts.flat_map(move |first| {
            (0..bytes.len().pow(4)).map(move |mut pick| {
                let mut table = [0x80; 12];
                table[0] = first;
                for place in [1, 2, 3, 5] {
                    table[place] = bytes[pick % bytes.len()];
                    pick /= bytes.len();
                }
                table[4] = table[2] & 0x7f;
                table[6] = table[1];
                table
            })
        })
    }

    #[test]
    fn lines_below_0_are_lines_but_for_the_first() {
        // Code 13: a line without columns, by a signed number: -2, -3 from line 1.
        let line = |delta: u8| {
            decode(&[0xe8, delta], LineCursor { at: 0, address: 0, line: 1 }).and_then(|one| one.position.line)
        };
        assert_eq!([5, 7].map(line), [None, Some(-2)]);
    }

    #[test]
    fn skimming_tells_what_decoding_tells() {
        let cursor = LineCursor { at: 0, address: 10, line: 7 };
        for table in tables() {
            for table in [&table[..], &table[..5]] {
                let skimmed = skim(table, cursor).expect("an entry");
                let decoded = decode(table, cursor).expect("an entry");
                assert_eq!(skimmed.next, decoded.next, "{table:x?}");
                assert_eq!(skimmed.line, decoded.position.line, "{table:x?}");
                let mut skipped = cursor;
                if skip(table, &mut skipped, 1) == 1 {
                    assert!(!decoded.damaged, "{table:x?}");
                    assert_eq!(skipped, decoded.next, "{table:x?}");
                }
            }
        }
    }
}
