//! What was wrong with a file, where, and how bad it is.

use crate::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A name that stays the same from release to release, such as `bad-reference`.
    pub code: &'static str,
    /// A sentence for the user.
    pub message: String,
    /// The bytes it is about.
    pub span: Span,
}

/// Diagnostics, up to a number of them.
#[derive(Debug, Default)]
pub(crate) struct Diagnostics {
    list: Vec<Diagnostic>,
    limit: u32,
    dropped: u64,
}

impl Diagnostics {
    pub(crate) fn new(limit: u32) -> Self {
        Self { list: Vec::new(), limit, dropped: 0 }
    }

    /// Keeps a diagnostic; past the limit it is counted alone, and its sentence not even made.
    pub(crate) fn push(
        &mut self,
        severity: Severity,
        code: &'static str,
        span: Span,
        message: impl FnOnce() -> String,
    ) {
        if self.list.len() < self.limit as usize {
            self.list.push(Diagnostic { severity, code, message: message(), span });
        } else {
            self.dropped += 1;
        }
    }

    pub(crate) fn error(&mut self, code: &'static str, span: Span, message: impl FnOnce() -> String) {
        self.push(Severity::Error, code, span, message);
    }

    pub(crate) fn warning(&mut self, code: &'static str, span: Span, message: impl FnOnce() -> String) {
        self.push(Severity::Warning, code, span, message);
    }

    pub(crate) fn note(&mut self, code: &'static str, span: Span, message: impl FnOnce() -> String) {
        self.push(Severity::Note, code, span, message);
    }

    /// All that was kept, with a closing line for what was not.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        if self.dropped > 0 {
            let span = self.list.last().map_or(Span::default(), |last| last.span);
            self.list.push(Diagnostic {
                severity: Severity::Note,
                code: "more-diagnostics",
                message: format!("{} more problems are not listed.", self.dropped),
                span,
            });
        }
        self.list
    }
}
