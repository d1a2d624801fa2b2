//! Listings of a selection of fixtures, beside them as `NAME.dis.txt`. `PYCXRAY_BLESS=1` rewrites them: read what changed.

mod fixtures;

use pycxray::{Limits, Listing, ListingOptions, Pyc};

fn parse(name: &str) -> Pyc {
    Pyc::parse(fixtures::bytes(&format!("{name}.pyc")))
}

fn listing(pyc: &Pyc, options: ListingOptions) -> String {
    let mut text = String::new();
    Listing::new(pyc, options, Limits::default()).write(&mut text, pyc);
    text
}

/// Holds `text` against the golden file, or rewrites that.
fn hold(name: &str, text: &str) {
    let path = fixtures::path(name);
    if std::env::var_os("PYCXRAY_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, text).expect("the golden file can be written");
        return;
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    for (number, (want, got)) in golden.lines().zip(text.lines()).enumerate() {
        assert_eq!(got, want, "{name}, line {}", number + 1);
    }
    assert_eq!(text.lines().count(), golden.lines().count(), "{name}: how many lines there are");
}

#[test]
fn each_generation_has_its_listing() {
    for name in [
        "cpython-1.2/hello",
        "cpython-1.5.2/classic",
        "cpython-2.0/two",
        "cpython-2.7/two_later",
        "cpython-3.3/py33",
        "cpython-3.5/py35",
        "cpython-3.6/py36",
        "cpython-3.8/py38",
        "cpython-3.10/py310",
        "cpython-3.11/py311",
        "cpython-3.12/py312",
        "cpython-3.13/py313",
        "cpython-3.14/py314",
        "cpython-3.15/py315",
        "pypy-3.9/py38",
    ] {
        hold(&format!("{name}.dis.txt"), &listing(&parse(name), ListingOptions::default()));
    }
}

#[test]
fn all_that_can_be_shown() {
    let mut options = ListingOptions::default();
    (options.show_caches, options.show_positions, options.file_offsets) = (true, true, true);
    hold("cpython-3.13/hello.full.dis.txt", &listing(&parse("cpython-3.13/hello"), options));
}

#[test]
fn one_code_object_after_the_other_is_the_whole() {
    let pyc = parse("cpython-3.12/three");
    let mut together = String::new();
    let mut export = Listing::new(&pyc, ListingOptions::default(), Limits::default());
    pyc.codes().iter().for_each(|&code| export.write_code(&mut together, &pyc, code));
    assert_eq!(together, listing(&pyc, ListingOptions::default()));
}
