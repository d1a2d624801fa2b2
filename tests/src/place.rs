//! Where the built page, the browser and the rest are: `cargo xtask test` says it in variables of the environment.

use std::path::{Path, PathBuf};

/// The folder of the built page.
pub fn dist() -> PathBuf {
    let dist = named("PYCXRAY_DIST").unwrap_or_else(|| root().join("dist"));
    assert!(dist.join("index.html").is_file(), "no page in {}: run `cargo xtask test`", dist.display());
    dist
}

/// The script of axe-core, if there is one.
pub fn axe() -> Option<PathBuf> {
    named("PYCXRAY_AXE")
}

/// The folder for pictures of the page.
pub fn screenshots() -> PathBuf {
    named("PYCXRAY_SCREENSHOTS").unwrap_or_else(|| root().join("target").join("e2e-screenshots"))
}

/// A file that a real Python has made: `fixture("cpython-3.12/NAME.pyc")`.
pub fn fixture(name: &str) -> PathBuf {
    root().join("tests").join("fixtures").join(name)
}

fn root() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests)
}

/// A place that a variable of the environment names.
pub(crate) fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from)
}
