//! By keyboard alone, and by ear.

use crate::{PY38, opened, wait_for_text};
use pycxray_tests::{Key, Media, Modifier, Page, Scheme, until};

#[test]
fn there_are_no_barriers_in_any_colours() {
    for scheme in [Scheme::Light, Scheme::Dark] {
        let page = Page::open("/");
        page.set_media(Media { scheme, ..Media::default() });
        page.assert_no_barriers();
        page.find_all(".sample")[2].click();
        page.find("#tree .row");
        page.assert_no_barriers();
        page.find("#byte-ae").click();
        wait_for_text(&page, "#details h2", "_");
        page.assert_no_barriers();
        page.press('?');
        page.find("dialog[open]");
        page.screenshot(if scheme == Scheme::Dark { "keys-dark" } else { "keys-light" });
        page.assert_no_barriers();
    }
}

#[test]
fn every_pane_is_reached_by_keyboard() {
    let page = opened(PY38);
    page.find(".ribbon").focus();
    let mut seen = Vec::new();
    for _ in 0..5 {
        page.press_with(&[], Key::F6);
        let focused = page.focused();
        seen.push(focused.attribute("id").or_else(|| focused.attribute("role")).unwrap_or_default());
    }
    for pane in ["tree", "hex", "details", "tab"] {
        assert!(seen.iter().any(|id| id == pane), "{pane} in {seen:?}");
    }
}

#[test]
fn the_list_of_keys_opens_and_gives_the_focus_back() {
    let page = opened(PY38);
    page.find("#tree").focus();
    page.press('?');
    wait_for_text(&page, "dialog", "Open everything below");
    // It is read from its start, also where not all of it fits.
    until("the title has the focus", || (page.focused().attribute("id")? == "keys-title").then_some(()));
    page.press(Key::Escape);
    until("it is closed", || page.find_all("dialog").is_empty().then_some(()));
    until("the tree has the focus again", || (page.focused().attribute("id")? == "tree").then_some(()));
}

#[test]
fn tabs_are_walked_and_closed_by_keyboard() {
    let page = opened(PY38);
    page.drop_files("body", &[pycxray_tests::File::fixture("cpython-2.7/two.pyc")]);
    wait_for_text(&page, ".summary", "CPython 2.7");
    page.find(".tabs [aria-selected=true]").focus();
    page.press(Key::Left);
    wait_for_text(&page, ".summary", "CPython 3.12");
    page.press_with(&[Modifier::Alt], 'w');
    wait_for_text(&page, ".summary", "CPython 2.7");
}
