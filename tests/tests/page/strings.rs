//! The list of strings, and what a program calls of note.

use crate::{container, wait_for_text, with_text};
use pycxray_tests::{Key, Page, until};

fn opened() -> Page {
    let page = Page::open("/");
    page.choose_files("#chooser", &[container("loader-3.11.pyc")]);
    page.find("#tree [role=treeitem]");
    page
}

#[test]
fn strings_are_listed_sorted_and_lead_to_where_they_are_used() {
    let page = opened();
    with_text(&page, ".view", "Strings").click();
    wait_for_text(&page, "#strings .row", "https://shop.example/basket");
    with_text(&page, "#strings .row", "holds: base64 → zlib");
    page.screenshot("strings");
    page.assert_no_barriers();
    with_text(&page, ".orders .btn", "Length").click();
    until("the longest comes first", || {
        page.find_all("#strings .row").first().filter(|row| row.says("holds: base64")).map(|_| ())
    });
    page.find("#string-filter").enter("echo");
    until("one is left", || (page.find_all("#strings .row").len() == 1).then_some(()));
    page.find("#strings .row").click();
    wait_for_text(&page, "#details", "echo done");
    page.find("#strings").focus();
    page.press(Key::Enter);
    wait_for_text(&page, "#listing .sel", "LOAD_CONST");
    page.set_size(380, 800);
    with_text(&page, ".view", "Strings").click();
    page.find("#strings .row");
    page.screenshot("strings-narrow");
}

#[test]
fn calls_of_note_stand_in_the_card_and_in_a_list() {
    let page = opened();
    wait_for_text(&page, "#details", "calls of note");
    wait_for_text(&page, "#details", "marshal.loads");
    with_text(&page, ".view", "Findings").click();
    page.screenshot("calls-of-note");
    page.assert_no_barriers();
    with_text(&page, ".problem", "os.system in <module>").click();
    wait_for_text(&page, "#details", "system");
}
