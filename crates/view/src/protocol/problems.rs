//! What is wrong with a file, and what is worth knowing of it.

use pycxray::{Severity, Span};
use serde::{Deserialize, Serialize};

use super::ItemKey;

/// The lists of what is wrong and of what is worth knowing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problems {
    /// What is wrong: errors first, each kind in the order of the file.
    pub problems: Listed,
    /// What is worth knowing apart from damage, the gravest first.
    pub findings: Listed,
    /// Which functions of note the program uses, in the order of the file; what each is about stands for its stable name.
    pub calls_of_note: Listed,
    /// Whether all is looked at: before that, damage inside bytecode and tables, and all findings, are missing.
    pub complete: bool,
}

/// The first ones of a list that may be very long.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Those that are shown, in their order.
    pub shown: Vec<Problem>,
    /// How many more there are of each kind, by its stable name.
    pub more: Vec<(String, usize)>,
}

/// Something that is wrong, or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Its stable name, such as `bad-reference`.
    pub code: String,
    /// A sentence for the user, displayable.
    pub message: String,
    /// The bytes it is about.
    pub span: Span,
    /// What those bytes are; choosing the problem chooses it ([`Action::SelectSpan`](super::Action::SelectSpan)).
    pub item: Option<ItemKey>,
}
