//! The grammar of each version, production by production: programs in which a function or class is named after each, compiled by
//! every version that has it. The source of all of them is proved, and so is that of the fixtures that show what versions added.

use std::path::{Path, PathBuf};

use pycxray::Pyc;
use pycxray_source::{Options, Verdict, source};

/// Since when, and what.
const PRODUCTIONS: &[(u8, &[&str])] = &[
    (
        6,
        &[
            "break_in_for",
            "continue_in_while",
            "break_in_try",
            "break_in_finally",
            "return_in_finally",
            "return_in_with",
            "return_in_handler",
            "nested_try",
            "dict_comprehension",
            "list_comprehension",
            "closure",
            "annotated_class",
            "coroutine",
            "generator",
            "unpacking",
        ],
    ),
    (
        8,
        &[
            "assignment",
            "augassign",
            "annassign",
            "return_stmt",
            "raise_stmt",
            "global_stmt",
            "nonlocal_stmt",
            "del_stmt",
            "assert_stmt",
            "import_stmt",
            "if_stmt",
            "while_stmt",
            "for_stmt",
            "try_stmt",
            "try_in_loop",
            "with_stmt",
            "function_def",
            "star_params",
            "decorators",
            "class_def",
            "closures",
            "generator",
            "coroutine",
            "async_generator",
            "expression_stmt",
            "named_expression",
            "conditional_expression",
            "lambda_expression",
            "boolean",
            "comparison",
            "binary",
            "await_primary",
            "call",
            "subscript",
            "display",
            "comprehension",
            "text",
            "number",
        ],
    ),
    (
        10,
        &[
            "literal_pattern",
            "value_pattern",
            "capture_pattern",
            "or_pattern",
            "sequence_pattern",
            "mapping_pattern",
            "class_pattern",
            "match_in_loop",
            "match_in_try",
        ],
    ),
    (11, &["except_star", "star_annotation", "star_subscript"]),
    (12, &["generic_function", "generic_class", "generic_without_bases", "type_alias", "generic_alias", "nested_text"]),
    (13, &["default_function", "default_class"]),
    (
        15,
        &[
            "eager_import",
            "EagerImport",
            "starred_comprehension",
            "starred_generator",
            "starred_async",
            "builtin_loop",
            "waiting",
        ],
    ),
];

/// The versions that compiled the programs.
const COMPILED: std::ops::RangeInclusive<u8> = 6..=15;

/// Those of PyPy, as their folders are called. Two releases of 3.11 write different files.
const COMPILED_BY_PYPY: [(u8, &str); 3] = [(9, "pypy-3.9"), (11, "pypy-3.11.11"), (11, "pypy-3.11.17")];

/// The same of Python 2.7.
const PRODUCTIONS_2: &[&str] = &[
    "print_stmt",
    "exec_stmt",
    "raise_stmt",
    "try_stmt",
    "try_in_loop",
    "with_stmt",
    "tuple_parameters",
    "backquotes",
    "slices",
    "division",
    "list_comprehension",
    "display",
    "text",
    "number",
    "comparison",
    "conditional",
    "call",
    "closures",
    "generator",
    "decorators",
    "global_stmt",
    "import_stmt",
    "old_class",
    "new_class",
];

fn folder(minor: u8) -> PathBuf {
    folder_called(&format!("3.{minor}"))
}

fn folder_called(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/grammar").join(name)
}

/// The source of a file, and the code objects that are not proved.
fn unproved(path: &Path) -> (String, Vec<String>) {
    let pyc = Pyc::parse(std::fs::read(path).unwrap());
    let source = source(&pyc, Options::default());
    let failed = source.verdicts.iter().filter(|(_, verdict)| *verdict != Verdict::Proved);
    let failed = failed.map(|(node, verdict)| format!("{}: {node:?} {verdict}", path.display())).collect();
    (source.text, failed)
}

#[test]
fn every_production_is_proved_in_every_version_that_has_it() {
    let by_cpython = COMPILED.map(|minor| (minor, format!("3.{minor}")));
    for (minor, version) in by_cpython.chain(COMPILED_BY_PYPY.map(|(minor, version)| (minor, version.to_owned()))) {
        for (since, names) in PRODUCTIONS.iter().filter(|(since, _)| *since <= minor) {
            let folder = folder_called(&version);
            let (text, failed) = unproved(&folder.join(format!("since_3_{since}.pyc")));
            assert!(failed.is_empty(), "{}", failed.join("\n"));
            names.iter().for_each(|name| assert!(is_written(&text, name), "{version}: {name}"));
        }
    }
}

fn is_written(text: &str, name: &str) -> bool {
    ["def ", "class ", "type "].iter().any(|word| text.contains(&format!("{word}{name}")))
}

#[test]
fn every_production_of_2_7_is_proved() {
    let (text, failed) = unproved(&folder(13).with_file_name("2.7").join("since_2_7.pyc"));
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    PRODUCTIONS_2.iter().for_each(|name| assert!(is_written(&text, name), "{name}"));
    for written in [
        "print >>stream, a, b\n",
        "exec text in names, dict(names)",
        "raise ValueError, kind, None",
        "except (TypeError, KeyError) as thing.error:",
        "def tuple_parameters(a, (b, (c, d)), (e,)=(1,), *rest):",
        "lambda (x, y), z=b: (x, y, z",
        "`value` + `1, value`",
        "items[a:] += items[:]",
        "u'caf\\u00e9 \\u20ac\\U0001f40d'",
        "(1, 1L, -5L, 1208925819614629174706175L, 511,",
    ] {
        assert!(text.contains(written), "{written}");
    }
}

#[test]
fn every_fixture_is_proved() {
    let by_cpython = COMPILED.map(|minor| format!("cpython-3.{minor}")).chain(["cpython-2.7".to_owned()]);
    for version in by_cpython.chain(COMPILED_BY_PYPY.map(|(_, version)| version.to_owned())) {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../tests/fixtures/{version}"));
        let mut count = 0;
        for entry in std::fs::read_dir(fixtures).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "pyc") {
                let (_, failed) = unproved(&path);
                assert!(failed.is_empty(), "{}", failed.join("\n"));
                count += 1;
            }
        }
        assert!(count > 3, "{version}");
    }
}

#[test]
fn what_is_no_name_is_written_as_one_and_not_proved() {
    let mut bytes = std::fs::read(folder(11).join("since_3_11.pyc")).unwrap();
    let (name, other) = (b"star_annotation", b"star annotation");
    for at in 0..bytes.len() - name.len() {
        if bytes[at..].starts_with(name) {
            bytes[at..at + name.len()].copy_from_slice(other);
        }
    }
    let source = source(&Pyc::parse(bytes), Options::default());
    assert!(source.text.contains("def not_a_name_star_20_annotation("), "{}", source.text);
    assert!(!source.is_proved());
}
