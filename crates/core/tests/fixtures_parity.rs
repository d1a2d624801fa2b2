//! Every fixture, held against what the interpreter that wrote it says of it (`tests/fixtures/README.md`).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pycxray::{JsonExport, Limits, Pyc};
use serde_json::Value;

/// Fields of a code object that are compared as they are.
const FIELDS: [&str; 14] = [
    "name",
    "qualname",
    "filename",
    "firstlineno",
    "argcount",
    "posonlyargcount",
    "kwonlyargcount",
    "nlocals",
    "stacksize",
    "flags",
    "names",
    "varnames",
    "freevars",
    "cellvars",
];

/// What no file can tell, by name: Python 1.6 has the magic number of 1.5 and wrote the very same bytes, but 17 digits of a
/// float where that has 12.
const UNDECIDABLE: [(&str, &str, &str); 1] = [("cpython-1.6", "3.1415899999999999", "3.14159")];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures")
}

/// The folders of interpreters.
fn interpreters() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(fixtures()).expect("the fixtures are in the repository");
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    folders.retain(|path| path.is_dir() && path.file_name().is_some_and(|name| name.to_string_lossy().contains('-')));
    folders.sort();
    folders
}

/// A `repr` without what no file can tell: addresses, and the order in which a set iterates.
fn normal(text: &str, folder: &str) -> String {
    let mut text = text.to_owned();
    while let Some(start) = text.find(" at ").filter(|&start| text[..start].contains("<code object ")) {
        let address = text[start + 4..].trim_start_matches("0x");
        let rest = address.trim_start_matches(|c: char| c.is_ascii_hexdigit());
        text = format!("{}{rest}", &text[..start]);
    }
    for (_, theirs, ours) in UNDECIDABLE.iter().filter(|(of, ..)| *of == folder) {
        if text == *theirs {
            text = (*ours).to_owned();
        }
    }
    if text.contains("frozenset({") {
        let mut characters: Vec<char> = text.chars().collect();
        characters.sort_unstable();
        text = characters.into_iter().collect();
    }
    text
}

/// What a file's JSON and the interpreter's say differently.
fn differences(folder: &str, expected: &[Value], actual: &[Value]) -> Vec<String> {
    let mut found = Vec::new();
    if expected.len() != actual.len() {
        return vec![format!("{} code objects, not {}", actual.len(), expected.len())];
    }
    for (want, got) in expected.iter().zip(actual) {
        let title = got["name"].to_string();
        let mut differ = |what: &str, want: &Value, got: &Value| {
            if want != got {
                found.push(format!("{title}: {what} is {got}, not {want}"));
            }
        };
        for field in FIELDS {
            if !want[field].is_null() {
                differ(field, &want[field], &got[field]);
            }
        }
        let reprs = |code: &Value| -> Vec<String> {
            let reprs = code["consts"].as_array().into_iter().flatten().filter_map(Value::as_str);
            reprs
                .map(|text| if text.starts_with("<code") { "<code>".to_owned() } else { normal(text, folder) })
                .collect()
        };
        differ("consts", &reprs(want).into(), &reprs(got).into());
        let (theirs, ours) = (want["instructions"].as_array(), got["instructions"].as_array());
        let (theirs, ours) = (theirs.expect("an array"), ours.expect("an array"));
        differ("the number of instructions", &theirs.len().into(), &ours.len().into());
        let complete = !want["exceptions"].is_null();
        for (want, got) in theirs.iter().zip(ours) {
            let place = |what: &str| format!("{what} at {} {}", want[0], want[1]);
            // How many places of a slice are on the stack, the files of old interpreters leave out: SLICE for SLICE+2.
            let opname = |value: &Value| Value::from(value.as_str().and_then(|name| name.split('+').next()));
            differ(&place("offset"), &want[0], &got["offset"]);
            differ(&place("opname"), &opname(&want[1]), &opname(&got["opname"]));
            differ(&place("arg"), &want[2], &got["arg"]);
            let text = |value: &Value| Value::from(normal(value.as_str().unwrap_or_default(), folder));
            differ(&place("argrepr"), &text(&want[3]), &text(&got["argrepr"]));
            // Up to 3.10 an interpreter's own dis is silent on some of these.
            let spoken = |value: &Value| complete || !value.is_null();
            if spoken(&want[4]) {
                differ(&place("line"), &want[4], &got["line"]);
            }
            let position = |value: &Value| match value.as_array() {
                Some(parts) if parts.iter().any(|part| !part.is_null()) => value.clone(),
                _ => Value::Null,
            };
            if spoken(&position(&want[5])) {
                differ(&place("position"), &position(&want[5]), &position(&got["position"]));
            }
            if spoken(&want[6]) {
                differ(&place("target"), &want[6], &got["target"]);
            }
        }
        if complete {
            let entries = got["exceptions"].as_array().into_iter().flatten();
            let keys = ["start", "end", "target", "depth", "lasti"];
            let entries: Vec<Value> =
                entries.map(|entry| keys.iter().map(|key| entry[*key].clone()).collect()).collect();
            differ("the exception table", &want["exceptions"], &entries.into());
        }
    }
    found
}

