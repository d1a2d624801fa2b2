//! The fields of a marshalled code object, in the order of the file.

use crate::python::CodeLayout;

/// A field of a code object, by the name that the interpreters give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Field {
    /// How many positional parameters it has, positional-only ones among them.
    Argcount,
    /// How many of them are positional-only (3.8+).
    Posonlyargcount,
    /// How many keyword-only parameters it has (3.0+).
    Kwonlyargcount,
    /// How many local variables it has (up to 3.10; later it follows from the names).
    Nlocals,
    /// How many stack slots it needs (1.5+).
    Stacksize,
    /// The `CO_…` flags (1.3+).
    Flags,
    /// The bytecode.
    Code,
    /// The constants.
    Consts,
    /// The names of globals and attributes.
    Names,
    /// The names of local variables (1.3 – 3.10).
    Varnames,
    /// The names of variables taken from enclosing functions (2.1 – 3.10).
    Freevars,
    /// The names of variables that inner functions use (2.1 – 3.10).
    Cellvars,
    /// The names of all local, cell and free variables (3.11+).
    Localsplusnames,
    /// A byte for each of them: what it is (3.11+).
    Localspluskinds,
    /// The path of the source file.
    Filename,
    /// The name of the function, class or module.
    Name,
    /// Its qualified name (3.11+).
    Qualname,
    /// The line of the source on which it begins (1.5+).
    Firstlineno,
    /// `co_lnotab` up to 3.9, `co_linetable` from 3.10 on: which bytecode belongs to which line.
    Linetable,
    /// The last lines of what `co_linetable` tells the first lines of (alphas of 3.11).
    Endlinetable,
    /// The columns, and the end columns (alphas of 3.11).
    Columntable,
    /// Which handler guards which bytecode (3.11+).
    Exceptiontable,
}

impl Field {
    /// How many there are.
    pub(crate) const COUNT: usize = Self::Exceptiontable as usize + 1;

    /// Whether it is a number rather than an object, in every version that has it.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            Self::Argcount
                | Self::Posonlyargcount
                | Self::Kwonlyargcount
                | Self::Nlocals
                | Self::Stacksize
                | Self::Flags
                | Self::Firstlineno
        )
    }

    /// Whether its object is a byte string of entries or instructions, not a value of the program.
    #[must_use]
    pub const fn is_table(self) -> bool {
        matches!(self, Self::Code | Self::Linetable | Self::Exceptiontable | Self::Localspluskinds)
    }

    /// Its name without the `co_`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Argcount => "argcount",
            Self::Posonlyargcount => "posonlyargcount",
            Self::Kwonlyargcount => "kwonlyargcount",
            Self::Nlocals => "nlocals",
            Self::Stacksize => "stacksize",
            Self::Flags => "flags",
            Self::Code => "code",
            Self::Consts => "consts",
            Self::Names => "names",
            Self::Varnames => "varnames",
            Self::Freevars => "freevars",
            Self::Cellvars => "cellvars",
            Self::Localsplusnames => "localsplusnames",
            Self::Localspluskinds => "localspluskinds",
            Self::Filename => "filename",
            Self::Name => "name",
            Self::Qualname => "qualname",
            Self::Firstlineno => "firstlineno",
            Self::Linetable => "linetable",
            Self::Endlinetable => "endlinetable",
            Self::Columntable => "columntable",
            Self::Exceptiontable => "exceptiontable",
        }
    }
}

/// How a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Two bytes, unsigned.
    U16,
    /// Four bytes, signed.
    I32,
    /// A marshalled object.
    Object,
}

impl Encoding {
    /// Its size in bytes; an object's is its own matter.
    pub(crate) const fn size(self) -> u32 {
        match self {
            Self::U16 => 2,
            Self::I32 => 4,
            Self::Object => 0,
        }
    }
}

pub(crate) type Layout = &'static [(Field, Encoding)];

use Encoding::{I32, Object, U16};
use Field::*;

