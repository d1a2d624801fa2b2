//! What the header and the flags of code objects tell.

use crate::DiagnosticCode;
use crate::code::Item;
use crate::diagnostic::Severity;
use crate::file::{Header, HeaderField};
use crate::inspect::Subject;
use crate::inspect::report::Report;
use crate::marshal::Field;
use crate::span::Span;
use crate::version::{Implementation, Version};

/// Seconds by which a clock may be ahead of another.
const CLOCK_SKEW: u64 = 24 * 60 * 60;

/// Looks at the header. `now` is in seconds since 1970, UTC.
pub(super) fn look_at(header: &Header, now: Option<u64>, report: &mut Report) {
    let place = |wanted: HeaderField| -> (Span, Item) {
        let position = header.fields.iter().position(|(field, _)| *field == wanted).unwrap_or(0);
        let span = header.fields.get(position).map_or(Span::default(), |(_, span)| *span);
        (span, Item::HeaderField(position as u8))
    };
    if let Some(said) = header.unchecked_hash() {
        report.findings.push(said.severity, said.code, place(HeaderField::Flags), format_args!("{}", said.message));
    }
    if header.mtime.zip(now).is_some_and(|(mtime, now)| u64::from(mtime) > now.saturating_add(CLOCK_SKEW)) {
        report.findings.push(
            Severity::Warning,
            DiagnosticCode::FutureMtime,
            place(HeaderField::Mtime),
            format_args!("The header says that the source was changed at a time that is still to come."),
        );
    }
}

/// Looks at `co_flags`.
pub(super) fn look_at_code_flags(subject: &Subject<'_>, report: &mut Report) {
    let python = subject.python();
    let (Some(flags), Implementation::CPython) = (subject.code.number(Field::Flags), python.implementation) else {
        return;
    };
    let reserved = (flags as u32) & !known_flags(python.version);
    if reserved != 0 {
        report.findings.push(
            Severity::Warning,
            DiagnosticCode::ReservedFlags,
            subject.field(Field::Flags),
            format_args!(
                "{}: co_flags has bits without a meaning in Python {}: {reserved:#x}.",
                subject.name(),
                python.version
            ),
        );
    }
}

/// The bits of `co_flags` that have a meaning (`Include/code.h`, later `Include/cpython/code.h`).
fn known_flags(version: Version) -> u32 {
    const GENERATORS: u32 = 0x20 | 0x80 | 0x100 | 0x200;
    // OPTIMIZED, NEWLOCALS, VARARGS, VARKEYWORDS, NESTED, NOFREE, and the bits of `from __future__ import …`.
    let mut known = 0x1f | 0x40 | GENERATORS;
    // 3.8.2 moved the latter up, past the bits that compile() takes.
    known |= if version < Version::new(3, 9) { 0x1ff_f000 } else { 0x1ff_0000 };
    if version >= Version::new(3, 13) {
        known |= 0x0400_0000; // HAS_DOCSTRING
    }
    if version >= Version::new(3, 14) {
        known |= 0x0800_0000; // METHOD
    }
    known
}
