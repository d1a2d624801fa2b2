//! The parts of a file's anatomy.

use super::Field;

/// A part of a file's anatomy: each byte belongs to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Region {
    /// The header.
    Header,
    /// Code objects: their type codes and numbers.
    Code,
    /// Instructions and their inline caches.
    Bytecode,
    /// Constants.
    Constants,
    /// Names, of the code object and of all that it uses.
    Names,
    /// `co_lnotab`, `co_linetable`.
    Lines,
    /// `co_exceptiontable`.
    Exceptions,
    /// Bytes behind the object, or such as could not be decoded.
    Other,
}

impl Region {
    /// All of them, in the order in which they stand in a file.
    pub const ALL: [Self; 8] = [
        Self::Header,
        Self::Code,
        Self::Bytecode,
        Self::Constants,
        Self::Names,
        Self::Lines,
        Self::Exceptions,
        Self::Other,
    ];

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Code => "code objects",
            Self::Bytecode => "bytecode",
            Self::Constants => "constants",
            Self::Names => "names",
            Self::Lines => "line tables",
            Self::Exceptions => "exception tables",
            Self::Other => "not decoded",
        }
    }

    /// The region of what stands in this field of a code object, if it is no code object itself.
    #[inline]
    pub(crate) const fn of_field(field: Field) -> Self {
        match field {
            Field::Code => Self::Bytecode,
            Field::Consts => Self::Constants,
            Field::Linetable | Field::Endlinetable | Field::Columntable => Self::Lines,
            Field::Exceptiontable => Self::Exceptions,
            _ => Self::Names,
        }
    }
}
