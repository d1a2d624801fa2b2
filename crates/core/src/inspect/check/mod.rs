//! Damage inside code objects.
//!
//! [`fields`] is part of decoding: it looks at each field once. What it takes to walk through bytecode and tables is left to
//! the [`Inspector`](crate::Inspector), which calls [`bytecode`], [`jumps`], [`stack`], [`tables`]
//! and [`variables`].

pub(crate) mod bytecode;
mod fields;
pub(crate) mod jumps;
pub(crate) mod stack;
pub(crate) mod tables;
pub(crate) mod variables;

pub(crate) use fields::CodeCheck;
