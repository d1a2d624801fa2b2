//! Where lines begin, as `dis.findlinestarts` of each version tells it: that is where `dis.dis` writes a line's number.

use crate::python::LineTable;
use crate::{Code, Field, Version};

/// The offsets at which lines begin, ascending, each with its line; from 3.13 on also those at which code without a line begins.
/// Up to 1.4 there are none: `SET_LINENO` instructions stand in their place.
pub(crate) fn line_starts(code: &Code<'_>) -> Vec<(u32, Option<i32>)> {
    match code.python().format.lines {
        LineTable::None => Vec::new(),
        LineTable::Lnotab => by_increments(code, |increment| increment.into()),
        LineTable::SignedLnotab => by_increments(code, |increment| (increment as i8).into()),
        LineTable::Pep626 | LineTable::Pep626Ended | LineTable::Pep657 | LineTable::PyPy => by_ranges(code),
    }
}

/// Up to 3.9 a line begins where the address moves on after the line has.
fn by_increments(code: &Code<'_>, line_of: impl Fn(u8) -> i32) -> Vec<(u32, Option<i32>)> {
    let (table, _) = code.data(Field::Linetable).unwrap_or_default();
    // What lies past the end of the bytecode was optimized away, as 3.8 found out.
    let end = if code.python().version < Version::new(3, 8) { u32::MAX } else { code.bytecode().len() as u32 };
    let mut line = code.number(Field::Firstlineno).unwrap_or(0) as i32;
    let (mut address, mut last) = (0_u32, None);
    let mut starts = Vec::new();
    for pair in table.chunks_exact(2) {
        if pair[0] > 0 {
            if last != Some(line) {
                starts.push((address, Some(line)));
                last = Some(line);
            }
            address = address.saturating_add(pair[0].into());
            if address >= end {
                return starts;
            }
        }
        line = line.wrapping_add(line_of(pair[1]));
    }
    if last != Some(line) {
        starts.push((address, Some(line)));
    }
    starts
}

/// From 3.10 on a line begins where another ends. Up to 3.12 code without a line is passed over.
fn by_ranges(code: &Code<'_>) -> Vec<(u32, Option<i32>)> {
    let tells_none = code.python().format.dis.labels;
    let mut starts: Vec<(u32, Option<i32>)> = Vec::new();
    for entry in code.line_entries().filter(|entry| entry.start < entry.end) {
        let line = entry.position.line;
        if (line.is_some() || tells_none) && starts.last().is_none_or(|&(_, last)| last != line) {
            starts.push((entry.start, line));
        }
    }
    starts
}
