//! Bytes as instructions: all that can be told of a bytecode from its version alone, without the names and constants beside it.
//!
//! Up to 3.5 an instruction is one byte, or three with an argument; from 3.6 on two, with inline caches behind it since 3.11.
//! [`Instructions`] walks through them one by one and keeps nothing but where it stands; an argument that `EXTENDED_ARG` spreads
//! over several instructions is put together on the way. Whatever the bytes are, the instructions tile them.
//!
//! Where a jump leads follows from its argument and the version ([`Instruction::target`]). [`BytecodeIndex`] remembers marks on
//! the way, so that any instruction of a long bytecode is found by position or offset without walking from the start.

mod index;
mod instruction;
mod labels;

pub use index::BytecodeIndex;
pub(crate) use instruction::InstructionCursor;
pub use instruction::{Instruction, Instructions};
pub use labels::Labels;
