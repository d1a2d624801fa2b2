//! The source, beside the instructions that it stands for.

use crate::{PY38, opened, wait_for_text, with_text};
use pycxray_tests::{Element, Key, Media, Scheme, until};

#[test]
fn a_line_of_the_source_and_its_instructions_are_one_selection() {
    let page = opened(PY38);
    with_text(&page, ".view", "Source").click();
    wait_for_text(&page, "#source .row", "def walrus(");
    wait_for_text(&page, ".views .proof", "proved");
    let line = with_text(&page, "#source .row", "return 1, *rest");
    line.click();
    until("it is chosen", || page.find_all("#source .sel").pop().filter(|row| row.says("return 1, *rest")));
    page.find("#source mark.chosen");
    page.screenshot("source");
    page.assert_no_barriers();
    page.find("#source").focus();
    page.press(Key::Enter);
    page.find("#listing .sel");
    page.press(Key::Down);
    with_text(&page, ".view", "Source").click();
    page.find("#source .sel");
    page.assert_quiet();
}

#[test]
fn the_outline_leads_to_where_a_function_begins() {
    let page = opened(PY38);
    with_text(&page, ".view", "Outline").click();
    with_text(&page, "#outline .row", "__class_getitem__").click();
    with_text(&page, ".view", "Source").click();
    until("its heading is chosen", || {
        page.find_all("#source .sel").pop().filter(|row| row.says("def __class_getitem__("))
    });
    page.set_size(380, 800);
    page.find("#source .row");
    page.screenshot("source-narrow");
    page.assert_quiet();
}

#[test]
fn a_python_without_source_says_so() {
    let page = opened("cpython-2.4/classic.pyc");
    with_text(&page, ".view", "Source").click();
    wait_for_text(&page, "#source", "For CPython 2.4 there is a listing, and no source yet.");
    page.assert_quiet();
}

#[test]
fn listing_and_source_stand_side_by_side_and_scroll_together() {
    let page = opened("cpython-3.12/three.pyc");
    with_text(&page, ".left .view", "Source").click();
    wait_for_text(&page, "#source .row", "source by pycxray");
    with_text(&page, ".right .view", "Listing").click();
    page.find(".right #listing .row");
    let first = || page.find_all("#listing .row").first().and_then(Element::still_says);
    let before = first();
    page.run("arguments[0].scrollTop = 1000", &[page.find("#source").to_json()]);
    until("the listing shows what the source does", || first().filter(|row| Some(row) != before.as_ref()));
    page.screenshot("source-beside-its-listing");
    page.set_media(Media { scheme: Scheme::Dark, ..Media::default() });
    page.screenshot("source-beside-its-listing-dark");
    page.assert_no_barriers();
    let before = until("the source is drawn", || page.find("#source .row").still_says());
    page.run("arguments[0].scrollTop = 200", &[page.find("#listing").to_json()]);
    until("and the source what the listing does", || {
        page.find_all("#source .row").first().and_then(Element::still_says).filter(|row| *row != before)
    });
    // The two change places.
    with_text(&page, ".left .view", "Listing").click();
    page.find(".left #listing .row");
    page.find(".right #source .row");
    page.assert_quiet();
}

#[test]
fn functions_fold_in_the_source() {
    let page = opened(PY38);
    with_text(&page, ".left .view", "Source").click();
    wait_for_text(&page, "#source .row", "for i in range(10):");
    with_text(&page, "#source .row", "def early():").find_all(".twisty")[0].click();
    until("it is folded", || (!page.find("#source").says("for i in range(10):")).then_some(()));
    page.screenshot("source-folded");
    with_text(&page, ".left .btn", "Fold").click();
    wait_for_text(&page, "#source .row", "for i in range(10):");
    page.assert_quiet();
}
