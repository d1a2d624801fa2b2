//! The list of what is wrong with the file.

use crate::{Document, Item, Severity, Span};

/// Something that is wrong, or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Its stable name, such as `bad-reference`.
    pub code: &'static str,
    /// A sentence for the user, displayable.
    pub message: String,
    /// The bytes it is about.
    pub span: Span,
    /// What those bytes are; choosing the problem chooses it.
    pub item: Option<Item>,
}

impl Document {
    /// What is wrong with the file: errors first, each kind in the order of the file.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        Vec::new()
    }

    /// Chooses the bytes that a problem is about.
    pub fn select_problem(&mut self, problem: &Problem) {
        let _ = problem;
    }
}
