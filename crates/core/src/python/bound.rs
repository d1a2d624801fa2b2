//! Below what an argument must be, by the opcode that it belongs to.

use super::opcode::{Opcode, Operand};

/// What bounds an argument, of those bounds that a comparison with one number can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Bound {
    /// Whatever the argument is, it is harmless.
    None,
    /// How many constants there are.
    Consts,
    /// How many names there are.
    Names,
    /// The same, for an index with one bit below it.
    NamesAndBit,
    /// How many local variables there are.
    Locals,
    /// How many cells there are.
    Cells,
    /// How many comparisons there are.
    Compare,
    /// How many binary operators there are.
    Binary,
    /// It takes a closer look.
    Other,
}

impl Bound {
    /// How many there are.
    pub(crate) const COUNT: usize = Self::Other as usize + 1;

    /// That of an opcode; `None` for one that the version does not have.
    pub(crate) fn of(opcode: Option<&Opcode>) -> Self {
        match opcode.map(|opcode| opcode.operand) {
            Some(
                Operand::Unused
                | Operand::Number
                | Operand::FormatValue
                | Operand::FunctionFlags
                | Operand::FunctionAttribute
                | Operand::CallCounts
                | Operand::LineNumber
                | Operand::AsyncForStart,
            ) => Self::None,
            Some(Operand::Const) => Self::Consts,
            Some(Operand::Name) => Self::Names,
            Some(Operand::GlobalName | Operand::AttributeName) => Self::NamesAndBit,
            Some(Operand::Local) => Self::Locals,
            Some(Operand::Cell) => Self::Cells,
            Some(Operand::Compare) => Self::Compare,
            Some(Operand::BinaryOperator) => Self::Binary,
            _ => Self::Other,
        }
    }
}
