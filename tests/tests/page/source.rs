//! The source, beside the instructions that it stands for.

use crate::{PY38, opened, wait_for_text, with_text};
use pycxray_tests::{Key, until};

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
