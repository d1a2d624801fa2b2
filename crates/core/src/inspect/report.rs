//! Findings, and the bounded list of them.

use crate::DiagnosticCode;
use std::fmt::{self, Arguments, Display, Formatter};

use crate::code::Item;
use crate::diagnostic::{Diagnostic, Diagnostics, Kinds, More, Severity};
use crate::span::Span;
use crate::text::shown;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Diagnostics alone.
    Damage,
    /// Diagnostics and findings.
    Everything,
}

/// Something worth knowing of a file, apart from damage.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// [`Severity::Error`]: no interpreter can run this as it stands. [`Severity::Warning`]: no compiler writes this.
    /// [`Severity::Note`]: compilers may write it, and an analyst wants to know.
    pub severity: Severity,
    /// What it says, in a name that stays the same from release to release.
    pub code: DiagnosticCode,
    /// A sentence for the user.
    pub message: String,
    /// The bytes it is about; the first of them, if there are more.
    pub span: Span,
    /// What those bytes are.
    pub item: Item,
}

/// Findings, up to a number of each kind.
#[derive(Debug)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    kinds: Kinds<(Span, Item)>,
}

impl Findings {
    /// Keeps a finding; past the limit it is counted alone, and its sentence not even made.
    pub(crate) fn push(
        &mut self,
        severity: Severity,
        code: DiagnosticCode,
        (span, item): (Span, Item),
        message: Arguments<'_>,
    ) {
        if self.kinds.admit(severity, code, (span, item)) {
            self.list.push(Finding { severity, code, message: message.to_string(), span, item });
        }
    }

    fn finish(mut self) -> Vec<Finding> {
        self.list.extend(self.kinds.more().map(|More { severity, place: (span, item), message, .. }| Finding {
            severity,
            code: DiagnosticCode::MoreFindings,
            message,
            span,
            item,
        }));
        self.list
    }
}

/// What an inspection has come to so far.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) problems: Diagnostics,
    pub(crate) findings: Findings,
}

impl Report {
    /// An empty one that keeps up to `limit` of each kind.
    pub(crate) fn new(limit: u32) -> Self {
        let findings = Findings { list: Vec::new(), kinds: Kinds::new(limit) };
        Self { problems: Diagnostics::new(limit), findings }
    }

    /// All diagnostics, all findings.
    pub(crate) fn finish(self) -> (Vec<Diagnostic>, Vec<Finding>) {
        (self.problems.finish(), self.findings.finish())
    }
}

/// How many bytes of a text a sentence quotes.
const QUOTED: usize = 80;

/// A text as a sentence can quote it.
pub(crate) fn quoted(text: &[u8]) -> String {
    shown(text, QUOTED)
}

/// `1 jump ends`, `3 jumps end`: where more changes with the number than [`counted`](crate::counted) knows of.
pub(crate) fn agreeing(count: u64, one: &'static str, many: &'static str) -> Agreeing {
    Agreeing { count, one, many }
}

/// A number of things and what they do.
pub(crate) struct Agreeing {
    count: u64,
    one: &'static str,
    many: &'static str,
}

impl Display for Agreeing {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.count, if self.count == 1 { self.one } else { self.many })
    }
}
