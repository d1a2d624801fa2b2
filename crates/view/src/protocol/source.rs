//! Rows of the source.

use serde::{Deserialize, Serialize};

use super::{ItemKey, Styled, Window};

/// The source of the file: Python that is proved to mean the same as the bytecode, where that could be proved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceWindow {
    /// Its lines.
    pub window: Window<SourceRow>,
    /// How many code objects are proved.
    pub proved: usize,
    /// How many there are.
    pub codes: usize,
    /// Why there is no source, in a sentence.
    pub missing: Option<String>,
    /// Whether to try once more may help.
    pub can_retry: bool,
    /// Whether anything is folded; `None` where nothing can be.
    pub is_folded: Option<bool>,
}

/// A line of the source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceRow {
    /// Its number, counted from 1.
    pub line: usize,
    /// What it is before the text that stands for what is chosen; all of it, where that is elsewhere.
    pub before: Styled,
    /// The text that stands for what is chosen.
    pub chosen: Styled,
    /// What follows that.
    pub after: Styled,
    /// The first instruction that the line stands for.
    pub item: Option<ItemKey>,
    /// Whether what begins on it is unfolded; `None` where nothing begins that can be folded.
    pub is_unfolded: Option<bool>,
    /// Where a code object begins, how true its source is.
    pub verdict: Option<SourceVerdict>,
}

/// How true the source of a code object is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceVerdict {
    /// Whether it is proved.
    pub proved: bool,
    /// The same in words, with the reason where it is not.
    pub words: String,
    /// The code object, or the instruction from which on it could not be proved.
    pub item: ItemKey,
}
