//! Any bytes: opened, unfolded, chosen, searched and written out as the page would do it.

#![no_main]

#[path = "../../crates/view/tests/exercise/mod.rs"]
mod exercise;
#[path = "../../crates/view/tests/screen/mod.rs"]
mod screen;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::document("fuzzed.pyc", bytes));
