//! The two ways to schema 1 say the same: the text that `JsonExport` writes, and the values of `schema`.
#![cfg(feature = "serde")]

mod fixtures;

use pycxray::{JsonExport, Limits, Pyc, schema};
use serde_json::Value;

#[test]
fn values_and_text_are_the_same_for_every_fixture() {
    let mut compared = 0;
    for fixture in fixtures::all() {
        let pyc = fixture.parse();
        let text = JsonExport::whole(&pyc, Some("a name"), Limits::default());
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
fn damage_is_told_in_both() {
    let pyc = Pyc::parse(vec![0xcb, 0x0d, 0x0d, 0x0a]);
    let values = schema::File::of(&pyc, None, Limits::default());
    let text: Value = serde_json::from_str(&JsonExport::whole(&pyc, None, Limits::default())).unwrap();
    assert!(!values.diagnostics.is_empty());
    assert_eq!(serde_json::to_value(&values).unwrap(), text);
}
