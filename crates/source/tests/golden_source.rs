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

#[test]
fn source_is_that_of_the_golden_files() {
    let blesses = std::env::var_os("PYCXRAY_BLESS").is_some_and(|value| value == "1");
    let supported = python::all().filter(|python| is_supported_python(python));
    let folders = supported.map(|python| format!("{}-{}", python.implementation, python.version).to_lowercase());
    for version in folders {
        let paths = fixtures(&version);
        assert!(paths.len() > 2, "{version} has {} fixtures", paths.len());
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
}
