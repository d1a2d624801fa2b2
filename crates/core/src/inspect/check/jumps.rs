//! Jumps that lead to no instruction: told when it is known where instructions begin.

use super::bytecode::{Sweep, Tally};
use crate::DiagnosticCode;
use crate::bytecode::{Instruction, InstructionCursor, Instructions};
use crate::counted;
use crate::inspect::{Report, Subject};
use crate::python::Python;

/// One walk through the jumps of a bytecode.
#[derive(Debug, Default)]
pub(crate) struct JumpSweep {
    cursor: InstructionCursor,
    /// Jumps into the middle of something: an instruction, or the `EXTENDED_ARG` before it and the one it belongs to.
    pub(crate) into_middle: Tally,
}

impl JumpSweep {
    /// Goes on for `budget` instructions. `true` at the end.
    pub(crate) fn step(&mut self, subject: &Subject<'_>, sweep: &Sweep, budget: u32, report: &mut Report) -> bool {
        let python = subject.python();
        let mut walk = Instructions::resume(subject.bytecode, python, self.cursor);
        for _ in 0..budget {
            let Some(instruction) = walk.next() else { return true };
            if python.shape(instruction.opcode).has_target() && !instruction.is_cut {
                self.look_at(&instruction, python, subject, sweep, report);
            }
        }
        self.cursor = walk.cursor();
        false
    }

    fn look_at(
        &mut self,
        instruction: &Instruction,
        python: &Python,
        subject: &Subject<'_>,
        sweep: &Sweep,
        report: &mut Report,
    ) {
        let Some(opcode) = python.opcode(instruction.opcode).filter(|opcode| opcode.operand.is_jump()) else { return };
        let (name, offset, size) = (opcode.name, instruction.offset, instruction.size);
        let code_size = subject.bytecode.len() as u32;
        match instruction.target(python) {
            Some(target) if sweep.starts.contains(target as usize) => {
                if sweep.extended.contains(target as usize) {
                    self.into_middle.add(offset, size);
                }
            }
            Some(target) if target < code_size => {
                self.into_middle.add(offset, size);
                report.problems.error(
                    DiagnosticCode::JumpIntoInstruction,
                    subject.bytes_at(offset, size),
                    format_args!("{name} at offset {offset} leads to {target}, which is inside an instruction."),
                );
            }
            Some(target) => report.problems.error(
                DiagnosticCode::JumpOutOfCode,
                subject.bytes_at(offset, size),
                format_args!(
                    "{name} at offset {offset} leads out of the code, to {target}: it has {}.",
                    counted(code_size, "byte")
                ),
            ),
            None => report.problems.error(
                DiagnosticCode::JumpOutOfCode,
                subject.bytes_at(offset, size),
                format_args!(
                    "{name} at offset {offset} leads before the start of the code, which has {}.",
                    counted(code_size, "byte")
                ),
            ),
        }
    }
}
