//! In which way the meaning of an argument is written, by opcode.

use super::format::Format;
use super::opcode::{Opcode, Operand};
use crate::version::Version;

/// How what an argument means is written: which of these ways is known as soon as the version is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Not at all: the number says it all.
    Nothing,
    /// The `repr` of a constant.
    Const,
    /// A name.
    Name,
    /// The name of a local variable.
    Local,
    /// A name with one bit below its index, which says that NULL is pushed too.
    GlobalName,
    /// The same for NULL or the object itself.
    AttributeName,
    /// Where a jump leads.
    Jump,
    /// In a way of its operand's own.
    Rarer,
}

impl Form {
    /// The form of an opcode of this version.
    pub(crate) fn of(opcode: &Opcode, version: Version, format: &Format) -> Self {
        match opcode.operand {
            Operand::Unused | Operand::Number | Operand::LineNumber | Operand::Extended => Self::Nothing,
            // The dis of 3.11 does not look at what KW_NAMES refers to.
            Operand::Const if version == Version::new(3, 11) && opcode.name != "LOAD_CONST" => Self::Nothing,
            Operand::Const => Self::Const,
            Operand::Name => Self::Name,
            // The dis of 1.3 does not know of the names of local variables.
            Operand::Local if version == Version::new(1, 3) => Self::Nothing,
            Operand::Local => Self::Local,
            Operand::GlobalName => Self::GlobalName,
            Operand::AttributeName => Self::AttributeName,
            Operand::JumpAbsolute if !format.dis.absolute_targets => Self::Nothing,
            Operand::JumpForward | Operand::JumpBackward | Operand::JumpAbsolute => Self::Jump,
            // The dis of versions before 1.5 leaves operators to the reader.
            Operand::Compare if version < Version::new(1, 5) => Self::Nothing,
            Operand::Inverted if version < Version::new(3, 14) => Self::Nothing,
            Operand::FunctionFlags if !format.dis.function_flags => Self::Nothing,
            Operand::CallCounts if !format.dis.call_counts => Self::Nothing,
            _ => Self::Rarer,
        }
    }
}
