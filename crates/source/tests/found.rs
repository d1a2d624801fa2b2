//! What was once said to be proved, or could not be: small programs, compiled by every version that reads them, plain, without asserts
//! and docstrings, for `eval` and for the prompt. All of it is proved, but for what is named here.

use std::path::{Path, PathBuf};

use pycxray::Pyc;
use pycxray_source::{Options, Source, Verdict, source};

/// The versions that compiled the programs.
const COMPILED: std::ops::RangeInclusive<u8> = 6..=15;

/// Files with code objects that are not proved, and how many: what stood in dead code is nowhere, so that what it shared is shared with
/// nobody; up to 3.9 `if 0 or 0` leaves nothing that says which `if` asks; of the annotation of an attribute a class of 3.14 keeps no
/// more than a cell.
const UNPROVED: &[(&str, std::ops::RangeInclusive<u8>, usize)] =
    &[("since_3_6.pyc", COMPILED, 1), ("since_3_7.pyc", 7..=9, 1), ("annotated_attributes_3_14.pyc", 14..=15, 1)];

fn folder(minor: u8) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/found/3.{minor}"))
}

fn read(path: &Path) -> Source {
    source(&Pyc::parse(std::fs::read(path).unwrap()), Options::default())
}

#[test]
fn all_of_it_is_proved() {
    for minor in COMPILED {
        let mut count = 0;
        for entry in std::fs::read_dir(folder(minor)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let source = read(&path);
            let failed: Vec<String> = source
                .verdicts
                .iter()
                .map(|(_, verdict)| verdict)
                .filter(|verdict| **verdict != Verdict::Proved)
                .map(ToString::to_string)
                .collect();
            let expected = UNPROVED.iter().find(|(file, minors, _)| *file == name && minors.contains(&minor));
            let expected = expected.map_or(0, |(.., count)| *count);
            assert_eq!(failed.len(), expected, "3.{minor} {name}: {failed:#?}\n{}", source.text);
            count += 1;
        }
        assert!(count > 6, "3.{minor}: {count}");
    }
}

#[test]
fn an_expression_for_eval_is_one() {
    for minor in COMPILED {
        let text = read(&folder(minor).join("eval.pyc")).text;
        let expected = "[value * 2 for value in data if value] if data else (lambda: data, f'{data!r}' or -1)\n";
        assert!(text.ends_with(expected) && text.contains("for eval"), "3.{minor}\n{text}");
    }
}

#[test]
fn what_was_typed_at_the_prompt_is_one_line_or_one_statement() {
    for minor in COMPILED {
        let text = read(&folder(minor).join("prompt.pyc")).text;
        assert!(text.ends_with("total = 1; total; 'text'; print(total)\n"), "3.{minor}\n{text}");
        let text = read(&folder(minor).join("prompt_loop.pyc")).text;
        assert!(text.contains("for item in items:\n    item\n"), "3.{minor}\n{text}");
    }
}

#[test]
fn all_modules_of_a_file_are_shown() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/field/py2exe-script-2.7.bin");
    let source = read(&path);
    assert!(source.is_proved(), "{:?}", source.verdicts);
    let (first, second) = source.text.split_once("\n# Another module of the file.\n").expect("there are two");
    assert!(first.ends_with("import sys\n"), "{}", source.text);
    assert!(second.contains("def "), "{}", source.text);
    let owned = source.owned.iter().map(|owned| owned.code.0).collect::<std::collections::HashSet<_>>();
    assert_eq!(owned.len(), source.verdicts.len(), "something stands for each code object");
}

#[test]
fn text_before_percent_that_was_an_f_string_is_one() {
    for minor in 11..=15 {
        let text = read(&folder(minor).join("since_3_11.pyc")).text;
        assert!(text.contains("return f'%s.%s 100%% {{}}' % (case, name)\n"), "3.{minor}\n{text}");
        assert!(text.contains("'%d.%s' % (case, name), '%s' % case, '%s %s' % case"), "3.{minor}\n{text}");
    }
}

#[test]
fn sets_that_are_searched_are_in_an_order_that_no_hash_tells() {
    for minor in COMPILED {
        let text = read(&folder(minor).join("since_3_6.pyc")).text;
        assert!(text.contains("in {'_mock_methods', '_mock_unsafe', 'side_effect'}"), "3.{minor}\n{text}");
    }
}

#[test]
fn statements_are_told_by_the_jumps_between_them() {
    let written = include_str!("found/jumps_3_8.py");
    for minor in 8..=9 {
        let text = read(&folder(minor).join("jumps_3_8.pyc")).text;
        assert_eq!(lines(&text)[1..], lines(written), "3.{minor}");
    }
}

#[test]
fn lines_end_in_brackets_where_they_did() {
    let written = include_str!("found/lines_3_10.py");
    for minor in 11..=13 {
        let text = read(&folder(minor).join("lines_3_10.pyc")).text;
        assert_eq!(lines(&text)[1..], lines(written), "3.{minor}");
    }
}

/// The lines of a text that are not empty.
fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[test]
fn an_else_is_told_by_the_jump_over_it_though_nothing_leads_there() {
    let written = include_str!("found/else_3_6.py");
    for minor in 6..=9 {
        let text = read(&folder(minor).join("else_3_6.pyc")).text;
        assert_eq!(lines(&text)[1..], lines(written), "3.{minor}");
    }
}
