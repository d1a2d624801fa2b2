//! What everybody does with the page, in every engine: `PYCXRAY_BROWSER` names it. What can be told of a journey only by
//! Chromium's driver (the console, requests) is asked of it alone.

use pycxray_tests::{File, Key, Page, until};

const PY38: &str = "cpython-3.12/py38.pyc";

#[track_caller]
fn opened() -> Page {
    let page = Page::open("/");
    page.drop_files("body", &[File::fixture(PY38)]);
    page.find("#tree [role=treeitem]");
    page
}

#[track_caller]
fn wait_for_text(page: &Page, selector: &str, text: &str) {
    until(&format!("{selector} says {text:?}"), || {
        page.find_all(selector).iter().any(|element| element.says(text)).then_some(())
    });
}

#[track_caller]
fn click_text(page: &Page, selector: &str, text: &str) {
    let found = until(&format!("{selector} with {text:?}"), || {
        page.find_all(selector).into_iter().find(|element| element.says(text))
    });
    found.click();
}

#[test]
fn dropped_and_chosen_files_are_opened() {
    let page = opened();
    wait_for_text(&page, ".summary", "CPython 3.12");
    page.choose_files("#chooser", &[File::fixture("cpython-2.7/two.pyc")]);
    wait_for_text(&page, ".summary", "CPython 2.7");
    assert_eq!(page.find_all(".tabs [role=tab]").len(), 2);
}

#[test]
fn each_program_is_fetched_once() {
    let page = opened();
    let programs = "
        const names = performance.getEntriesByType('resource').map(({ name }) => name.split('?')[0]);
        return names.filter((name) => name.endsWith('.wasm')).map((name) => name.split('/').at(-1).split('-').at(1))";
    assert_eq!(page.run(programs, &[]), serde_json::json!(["web", "engine_bg.wasm"]), "the page's and the engine's");
}

#[test]
fn what_is_selected_is_selected_everywhere() {
    let page = opened();
    let tree = page.find("#tree");
    tree.focus();
    page.press(Key::Home);
    page.press(Key::Down);
    let chosen = page.find("#tree [aria-selected=true]").text();
    page.press(Key::Down);
    until("the next row is chosen", || (page.find("#tree [aria-selected=true]").text() != chosen).then_some(()));
    page.find("#hex .on");
    assert!(page.address().contains('#'), "the address holds the place: {}", page.address());
}

#[test]
fn names_are_found() {
    let page = opened();
    page.find("#tree").focus();
    page.press('/');
    page.type_text("chunk");
    wait_for_text(&page, "#hits .row", "chunk");
    page.press(Key::Enter);
    wait_for_text(&page, ".said", "1/");
}

#[test]
fn a_function_is_listed() {
    let page = opened();
    click_text(&page, ".view-tabs [role=tab]", "Listing");
    wait_for_text(&page, "#listing .row", "RESUME");
}

#[test]
fn a_function_is_copied() {
    let page = opened();
    click_text(&page, ".view-tabs [role=tab]", "Listing");
    wait_for_text(&page, "#listing .row", "RESUME");
    page.find("#copy-function-button").click();
    click_text(&page, "#copy-function-menu button", "As text");
    wait_for_text(&page, ".notice", "Copied the instructions.");
}

#[test]
fn a_function_has_its_source() {
    let page = opened();
    click_text(&page, ".view-tabs [role=tab]", "Source");
    wait_for_text(&page, "#source .row", "def walrus(");
    wait_for_text(&page, ".views .proof", "proved");
}

#[test]
fn a_failure_takes_one_file_and_leaves_the_others() {
    let page = Page::open_noisy("/");
    page.drop_files("body", &[File::fixture(PY38)]);
    page.find("#tree [role=treeitem]");
    page.trap_at("drop");
    page.drop_files("body", &[File::fixture("cpython-2.7/two.pyc")]);
    wait_for_text(&page, "#failed", "pycxray has failed at two.pyc");
    click_text(&page, "#failed button", "Go on with the other files");
    wait_for_text(&page, ".summary", "CPython 3.12");
    assert_eq!(page.find_all(".tabs [role=tab]").len(), 1);
}

#[test]
fn the_page_opens_without_its_server() {
    let mut page = Page::open("/");
    // It is installed once it keeps the whole page, and takes charge of it then.
    until("the service worker is in charge", || {
        page.run("return navigator.serviceWorker.controller !== null", &[]).as_bool()?.then_some(())
    });
    page.end_server();
    // What Firefox's driver calls a reload goes past service workers, which a reader's does not.
    page.go_to(&page.url());
    page.wait_until_drawn();
    page.find_all(".sample")[0].click();
    page.find("#tree .row");
}

#[test]
fn a_file_that_is_cut_off_is_shown_as_far_as_it_goes() {
    let page = Page::open("/");
    page.drop_files("body", &[File::fixture(PY38).cut_off(700)]);
    wait_for_text(&page, ".summary", "CPython 3.12");
    page.find("#tree [role=treeitem]");
}
