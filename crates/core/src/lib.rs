//! Placeholder crate page.

#![forbid(unsafe_code)]

mod check;
mod code;
mod detect;
mod diagnostic;
mod header;
mod instruction;
mod item;
mod limits;
pub mod magic;
mod marshal;
mod operand;
mod outline;
mod parse;
mod pyc;
pub mod python;
mod reader;
mod recover;
mod repr;
mod span;
pub mod tables;
mod variables;
mod version;

pub use code::Code;
pub use detect::{Basis, Detection};
pub use diagnostic::{Diagnostic, Severity};
pub use header::{Header, HeaderField, HeaderKind};
pub use instruction::{BytecodeIndex, Instruction, InstructionCursor, Instructions};
pub use item::Item;
pub use limits::Limits;
pub use marshal::{Children, FLAG_REF, Field, Kind, Node, NodeId, Region, Role, Tree, Value};
pub use operand::{Meaning, Operands};
pub use outline::{ItemChildren, Leaves};
pub use parse::{Options, Parser};
pub use pyc::{Pyc, Section, SectionKind};
pub use repr::{CUT, Reprs};
pub use span::Span;
pub use variables::{CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL};
pub use version::{Implementation, Version};
