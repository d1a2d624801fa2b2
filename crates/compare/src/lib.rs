//! What differs between a `.pyc` file and its source.
//!
//! [`verify`] answers whether a file can have been made of a source: of its header, which is anyone's to forge, and of its contents, code
//! object by code object. No interpreter is needed, and nothing is run.

#![forbid(unsafe_code)]

pub mod verify;
