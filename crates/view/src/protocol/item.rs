//! Things in a file that can be pointed at, as the page knows them: a key and a colour.

use pycxray::{Item, Pyc, Region};
use serde::{Deserialize, Serialize};

/// Something in a file that can be pointed at. To the page it says nothing; it is handed back in actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ItemKey(Item);

impl From<Item> for ItemKey {
    fn from(item: Item) -> Self {
        Self(item)
    }
}

impl ItemKey {
    /// The item; `None` where this file has no such object, as after the file was read as another Python.
    pub(crate) fn item(self, pyc: &Pyc) -> Option<Item> {
        let is_there = self.0.object().is_none_or(|object| object.index() < pyc.tree().len());
        is_there.then_some(self.0)
    }
}

/// Which of the page's colours something has: the same one in the tree, in the hex bytes and in the ribbon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Hue {
    /// The header.
    Header,
    /// The structure of code objects.
    Code,
    /// Bytecode.
    Bytecode,
    /// Constants.
    Const,
    /// Names.
    Name,
    /// Line tables.
    Lines,
    /// Exception tables.
    Exceptions,
    /// What is damaged, trails, or could not be decoded.
    Damage,
    /// A file that is no bytecode, and is not decoded for that reason.
    Opaque,
}

impl Hue {
    /// All of them, in the order in which they stand in a file.
    pub const ALL: [Self; 9] = [
        Self::Header,
        Self::Code,
        Self::Bytecode,
        Self::Const,
        Self::Name,
        Self::Lines,
        Self::Exceptions,
        Self::Damage,
        Self::Opaque,
    ];

    /// A short name that stays the same from release to release.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Code => "code",
            Self::Bytecode => "bytecode",
            Self::Const => "const",
            Self::Name => "name",
            Self::Lines => "lines",
            Self::Exceptions => "exceptions",
            Self::Damage => "damage",
            Self::Opaque => "opaque",
        }
    }

    /// What the legend says of it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Header => "Header",
            Self::Code => "Code objects",
            Self::Bytecode => "Bytecode",
            Self::Const => "Constants",
            Self::Name => "Names",
            Self::Lines => "Line tables",
            Self::Exceptions => "Exception tables",
            Self::Damage => "Not decoded",
            Self::Opaque => "A file that is no bytecode",
        }
    }
}

impl From<Region> for Hue {
    fn from(region: Region) -> Self {
        match region {
            Region::Header => Self::Header,
            Region::Code => Self::Code,
            Region::Bytecode => Self::Bytecode,
            Region::Constants => Self::Const,
            Region::Names => Self::Name,
            Region::Lines => Self::Lines,
            Region::Exceptions => Self::Exceptions,
            Region::Other => Self::Damage,
        }
    }
}
