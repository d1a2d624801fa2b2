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
fn the_page_opens_without_its_server() {
    let mut page = Page::open("/");
    until("the page is kept", || {
        let whole = "return (async () => { for (const name of await caches.keys()) { \
                     if (await (await caches.open(name)).match(new URL('./', location.href).href)) return true; } return false; })()";
        page.run(whole, &[]).as_bool()?.then_some(())
    });
    page.end_server();
    page.reload();
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
