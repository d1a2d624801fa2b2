//! What a field of a code object must be.

use super::kind::Kind;
use super::layout::Field;
use crate::version::Version;

/// What a field of a code object must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// A byte string.
    Bytes,
    /// A tuple.
    Tuple,
    /// A tuple of names.
    Names,
    /// Text, such as a name.
    Text,
}

impl Expected {
    /// What it is called in a sentence.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bytes => "byte string",
            Self::Tuple => "tuple",
            Self::Names => "tuple of names",
            Self::Text => "text",
        }
    }

    /// Whether an interpreter of this version accepts an object of this kind there.
    pub(crate) fn accepts(self, kind: Kind, version: Version) -> bool {
        match self {
            // What is interned is text from Python 3 on.
            Self::Bytes => kind == Kind::Bytes || (kind == Kind::Interned && version.major < 3),
            // Python 1.0 – 1.2 wrote lists.
            Self::Tuple | Self::Names => {
                let lists = version < Version::new(1, 5);
                matches!(kind, Kind::Tuple | Kind::SmallTuple) || (lists && kind == Kind::List)
            }
            // Python 1.0 – 1.2 named a module None.
            Self::Text => kind.is_string() || (kind == Kind::None && version < Version::new(1, 3)),
        }
    }
}

/// Whether this is what nearly all files have in this field. Where all fields are so, looking at them has nothing to tell.
#[inline]
pub(crate) fn is_usual(field: Field, kind: Kind) -> bool {
    match expected(field) {
        Some(Expected::Bytes) => kind == Kind::Bytes,
        Some(Expected::Tuple | Expected::Names) => matches!(kind, Kind::SmallTuple | Kind::Tuple),
        Some(Expected::Text) => kind.is_string(),
        None => true,
    }
}

/// What this field must be; `None` for numbers, and for what no interpreter looks at.
pub(crate) fn expected(field: Field) -> Option<Expected> {
    Some(match field {
        Field::Code | Field::Localspluskinds | Field::Linetable | Field::Exceptiontable => Expected::Bytes,
        Field::Consts => Expected::Tuple,
        Field::Names | Field::Varnames | Field::Freevars | Field::Cellvars | Field::Localsplusnames => Expected::Names,
        Field::Filename | Field::Name | Field::Qualname => Expected::Text,
        _ => return None,
    })
}
