//! What the nodes of a chart hold, in words.

use super::{ChartNode, ControlFlow};
use crate::code::Code;
use crate::{Labels, Operands};

/// Writes what blocks hold, row by row.
#[derive(Debug)]
pub struct BlockText<'p> {
    code: Code<'p>,
    operands: Operands,
    labels: Labels,
}

/// How many bytes of an operand are written.
const OPERAND: usize = 40;

impl<'p> BlockText<'p> {
    /// For the blocks of this code object.
    #[must_use]
    pub fn new(code: &Code<'p>) -> Self {
        let operands = Operands::new(code, OPERAND);
        let labels = code.labels();
        Self { code: *code, operands, labels }
    }

    /// What a node holds: the instructions of its block, as many as are wanted, or how many blocks it stands for.
    #[must_use]
    pub fn rows(&mut self, flow: &ControlFlow, node: &ChartNode, most: usize) -> Vec<String> {
        let blocks = &flow.blocks()[node.blocks.clone()];
        let [block] = blocks else {
            let instructions: u64 = blocks.iter().map(|block| u64::from(block.instructions)).sum();
            let (start, end) =
                (blocks.first().map_or(0, |block| block.start), blocks.last().map_or(0, |block| block.end));
            return vec![
                format!("{} blocks", blocks.len()),
                format!("{instructions} instructions"),
                format!("{start} to {end}"),
            ];
        };
        let (pyc, python) = (self.code.pyc(), self.code.python());
        let mut rows = Vec::new();
        let index = pyc.bytecode_index(self.code.id());
        let mut offset = block.start;
        while offset < block.end {
            let Some((_, instruction)) = index.at(self.code.bytecode(), python, offset) else { break };
            if rows.len() == most {
                rows.push(format!("… {} more", block.instructions as usize - most));
                break;
            }
            let mut row = format!("{:>4} ", instruction.offset);
            let opcode = python.opcode(instruction.opcode);
            row += opcode.map_or("?", |opcode| opcode.name);
            row.push(' ');
            self.operands.write(&mut row, pyc, &instruction, &self.labels);
            rows.push(row.trim_end().to_owned());
            offset = instruction.end();
        }
        rows
    }
}
