//! Any bytes as a file, and what follows the last line `# source` as its source: held against each other.

#![no_main]

#[path = "../../crates/compare/tests/exercise/mod.rs"]
mod exercise;

use pycxray::Pyc;

const MARK: &[u8] = b"\n# source\n";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mark = bytes.windows(MARK.len()).rposition(|window| window == MARK);
    let (file, source) = bytes.split_at(mark.unwrap_or(bytes.len() / 2));
    exercise::hold(&Pyc::parse(file.to_vec()), source.strip_prefix(MARK).unwrap_or(source), "any bytes");
});
