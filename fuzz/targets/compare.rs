//! Any bytes as two files, of which each is a half: compared both ways.

#![no_main]

#[path = "../../crates/compare/tests/exercise/mod.rs"]
mod exercise;

use pycxray::Pyc;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (before, after) = bytes.split_at(bytes.len() / 2);
    exercise::compare(&Pyc::parse(before.to_vec()), &Pyc::parse(after.to_vec()), "any bytes");
});
