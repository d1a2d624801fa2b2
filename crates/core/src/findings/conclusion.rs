//! From what the walks through one code object gathered to findings.

use super::flow::{Aftermath, Flow};
use super::list::{Report, counted};
use super::{Subject, header, usage};
use crate::check::bytecode::{Sweep, Tally};
use crate::check::jumps::JumpSweep;
use crate::check::tables::{ExceptionSweep, LineSweep};
use crate::diagnostic::Severity;
use crate::item::Item;
use crate::marshal::Field;
use crate::python::Python;
use crate::span::Span;
use crate::version::{Implementation, Version};

/// Stack slots that compilers may reserve beyond need.
const SPARE_SLOTS: i64 = 64;

/// What was gathered.
pub(super) struct Gathered<'w> {
    pub(super) sweep: &'w Sweep,
    pub(super) exceptions: &'w ExceptionSweep,
    pub(super) jumps: &'w JumpSweep,
    pub(super) flow: &'w Flow,
    pub(super) aftermath: &'w Aftermath,
    pub(super) lines: &'w LineSweep,
}

impl Gathered<'_> {
    /// Says all that there is to say of this code object.
    pub(super) fn conclude(&self, subject: &Subject<'_>, report: &mut Report) {
        self.bytecode(subject, report);
        self.ways(subject, report);
        self.stack(subject, report);
        self.tables(subject, report);
        header::look_at_code_flags(subject, report);
        usage::look_at(subject, self.sweep, report);
    }

    fn bytecode(&self, subject: &Subject<'_>, report: &mut Report) {
        let python = subject.python();
        tell(&self.sweep.unknown, "unknown-opcodes", Severity::Error, subject, report, |count| {
            let count = counted(count, "opcode byte", "opcode bytes");
            format!("{count} that {} {} does not have.", python.implementation, python.version)
        });
        tell(&self.sweep.unwritten, "unwritten-opcodes", Severity::Warning, subject, report, |count| {
            let count = counted(count, "opcode", "opcodes");
            format!("{count} that exist only while a program runs and stand in no file that Python writes.")
        });
        tell(&self.sweep.out_of_range, "arguments-out-of-range", Severity::Error, subject, report, |count| {
            format!("{} to what is not there.", counted(count, "argument that points", "arguments that point"))
        });
        tell(&self.sweep.caches, "cache-not-zero", Severity::Warning, subject, report, |count| {
            format!(
                "{} more than the zeros that Python writes.",
                counted(count, "inline cache holds", "inline caches hold")
            )
        });
        tell(&self.sweep.arguments, "unused-argument", Severity::Warning, subject, report, |count| {
            let count = counted(count, "instruction without an argument", "instructions without an argument");
            format!("{count} with a byte other than 0 in its place, which means nothing.")
        });
    }

    fn ways(&self, subject: &Subject<'_>, report: &mut Report) {
        tell(&self.jumps.into_middle, "jump-into-instruction", Severity::Warning, subject, report, |count| {
            format!("{} inside an instruction.", counted(count, "jump ends", "jumps end"))
        });
        tell(&self.flow.runs_out, "code-runs-out", Severity::Error, subject, report, |_| {
            "execution can run past the last instruction.".to_owned()
        });
        // Where opcodes are not known, neither is where execution goes on.
        if self.sweep.unknown.count == 0 {
            tell(&self.aftermath.unreached, "unreached-code", Severity::Note, subject, report, |count| {
                format!("{} that nothing leads to.", counted(count, "instruction", "instructions"))
            });
        }
    }

    /// Only where effects are known to be right: over the whole standard library nothing is to be said. Other implementations
    /// publish no stack effects.
    fn stack(&self, subject: &Subject<'_>, report: &mut Report) {
        let Python { implementation, version, .. } = *subject.python();
        let is_known = version == Version::new(2, 7) || version >= Version::new(3, 6);
        if implementation != Implementation::CPython || !is_known {
            return;
        }
        tell(&self.flow.underflow, "stack-underflow", Severity::Error, subject, report, |_| {
            "more is taken from the stack than was put there.".to_owned()
        });
        tell(&self.flow.conflict, "stack-conflict", Severity::Warning, subject, report, |count| {
            let count = counted(count, "instruction is", "instructions are");
            format!("{count} reached with different stack depths.")
        });
        let Some(size) = subject.code.number(Field::Stacksize) else { return };
        let deepest = self.flow.deepest;
        if deepest > size {
            report.findings.push(Severity::Error, "stack-overflow", subject.field(Field::Stacksize), || {
                format!("{}: the stack grows to {deepest}, but co_stacksize is {size}.", subject.name())
            });
        } else if version < Version::new(3, 7) {
            // Compilers counted what each `try` and `with` may push as if it stayed there.
        } else if !self.flow.is_vague && size > deepest.saturating_mul(2).saturating_add(SPARE_SLOTS) {
            report.findings.push(Severity::Warning, "stacksize-too-large", subject.field(Field::Stacksize), || {
                format!("{}: co_stacksize is {size}, but the stack never grows beyond {deepest}.", subject.name())
            });
        }
    }

    fn tables(&self, subject: &Subject<'_>, report: &mut Report) {
        let size = subject.bytecode.len();
        if let Some(end) = self.lines.misfit {
            report.findings.push(Severity::Warning, "line-table-misfit", subject.field(Field::Linetable), || {
                format!("{}: the line table reaches to offset {end}, the code to {size}.", subject.name())
            });
        }
        if let Some((start, end)) = self.exceptions.misfit {
            let (_, item) = subject.field(Field::Exceptiontable);
            report.findings.push(Severity::Warning, "exception-table-misfit", (Span::new(start, end), item), || {
                format!("{}: the exception table does not fit the code.", subject.name())
            });
        }
    }
}

/// Makes a finding of what was counted, if anything was. The sentence gets the name of the code object before it.
fn tell(
    tally: &Tally,
    code: &'static str,
    severity: Severity,
    subject: &Subject<'_>,
    report: &mut Report,
    sentence: impl FnOnce(u64) -> String,
) {
    if tally.count == 0 {
        return;
    }
    let (span, item): (Span, Item) = subject.instruction(tally.first, tally.size);
    report.findings.push(severity, code, (span, item), || {
        format!("{}, from offset {} on: {}", subject.name(), tally.first, sentence(tally.count))
    });
}
