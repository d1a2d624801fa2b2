//! Instructions that a Python does not have, looked for in a whole file: a sample of its code objects can miss the only one.

use crate::Pyc;
use crate::python::{InstructionLayout, Operand, Python};

/// From here on every argument is allowed.
const ANY: u16 = 256;

/// Whether all instructions are ones that this Python has, and all comparisons. Told of instructions of two
/// bytes alone, which are read without looking at what precedes them; where they have inline caches any sample tells.
pub(super) fn has_all(pyc: &Pyc, python: &'static Python) -> bool {
    let has_caches = python.opcodes().any(|opcode| !opcode.caches.is_empty());
    if python.format.instructions != InstructionLayout::Words || has_caches {
        return true;
    }
    let bounds = bounds(python);
    let is_known = |pair: &[u8]| u16::from(pair[1]) < bounds[usize::from(pair[0])];
    // Code objects that share their bytecode can have more of it than there are bytes in the file.
    let mut left = pyc.bytes.len();
    let mut codes = pyc.codes.iter().filter_map(|&id| pyc.code(id));
    codes.all(|code| {
        let bytecode = code.bytecode();
        let is_in_reach = bytecode.len() <= left;
        left = left.saturating_sub(bytecode.len());
        !is_in_reach || bytecode.chunks_exact(2).all(is_known)
    })
}

/// What the argument of each opcode is less than: 0 for one that there is not.
fn bounds(python: &'static Python) -> [u16; 256] {
    let mut bounds = [0; 256];
    for opcode in python.opcodes() {
        bounds[usize::from(opcode.number)] = match opcode.operand {
            Operand::Compare => python.format.compare.len() as u16,
            _ => ANY,
        };
    }
    bounds
}
