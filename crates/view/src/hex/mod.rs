//! The hex view: bytes tinted by owner.

mod copy;
mod hover;
mod moves;

pub(crate) use copy::copy_bytes;
pub(crate) use hover::hover;
pub(crate) use moves::moved;

use pycxray::Span;

use crate::file::File;
use crate::item::{bytes, hue};
use crate::protocol::{HexWindow, Hue, Owner, Rows};
use crate::search::Hits;

/// Rows of bytes.
pub(crate) fn window(file: &File, rows: Rows, columns: u32, hits: &Hits) -> HexWindow {
    let columns = columns.max(1);
    let offset = |row: usize| row.saturating_mul(columns as usize).min(file.size() as usize) as u32;
    let span = Span::new(offset(rows.start), offset(rows.range().end));
    HexWindow {
        columns,
        start: rows.start,
        total: file.size().div_ceil(columns) as usize,
        bytes: bytes(&file.pyc, span).to_vec(),
        owners: owners(file, span),
        hits: hits.within(span),
        together: Vec::new(),
    }
}

/// What owns the bytes of a part of the file.
fn owners(file: &File, span: Span) -> Vec<Owner> {
    if span.is_empty() {
        return Vec::new();
    }
    let leaves = file.pyc.leaves(span.start).take_while(|(leaf, _)| leaf.start < span.end);
    let mut owners: Vec<Owner> = Vec::new();
    let mut end = span.start;
    for (leaf, item) in leaves.filter(|(leaf, _)| !leaf.is_empty()) {
        let hue = if file.other.is_some() { Hue::Opaque } else { hue(&file.pyc, item) };
        owners.push(Owner { offset: leaf.start, hue });
        end = leaf.end;
    }
    if end < span.end {
        owners.push(Owner { offset: end, hue: Hue::Damage });
    }
    owners
}
