//! What is to be said where header and contents are not as they should be.

use super::head::Head;
use crate::DiagnosticCode;
use crate::Span;
use crate::counted;
use crate::diagnostic::{Diagnostic, Severity};
use crate::file::magic::{self, Magic};
use crate::file::{Basis, Detection, Transport};
use crate::python::Python;

/// How many foreign bytes are shown.
const SHOWN: usize = 8;
/// So many zeros at the end are no chance, in bytes.
const ZEROS: usize = 64;
/// The smallest block that a transfer is cut off at, in bytes.
const BLOCK: usize = 512;

fn name(python: &Python) -> String {
    format!("{} {}", python.implementation, python.version)
}

/// What a Python is called beside another: its version, if that alone tells them apart.
fn name_beside(magic: &Magic, other: &Python) -> String {
    if magic.implementation == other.implementation { magic.version.to_string() } else { name(magic.python()) }
}

/// Bytes before the header.
pub(super) fn foreign_bytes(bytes: &[u8], head: Head) -> Option<Diagnostic> {
    let foreign = head.foreign();
    if foreign.is_empty() || head.magic.is_none() {
        return None;
    }
    let start = head.header;
    let is_header = bytes.first_chunk().is_some_and(|first| magic::of(*first).is_some());
    if is_header {
        let message =
            format!("A second header follows at {start:#x}: the {start} bytes before it are a header too many.");
        return Some(Diagnostic::new(Severity::Error, DiagnosticCode::SecondHeader, foreign, message));
    }
    let shown: Vec<String> = bytes.iter().take(SHOWN.min(start as usize)).map(|byte| format!("{byte:02x}")).collect();
    let more = if start as usize > SHOWN { " …" } else { "" };
    let (count, verb) = (counted(start, "foreign byte"), if start == 1 { "precedes" } else { "precede" });
    let message = format!("{count} ({}{more}) {verb} the header at {start:#x}.", shown.join(" "));
    Some(Diagnostic::new(Severity::Error, DiagnosticCode::ForeignBytes, foreign, message))
}

/// A header of another length than its magic number asks for.
pub(super) fn odd_header(head: Head) -> Option<Diagnostic> {
    let python = head.magic?.python();
    let (has, wanted) = (head.start - head.header, python.format.header.size());
    if has == wanted {
        return None;
    }
    let writer = name(python);
    let form = match has {
        8 => ", the form of 3.2 and before",
        12 => ", the form of 3.3 – 3.6",
        16 => ", the form of 3.7 and later",
        _ => "",
    };
    let message = match has.checked_sub(wanted) {
        _ if has == 4 => {
            format!("Nothing of the header is there but the magic number, where {writer} has {wanted} bytes.")
        }
        Some(more) => {
            let more = counted(more, "byte");
            format!("The header has {has} bytes{form}, where {writer} has {wanted}: it is {more} too long.")
        }
        None => format!("The header has {has} bytes{form}, where {writer} has {wanted}."),
    };
    Some(Diagnostic::new(Severity::Error, DiagnosticCode::OddHeader, Span::new(head.header, head.start), message))
}

/// Contents of another Python than the magic number names.
pub(super) fn other_version(detection: &Detection, head: Head) -> Option<Diagnostic> {
    let magic = detection.magic.filter(|_| detection.basis == Basis::Evidence)?;
    let (found, named) = (detection.writers(), magic.writer());
    let message = format!(
        "The magic number is that of {named}, but the contents are those of {found} and not of {}: they are read as such.",
        name_beside(magic, detection.python)
    );
    Some(Diagnostic::new(
        Severity::Warning,
        DiagnosticCode::OtherVersion,
        Span::new(head.header, head.header + 4),
        message,
    ))
}

/// Contents that can be of the Python named by the magic number, though others write them so and it does not.
pub(super) fn either_version(others: &Detection, magic: &Magic, head: Head) -> Diagnostic {
    let (found, named) = (others.writers(), magic.writer());
    let message = format!(
        "The magic number is that of {named}, and it is read as that, but the contents are as {found} writes them and {} does not.",
        name_beside(magic, others.python)
    );
    Diagnostic::new(Severity::Warning, DiagnosticCode::OtherVersion, Span::new(head.header, head.header + 4), message)
}

/// Opcodes that fit no Python.
pub(super) fn shuffled(detection: &Detection, length: usize) -> Option<Diagnostic> {
    let span = Span::new(detection.start, length as u32);
    let message =
        "The opcodes fit no known Python, though all else does: they may have been shuffled, as some packers do. \
        The instructions shown are not those that ran."
            .to_owned();
    detection.is_shuffled.then(|| Diagnostic::new(Severity::Warning, DiagnosticCode::ShuffledOpcodes, span, message))
}

/// How the file was spoiled on its way.
pub(super) fn transport(transport: Transport, length: usize) -> Diagnostic {
    let span = Span::new(0, length as u32);
    Diagnostic::new(Severity::Error, DiagnosticCode::SpoiledInTransport, span, transport.sentence())
}

/// Why a file with a known magic number may be damaged.
pub(super) fn spoiled(bytes: &[u8], is_whole: bool, has_errors: bool) -> Option<Diagnostic> {
    if is_whole && !has_errors {
        return None;
    }
    if let Some(found) = Transport::of(bytes) {
        return Some(transport(found, bytes.len()));
    }
    let length = bytes.len();
    let data = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    if length - data >= ZEROS {
        let zeros = length - data;
        let message =
            format!("The last {zeros} bytes are zeros: from {data:#x} on the file was filled up, or never written.");
        return Some(Diagnostic::new(
            Severity::Error,
            DiagnosticCode::ZeroFilled,
            Span::new(data as u32, length as u32),
            message,
        ));
    }
    let is_cut = length >= BLOCK && (length.is_power_of_two() || length % 4096 == 0);
    let message = || format!("The file has {length} bytes, whole blocks: it seems to have been cut off in a transfer.");
    is_cut.then(|| Diagnostic::new(Severity::Note, DiagnosticCode::CutAtBlock, Span::at(length as u32), message()))
}