/// The order of the fields (`r_object` under `TYPE_CODE` in CPython's `Python/marshal.c` of these versions).
pub(crate) const fn layout(layout: CodeLayout) -> Layout {
    match layout {
        CodeLayout::V1_0 => &[(Code, Object), (Consts, Object), (Names, Object), (Filename, Object), (Name, Object)],
        CodeLayout::V1_3 => &[
            (Argcount, U16),
            (Nlocals, U16),
            (Flags, U16),
            (Code, Object),
            (Consts, Object),
            (Names, Object),
            (Varnames, Object),
            (Filename, Object),
            (Name, Object),
        ],
        CodeLayout::V1_5 => &[
            (Argcount, U16),
            (Nlocals, U16),
            (Stacksize, U16),
            (Flags, U16),
            (Code, Object),
            (Consts, Object),
            (Names, Object),
            (Varnames, Object),
            (Filename, Object),
            (Name, Object),
            (Firstlineno, U16),
            (Linetable, Object),
        ],
        CodeLayout::V2_1 => &[
            (Argcount, U16),
            (Nlocals, U16),
            (Stacksize, U16),
            (Flags, U16),
            (Code, Object),
            (Consts, Object),
            (Names, Object),
            (Varnames, Object),
            (Freevars, Object),
            (Cellvars, Object),
            (Filename, Object),
            (Name, Object),
            (Firstlineno, U16),
            (Linetable, Object),
        ],
        CodeLayout::V2_3 => &[
            (Argcount, I32),
            (Nlocals, I32),
            (Stacksize, I32),
            (Flags, I32),
            (Code, Object),
            (Consts, Object),
            (Names, Object),
            (Varnames, Object),
            (Freevars, Object),
            (Cellvars, Object),
            (Filename, Object),
            (Name, Object),
            (Firstlineno, I32),
            (Linetable, Object),
        ],
        CodeLayout::V3_0 => &[
            (Argcount, I32),
            (Kwonlyargcount, I32),
            (Nlocals, I32),
            (Stacksize, I32),
            (Flags, I32),
            (Code, Object),
            (Consts, Object),
            (Names, Object),
            (Varnames, Object),
            (Freevars, Object),
            (Cellvars, Object),
            (Filename, Object),
            (Name, Object),
            (Firstlineno, I32),
            (Linetable, Object),
        ],
        CodeLayout::V3_8 => &[
            (Argcount, I32),
            (Posonlyargcount, I32),
            (Kwonlyargcount, I32),
            (Nlocals, I32),
            (Stacksize, I32),
            (Flags, I32),
            (Code, Object),
            (Consts, Object),
            (Names, Object),
            (Varnames, Object),
            (Freevars, Object),
            (Cellvars, Object),
            (Filename, Object),
            (Name, Object),
            (Firstlineno, I32),
            (Linetable, Object),
        ],
        CodeLayout::PyPy3_11Of7 => &[
            (Argcount, I32),
            (Posonlyargcount, I32),
            (Kwonlyargcount, I32),
            (Nlocals, I32),
            (Stacksize, I32),
            (Flags, I32),
            (Code, Object),
            (Consts, Object),
            (Names, Object),
            (Varnames, Object),
            (Freevars, Object),
            (Cellvars, Object),
            (Filename, Object),
            (Name, Object),
            (Qualname, Object),
            (Firstlineno, I32),
            (Linetable, Object),
        ],
        CodeLayout::PyPy3_11 => &[
            (Argcount, I32),
            (Posonlyargcount, I32),
            (Kwonlyargcount, I32),
            (Nlocals, I32),
            (Stacksize, I32),
            (Flags, I32),
            (Code, Object),
            (Consts, Object),
            (Names, Object),
            (Varnames, Object),
            (Freevars, Object),
            (Cellvars, Object),
            (Filename, Object),
            (Name, Object),
            (Qualname, Object),
            (Firstlineno, I32),
            (Linetable, Object),
            (Exceptiontable, Object),
        ],
        CodeLayout::V3_11From3450 => &[
            (Argcount, I32),
            (Posonlyargcount, I32),
            (Kwonlyargcount, I32),
            (Nlocals, I32),
            (Stacksize, I32),
            (Flags, I32),
            (Code, Object),
            (Consts, Object),
            (Names, Object),
            (Varnames, Object),
            (Freevars, Object),
            (Cellvars, Object),
            (Filename, Object),
            (Name, Object),
            (Firstlineno, I32),
            (Linetable, Object),
            (Exceptiontable, Object),
        ],
        CodeLayout::V3_11From3452 => &[
            (Argcount, I32),
            (Posonlyargcount, I32),
            (Kwonlyargcount, I32),
            (Stacksize, I32),
            (Flags, I32),
            (Code, Object),
            (Consts, Object),
            (Names, Object),
            (Varnames, Object),
            (Freevars, Object),
            (Cellvars, Object),
            (Filename, Object),
            (Name, Object),
            (Firstlineno, I32),
            (Linetable, Object),
            (Exceptiontable, Object),
        ],
        CodeLayout::V3_11From3453 => &[
            (Argcount, I32),
            (Posonlyargcount, I32),
            (Kwonlyargcount, I32),
            (Stacksize, I32),
            (Flags, I32),
            (Code, Object),
            (Consts, Object),
            (Names, Object),
            (Localsplusnames, Object),
            (Localspluskinds, Object),
            (Filename, Object),
            (Name, Object),
            (Firstlineno, I32),
            (Linetable, Object),
            (Exceptiontable, Object),
        ],
        CodeLayout::V3_11From3459 => &[
            (Argcount, I32),
            (Posonlyargcount, I32),
            (Kwonlyargcount, I32),
            (Stacksize, I32),
            (Flags, I32),
            (Code, Object),
            (Consts, Object),
            (Names, Object),
            (Localsplusnames, Object),
            (Localspluskinds, Object),
            (Filename, Object),
            (Name, Object),
            (Firstlineno, I32),
            (Linetable, Object),
            (Endlinetable, Object),
            (Columntable, Object),
            (Exceptiontable, Object),
        ],
        CodeLayout::V3_11From3460 => &[
            (Argcount, I32),
            (Posonlyargcount, I32),
            (Kwonlyargcount, I32),
            (Stacksize, I32),
            (Flags, I32),
            (Code, Object),
            (Consts, Object),
            (Names, Object),
            (Localsplusnames, Object),
            (Localspluskinds, Object),
            (Filename, Object),
            (Name, Object),
            (Qualname, Object),
            (Firstlineno, I32),
            (Linetable, Object),
            (Endlinetable, Object),
            (Columntable, Object),
            (Exceptiontable, Object),
        ],
        CodeLayout::V3_11 => &[
            (Argcount, I32),
            (Posonlyargcount, I32),
            (Kwonlyargcount, I32),
            (Stacksize, I32),
            (Flags, I32),
            (Code, Object),
            (Consts, Object),
            (Names, Object),
            (Localsplusnames, Object),
            (Localspluskinds, Object),
            (Filename, Object),
            (Name, Object),
            (Qualname, Object),
            (Firstlineno, I32),
            (Linetable, Object),
            (Exceptiontable, Object),
        ],
    }
}
