//! Damage in line tables, exception tables and the kinds of variables.

use crate::DiagnosticCode;
use crate::code::tables::{ExceptionEntries, ExceptionEntry, LineCursor, LineEntries};
use crate::counted;
use crate::inspect::{Bits, Report, Subject};
use crate::marshal::Field;
use crate::python::LineTable;

/// A handler, as the interpreter looks it up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Guard {
    /// The first byte of bytecode that it guards, and the one behind the last.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Where it begins.
    pub(crate) target: u32,
    /// The stack depth with which it begins.
    pub(crate) depth: u32,
}

/// One walk through an exception table.
#[derive(Debug, Default)]
pub(crate) struct ExceptionSweep {
    at: usize,
    /// The entries in order, as far as each begins no earlier than the one before it ends.
    pub(crate) guards: Vec<Guard>,
    /// Those that break that order: the interpreter may find them or not.
    pub(crate) strays: Vec<Guard>,
    /// The first entry that reaches past the code or leads out of it, or out of order: file offset.
    pub(crate) misfit: Option<(u32, u32)>,
}

impl ExceptionSweep {
    /// Goes on for `budget` entries. `true` at the end.
    pub(crate) fn step(&mut self, subject: &Subject<'_>, starts: &Bits, budget: u32, report: &mut Report) -> bool {
        let Some((table, span)) = subject.exceptions else { return true };
        let rest = table.get(self.at..).unwrap_or_default();
        let mut entries = ExceptionEntries::new(rest, span.start + self.at as u32);
        for _ in 0..budget {
            let Some(entry) = entries.next() else { return true };
            self.at += entry.span.len() as usize;
            self.look_at(&entry, subject, starts, report);
        }
        false
    }

    fn look_at(&mut self, entry: &ExceptionEntry, subject: &Subject<'_>, starts: &Bits, report: &mut Report) {
        let ExceptionEntry { span, start, end, target, depth, lasti, damaged, .. } = *entry;
        let size = subject.bytecode.len() as u32;
        if damaged {
            report.problems.error(
                DiagnosticCode::BadExceptionEntry,
                span,
                format_args!(
                    "The entry of the exception table at {:#x} does not hold the four numbers it should.",
                    span.start
                ),
            );
            return;
        }
        if end > size || start >= end {
            self.misfit.get_or_insert((span.start, span.end));
            report.problems.error(
                DiagnosticCode::ExceptionRangeOutOfCode,
                span,
                format_args!(
                    "An entry of the exception table guards offsets {start} to {end}, but the code has {}.",
                    counted(size, "byte")
                ),
            );
        }
        if target >= size {
            self.misfit.get_or_insert((span.start, span.end));
            report.problems.error(
                DiagnosticCode::HandlerOutOfCode,
                span,
                format_args!(
                    "An exception handler is said to begin at offset {target}, but the code has {}.",
                    counted(size, "byte")
                ),
            );
        } else if !starts.contains(target as usize) {
            self.misfit.get_or_insert((span.start, span.end));
            report.problems.error(
                DiagnosticCode::HandlerInInstruction,
                span,
                format_args!("An exception handler is said to begin at offset {target}, inside an instruction."),
            );
        }
        let guard = Guard { start, end, target, depth: depth.saturating_add(1 + u32::from(lasti)) };
        if self.guards.last().is_none_or(|last| last.end <= start) {
            self.guards.push(guard);
        } else {
            self.misfit.get_or_insert((span.start, span.end));
            report.problems.warning(
                DiagnosticCode::ExceptionOrder,
                span,
                format_args!(
                    "The entry of the exception table at {:#x} begins before the one in front of it ends.",
                    span.start
                ),
            );
            self.strays.push(guard);
        }
    }
}

/// One walk through a line table.
#[derive(Debug, Default)]
pub(crate) struct LineSweep {
    cursor: Option<LineCursor>,
    /// Up to where the table reaches.
    end: u32,
    damaged: bool,
    /// The table ends before the code, or behind it: where it does.
    pub(crate) misfit: Option<u32>,
}

impl LineSweep {
    /// Goes on for `budget` entries. `true` at the end.
    pub(crate) fn step(&mut self, subject: &Subject<'_>, budget: u32, report: &mut Report) -> bool {
        let size = subject.bytecode.len() as u32;
        let format = subject.python().format.lines;
        let Some((_, table)) = subject.lines else { return true };
        let mut entries: LineEntries<'_> = subject.code.line_entries();
        if let Some(cursor) = self.cursor {
            entries = entries.resume(cursor);
        }
        // Up to 3.9 a table says where lines begin, and the last one holds up to the end of the code.
        let tells_starts = matches!(format, LineTable::Lnotab | LineTable::SignedLnotab);
        let mut left = budget;
        loop {
            let skipped = entries.skip_whole(left);
            if skipped > 0 {
                self.end = entries.cursor().address;
            }
            if skipped == left {
                break;
            }
            left -= skipped + 1;
            let distance = entries.distance();
            let Some((end, damaged)) = entries.skim() else {
                let fits = match format {
                    LineTable::Pep626 | LineTable::Pep626Ended | LineTable::Pep657 => self.end == size,
                    LineTable::Lnotab | LineTable::SignedLnotab => self.end <= size,
                    LineTable::None | LineTable::PyPy => true,
                };
                if !self.damaged && !fits {
                    self.misfit = Some(self.end);
                    // A line that begins past the end does no harm.
                    if self.end > size && !tells_starts {
                        report.problems.error(
                            DiagnosticCode::LineRangeOutOfCode,
                            table,
                            format_args!(
                                "The line table reaches to offset {}, but the code has {}.",
                                self.end,
                                counted(size, "byte")
                            ),
                        );
                    }
                }
                return true;
            };
            self.end = if tells_starts { self.end.saturating_add(distance) } else { end };
            if let Some(span) = damaged {
                self.damaged = true;
                report.problems.error(
                    DiagnosticCode::BadLineEntry,
                    span,
                    format_args!("The entry of the line table at {:#x} is broken or cut off.", span.start),
                );
            }
        }
        self.cursor = Some(entries.cursor());
        false
    }
}

/// Whether there is a kind for each variable.
pub(crate) fn check_kinds(subject: &Subject<'_>, report: &mut Report) {
    let Some((kinds, span)) = subject.code.data(Field::Localspluskinds) else { return };
    let Some(names) = subject.count(Field::Localsplusnames) else { return };
    if kinds.len() != names {
        report.problems.error(
            DiagnosticCode::KindsMismatch,
            span,
            format_args!(
                "co_localspluskinds has {} for {}: there must be one for each.",
                counted(kinds.len(), "byte"),
                counted(names, "variable")
            ),
        );
    }
}
