//! Schema 1 written an instruction at a time says the same as its values at once.

mod fixtures;

use pycxray::{Limits, Pyc, schema};
use serde_json::Value;

#[test]
fn values_and_text_are_the_same_for_every_fixture() {
    let mut compared = 0;
    for fixture in fixtures::all() {
        let pyc = fixture.parse();
        let text = schema::to_json(&pyc, Some("a name"), Limits::default());
        // A surrogate that stands alone is the one thing in which the two differ, for Rust's strings do not hold it.
        let Ok(text) = serde_json::from_str::<Value>(&text) else {
            assert!(text.contains("\\ud"), "{}", fixture.name);
            continue;
        };
        let values = schema::File::of(&pyc, Some("a name"), Limits::default());
        assert!(serde_json::to_value(&values).unwrap() == text, "{}", fixture.name);
        assert!(serde_json::from_value::<schema::File>(text).unwrap() == values, "{}", fixture.name);
        compared += 1;
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn names_reach_programs_letter_by_letter() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/regressions/names-that-a-terminal-would-obey.pyc");
    let pyc = Pyc::parse(std::fs::read(path).unwrap());
    let text = schema::to_json(&pyc, None, Limits::default());
    let values = serde_json::to_value(schema::File::of(&pyc, None, Limits::default())).unwrap();
    for file in [serde_json::from_str::<Value>(&text).unwrap(), values] {
        let code = &file["codes"][0];
        let loads = code["instructions"].as_array().unwrap().iter().filter(|one| one["opname"] == "LOAD_NAME");
        let used: Vec<&Value> = loads.map(|one| &one["argrepr"]).collect();
        assert!(used.contains(&&Value::from("a\u{202e}b\u{2066}c")), "{used:?}");
    }
}

#[test]
fn damage_is_told_in_both() {
    let pyc = Pyc::parse(vec![0xcb, 0x0d, 0x0d, 0x0a]);
    let values = schema::File::of(&pyc, None, Limits::default());
    let text: Value = serde_json::from_str(&schema::to_json(&pyc, None, Limits::default())).unwrap();
    assert!(!values.diagnostics.is_empty());
    assert_eq!(serde_json::to_value(&values).unwrap(), text);
}

#[test]
fn what_is_no_pyc_file_is_of_no_python() {
    for bytes in [&b"just some text"[..], b"\x89PNG\r\n\x1a\n", b""] {
        let pyc = Pyc::parse(bytes.to_vec());
        let text: Value = serde_json::from_str(&schema::to_json(&pyc, None, Limits::default())).unwrap();
        let none = serde_json::json!({"implementation": "", "version": "", "certain": false, "candidates": []});
        assert_eq!(text["python"], none, "{bytes:?}");
    }
}

/// Fails from the first byte on, and counts how often it was asked to take some.
struct Closed(usize);

impl std::io::Write for &mut Closed {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        self.0 += 1;
        Err(std::io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn nothing_more_is_written_once_writing_has_failed() {
    let fixtures = fixtures::all();
    let longest = fixtures.iter().map(|fixture| fixture.parse()).max_by_key(|pyc| pyc.bytes().len()).unwrap();
    assert!(schema::to_json(&longest, None, Limits::default()).len() > 1 << 18);
    let mut closed = Closed(0);
    let failure = schema::write_json(&mut closed, &longest, None, Limits::default(), Vec::new).unwrap_err();
    assert_eq!((failure.kind(), closed.0), (std::io::ErrorKind::BrokenPipe, 1));
}
