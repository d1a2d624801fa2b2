//! From what the walks through one code object gathered to findings.

use crate::DiagnosticCode;
use crate::counted;
use std::fmt::Arguments;

use super::flow::{Aftermath, Flow};
use super::{header, usage};
use crate::code::Item;
use crate::diagnostic::Severity;
use crate::inspect::Subject;
use crate::inspect::check::bytecode::{Sweep, Tally};
use crate::inspect::check::jumps::JumpSweep;
use crate::inspect::check::stack::excessive;
use crate::inspect::check::tables::{ExceptionSweep, LineSweep};
use crate::inspect::{Report, agreeing};
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
    /// How many bytes of constants were compared in this file.
    pub(super) compared: &'w mut usize,
}

impl Gathered<'_> {
    /// Says all that there is to say of this code object.
    pub(super) fn conclude(&mut self, subject: &Subject<'_>, report: &mut Report) {
        // Of what the file cuts off nothing is concluded: that is told as damage.
        if subject.code.data(Field::Code).is_none() {
            return;
        }
        self.bytecode(subject, report);
        self.ways(subject, report);
        self.stack(subject, report);
        self.tables(subject, report);
        header::look_at_code_flags(subject, report);
        usage::look_at(subject, self.sweep, self.compared, report);
    }

    fn bytecode(&self, subject: &Subject<'_>, report: &mut Report) {
        let Python { implementation, version, .. } = subject.python();
        let Sweep { unknown, unwritten, out_of_range, caches, arguments, .. } = self.sweep;
        tell(
            unknown,
            DiagnosticCode::UnknownOpcodes,
            Severity::Error,
            subject,
            report,
            format_args!("{} that {implementation} {version} does not have.", counted(unknown.count, "opcode byte")),
        );
        tell(
            unwritten,
            DiagnosticCode::UnwrittenOpcodes,
            Severity::Warning,
            subject,
            report,
            format_args!(
                "{} in no file that Python writes.",
                agreeing(
                    unwritten.count,
                    "opcode that exists only while a program runs and stands",
                    "opcodes that exist only while a program runs and stand"
                )
            ),
        );
        tell(
            out_of_range,
            DiagnosticCode::ArgumentsOutOfRange,
            Severity::Error,
            subject,
            report,
            format_args!(
                "{} to what is not there.",
                agreeing(out_of_range.count, "argument that points", "arguments that point")
            ),
        );
        tell(
            caches,
            DiagnosticCode::CacheNotZero,
            Severity::Warning,
            subject,
            report,
            format_args!(
                "{} more than the zeros that Python writes.",
                agreeing(caches.count, "inline cache holds", "inline caches hold")
            ),
        );
        tell(
            arguments,
            DiagnosticCode::UnusedArgument,
            Severity::Warning,
            subject,
            report,
            format_args!(
                "{} with a byte other than 0 in its place, which means nothing.",
                agreeing(arguments.count, "instruction without an argument", "instructions without an argument")
            ),
        );
    }

    fn ways(&self, subject: &Subject<'_>, report: &mut Report) {
        let (into_middle, unreached) = (&self.jumps.into_middle, &self.aftermath.unreached);
        tell(
            into_middle,
            DiagnosticCode::JumpIntoInstruction,
            Severity::Warning,
            subject,
            report,
            format_args!("{} inside an instruction.", agreeing(into_middle.count, "jump ends", "jumps end")),
        );
        tell(
            &self.flow.runs_out,
            DiagnosticCode::CodeRunsOut,
            Severity::Error,
            subject,
            report,
            format_args!("execution can run past the last instruction."),
        );
        // Where opcodes are not known, neither is where execution goes on.
        if self.sweep.unknown.count == 0 {
            tell(
                unreached,
                DiagnosticCode::UnreachedCode,
                Severity::Note,
                subject,
                report,
                format_args!("{} that nothing leads to.", counted(unreached.count, "instruction")),
            );
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
        let Flow { underflow, conflict, .. } = self.flow;
        tell(
            underflow,
            DiagnosticCode::StackUnderflow,
            Severity::Error,
            subject,
            report,
            format_args!("more is taken from the stack than was put there."),
        );
        tell(
            conflict,
            DiagnosticCode::StackConflict,
            Severity::Warning,
            subject,
            report,
            format_args!(
                "{} reached with different stack depths.",
                agreeing(conflict.count, "instruction is", "instructions are")
            ),
        );
        let Some(size) = subject.code.number(Field::Stacksize) else { return };
        let deepest = self.flow.deepest;
        if excessive(subject).is_some() {
            // It is damage, and told as that.
        } else if deepest > size {
            report.findings.push(
                Severity::Error,
                DiagnosticCode::StackOverflow,
                subject.field(Field::Stacksize),
                format_args!("{}: the stack grows to {deepest}, but co_stacksize is {size}.", subject.name()),
            );
        } else if version < Version::new(3, 7) {
            // Compilers counted what each `try` and `with` may push as if it stayed there.
        } else if !self.flow.is_vague && size > deepest.saturating_mul(2).saturating_add(SPARE_SLOTS) {
            report.findings.push(
                Severity::Warning,
                DiagnosticCode::StacksizeTooLarge,
                subject.field(Field::Stacksize),
                format_args!("{}: co_stacksize is {size}, but the stack never grows beyond {deepest}.", subject.name()),
            );
        }
    }

    fn tables(&self, subject: &Subject<'_>, report: &mut Report) {
        let size = subject.bytecode.len();
        if let Some(end) = self.lines.misfit {
            report.findings.push(
                Severity::Warning,
                DiagnosticCode::LineTableMisfit,
                subject.field(Field::Linetable),
                format_args!("{}: the line table reaches to offset {end}, the code to {size}.", subject.name()),
            );
        }
        if let Some((start, end)) = self.exceptions.misfit {
            let (_, item) = subject.field(Field::Exceptiontable);
            report.findings.push(
                Severity::Warning,
                DiagnosticCode::ExceptionTableMisfit,
                (Span::new(start, end), item),
                format_args!("{}: the exception table does not fit the code.", subject.name()),
            );
        }
    }
}

/// Makes a finding of what was counted, if anything was. The sentence gets the name of the code object before it.
fn tell(
    tally: &Tally,
    code: DiagnosticCode,
    severity: Severity,
    subject: &Subject<'_>,
    report: &mut Report,
    sentence: Arguments<'_>,
) {
    if tally.count == 0 {
        return;
    }
    let (span, item): (Span, Item) = subject.instruction(tally.first, tally.size);
    report.findings.push(
        severity,
        code,
        (span, item),
        format_args!("{}, from offset {} on: {sentence}", subject.name(), tally.first),
    );
}