fn check(folder: &str) {
    let mut files = 0;
    for entry in std::fs::read_dir(fixtures().join(folder)).expect("the folder is there") {
        let listing = entry.expect("readable").path();
        let pyc = listing.with_extension("pyc");
        if listing.extension().is_none_or(|extension| extension != "json") || !pyc.exists() {
            continue;
        }
        let bytes = std::fs::read(&pyc).expect("readable");
        let theirs: Value = serde_json::from_slice(&std::fs::read(&listing).expect("readable")).expect("JSON");
        let parsed = Pyc::parse(bytes);
        let json = JsonExport::whole(&parsed, None, Limits::default());
        let ours: Value = serde_json::from_str(&json).expect("what we write is JSON");
        let codes = |value: &Value| value["codes"].as_array().cloned().expect("an array");
        let found = differences(folder, &codes(&theirs), &codes(&ours));
        assert!(found.is_empty(), "{}:\n{}", pyc.display(), found[..found.len().min(10)].join("\n"));
        files += 1;
    }
    assert!(files > 0, "{folder} has files to compare");
}

/// Declares a test for each folder, so that they run beside each other, and one that makes sure that none is left out.
macro_rules! interpreters {
    ($($test:ident = $folder:literal;)*) => {
        $(#[test] fn $test() { check($folder); })*

        #[test]
        fn no_interpreter_is_left_out() {
            let tested = BTreeSet::from([$($folder.to_owned()),*]);
            let with_listings = interpreters().into_iter().filter(|folder| {
                let mut files = std::fs::read_dir(folder).expect("readable");
                files.any(|file| file.expect("readable").path().extension().is_some_and(|name| name == "json"))
            });
            let names = with_listings.filter_map(|folder| Some(folder.file_name()?.to_string_lossy().into_owned()));
            assert_eq!(names.collect::<BTreeSet<String>>(), tested);
        }
    };
}

interpreters! {
    cpython_1_2 = "cpython-1.2";
    cpython_1_3 = "cpython-1.3";
    cpython_1_4 = "cpython-1.4";
    cpython_1_5_1 = "cpython-1.5.1";
    cpython_1_5_2 = "cpython-1.5.2";
    cpython_1_6 = "cpython-1.6";
    cpython_2_0 = "cpython-2.0";
    cpython_2_1 = "cpython-2.1";
    cpython_2_2 = "cpython-2.2";
    cpython_2_3 = "cpython-2.3";
    cpython_2_4 = "cpython-2.4";
    cpython_2_5 = "cpython-2.5";
    cpython_2_6 = "cpython-2.6";
    cpython_2_7 = "cpython-2.7";
    cpython_3_0 = "cpython-3.0";
    cpython_3_1 = "cpython-3.1";
    cpython_3_2 = "cpython-3.2";
    cpython_3_3 = "cpython-3.3";
    cpython_3_4 = "cpython-3.4";
    cpython_3_5 = "cpython-3.5";
    cpython_3_6 = "cpython-3.6";
    cpython_3_7 = "cpython-3.7";
    cpython_3_8 = "cpython-3.8";
    cpython_3_9 = "cpython-3.9";
    cpython_3_10 = "cpython-3.10";
    cpython_3_11 = "cpython-3.11";
    cpython_3_12 = "cpython-3.12";
    cpython_3_13 = "cpython-3.13";
    cpython_3_14 = "cpython-3.14";
    cpython_3_15 = "cpython-3.15";
    pypy_3_9 = "pypy-3.9";
}
