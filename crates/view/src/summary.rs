//! The line that says what file this is.

use crate::{Document, Styled};

/// The line that says what file this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Implementation and version: `CPython 3.12`.
    pub python: String,
    /// How that was found, where it was not simply the magic number: `by its bytecode; 3.11 and 3.12 fit too`.
    pub basis: Option<String>,
    /// The parts that follow, in order: a quiet word and what it says.
    pub parts: Vec<SummaryPart>,
    /// How many errors and warnings there are; 0 stands for "every byte accounted for".
    pub problems: usize,
    /// What stands at the end: `3 problems`, `every byte accounted for`.
    pub verdict: String,
}

/// A part of the summary: `magic 3531`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryPart {
    /// What it is, such as `magic`.
    pub term: &'static str,
    /// What it says, such as `3531`.
    pub value: Styled,
}

impl Document {
    /// What file this is, in a line.
    #[must_use]
    pub fn summary(&self) -> Summary {
        Summary { python: String::new(), basis: None, parts: Vec::new(), problems: 0, verdict: String::new() }
    }
}
