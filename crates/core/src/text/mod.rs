//! What is in a file, written: constants as `repr` gives them, operands as `dis` does, listings, JSON.
//!
//! All text is in the words of the very version that wrote the file: [`Reprs`] escapes a string as that Python's `repr` would,
//! [`Operands`] says `to 24` or `to L2` as that Python's `dis` does. [`Listing`] puts whole code objects into columns;
//! the module `schema` has the same facts for programs, as values and as JSON.
//!
//! All of it is written to a [`Sink`], which is told what each piece is: plain text, colours and links are sinks.
//!
//! Text that comes from the file is never trusted: what a terminal would obey, what is invisible or turns the text around it, is
//! written as an escape ([`is_visible`]). A text that is repeated is bounded: a file of a few bytes cannot fill a disk.

mod ascii;
pub(crate) mod buffer;
pub(crate) mod disassembly;
mod listing;
pub(crate) mod operand;
mod printable;
pub(crate) mod repr;
#[cfg(feature = "serde")]
pub mod schema;
mod sink;
mod visible;
mod wtf8;

pub use listing::{Listing, ListingOptions};
pub use operand::{Meaning, Operands};
pub use repr::Reprs;
pub use sink::{Sink, Token, TokenKind};
pub use visible::{CUT, displayable, is_visible, shown};

pub(crate) use visible::is_invisible;
