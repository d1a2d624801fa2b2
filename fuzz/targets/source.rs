//! Any bytes: their source, in both layouts.

#![no_main]

#[path = "../../crates/source/tests/exercise/mod.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::check(bytes.to_vec(), "any bytes"));
