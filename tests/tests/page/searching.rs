//! Search: typed, counted, stepped through, marked.

use crate::{PY38, container, opened, wait_for_text, with_text};
use pycxray_tests::{Key, Modifier, until};

#[test]
fn hits_are_counted_listed_and_stepped_through() {
    let page = opened(PY38);
    page.find("#tree").focus();
    page.press('/');
    assert_eq!(page.focused().attribute("id").as_deref(), Some("search"));
    page.type_text("chunk");
    wait_for_text(&page, "#hits .row", "chunk");
    let total = page.find_all("#hits .row").len();
    assert!(total > 1);
    page.press(Key::Enter);
    wait_for_text(&page, ".said", &format!("1/{total}"));
    page.press(Key::Enter);
    wait_for_text(&page, ".said", &format!("2/{total}"));
    page.press_with(&[Modifier::Shift], Key::Enter);
    wait_for_text(&page, ".said", &format!("1/{total}"));
    page.find("#hex .marked");
    page.find(".ribbon .hit");
    page.screenshot("search");
    page.assert_no_barriers();
    with_text(&page, ".view", "Tree").click();
    page.find("#tree .marked");
    page.find("#search").focus();
    page.press(Key::Escape);
    until("the search is over", || page.find_all("#hex .marked").is_empty().then_some(()));
    page.assert_quiet();
}

#[test]
fn opcodes_and_bytes_are_found() {
    let page = opened(PY38);
    page.press('/');
    page.type_text("op:LOAD_GLOBAL");
    wait_for_text(&page, "#hits .row", "LOAD_GLOBAL");
    page.press_with(&[Modifier::Control], 'a');
    page.type_text("hex:74 03");
    wait_for_text(&page, ".hits-head", "place");
    page.press(Key::Enter);
    until("they are chosen", || {
        let chosen = page.find_all("#hex .h.on");
        (chosen.first()?.still_says()? == "74").then_some(())
    });
    page.press_with(&[Modifier::Control], 'a');
    page.type_text("hex:7");
    until("it says what is wrong", || {
        (page.find(".hits-head p").still_says()?.contains("two hexadecimal digits")).then_some(())
    });
    page.assert_quiet();
}

#[test]
fn the_box_teaches_what_can_be_searched_for() {
    let page = opened(PY38);
    page.press_with(&[Modifier::Control], 'f');
    assert_eq!(page.focused().attribute("id").as_deref(), Some("search"));
    page.find(".syntax");
    page.screenshot("search-syntax");
    page.assert_no_barriers();
    with_text(&page, ".syntax dt", "op:LOAD_GLOBAL").click();
    page.type_text("LOAD_GLOBAL");
    wait_for_text(&page, "#hits .w-hit", "LOAD_GLOBAL");
    page.press_with(&[Modifier::Control], 'a');
    page.type_text("/^ch.nk$/");
    wait_for_text(&page, "#hits .w-hit", "chunk");
    page.screenshot("search-marks");
}

#[test]
fn the_outline_is_filtered() {
    let page = opened(PY38);
    with_text(&page, ".view", "Outline").click();
    page.find("#outline .row");
    page.find("#outline-filter").enter("walr");
    until("one is left", || (page.find_all("#outline .row").len() == 1).then_some(()));
    page.screenshot("outline-filter");
    page.press(Key::Down);
    assert_eq!(page.focused().attribute("id").as_deref(), Some("outline"));
    let filter = page.find("#outline-filter");
    filter.enter(" no such name");
    wait_for_text(&page, "#outline .nothing", "No function");
    page.press_with(&[Modifier::Control], 'a');
    page.type_text("star_ret");
    with_text(&page, "#outline .sel", "star_return");
    page.press(Key::Enter);
    wait_for_text(&page, ".views .crumbs", "star_return");
}

#[test]
fn all_open_files_and_members_of_archives_are_searched() {
    let page = opened(PY38);
    page.choose_files("#chooser", &[container("pyinstaller-6-3.12.bin")]);
    wait_for_text(&page, ".summary", "a program frozen by PyInstaller");
    page.press('/');
    page.type_text("basket");
    with_text(&page, ".hits-head .btn", "All files").click();
    with_text(&page, ".found-in", "PYZ-00.pyz!basket");
    page.screenshot("search-everywhere");
    page.assert_no_barriers();
    with_text(&page, ".found-in", "PYZ-00.pyz!basket").click();
    wait_for_text(&page, ".tab.on", "PYZ-00.pyz!basket");
    wait_for_text(&page, "#hits .w-hit", "basket");
}
