//! Holds what pycxray says of a file against what the interpreter that wrote it says, instruction for instruction.
//!
//! The interpreter's word is a JSON document as `tests/fixtures/README.md` describes it. The fixtures have one beside each file;
//! `cargo xtask parity` lets the interpreters on a machine write theirs for their whole standard library.

mod compare;

use std::io;
use std::path::Path;

pub use compare::{differences, first_different_line};
use pycxray::{Limits, Listing, ListingOptions, Pyc, schema};
use serde_json::Value;

/// What came of a file.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// How many code objects the interpreter lists.
    pub codes: usize,
    /// How many instructions it lists in all of them.
    pub instructions: usize,
    /// Where pycxray says otherwise, a sentence each.
    pub differences: Vec<String>,
}

/// Compares what pycxray says of the file `pyc` with the interpreter's `listing` of it, and with what its `dis.dis` prints where that
/// stands in a `.txt` beside it. `interpreter` is called as the fixtures' folders are, `cpython-3.12`.
///
/// # Errors
///
/// If either cannot be read, or the listing is no JSON.
pub fn compare_file(interpreter: &str, pyc: &Path, listing: &Path) -> io::Result<Outcome> {
    let theirs: Value = serde_json::from_slice(&std::fs::read(listing)?)?;
    let parsed = Pyc::parse(std::fs::read(pyc)?);
    // An interpreter cuts no text.
    let limits = Limits { text: u32::MAX, ..Limits::default() };
    let json = schema::to_json(&parsed, None, limits);
    let ours: Value = serde_json::from_str(&with_plain_surrogates(&json))?;
    let codes = |value: &Value| value["codes"].as_array().cloned().unwrap_or_default();
    let (theirs, ours) = (codes(&theirs), codes(&ours));
    let mut differences = differences(interpreter, &theirs, &ours);
    let printed = listing.with_extension("txt");
    if printed.exists() {
        let printed = String::from_utf8_lossy(&std::fs::read(printed)?).into_owned();
        differences.extend(first_different_line(interpreter, &printed, &exact_listing(&parsed, limits)));
    }
    Ok(Outcome {
        codes: theirs.len(),
        instructions: theirs.iter().filter_map(|code| code["instructions"].as_array()).map(Vec::len).sum(),
        differences,
    })
}

/// What `pycxray dis --exact` prints.
fn exact_listing(pyc: &Pyc, limits: Limits) -> String {
    let (mut options, mut text) = (ListingOptions::default(), String::new());
    options.exact = true;
    Listing::new(pyc, options, limits).write(&mut text, pyc);
    text
}

/// The same JSON with the escape of each lone surrogate, which `serde_json` refuses, as plain text: `\ud800` as `\\ud800`.
fn with_plain_surrogates(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        text.push_str(before);
        let length = match (surrogate(escape), escape.get(6..).and_then(surrogate)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..)) => 12,
            (Some(_), _) => {
                text.push('\\');
                6
            }
            (None, _) => escape.char_indices().nth(2).map_or(escape.len(), |(end, _)| end),
        };
        text.push_str(&escape[..length]);
        rest = &escape[length..];
    }
    text.push_str(rest);
    text
}

/// The surrogate whose escape this begins with.
fn surrogate(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok().filter(|unit| (0xd800..=0xdfff).contains(unit))
}

#[cfg(test)]
mod tests {
    use super::with_plain_surrogates;

    #[test]
    fn lone_surrogates_become_text_and_nothing_else_does() {
        assert_eq!(with_plain_surrogates(r#""a\ud800\n\"\u00e9""#), r#""a\\ud800\n\"\u00e9""#);
        assert_eq!(with_plain_surrogates(r#""\\ud800""#), r#""\\ud800""#);
        assert_eq!(with_plain_surrogates(r#""x\udb40\udd00""#), r#""x\udb40\udd00""#);
        assert_eq!(with_plain_surrogates(r#""\udb40x\udd00\udd00\udb40""#), r#""\\udb40x\\udd00\\udd00\\udb40""#);
    }
}
