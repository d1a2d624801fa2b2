//! Archives and frozen programs: what they hold is listed, and a member opens in a tab of its own.

use crate::{container, wait_for_text, with_text};
use pycxray_tests::{Key, Page, until};

#[test]
fn a_member_of_a_frozen_program_opens_in_a_tab_of_its_own() {
    let page = Page::open("/");
    page.drop_files("body", &[container("pyinstaller-6-3.12.bin")]);
    wait_for_text(&page, ".summary", "a program frozen by PyInstaller");
    wait_for_text(&page, ".summary", "of them bytecode");
    page.find("#members .row");
    page.screenshot("members");
    page.assert_no_barriers();
    page.find("#member-filter").enter("basket");
    with_text(&page, "#members .row", "basket").click();
    page.run("HTMLAnchorElement.prototype.click = function () { window.saved = this.download; };", &[]);
    with_text(&page, ".left .btn", "Save").click();
    until("it is saved as a file of its own", || {
        page.run("return window.saved", &[]).as_str().map(str::to_owned).filter(|name| name == "basket.pyc")
    });
    page.find("#members").focus();
    page.press(Key::Enter);
    wait_for_text(&page, ".tab.on", "!PYZ-00.pyz!basket");
    wait_for_text(&page, ".summary", "CPython 3.12");
    page.find("#tree [role=treeitem]");
    page.screenshot("member");
    page.find(".came-from .link").click();
    wait_for_text(&page, "#members .sel", "basket");
    page.assert_quiet();
}

#[test]
fn reloading_brings_back_a_member_with_where_it_came_from() {
    let page = Page::open("/");
    page.drop_files("body", &[container("pyinstaller-6-3.12.bin")]);
    page.find("#member-filter").enter("basket");
    with_text(&page, "#members .row", "basket").click();
    page.find("#members").focus();
    page.press(Key::Enter);
    wait_for_text(&page, ".tab.on", "!PYZ-00.pyz!basket");
    with_text(&page, ".left .view", "Listing").click();
    with_text(&page, ".right .view", "Source").click();
    page.find(".right #source .row");
    page.reload();
    wait_for_text(&page, ".tab.on", "!PYZ-00.pyz!basket");
    page.find("#listing .row");
    page.find(".right #source .row");
    page.find(".came-from .link").click();
    wait_for_text(&page, "#members .sel", "basket");
    page.find("#members").focus();
    page.press(Key::Enter);
    wait_for_text(&page, ".tab.on", "!PYZ-00.pyz!basket");
    assert_eq!(page.find_all(".tab").len(), 2, "it is open already");
    page.assert_quiet();
}

#[test]
fn the_strings_of_all_members_lead_to_where_they_are_used() {
    let page = Page::open("/");
    page.drop_files("body", &[container("pyinstaller-6-3.12.bin")]);
    wait_for_text(&page, ".summary", "a program frozen by PyInstaller");
    with_text(&page, ".views [role=tab]", "Strings").click();
    wait_for_text(&page, "#left-body .progress", "Of all");
    page.screenshot("member-strings");
    page.assert_no_barriers();
    page.find("#string-filter").enter("things in");
    with_text(&page, "#strings .row", "Things in a basket.").click();
    page.find("#strings").focus();
    page.press(Key::Enter);
    wait_for_text(&page, ".tab.on", "!PYZ-00.pyz!basket");
    wait_for_text(&page, "#listing .sel", "Things in a basket.");
    page.assert_quiet();
}
