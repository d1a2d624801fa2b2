//! Damaged files from fixed seeds: whatever they hold, the page can ask of them all that it may ask.

mod exercise;
#[path = "../../core/tests/misplace/mod.rs"]
mod misplace;
mod screen;

use std::fs;
use std::path::Path;

use misplace::{Random, misplaced};
use pycxray::Pyc;

/// Rounds over one file of each interpreter.
const ROUNDS: u64 = 25;

#[test]
fn of_one_file_of_each_interpreter() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let mut random = Random(0x5851_f42d_4c95_7f2d);
    let mut folders: Vec<_> =
        fs::read_dir(root).expect("tests/fixtures").map(|entry| entry.expect("a folder").path()).collect();
    folders.sort();
    let mut inputs = 0;
    for folder in folders {
        let chosen =
            ["hello.pyc", "values-3.12.bin"].map(|name| folder.join(name)).into_iter().find(|path| path.exists());
        let Some(path) = chosen else { continue };
        let original = fs::read(&path).expect("a fixture");
        for round in 0..ROUNDS {
            let mut bytes = original.clone();
            for _ in 0..round.min(4) {
                let at = random.below(bytes.len());
                match random.below(5) {
                    0 => bytes.truncate(at.max(1)),
                    1 => {
                        bytes.splice(at..at, [b'c', 0, 0]);
                    }
                    2 => bytes[at] = b"\xff\x00()[{cr\xe3\xa9"[random.below(10)],
                    _ => bytes[at] = random.below(256) as u8,
                }
            }
            let shown = std::panic::catch_unwind(|| exercise::document("a\u{202e}b.pyc", &bytes));
            assert!(shown.is_ok(), "{}, round {round}: {bytes:02x?}", path.display());
            inputs += 1;
        }
    }
    assert!(inputs > 700, "{inputs}");
}

/// Whole objects where they do not belong, taken from files of other versions too.
#[test]
fn of_objects_that_are_misplaced() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let mut files: Vec<_> = fs::read_dir(root)
        .expect("tests/fixtures")
        .map(|entry| entry.expect("a folder").path().join("hello.pyc"))
        .filter(|path| path.exists())
        .collect();
    files.sort();
    let donors: Vec<Pyc> = files.iter().map(|path| Pyc::parse(fs::read(path).expect("a fixture"))).collect();
    for (number, (donor, path)) in donors.iter().zip(&files).enumerate() {
        for round in 0..ROUNDS {
            let mut random = Random((number as u64 + 1) << 32 | (round + 1) << 8 | 1);
            let bytes = misplaced(donor, &donors, 10_000, &mut random).bytes().to_vec();
            let shown = std::panic::catch_unwind(|| exercise::document("misplaced.pyc", &bytes));
            assert!(shown.is_ok(), "{}, round {round}: {bytes:02x?}", path.display());
        }
    }
    assert!(donors.len() > 20, "{}", donors.len());
}

#[test]
fn of_almost_nothing() {
    for bytes in [
        &b""[..],
        b"\0",
        b"c",
        b"\xcb",
        b"\xcb\x0d\x0d\x0a",
        b"\xcb\x0d\x0d\x0a\0\0\0\0\0\0\0\0\0\0\0\0",
        b"(\xff\xff\xff\x7f",
    ] {
        exercise::document("", bytes);
    }
}
