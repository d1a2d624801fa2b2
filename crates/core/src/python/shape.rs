//! How instructions with an opcode are laid out, in one byte.

use super::opcode::{Opcode, Operand};

/// What walking through a bytecode needs to know of an opcode, in one byte: it is looked up for every instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape(u8);

impl Shape {
    /// The low bits: units of inline caches. CPython's most are 9.
    const CACHES: u8 = 0x0f;
    const ARGUMENT: u8 = 0x10;
    const EXTENDED: u8 = 0x20;
    const TARGET: u8 = 0x40;
    const UNWRITTEN: u8 = 0x80;

    /// That of a known opcode.
    pub(crate) fn of(opcode: &Opcode) -> Self {
        let units: u32 = opcode.caches.iter().map(|field| u32::from(field.units)).sum();
        let mut bits = units.min(Self::CACHES.into()) as u8;
        bits |= match opcode.operand {
            Operand::Unused => 0,
            Operand::Extended => Self::ARGUMENT | Self::EXTENDED,
            Operand::AsyncForStart => Self::ARGUMENT | Self::TARGET,
            jump if jump.is_jump() => Self::ARGUMENT | Self::TARGET,
            _ => Self::ARGUMENT,
        };
        if opcode.is_unwritten() {
            bits |= Self::UNWRITTEN;
        }
        Self(bits)
    }

    /// That of an opcode that the version does not have.
    pub(crate) const fn unknown(takes_argument: bool) -> Self {
        Self(if takes_argument { Self::ARGUMENT } else { 0 })
    }

    pub(crate) const fn takes_argument(self) -> bool {
        self.0 & Self::ARGUMENT != 0
    }

    pub(crate) const fn extends(self) -> bool {
        self.0 & Self::EXTENDED != 0
    }

    /// Whether [`Instruction::target`] gives something.
    pub(crate) const fn has_target(self) -> bool {
        self.0 & Self::TARGET != 0
    }

    /// Whether it exists while a program runs, but is in no file.
    pub(crate) const fn is_unwritten(self) -> bool {
        self.0 & Self::UNWRITTEN != 0
    }

    pub(crate) const fn cache_units(self) -> u8 {
        self.0 & Self::CACHES
    }
}
