//! How far a search is, and what it found.

use pycxray::Span;
use serde::{Deserialize, Serialize};

use super::{ItemKey, Styled};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum HitKind {
    /// A name: of a global, an attribute, a variable, a code object, a file.
    Name,
    /// A constant.
    Constant,
    /// An instruction.
    Instruction,
    /// Bytes.
    Bytes,
    /// A line of the source.
    Line,
}

impl HitKind {
    /// All kinds, in the order in which they are counted.
    pub const ALL: [Self; 5] = [Self::Name, Self::Constant, Self::Instruction, Self::Bytes, Self::Line];

    /// What one of them is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Constant => "constant",
            Self::Instruction => "instruction",
            Self::Bytes => "place",
            Self::Line => "line",
        }
    }
}

/// A place where it was found, as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// What kind of thing it is.
    pub kind: HitKind,
    /// The thing; for bytes, the innermost item that has the first of them.
    pub item: ItemKey,
    /// Its bytes.
    pub span: Span,
    /// Where it is, and what.
    pub words: Styled,
}

/// How far a search is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchState {
    /// What is searched for, as typed.
    pub query: String,
    /// Why it cannot be searched for, in a sentence.
    pub error: Option<String>,
    /// Whether all of the file has been looked at.
    pub complete: bool,
    /// How far it has come, from 0 to 1.
    pub progress: f64,
    /// How many were found of each kind, kinds without any left out.
    pub counts: Vec<(HitKind, usize)>,
    /// How many were found in all.
    pub total: usize,
    /// The one that is chosen, counted from 0.
    pub current: Option<usize>,
    /// What is said beside the box: `3 of 12: 7 names, 5 instructions`.
    pub message: String,
}
