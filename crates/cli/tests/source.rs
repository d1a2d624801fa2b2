//! `pycxray source` as its users meet it.

mod folder;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use folder::Folder;
use serde_json::Value;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(name)
}

fn run<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pycxray"));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command.arg("source").args(arguments).stdin(Stdio::null()).output().expect("the command can be started")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is text")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A file in which a function returns what the bytecode does not: `BINARY_OP` of 3.12 with an operator that there is not.
fn spoiled(folder: &Folder) -> PathBuf {
    let mut bytes = std::fs::read(fixture("cpython-3.12/hello.pyc")).expect("the fixture is there");
    let at = bytes.windows(2).position(|pair| pair == [122, 0]).expect("it adds something");
    bytes[at + 1] = 200;
    let path = folder.path("spoiled.pyc");
    std::fs::write(&path, bytes).expect("a file can be written");
    path
}

#[test]
fn source_is_that_of_the_golden_file_and_proved() {
    let output = run(&[fixture("cpython-3.13/py313.pyc")]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let golden = std::fs::read_to_string(fixture("cpython-3.13/py313.source.py")).expect("the golden file is there");
    assert_eq!(stdout(&output), golden.replace("\r\n", "\n"));
}

#[test]
fn what_is_not_proved_is_told_and_the_status_is_1() {
    let folder = Folder::new("source-spoiled");
    let output = run(&[spoiled(&folder)]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    assert!(text.starts_with("# CPython 3.12, source by pycxray: "), "{text}");
    for part in
        [" code object proved.\n", "not reconstructed from offset", "raise NotImplementedError('not reconstructed')"]
    {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
}

#[test]
fn functions_are_shown_by_name_with_their_own_verdict() {
    let output = run(&[fixture("cpython-3.12/py38.pyc"), "walrus".into()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("# CPython 3.12, source by pycxray: 1 of 1 code object proved."));
    assert_eq!(lines.next(), Some("def walrus(data, /, start, *, stop):"));
}

#[test]
fn a_name_that_is_not_there_is_told() {
    let output = run(&[fixture("cpython-3.12/py38.pyc"), "no_such".into()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("there is no code object no_such"), "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
}

#[test]
fn statements_stand_on_their_original_lines() {
    let output = run(&["--lines".into(), fixture("cpython-3.12/py38.pyc").into_os_string()]);
    let original = std::fs::read_to_string(fixture("src/py38.py")).expect("the source is there");
    let line = |text: &str, part: &str| text.lines().position(|line| line.trim_start().starts_with(part));
    let text = stdout(&output);
    for part in ["def walrus(", "return "] {
        assert!(line(&original, part).is_some(), "{part} is not in the original");
        assert_eq!(line(&text, part), line(&original, part), "{part} in:\n{text}");
    }
}

#[test]
fn as_json_each_range_of_the_text_has_its_instructions() {
    let output = run(&["--format".into(), "json".into(), fixture("cpython-3.12/hello.pyc").into_os_string()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let value: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let text = value["text"].as_str().expect("there is a text");
    assert_eq!((value["schema"].as_u64(), value["is_proved"].as_bool()), (Some(1), Some(true)));
    let codes = value["codes"].as_array().expect("there are code objects");
    assert!(codes.iter().all(|code| code["verdict"] == "proved" && code["offset"].is_null()), "{codes:?}");
    let ranges = value["ranges"].as_array().expect("there are ranges");
    assert!(!ranges.is_empty());
    for range in ranges {
        let range: Vec<usize> = serde_json::from_value(range.clone()).expect("it is five numbers");
        let [from, to, code, start, end] = range[..] else { panic!("{range:?}") };
        assert!(
            text.get(from..to).is_some_and(|part| !part.is_empty()) && code < codes.len() && start < end,
            "{range:?}"
        );
    }
}

#[test]
fn colours_set_words_off_and_change_no_letter() {
    let plain = stdout(&run(&[fixture("cpython-3.12/py38.pyc")]));
    let colored = stdout(&run(&["--color=always".into(), fixture("cpython-3.12/py38.pyc").into_os_string()]));
    assert!(colored.contains("\x1b[36mdef\x1b[0m walrus("), "{colored}");
    let mut without = String::new();
    for (number, part) in colored.split("\x1b[").enumerate() {
        without.push_str(if number == 0 { part } else { part.split_once('m').expect("it is a colour").1 });
    }
    assert_eq!(without, plain);
}

#[test]
fn other_pythons_have_a_listing_and_no_source_yet() {
    let output = run(&[fixture("cpython-3.4/hello.pyc")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("for CPython 3.4 there is a listing, and no source yet"), "{}", stderr(&output));
}

#[test]
fn damage_is_told_and_the_status_is_1() {
    let folder = Folder::new("source-damaged");
    let whole = std::fs::read(fixture("cpython-3.11/hello.pyc")).expect("the fixture is there");
    let path = folder.path("cut.pyc");
    std::fs::write(&path, &whole[..whole.len() - 60]).expect("a file can be written");
    let output = run(&[path]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("cut.pyc: error at 0x"), "{}", stderr(&output));
    assert!(stdout(&output).starts_with("# CPython 3.11"), "what there is is shown: {}", stdout(&output));
}
