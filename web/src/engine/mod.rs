//! The engine, apart from the page: `pycxray-view` in a worker of its own, so that whatever it is at, the page answers.
//!
//! Both halves are one program. [`serve`] is the half in the worker; [`Client`] is how the page holds it: it keeps the files,
//! so that a new engine can be given them when one has failed, or was ended because it took too long.

mod client;
mod connection;
mod files;
mod measure;
mod questions;
mod reading;
mod wire;
mod worker;

pub(crate) use client::{Client, Told};
pub(crate) use files::{Origin, Under};
pub(crate) use worker::{is_worker, serve};
