//! Whatever the bytes and the text are: comparing and verifying end, say the same both ways, and point into the file.

mod exercise;

use std::path::{Path, PathBuf};

use exercise::{compare, hold};
use pycxray::Pyc;

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests")
}

/// Files of a few versions with their sources.
fn fixtures() -> Vec<(String, Vec<u8>, Vec<u8>)> {
    let mut found = Vec::new();
    for version in ["1.5.2", "2.7", "3.6", "3.8", "3.11", "3.12", "3.13", "3.14", "3.15"] {
        for name in ["hello", "classic", "three", "py36", "py38", "py310", "py311", "py312", "py313", "py314"] {
            let pyc = tests().join(format!("fixtures/cpython-{version}/{name}.pyc"));
            let source = tests().join(format!("fixtures/src/{name}.py"));
            if let (Ok(pyc), Ok(source)) = (std::fs::read(pyc), std::fs::read(source)) {
                found.push((format!("{version}/{name}"), pyc, source));
            }
        }
    }
    assert!(found.len() > 40, "only {} files were found", found.len());
    found
}

/// Places that look drawn by chance, the same ones in each run (splitmix).
fn places(seed: u64, below: usize) -> impl Iterator<Item = usize> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ mixed >> 27) as usize % below.max(1)
    })
}

#[test]
fn any_two_fixtures_are_compared_both_ways() {
    let files: Vec<(String, Pyc)> = fixtures().into_iter().map(|(name, pyc, _)| (name, Pyc::parse(pyc))).collect();
    for (at, (name, pyc)) in files.iter().enumerate() {
        for step in [1, 7, 10] {
            let (other_name, other) = &files[(at + step) % files.len()];
            compare(pyc, other, &format!("{name} and {other_name}"));
        }
    }
}

/// What a fuzzer found: a field that is cut off was missed if it was the second file that has it.
#[test]
fn files_that_are_cut_near_their_ends_differ_both_ways() {
    let path = tests().join("fixtures/cpython-3.12/hello.pyc");
    let whole = std::fs::read(path).expect("the fixture is there");
    let pyc = Pyc::parse(whole.clone());
    for cut in 1..40 {
        compare(&pyc, &Pyc::parse(whole[..whole.len() - cut].to_vec()), &format!("{cut} bytes cut off"));
    }
}

#[test]
fn changed_and_cut_files_are_compared_with_what_they_were() {
    for (name, bytes, _) in fixtures() {
        let pyc = Pyc::parse(bytes.clone());
        for (number, at) in places(bytes.len() as u64, bytes.len()).take(12).enumerate() {
            let mut other = bytes.clone();
            match number % 3 {
                0 => other.truncate(at),
                1 => other[at] ^= 1 << (number % 8),
                _ => other[at] = b'\xff',
            }
            compare(&pyc, &Pyc::parse(other), &format!("{name}, changed at {at}"));
        }
    }
}

#[test]
fn any_file_is_held_against_any_text() {
    let files = fixtures();
    for (at, (name, bytes, source)) in files.iter().enumerate() {
        let pyc = Pyc::parse(bytes.clone());
        hold(&pyc, source, name);
        let (other_name, _, other) = &files[(at + 3) % files.len()];
        hold(&pyc, other, &format!("{name} against {other_name}"));
        hold(&pyc, bytes, &format!("{name} against itself"));
        for (number, at) in places(source.len() as u64, source.len()).take(24).enumerate() {
            let mut text = source.clone();
            match number % 4 {
                0 => text.truncate(at),
                1 => text[at] = b"\"'()[]{}:\n\\ \0"[number % 13],
                2 => _ = text.remove(at),
                _ => text.insert(at, b"+-*@=,.#"[number % 8]),
            }
            hold(&pyc, &text, &format!("{name}, its source changed at {at}"));
            let mut changed = bytes.clone();
            let at = at % changed.len();
            changed[at] ^= 1 << (number % 8);
            hold(&Pyc::parse(changed), source, &format!("{name}, changed at {at}"));
        }
    }
}

#[test]
fn files_that_broke_something_are_compared_and_held() {
    let (_, bytes, source) = fixtures().pop().expect("there are some");
    let other = Pyc::parse(bytes);
    for entry in std::fs::read_dir(tests().join("regressions")).expect("the folder is there").map_while(Result::ok) {
        let pyc = Pyc::parse(std::fs::read(entry.path()).expect("it can be read"));
        let name = entry.path().display().to_string();
        compare(&pyc, &other, &name);
        hold(&pyc, &source, &name);
    }
}
