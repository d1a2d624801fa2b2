//! What hides in the constants of a file: told in its row and card, opened in a tab of its own.

use crate::{container, wait_for_text, with_text};
use pycxray_tests::{Key, Page, until};

/// The loader, all of its module's rows open.
fn expanded() -> Page {
    let page = Page::open("/");
    page.choose_files("#chooser", &[container("loader-3.11.pyc")]);
    page.find("#tree .sel");
    with_text(&page, ".views .btn", "Expand").click();
    page
}

#[test]
fn what_a_constant_holds_opens_in_a_tab_that_says_where_it_came_from() {
    let page = expanded();
    page.find("#tree").focus();
    until("its row is in sight", || {
        let row = page.find_all("#tree .row").into_iter().find(|row| row.says("holds: "));
        if row.is_none() {
            page.press(Key::PageDown);
        }
        row.map(|_| ())
    });
    let row = with_text(&page, "#tree .row", "holds: base64 → zlib → marshalled code (CPython 3.11)");
    row.click();
    wait_for_text(&page, "#details .holds", "base64 → zlib → marshalled code (CPython 3.11)");
    page.screenshot("payload-row");
    page.assert_no_barriers();
    with_text(&page, "#details .holds button", "Open").click();
    wait_for_text(&page, ".tab.on", "loader-3.11.pyc!payload-1");
    wait_for_text(&page, ".came-from", "From loader-3.11.pyc: base64 → zlib → marshalled code (CPython 3.11)");
    wait_for_text(&page, "#details", "Basket");
    page.screenshot("payload");
    page.assert_no_barriers();
    page.find(".came-from .link").click();
    wait_for_text(&page, ".tab.on", "loader-3.11.pyc");
    wait_for_text(&page, "#details .holds", "base64");
}

#[test]
fn the_contents_of_a_constant_open_as_if_dropped() {
    let page = expanded();
    with_text(&page, ".view", "Strings").click();
    with_text(&page, "#strings .row", "https://shop.example/basket").click();
    wait_for_text(&page, "#details", "https://shop.example/basket");
    page.find("#copy-button").click();
    with_text(&page, "#copy-menu button", "Open as a file").click();
    wait_for_text(&page, ".came-from", "From loader-3.11.pyc: as it stands there");
}
