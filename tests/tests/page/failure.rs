//! The engine fails: the page says so, and goes on with the files that it did not fail at.

use crate::{PY38, wait_for_text, with_text};
use pycxray_tests::{File, Key, Page, until};
use std::ops::Deref;

/// The page, of which an error on the console is expected.
struct Failing(Page);

impl Deref for Failing {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.0
    }
}

impl Failing {
    fn open() -> Self {
        Self(Page::open_noisy("/"))
    }

    /// What the tabs are called, sorted: files that come together are read in any order. Asked for at once: while the program
    /// begins again, its tabs come and go.
    fn tabs(&self) -> Vec<String> {
        let tabs =
            self.run("return [...document.querySelectorAll('.tab .name')].map((tab) => tab.textContent).sort()", &[]);
        tabs.as_array().into_iter().flatten().filter_map(|tab| tab.as_str().map(str::to_owned)).collect()
    }

    fn wait_for_tabs(&self, expected: &[&str]) {
        until(&format!("the tabs are {expected:?}"), || (self.tabs() == expected).then_some(()));
    }
}

#[test]
fn after_a_failure_the_other_files_are_still_there() {
    let page = Failing::open();
    page.choose_files("#chooser", &[File::fixture(PY38), File::fixture("cpython-2.7/two.pyc")]);
    page.wait_for_tabs(&["py38.pyc", "two.pyc"]);
    page.drop_files("body", &[File::fixture("cpython-3.8/three.pyc")]);
    page.wait_for_tabs(&["py38.pyc", "three.pyc", "two.pyc"]);
    page.trap_at("click");
    // A tab that comes on screen is worked at.
    with_text(&page, ".tab [role=tab]", "two.pyc").click();
    wait_for_text(&page, "#failed", "pycxray has failed at three.pyc");
    page.screenshot("failed");
    page.find("#failed button").click();
    page.wait_for_tabs(&["py38.pyc", "two.pyc"]);
    assert!(page.find_all("#failed").is_empty());
    with_text(&page, ".tab [role=tab]", "two.pyc").click();
    wait_for_text(&page, ".summary", "CPython 2.7");
    // It listens once, not twice: a second program that heard the same key would close what the first one opens.
    page.find("#tree").focus();
    page.press('?');
    assert_eq!(page.find_all("dialog[open]").len(), 1);
    page.press(Key::Escape);
    // And again.
    page.trap_at("click");
    with_text(&page, ".tab [role=tab]", "py38.pyc").click();
    wait_for_text(&page, "#failed", "pycxray has failed at two.pyc");
    page.find("#failed button").click();
    page.wait_for_tabs(&["py38.pyc"]);
    wait_for_text(&page, ".summary", "CPython 3.12");
}

#[test]
fn a_file_that_the_program_fails_at_is_left_out() {
    let page = Failing::open();
    page.choose_files("#chooser", &[File::fixture(PY38)]);
    page.wait_for_tabs(&["py38.pyc"]);
    page.trap_at("drop");
    page.drop_files("body", &[File::fixture("cpython-2.7/two.pyc")]);
    wait_for_text(&page, "#failed", "pycxray has failed at two.pyc");
    with_text(&page, "#failed button", "Go on with the other files").click();
    page.wait_for_tabs(&["py38.pyc"]);
    wait_for_text(&page, ".summary", "CPython 3.12");
}

#[test]
fn without_other_files_it_starts_again() {
    let page = Failing::open();
    page.choose_files("#chooser", &[File::fixture(PY38)]);
    page.wait_for_tabs(&["py38.pyc"]);
    page.trap_at("click");
    with_text(&page, ".tab [role=tab]", "py38.pyc").click();
    with_text(&page, "#failed button", "Start again").click();
    until("it begins again", || page.find_all("#failed").is_empty().then_some(()));
    page.wait_until_drawn();
    assert_eq!(page.run("return document.title", &[]), "pycxray: see inside Python .pyc files");
    page.choose_files("#chooser", &[File::fixture(PY38)]);
    page.wait_for_tabs(&["py38.pyc"]);
}
