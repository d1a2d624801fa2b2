//! What is on screen, as plain data: rows, cells, cards, segments, and what happens to them when the user acts.
//!
//! Nothing here knows a browser, and nothing knows the file format: [`pycxray`] decodes, this crate decides what is shown,
//! the page draws it. An [`Engine`] holds the opened files; it is spoken with in messages ([`protocol`]), so that it can run in
//! a thread of its own.

#![forbid(unsafe_code)]

mod bytecode;
mod calls_of_note;
mod card;
mod code_names;
mod companion;
mod comparison;
mod constant;
mod date;
mod document;
mod engine;
mod errand;
mod export;
mod file;
mod follow;
mod go_to;
mod graph;
mod guards;
mod hex;
mod item;
mod labels;
mod listing;
mod local_kinds;
mod members;
mod moves;
mod number;
mod other;
mod outline;
mod payloads;
mod placement;
mod problems;
pub mod protocol;
pub mod prover;
mod python_text;
mod reading;
mod references;
mod ribbon;
mod scroll;
mod search;
mod selection;
mod source;
mod strings;
mod styled;
mod summary;
mod text;
mod tree;
mod values;
pub mod verifier;

pub use engine::{Clock, Engine, Message, Post};
pub use number::{counted, grouped, hex_offset};
pub use pycxray::{Severity, Span};
pub use scroll::Scroll;
pub use text::displayable;
