//! What compilers wrote several times becomes one again, and what branches inside of an expression becomes a value: each a pass over
//! the flow.

pub(super) mod builtins;
pub(super) mod conditions;
pub(super) mod copies;
pub(super) mod duplicates;
pub(super) mod inlined;
mod join;
pub(super) mod params;
pub(super) mod returns;
pub(super) mod rotated;
