//! An object in the tree of marshalled objects.

use super::{Field, Kind, Region};
use crate::Span;

/// An object in the [`Tree`](super::Tree): its position in the arena. Later objects in the file have greater ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct NodeId(pub(crate) u32);

impl NodeId {
    /// The position in the arena, counted from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Stands for "none" where a node has a `u32`.
pub(crate) const NONE: u32 = u32::MAX;

/// What an object is to its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// It is the object that the file holds.
    Root,
    /// It was found behind damage.
    Recovered,
    /// An item of a tuple, list or set.
    Item,
    /// A key of a dict.
    Key,
    /// The value of the key before it.
    Value,
    /// The NULL that ends a dict.
    Terminator,
    /// The start of a slice.
    Start,
    /// The stop of a slice.
    Stop,
    /// The step of a slice.
    Step,
    /// A field of a code object.
    Field(Field),
}

/// A marshalled object: what it is and where it is. Its value is read from the file's bytes when asked for.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Node {
    /// From its type code to behind its last byte, its children's included.
    pub span: Span,
    pub(crate) parent: u32,
    /// The arena position behind its last descendant; 0 while it is being read.
    pub(crate) next: u32,
    /// Its position among its siblings of the same role (a key and its value share one).
    pub index: u32,
    /// A reference's target; for any other its index in the list of references.
    pub(crate) link: u32,
    /// What it is.
    pub kind: Kind,
    /// What it is to its parent.
    pub role: Role,
    /// The part of the file's anatomy that it belongs to.
    pub region: Region,
    pub(crate) marks: u8,
}

/// FLAG_REF was set on its type code.
pub(crate) const MARK_REF: u8 = 1;
/// The file, or what could be read of it, ended inside.
pub(crate) const MARK_CUT: u8 = 2;

impl Node {
    /// Whether its type code has [`FLAG_REF`](super::FLAG_REF).
    #[must_use]
    pub const fn has_flag_ref(&self) -> bool {
        self.marks & MARK_REF != 0
    }

    /// Whether it could be read to its end.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.marks & MARK_CUT == 0
    }

    /// Its index in the list of references: what `r` (for `t` up to Python 2.7: `R`) refers to it by.
    #[must_use]
    pub const fn reference_index(&self) -> Option<u32> {
        if matches!(self.kind, Kind::Ref | Kind::StringRef) || self.link == NONE { None } else { Some(self.link) }
    }

    /// Its bytes behind the type code and the length or count, if it is not a container.
    #[must_use]
    pub const fn payload(&self) -> Span {
        let head = 1 + self.kind.length_size();
        let start = self.span.start + head;
        Span::new(if start < self.span.end { start } else { self.span.end }, self.span.end)
    }
}
