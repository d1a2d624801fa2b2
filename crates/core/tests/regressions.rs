//! Files that broke something once, here or elsewhere, or were made to: `tests/regressions`. Each is named after what is wrong
//! with it, and must be said to have just that.

mod exercise;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pycxray::Pyc;

/// What each file is said to have: a diagnostic or a finding.
const SAID: &[(&str, &str)] = &[
    ("bytecode-of-nothing", "code-runs-out"),
    ("bytecode-of-odd-length", "cut-instruction"),
    ("bytecode-that-ends-behind-a-prefix", "cut-instruction"),
    ("bytecode-that-is-a-tuple", "wrong-field-type"),
    ("code-object-behind-a-bad-type-code", "recovered-code"),
    ("code-object-cut-in-its-names", "cut-file"),
    ("code-object-cut-in-its-numbers", "cut-code"),
    ("code-objects-nested-in-each-others-constants", "unloaded-code"),
    ("constant-that-is-not-there", "argument-out-of-range"),
    ("constants-that-refer-to-their-code-object", "bad-reference"),
    ("dict-that-ends-behind-a-key", "null-object"),
    ("dict-that-never-ends", "cut-file"),
    ("exception-table-of-one-endless-number", "bad-exception-entry"),
    ("exception-table-that-guards-what-is-not-there", "exception-range-out-of-code"),
    ("fewer-kinds-than-variables", "kinds-mismatch"),
    ("flag-on-every-type-code", ""),
    ("header-and-nothing-else", "cut-file"),
    ("header-cut-in-its-flags", "cut-header"),
    ("integer-that-claims-two-billion-digits", "length-past-end"),
    ("jump-before-the-start", "jump-out-of-code"),
    ("jump-out-of-the-code", "jump-out-of-code"),
    ("line-table-of-one-endless-number", "bad-line-entry"),
    ("list-that-holds-itself", "reference-cycle"),
    ("names-that-a-terminal-would-obey", "invisible-name"),
    ("names-that-are-a-number", "wrong-field-type"),
    ("names-that-hold-a-number", "wrong-field-type"),
    ("nothing-at-all", "empty-file"),
    ("null-in-a-tuple", "null-object"),
    ("one-byte", "not-a-pyc"),
    ("reference-past-the-list", "bad-reference"),
    ("reference-to-the-code-object-it-stands-in", "bad-reference"),
    ("stacksize-below-zero", "negative-field"),
    ("string-that-claims-two-billion-bytes", "length-past-end"),
    ("try-that-leads-to-itself", "bad-exception-entry"),
    ("tuple-that-claims-fewer-than-no-items", "bad-count"),
    ("tuple-that-claims-two-billion-items", "count-past-end"),
    ("unknown-type-code-in-the-constants", "bad-type-code"),
    ("zip-archive-behind-the-end", "trailing-data"),
];

fn files() -> BTreeMap<String, Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/regressions");
    let paths = fs::read_dir(root).expect("tests/regressions").map(|entry| entry.expect("a file").path());
    let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    paths.map(|path| (name(&path), fs::read(&path).expect("a file"))).collect()
}

#[test]
fn each_is_said_to_have_what_is_wrong_with_it() {
    let files = files();
    let known: Vec<&str> = SAID.iter().map(|(name, _)| *name).collect();
    assert_eq!(files.keys().map(String::as_str).collect::<Vec<_>>(), known, "each file is listed, in order");
    for (name, expected) in SAID {
        let pyc = Pyc::parse(files[*name].as_slice());
        let inspection = pyc.inspect(None);
        let diagnostics =
            pyc.diagnostics().iter().chain(&inspection.diagnostics).map(|diagnostic| diagnostic.code.as_str());
        let said: Vec<&str> =
            diagnostics.chain(inspection.findings.iter().map(|finding| finding.code.as_str())).collect();
        match *expected {
            "" => assert_eq!(said, [""; 0], "{name} is odd, but nothing is wrong with it"),
            expected => assert!(said.contains(&expected), "{name} has {expected}: {said:?}"),
        }
    }
}

#[test]
fn each_is_shown_all_the_same() {
    for (name, bytes) in files() {
        println!("{name}");
        exercise::decoding(&bytes);
        let pyc = Pyc::parse(bytes);
        exercise::inspection(&pyc);
        exercise::operands(&pyc);
        exercise::exports(&pyc);
    }
}

/// What precedes the damage is shown, and what can be found behind it.
#[test]
fn damage_leaves_the_rest() {
    let files = files();
    let codes = |name: &str| Pyc::parse(files[name].as_slice()).codes().len();
    assert_eq!(codes("code-object-behind-a-bad-type-code"), 1);
    assert_eq!(codes("code-objects-nested-in-each-others-constants"), 3);
    assert_eq!(codes("unknown-type-code-in-the-constants"), 1);
    let pyc = Pyc::parse(files["unknown-type-code-in-the-constants"].as_slice());
    let code = pyc.code(pyc.codes()[0]).expect("a code object");
    assert_eq!(code.bytecode(), [0x97, 0, 0x79, 0]);
    assert_eq!(code.items(pycxray::Field::Consts).count(), 2);
}
