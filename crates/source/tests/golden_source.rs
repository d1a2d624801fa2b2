//! The source of fixtures, beside them as `NAME.source.py`. `PYCXRAY_BLESS=1` rewrites them: read what changed.

use std::path::{Path, PathBuf};

use pycxray::{Pyc, python};
use pycxray_source::{Options, is_supported_python, source};

/// The fixtures of a version, but those of very many equal instructions.
fn fixtures(version: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(version);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".pyc") && !name.starts_with("wide")
    });
    paths.sort();
    paths
}

/// The folders of the versions that source is made for.
fn folders() -> Vec<String> {
    let fixtures_of = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let names = std::fs::read_dir(fixtures_of).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| {
        let is_version = name.starts_with("cpython-") || name.starts_with("pypy-");
        let paths = if is_version { fixtures(name) } else { Vec::new() };
        let is_supported = |path: &PathBuf| is_supported_python(Pyc::parse(std::fs::read(path).unwrap()).python());
        paths.len() > 2 && is_supported(&paths[0])
    });
    names.sort();
    names
}

#[test]
fn source_is_that_of_the_golden_files() {
    let blesses = std::env::var_os("PYCXRAY_BLESS").is_some_and(|value| value == "1");
    let mut without: Vec<String> = python::all()
        .filter(|python| is_supported_python(python))
        .map(|python| format!("{}-{}", python.implementation, python.version).to_lowercase())
        .collect();
    for version in folders() {
        without.retain(|without| version != *without && !version.starts_with(&format!("{without}.")));
        let paths = fixtures(&version);
        for path in paths {
            let text = source(&Pyc::parse(std::fs::read(&path).unwrap()), Options::default()).text;
            let golden = path.with_extension("source.py");
            if blesses {
                std::fs::write(golden, text).unwrap();
                continue;
            }
            let expected = std::fs::read_to_string(&golden).unwrap_or_default().replace("\r\n", "\n");
            for (number, (want, got)) in expected.lines().zip(text.lines()).enumerate() {
                assert_eq!(got, want, "{}, line {}", golden.display(), number + 1);
            }
            assert_eq!(text.lines().count(), expected.lines().count(), "{}: how many lines", golden.display());
        }
    }
    // There is no PyPy 3.10 to make any.
    assert_eq!(without, ["pypy-3.10"], "versions without fixtures");
}
