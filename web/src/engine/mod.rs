//! The engine, apart from the page: `pycxray-view` in a worker of its own, so that whatever it is at, the page answers.
//!
//! It is a program of its own ([`serve`]), which comes while the page already draws and takes files. [`Client`] is how the page
//! holds it: it keeps the files, so that a new engine can be given them when one has failed, or was ended because it took too
//! long.
//!
//! What is heavy and rarely wanted are programs in workers of their own, the prover and the verifier ([`serve_errands`]). The page
//! starts one when the engine first wants something of it, and carries what they say to each other ([`errands`]).

mod client;
mod comparisons;
mod connection;
mod errand_program;
mod errands;
mod files;
mod measure;
mod questions;
mod reading;
mod rehearsal;
mod scope;
mod wire;
mod worker;

pub(crate) use client::{Client, Opening, Told};
pub(crate) use comparisons::Compared;
pub(crate) use errand_program::serve_errands;
pub(crate) use files::{Origin, Subject, Under};
pub(crate) use worker::serve;
