//! What a proof is worth: it holds for what compilers made, and for nothing that was changed afterwards.

mod alterations;
mod changes;
mod claims;
mod graphs;
mod read;
