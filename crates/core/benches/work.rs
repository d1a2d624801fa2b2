//! What is measured, apart from how.

use std::hint::black_box;
use std::io::{self, Write};
use std::sync::Arc;

use pycxray::{Limits, Listing, ListingOptions, Operands, Options, Pyc, Sink, Token, schema};

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

/// Counts the bytes of what it is given, and throws them away.
struct Nowhere(usize);

impl Sink for Nowhere {
    fn push(&mut self, _: Token, text: &str) {
        self.0 += black_box(text).len();
    }

    fn wants_tokens(&self) -> bool {
        false
    }
}

/// Writes every listing; gives the bytes of text.
pub(crate) fn list(decoded: &[Pyc]) -> usize {
    let list = |pyc: &Pyc| {
        let mut out = Nowhere(0);
        Listing::new(pyc, ListingOptions::default(), Limits::default()).write(&mut out, pyc);
        out.0
    };
    decoded.iter().map(list).sum()
}

/// Writes all JSON.
pub(crate) fn json(decoded: &[Pyc]) -> usize {
    let write = |pyc: &Pyc| {
        let mut out = Counted(0);
        schema::write_json(&mut out, pyc, None, Limits::default(), Vec::new).expect("nothing fails here");
        out.0
    };
    decoded.iter().map(write).sum()
}

/// The same for bytes.
struct Counted(usize);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += black_box(bytes).len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
