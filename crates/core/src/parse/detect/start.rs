//! What an interpreter does first: whoever fills code that never runs with what no compiler writes cannot change that.

use crate::Pyc;
use crate::marshal::Field;
use crate::python::{Flow, Operand, Python};

/// Whether the outermost code object begins with instructions that this Python runs, up to the first that may lead elsewhere.
pub(super) fn runs(pyc: &Pyc, python: &'static Python) -> bool {
    let Some(root) = pyc.tree.id(0).and_then(|root| pyc.code(root)) else { return false };
    let count = |field| root.tuple(field).map_or(0, |tuple| pyc.tree.item_count(tuple));
    let (consts, names) = (count(Field::Consts), count(Field::Names));
    let mut depth = 0;
    for instruction in root.instructions() {
        let Some(opcode) = python.opcode(instruction.opcode).filter(|_| !instruction.is_cut) else { return false };
        let arg = instruction.arg.unwrap_or(0);
        let is_there = match opcode.operand {
            Operand::Const => arg < consts,
            Operand::Name => arg < names,
            _ => true,
        };
        if !is_there || opcode.is_unwritten() {
            return false;
        }
        if opcode.operand.is_jump() {
            return true;
        }
        depth += opcode.effect.of(arg, false).unwrap_or(0);
        if depth < 0 {
            return false;
        }
        if matches!(opcode.flow, Flow::End | Flow::Jump) {
            return true;
        }
    }
    false
}
