//! Any bytes: decoded, tiled by their leaves, walked through from top to bottom.

#![no_main]

#[path = "../../crates/core/tests/exercise/mod.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::decoding(bytes));
