//! A difference, with what stands in each file.

use pycxray::{Item, NodeId, Pyc};

use super::class::Class;

/// How long a text is quoted, in bytes.
const QUOTED: usize = 200;

/// Something that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of difference it is.
    pub class: Class,
    /// What differs, as the field calls it: `mtime`, `co_consts`, `instructions`.
    pub what: String,
    /// What stands in the first file; `None` where it has none.
    pub before: Option<Side>,
    /// What stands in the second file, likewise.
    pub after: Option<Side>,
    /// How many of them differ. The sides are those of the first.
    pub count: u32,
}

/// What stands in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// It in words, such as its `repr`.
    pub text: String,
    /// Where it is.
    pub item: Option<Item>,
}

impl Side {
    /// A text that stands for nothing in the file by itself.
    pub(super) fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), item: None }
    }

    /// A text, and what it is about.
    pub(super) fn at(text: impl Into<String>, item: Item) -> Self {
        Self { text: text.into(), item: Some(item) }
    }

    /// An object.
    pub(super) fn object(pyc: &Pyc, id: NodeId) -> Self {
        Self::at(pyc.repr(id, QUOTED), Item::Object(id))
    }
}

impl Change {
    /// One thing that differs.
    pub(super) fn one(class: Class, what: impl Into<String>, before: Option<Side>, after: Option<Side>) -> Self {
        Self { class, what: what.into(), before, after, count: 1 }
    }
}
