//! Python bytecode shown as source, and proved to mean the same.
//!
//! ```text
//! code object ─► lift ─► flow graph ─► shape ─► syntax tree ─► print ─► text
//!                            ▲                       │
//!                            └──── prove ◄── lower ◄─┘
//! ```
//!
//! * [`graph`]: operations on values, in blocks that lead to each other. No stack, no opcodes, one form for all versions.
//! * [`mod@unit`]: what else is known of a code object: its names, parameters, flags.
//!
//! A text is shown as proved if its tree, lowered by the rules of the language, gives a graph that walks side by side with the
//! one lifted from the bytecode. Nothing that is guessed goes unmarked.

#![forbid(unsafe_code)]

pub mod ast;
mod compare;
pub mod constant;
pub mod graph;
pub mod lift;
pub mod lower;
mod name;
mod percent;
pub mod print;
pub mod prove;
#[cfg(feature = "serde")]
pub mod schema;
pub mod shape;
mod source;
mod text_size;
mod tokens;
mod unimproved;
pub mod unit;
mod verdict;

pub use compare::{CodeOf, compare};
pub use source::{Options, Owned, Source, Sources, VERSIONS, is_supported, is_supported_python, lifted, source};
pub use tokens::tokens;
pub use verdict::{Judge, Verdict};
