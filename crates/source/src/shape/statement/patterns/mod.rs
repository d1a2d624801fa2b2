//! Patterns of `case`, read from the operations that try them.
//!
//! A pattern is a run of tests on a value and its items; each leads on if it holds, and to where the next case begins if it does
//! not. Names are bound when all tests have held: which value each name is bound to tells which part of the pattern it stands at.

mod alternatives;
mod reader;
mod trials;
mod tried;

pub(super) use reader::{Reader, Spot};
pub(super) use tried::{Key, Test, Tried};
