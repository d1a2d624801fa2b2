//! What file this is.

use serde::{Deserialize, Serialize};

use super::Styled;

/// What file this is, in a line, and what the frame around the views needs to know of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The file's name, displayable.
    pub name: String,
    /// The file's size, in bytes.
    pub size: u32,
    /// Implementation and version: `CPython 3.12`; of a file that is no bytecode, what it is: `a wheel (a zip archive)`.
    pub python: String,
    /// How that was found, where it was not simply the magic number: `from its bytecode; 3.11 fits too`.
    pub basis: Option<String>,
    /// What the file itself says, whatever it is read as: `CPython 3.12 by its magic number`.
    pub detected: String,
    /// The parts that follow, in order: a quiet word and what it says.
    pub parts: Vec<SummaryPart>,
    /// How many errors and warnings there are; for 0 the verdict says that nothing is damaged.
    pub problems: usize,
    /// What stands at the end: `3 problems`, `every byte accounted for`.
    pub verdict: String,
    /// The sentence that stands over the views where the file is damaged or none at all.
    pub banner: Option<String>,
    /// The reading, one of `pythons`, that undoes what a transfer did to the file, where that can be undone without guessing.
    pub repair: Option<String>,
    /// How many code objects it has: without any there is no listing and no outline.
    pub codes: usize,
    /// How many members it has, if it is an archive, a frozen program, or a source with code in its literals.
    pub members: Option<usize>,
    /// How many problems and findings are listed in all.
    pub listed: usize,
    /// How many uses of functions of note are listed besides.
    pub calls_of_note: usize,
    /// What the file can be read as: as what it was before a transfer, and as that of Pythons, those that come into question first, then all others, newest first.
    pub pythons: Vec<PythonChoice>,
}

/// A part of the summary: `magic 3531`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryPart {
    /// What it is, such as `magic`; empty where the value says it all.
    pub term: String,
    /// What it says, such as `3531`.
    pub value: Styled,
}

/// A Python that the file can be read as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PythonChoice {
    /// Its name, `CPython 3.12`: what [`Request::ReadAs`](super::Request::ReadAs) names it by.
    pub name: String,
    /// Whether the file is read as this one now.
    pub current: bool,
}
