//! What `co_filename` gives away.

use crate::DiagnosticCode;
use crate::code::Item;
use crate::diagnostic::Severity;
use crate::inspect::report::{Report, quoted};
use crate::span::Span;

/// Whether it is an absolute path, of any system.
pub(super) fn is_absolute(path: &[u8]) -> bool {
    match path {
        [b'/', rest @ ..] => rest.contains(&b'/'),
        [b'\\', b'\\', ..] => true,
        [drive, b':', b'\\' | b'/', ..] => drive.is_ascii_alphabetic(),
        _ => false,
    }
}

/// Says so where a file name is an absolute path.
pub(super) fn look_at(path: &[u8], place: (Span, Item), report: &mut Report) {
    if is_absolute(path) {
        report.findings.push(
            Severity::Note,
            DiagnosticCode::BuildPath,
            place,
            format_args!("The path of the source on the machine that compiled it: {}", quoted(path)),
        );
    }
}
