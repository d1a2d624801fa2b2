//! Search: what the user types, where it is found, stepping through it.

mod bytes;
mod hits;
mod query;
mod run;
mod snippet;
mod state;

pub(crate) use hits::{Hit, Hits};
pub(crate) use run::Search;
