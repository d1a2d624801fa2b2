//! Counts a file's instructions by name, from the plain values of schema 1:
//! `cargo run --features serde --example schema -- FILE`.

use std::collections::BTreeMap;

use pycxray::{Limits, Pyc, schema};

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "tests/fixtures/cpython-3.12/py38.pyc".to_owned());
    let pyc = Pyc::parse(std::fs::read(&path)?);
    let file = schema::File::of(&pyc, Some(&path), Limits::default());
    let mut counts = BTreeMap::<&str, usize>::new();
    for instruction in file.codes.iter().flat_map(|code| &code.instructions) {
        *counts.entry(&instruction.opname).or_default() += 1;
    }
    for (name, count) in counts {
        println!("{count:>6} {name}");
    }
    Ok(())
}
