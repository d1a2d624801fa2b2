//! Archives of the world outside Python.

pub(crate) mod tar;
pub(crate) mod zip;

use pycxray::DiagnosticCode;
use pycxray::{Diagnostic, Severity, Span};

use crate::member::Member;

/// What a container's table says.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub(crate) members: Vec<Member>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Listing {
    /// Says what is wrong at a place of the container.
    pub(crate) fn error(&mut self, code: DiagnosticCode, span: Span, message: String) {
        self.diagnostics.push(Diagnostic::new(Severity::Error, code, span, message));
    }

    /// Keeps a member, unless there are too many. `false` when no more are to come.
    pub(crate) fn push(&mut self, member: Member, limit: usize) -> bool {
        if self.members.len() < limit {
            self.members.push(member);
            return true;
        }
        self.error(
            DiagnosticCode::LimitMembers,
            Span::at(0),
            format!("It has more than {limit} members: the rest is not listed."),
        );
        false
    }
}

/// A name in the encoding that it most probably has.
pub(crate) fn name_text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A span of a container, which has less than 4 GiB.
pub(crate) fn span(start: usize, end: usize) -> Span {
    let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(narrow(start), narrow(end.max(start)))
}
