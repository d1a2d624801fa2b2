//! What is measured, apart from how.

use std::hint::black_box;
use std::sync::Arc;

use pycxray::{Operands, Options, Pyc};

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
