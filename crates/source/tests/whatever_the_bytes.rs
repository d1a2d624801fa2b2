//! Whatever the bytes are: source ends, it is Python in form, and its ranges lie in it.

mod exercise;

use std::path::PathBuf;

use exercise::check;
use pycxray::Pyc;
use pycxray_source::{Options, Sources};

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let folder = format!("{}/../../tests/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    // Files of many equal instructions say no more, and take long.
    let is_wide = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("wide"));
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "pyc") && !is_wide(path));
    paths.sort();
    paths
}

#[test]
fn source_of_files_that_broke_something() {
    for path in fixtures("regressions") {
        check(std::fs::read(&path).unwrap(), &path.display().to_string());
    }
}

/// A string of `marshal`, and a tuple.
fn bytes(data: &[u8]) -> Vec<u8> {
    [&b"s"[..], &(data.len() as u32).to_le_bytes(), data].concat()
}

fn tuple(items: &[&[u8]]) -> Vec<u8> {
    let mut out = vec![b')', items.len() as u8];
    items.iter().for_each(|item| out.extend_from_slice(item));
    out
}

/// A code object of 3.8 called `<lambda>`.
fn lambda(code: &[u8], consts: &[&[u8]]) -> Vec<u8> {
    let mut out = b"c".to_vec();
    out.extend([0, 0, 0, 0, 10, 0x53].into_iter().flat_map(u32::to_le_bytes));
    out.extend([bytes(code), tuple(consts)].concat());
    // Names, variables, file name, name.
    out.extend([&b")\0)\0)\0)\0"[..], b"z\x01f", b"z\x08<lambda>", &1_u32.to_le_bytes(), &bytes(b"")].concat());
    out
}

/// A file of 3.8 with a function that makes another so many times, and so on, this deep.
fn nested(depth: u32, times: u8) -> Vec<u8> {
    const NAME: &[u8] = b"z\x08<lambda>";
    let make = [100, 0, 100, 1, 132, 0].repeat(times as usize);
    let all = [&make[..], &[102, times, 83, 0]].concat();
    let mut code = lambda(&[100, 0, 83, 0], &[b"N"]);
    for _ in 0..depth {
        code = lambda(&all, &[&code, NAME]);
    }
    [&[0x55, 0x0d, 0x0d, 0x0a][..], &[0; 12], &lambda(&all, &[&code, NAME])].concat()
}

#[test]
fn functions_made_over_and_over_are_not_written_so_often() {
    for (depth, times) in [(40, 2), (10, 30), (1_000, 1)] {
        let file = nested(depth, times);
        let most = file.len() * 32 + 8_000_000;
        let pyc = Pyc::parse(file.clone());
        assert_eq!(pyc.codes().len(), depth as usize + 2);
        assert!(Sources::new(&pyc).module(Options::default()).text.len() < most, "{depth} deep, {times} times");
        check(file, &format!("{depth} deep, {times} times"));
    }
}

/// Numbers without pattern, the same in each run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

#[test]
fn source_of_changed_bytes() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for version in ["2.7", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15"] {
        for path in fixtures(&format!("fixtures/cpython-{version}")) {
            let original = std::fs::read(&path).unwrap();
            for round in 0..ROUNDS {
                let mut bytes = original.clone();
                for _ in 0..1 + numbers.below(4) {
                    let at = 16 + numbers.below(bytes.len() - 16);
                    bytes[at] = numbers.below(256) as u8;
                }
                check(bytes, &format!("{} changed for the {round}. time", path.display()));
            }
        }
    }
}

/// How often each fixture is changed.
const ROUNDS: usize = 3;

#[test]
fn what_is_no_python_has_no_source() {
    for bytes in [&[1_u8, 2, 3][..], b"", b"Dear reader, this is no bytecode at all.\n"] {
        assert!(!pycxray_source::is_supported(&pycxray::Pyc::parse(bytes.to_vec())), "{bytes:?}");
    }
}
