//! Any bytes: the meaning of each instruction, the text of each operand and constant.

#![no_main]

#[path = "../../crates/core/tests/exercise/mod.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::operands(&pycxray::Pyc::parse(bytes)));
