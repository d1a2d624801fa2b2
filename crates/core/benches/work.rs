//! What is measured, apart from how.

use std::hint::black_box;
use std::sync::Arc;

use pycxray::{JsonExport, Limits, ListingExport, ListingOptions, Operands, Options, Pyc};

use crate::corpus;

/// Decodes every file.
pub(crate) fn decode() -> Vec<Pyc> {
    corpus::FILES.iter().map(|bytes| Pyc::parse_with(Arc::clone(bytes), Options::default())).collect()
}

/// Walks through every instruction, with what its argument means, and every entry of the line and exception tables. Gives the
/// number of instructions.
pub(crate) fn disassemble(decoded: &[Pyc]) -> usize {
    let mut count = 0;
    for pyc in decoded {
        let codes = pyc.codes().iter().filter_map(|&id| pyc.code(id));
        let mut operands: Option<Operands> = None;
        for code in codes {
            let operands = match &mut operands {
                Some(operands) => {
                    operands.turn_to(&code);
                    operands
                }
                none => none.insert(Operands::new(&code, 0)),
            };
            for instruction in code.instructions() {
                black_box(operands.meaning(pyc, &instruction));
                count += 1;
            }
            for entry in code.line_entries() {
                black_box(entry);
            }
            for entry in code.exception_entries() {
                black_box(entry);
            }
        }
    }
    count
}

/// Instructions that a piece of text is made of.
const PIECE: usize = 1_000;

/// Writes every listing in pieces, as the command does; gives the bytes of text.
pub(crate) fn list(decoded: &[Pyc]) -> usize {
    let mut piece = Vec::new();
    let list = |pyc: &Pyc| {
        let mut export = ListingExport::new(pyc, ListingOptions::default(), Limits::default());
        pieces(&mut piece, |piece| export.step_bytes(pyc, PIECE, piece))
    };
    decoded.iter().map(list).sum()
}

/// Writes all JSON, likewise.
pub(crate) fn json(decoded: &[Pyc]) -> usize {
    let mut piece = Vec::new();
    let write = |pyc: &Pyc| {
        let mut export = JsonExport::new(pyc, None, Limits::default());
        pieces(&mut piece, |piece| export.step_bytes(pyc, PIECE, piece))
    };
    decoded.iter().map(write).sum()
}

/// Has all pieces made, each thrown away; gives the bytes of all.
fn pieces(piece: &mut Vec<u8>, mut make: impl FnMut(&mut Vec<u8>) -> bool) -> usize {
    let mut size = 0;
    loop {
        let is_done = make(piece);
        size += black_box(&*piece).len();
        piece.clear();
        if is_done {
            return size;
        }
    }
}
