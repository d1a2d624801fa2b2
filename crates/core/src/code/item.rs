//! Everything in a file that can be pointed at.

use crate::marshal::{Field, NodeId};

/// Something in a file that can be pointed at: each has its bytes, its place among the others, its meaning.
///
/// An item is good for the [`Pyc`](crate::Pyc) that gave it. Entries of a code object's tables are named by the code object
/// and by their offset in bytes within the bytecode or table, not in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Item {
    /// The header.
    Header,
    /// A field of the header, by its position.
    HeaderField(u8),
    /// A marshalled object with all that it holds.
    Object(NodeId),
    /// The type code of an object.
    TypeCode(NodeId),
    /// The length or count of an object.
    Length(NodeId),
    /// What follows that in an object that holds no others; in a damaged object what could not be told apart.
    Payload(NodeId),
    /// A number of a code object.
    Number(NodeId, Field),
    /// An instruction of a code object, by its offset in the bytecode.
    Instruction(NodeId, u32),
    /// A field of an inline cache, by its offset in the bytecode.
    Cache(NodeId, u32),
    /// The kind of a variable, by its position among the variables of the code object.
    LocalKind(NodeId, u32),
    /// An entry of the line table, by its offset in that.
    Line(NodeId, u32),
    /// An entry of the exception table, by its offset in that.
    Exception(NodeId, u32),
    /// The bytes behind the object that the file holds, by the position of their section.
    Trailing(u32),
    /// Bytes that could not be decoded, by the position of their section.
    Undecoded(u32),
}

impl Item {
    /// What sort of thing it is, in a word that stays the same from release to release.
    #[must_use]
    pub const fn sort(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::HeaderField(_) => "header-field",
            Self::Object(_) => "object",
            Self::TypeCode(_) => "type-code",
            Self::Length(_) => "length",
            Self::Payload(_) => "payload",
            Self::Number(..) => "number",
            Self::Instruction(..) => "instruction",
            Self::Cache(..) => "cache",
            Self::LocalKind(..) => "local-kind",
            Self::Line(..) => "line-entry",
            Self::Exception(..) => "exception-entry",
            Self::Trailing(_) => "trailing",
            Self::Undecoded(_) => "undecoded",
        }
    }

    /// The object that it is, or that it is a part of.
    #[must_use]
    pub const fn object(self) -> Option<NodeId> {
        match self {
            Self::Object(id)
            | Self::TypeCode(id)
            | Self::Length(id)
            | Self::Payload(id)
            | Self::Number(id, _)
            | Self::Instruction(id, _)
            | Self::Cache(id, _)
            | Self::LocalKind(id, _)
            | Self::Line(id, _)
            | Self::Exception(id, _) => Some(id),
            Self::Header | Self::HeaderField(_) | Self::Trailing(_) | Self::Undecoded(_) => None,
        }
    }
}
