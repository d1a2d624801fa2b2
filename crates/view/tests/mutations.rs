//! Damaged files from fixed seeds: whatever they hold, the page can ask of them all that it may ask.

mod exercise;

use std::fs;
use std::path::Path;

/// Rounds over one file of each interpreter.
const ROUNDS: u64 = 25;

/// Numbers that look random and are the same in every run (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % bound.max(1)
    }
}

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
