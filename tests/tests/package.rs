//! The npm package in a page: `PYCXRAY_NPM_PACKAGE` names the built one.

use pycxray_tests::site::{Site, SiteServer};
use pycxray_tests::{Browser, place, until};
use std::path::{Path, PathBuf};

/// A folder with the example page, the package beside it, and a file to begin with.
fn example(package: &Path) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("pycxray-example-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("pycxray")).unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/js/examples/page");
    let copy = |from: PathBuf, to: &str| {
        std::fs::copy(&from, folder.join(to)).unwrap_or_else(|error| panic!("{}: {error}", from.display()))
    };
    copy(source.join("index.html"), "index.html");
    copy(source.join("page.js"), "page.js");
    copy(package.join("web.js"), "pycxray/web.js");
    copy(package.join("pycxray_bg.wasm"), "pycxray/pycxray_bg.wasm");
    copy(place::fixture("cpython-3.12/hello.pyc"), "hello.pyc");
    folder
}

#[test]
#[ignore = "the package is built by cargo xtask test"]
fn the_example_page_shows_a_file() {
    let package = std::env::var_os("PYCXRAY_NPM_PACKAGE").expect("the folder of the package");
    let folder = example(Path::new(&package));
    let server = SiteServer::start(Site::new(&folder), 0).expect("some port is free");
    let browser = Browser::start();
    browser.go_to(&server.url());
    for wanted in ["hello.pyc: CPython 3.12, 1 code objects, 0 problems", "RETURN_CONST"] {
        let body = browser.find("body");
        until(&format!("the page shows {wanted}"), || body.text().contains(wanted).then_some(()));
    }
    let _ = std::fs::remove_dir_all(folder);
}
