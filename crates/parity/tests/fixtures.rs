//! Every fixture, held against what the interpreter that wrote it says of it (`tests/fixtures/README.md`).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pycxray_parity::compare_file;

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

fn check(folder: &str) {
    let mut files = 0;
    for entry in std::fs::read_dir(fixtures().join(folder)).expect("the folder is there") {
        let listing = entry.expect("readable").path();
        let pyc = listing.with_extension("pyc");
        if listing.extension().is_none_or(|extension| extension != "json") || !pyc.exists() {
            continue;
        }
        let found = compare_file(folder, &pyc, &listing).expect("readable").differences;
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
            assert_eq!(names.collect::<BTreeSet<String>>(), tested, "each folder has a line below");
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
    pypy_3_11_of_7 = "pypy-3.11.11";
    pypy_3_11_of_8 = "pypy-3.11.17";
}
