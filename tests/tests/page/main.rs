//! What a person does with the page, in a real browser: one file for each kind of doing.

mod access;
mod bytes;
mod comparison;
mod copy_of_page;
mod damage;
mod embedding;
mod failure;
mod going;
mod graph;
mod listing;
mod looks;
mod members;
mod offline;
mod opening;
mod pasting;
mod payloads;
mod policy;
mod program;
mod searching;
mod source;
mod states;
mod strings;
mod tree;
mod verify;

use pycxray_tests::{Element, File, Page, until};

/// The fixture that most tests look at: CPython 3.12, functions with jumps and inline caches.
const PY38: &str = "cpython-3.12/py38.pyc";

/// The page with this fixture opened.
#[track_caller]
fn opened(fixture: &str) -> Page {
    let page = Page::open("/");
    page.choose_files("#chooser", &[File::fixture(fixture)]);
    page.find("#tree [role=treeitem]");
    page
}

/// A container, or what is like one, from the folder of those.
fn container(name: &str) -> File {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("containers").join(name);
    File::new(name, &std::fs::read(path).expect("a container"))
}

/// Waits until the element says `text`.
#[track_caller]
fn wait_for_text(page: &Page, selector: &str, text: &str) {
    until(&format!("{selector} says {text:?}"), || {
        page.find_all(selector).iter().any(|element| element.says(text)).then_some(())
    });
}

/// The first of the elements that `selector` fits whose text holds `text`.
#[track_caller]
fn with_text<'p>(page: &'p Page, selector: &str, text: &str) -> Element<'p> {
    until(&format!("{selector} with {text:?}"), || {
        page.find_all(selector).into_iter().find(|element| element.says(text))
    })
}

/// What the status line says of the selection.
fn status(page: &Page) -> String {
    page.find(".status .range").text()
}

/// Waits until a computed style holds `value`.
#[track_caller]
fn until_style(page: &Page, selector: &str, property: &str, value: &str) {
    until(&format!("{property} of {selector} is {value}"), || {
        page.find(selector).style(property).contains(value).then_some(())
    });
}
