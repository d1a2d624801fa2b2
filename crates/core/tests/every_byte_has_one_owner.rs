//! Every byte of a file belongs to exactly one leaf, whatever the file.

mod exercise;
mod fixtures;

use pycxray::Pyc;

/// Says which file it was if it panics.
struct Naming(String);

impl Drop for Naming {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("in {}", self.0);
        }
    }
}

#[test]
fn in_every_fixture() {
    for fixture in fixtures::all() {
        let pyc = fixture.parse();
        let _naming = Naming(fixture.name);
        exercise::tiling(&pyc);
        exercise::nesting(&pyc);
    }
}

#[test]
fn in_files_cut_off_at_every_byte() {
    for name in ["cpython-3.12/py38.pyc", "cpython-2.7/hello.pyc", "cpython-1.2/hello.pyc", "cpython-3.10/py33.pyc"] {
        let bytes = fixtures::bytes(name);
        for length in 0..bytes.len() {
            let _naming = Naming(format!("{name} cut at {length}"));
            let pyc = Pyc::parse(&bytes[..length]);
            exercise::tiling(&pyc);
            assert!(!pyc.diagnostics().is_empty(), "it is said to be damaged");
        }
    }
}

#[test]
fn in_files_with_changed_bytes() {
    let original = fixtures::bytes("cpython-3.12/py38.pyc");
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..5_000 {
        let mut bytes = original.clone();
        for _ in 0..1 + round % 4 {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            let at = 16 + (seed >> 16) as usize % (bytes.len() - 16);
            bytes[at] = seed as u8;
        }
        let pyc = Pyc::parse(bytes);
        let _naming = Naming(format!("round {round}"));
        exercise::tiling(&pyc);
        exercise::nesting(&pyc);
    }
}
