//! Any bytes: JSON and listing come to the same in slices and at once.

#![no_main]

#[path = "../../crates/core/tests/exercise/mod.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::exports(&pycxray::Pyc::parse(bytes)));
