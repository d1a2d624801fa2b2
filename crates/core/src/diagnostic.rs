//! What was wrong with a file, where, and how bad it is.

use crate::DiagnosticCode;
use std::fmt::Arguments;

use crate::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Severity {
    /// Something is missing or shown otherwise than its writer meant it.
    Error,
    /// Readable, but no interpreter would write it so.
    Warning,
    /// Worth knowing; nothing is wrong.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One thing that is to be said of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What it says, in a name that stays the same from release to release.
    pub code: DiagnosticCode,
    /// A sentence for the user.
    pub message: String,
    /// The bytes it is about.
    pub span: Span,
    /// Of [`DiagnosticCode::MoreDiagnostics`]: the kind of which there is more.
    pub more_of: Option<DiagnosticCode>,
}

impl Diagnostic {
    /// A sentence for the user about these bytes.
    #[must_use]
    pub fn new(severity: Severity, code: DiagnosticCode, span: Span, message: impl Into<String>) -> Self {
        Self { severity, code, message: message.into(), span, more_of: None }
    }
}

/// How often each kind was said: a flood of one must not crowd out the others.
#[derive(Debug)]
pub(crate) struct Kinds<P> {
    limit: u32,
    kinds: Vec<Kind<P>>,
    /// Where among them the last one is: many of a kind follow each other.
    last: usize,
}

/// What is said under one code.
#[derive(Debug)]
struct Kind<P> {
    code: DiagnosticCode,
    kept: u32,
    /// How many were not kept, how bad the worst of them is, and where the first is.
    more: Option<(u64, Severity, P)>,
}

/// What was not kept of one kind.
pub(crate) struct More<P> {
    pub(crate) code: DiagnosticCode,
    pub(crate) severity: Severity,
    /// Where the first of it is.
    pub(crate) place: P,
    pub(crate) message: String,
}

impl<P> Kinds<P> {
    /// Keeps up to `limit` of each kind.
    pub(crate) fn new(limit: u32) -> Self {
        Self { limit, kinds: Vec::new(), last: 0 }
    }

    /// Whether one more of this kind is kept. If not, it is counted.
    pub(crate) fn admit(&mut self, severity: Severity, code: DiagnosticCode, place: P) -> bool {
        if self.kinds.get(self.last).is_none_or(|kind| kind.code != code) {
            self.last = self.kinds.iter().position(|kind| kind.code == code).unwrap_or_else(|| {
                self.kinds.push(Kind { code, kept: 0, more: None });
                self.kinds.len() - 1
            });
        }
        let kind = &mut self.kinds[self.last];
        if kind.kept < self.limit {
            kind.kept += 1;
            return true;
        }
        let more = kind.more.get_or_insert((0, severity, place));
        (more.0, more.1) = (more.0 + 1, more.1.min(severity));
        false
    }

    /// A closing line for each kind of which not all was kept.
    pub(crate) fn more(self) -> impl Iterator<Item = More<P>> {
        self.kinds.into_iter().filter_map(|Kind { code, more, .. }| {
            let (count, severity, place) = more?;
            let message = format!("{count} more of this kind ({code}) are not listed.");
            Some(More { code, severity, place, message })
        })
    }
}

/// Diagnostics, up to a number of each kind.
#[derive(Debug)]
pub(crate) struct Diagnostics {
    list: Vec<Diagnostic>,
    kinds: Kinds<Span>,
}

impl Diagnostics {
    /// Keeps up to `limit` of each kind.
    pub(crate) fn new(limit: u32) -> Self {
        Self { list: Vec::new(), kinds: Kinds::new(limit) }
    }

    /// Keeps a diagnostic; past the limit it is counted alone, and its sentence not even made.
    pub(crate) fn push(&mut self, severity: Severity, code: DiagnosticCode, span: Span, message: Arguments<'_>) {
        if self.kinds.admit(severity, code, span) {
            self.list.push(Diagnostic::new(severity, code, span, message.to_string()));
        }
    }

    /// Puts what explains the rest before it.
    pub(crate) fn put_first(&mut self, diagnostic: Diagnostic) {
        self.list.insert(0, diagnostic);
    }

    /// Whether anything is wrong so far.
    pub(crate) fn has_errors(&self) -> bool {
        self.list.iter().any(|said| said.severity == Severity::Error)
    }

    pub(crate) fn error(&mut self, code: DiagnosticCode, span: Span, message: Arguments<'_>) {
        self.push(Severity::Error, code, span, message);
    }

    pub(crate) fn warning(&mut self, code: DiagnosticCode, span: Span, message: Arguments<'_>) {
        self.push(Severity::Warning, code, span, message);
    }

    pub(crate) fn note(&mut self, code: DiagnosticCode, span: Span, message: Arguments<'_>) {
        self.push(Severity::Note, code, span, message);
    }

    /// All that was kept, with a closing line for each kind of which there was more.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.list.extend(self.kinds.more().map(|More { code, severity, place, message }| Diagnostic {
            more_of: Some(code),
            ..Diagnostic::new(severity, DiagnosticCode::MoreDiagnostics, place, message)
        }));
        self.list
    }
}
