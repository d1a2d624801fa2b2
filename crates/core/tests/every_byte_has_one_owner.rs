//! Every byte of a file belongs to exactly one leaf, whatever the file.

use std::fs;
use std::path::{Path, PathBuf};

use pycxray::{Item, Pyc};

/// Every fixture that interpreters wrote.
fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let mut files = Vec::new();
    for folder in fs::read_dir(root).expect("tests/fixtures") {
        let folder = folder.expect("an entry").path();
        if folder.is_dir() {
            let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
            files.extend(entries.filter(|path| path.extension().is_some_and(|e| e == "pyc" || e == "bin")));
        }
    }
    files.sort();
    assert!(files.len() > 200, "the fixtures are there");
    files
}

/// Panics unless the leaves tile the file and each is found again at each of its bytes.
fn assert_tiled(bytes: &[u8], what: &str) {
    let pyc = Pyc::parse(bytes);
    let mut end = 0;
    for (span, leaf) in pyc.leaves(0) {
        assert_eq!(span.start, end, "{what}: {leaf:?} begins where the leaf before it ends");
        assert!(!span.is_empty(), "{what}: {leaf:?} has a byte");
        assert_eq!(pyc.leaf_span(leaf), span, "{what}: {leaf:?} says the same of itself");
        for offset in [span.start, span.end - 1] {
            assert_eq!(pyc.leaf_at(offset), Some(leaf), "{what}: byte {offset:#x}");
        }
        end = span.end;
    }
    assert_eq!(end as usize, bytes.len(), "{what}: the leaves reach the end");
    assert_eq!(pyc.leaf_at(end), None);
}

/// Panics unless each item's children lie in it, in order, and name it as their parent.
fn assert_nested(bytes: &[u8], what: &str) {
    let pyc = Pyc::parse(bytes);
    let mut open: Vec<Item> = pyc.top().collect();
    while let Some(item) = open.pop() {
        let span = pyc.span(item);
        let mut at = span.start;
        for child in pyc.children(item) {
            assert_eq!(pyc.parent(child), Some(item), "{what}: {child:?}");
            let inner = pyc.span(child);
            assert!(span.covers(inner) && at <= inner.start, "{what}: {child:?} {inner} in {item:?} {span}");
            at = inner.end;
            open.push(child);
        }
    }
}

#[test]
fn in_every_fixture() {
    for path in fixtures() {
        let bytes = fs::read(&path).expect("a fixture");
        assert_tiled(&bytes, &path.display().to_string());
        assert_nested(&bytes, &path.display().to_string());
    }
}

#[test]
fn in_files_cut_off_at_every_byte() {
    for name in ["cpython-3.12/py38.pyc", "cpython-2.7/hello.pyc", "cpython-1.2/hello.pyc", "cpython-3.10/py33.pyc"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(name);
        let bytes = fs::read(path).expect("a fixture");
        for length in 0..bytes.len() {
            assert_tiled(&bytes[..length], &format!("{name} cut at {length}"));
            let pyc = Pyc::parse(&bytes[..length]);
            assert!(!pyc.diagnostics().is_empty(), "{name} cut at {length} is said to be damaged");
        }
    }
}

#[test]
fn in_files_with_changed_bytes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/cpython-3.12/py38.pyc");
    let original = fs::read(path).expect("a fixture");
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
        assert_tiled(&bytes, &format!("round {round}"));
        assert_nested(&bytes, &format!("round {round}"));
    }
}
