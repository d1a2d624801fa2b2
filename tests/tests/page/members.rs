//! Archives and frozen programs: what they hold is listed, and a member opens in a tab of its own.

use crate::{container, wait_for_text, with_text};
use pycxray_tests::{Key, Page};

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
    with_text(&page, "#members .row", "!basket").click();
    page.find("#members").focus();
    page.press(Key::Enter);
    wait_for_text(&page, ".tab.on", "pyinstaller-6-3.12.bin!");
    wait_for_text(&page, ".summary", "CPython 3.12");
    page.find("#tree [role=treeitem]");
    page.screenshot("member");
    page.assert_quiet();
}
