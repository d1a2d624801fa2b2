//! Code objects, and everything in a file that can be pointed at.
//!
//! A code object is a node of the tree whose children are its fields. Which fields there are, and in which order, has changed
//! fourteen times; [`Code`] answers by name for every version, and what a version lacks is `None`. Its variables, which 3.11 put
//! into one tuple, and the bits of its `co_flags` have their own ways of being asked for. Its line table and exception table are
//! byte strings in six formats: [`tables`] walks through their entries.
//!
//! An [`Item`] is anything that has bytes of its own: an object, a field of the header, an instruction, an entry of a table. The
//! methods of [`Pyc`](crate::Pyc) in `outline` make a tree of them, whose leaves tile the file from its first byte to its last.

mod bare;
mod flags;
mod item;
mod items;
mod lookup;
mod object;
mod outline;
mod sharing;
pub mod tables;
mod variables;

pub use flags::{CodeFlag, code_flags};
pub(crate) use flags::{VARARGS, VARKEYWORDS};
pub use item::Item;
pub use items::Items;
pub use object::Code;
pub use outline::{ItemChildren, Leaves};
pub use variables::{CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL};

pub(crate) use sharing::Sharing;
