//! Any bytes: damage and findings are looked for, at once and in slices.

#![no_main]

#[path = "../../crates/core/tests/exercise/mod.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::inspection(&pycxray::Pyc::parse(bytes)));
