//! The road from bytes to a [`Pyc`](crate::Pyc).
//!
//! `detect` reads the header and settles which Python the file is read as: by its magic number, by the user's word, or, where
//! there is no known number, by decoding the object as each layout there ever was and weighing what fits. `parser` then decodes
//! the object; behind damage it looks for further code objects, and what remains becomes a section of its own, so that every
//! byte of the file belongs somewhere.

mod detect;
mod parser;

pub use parser::Options;
