//! Going places: the dialog, the history, the address.

use crate::{PY38, opened, status, wait_for_text};
use pycxray_tests::{Key, Modifier, Page, until};

#[test]
fn the_dialog_goes_to_offsets_and_code() {
    let page = opened(PY38);
    page.find("#hex").focus();
    page.press('g');
    page.find("#go-field");
    page.screenshot("go-to");
    page.type_text("walrus:46");
    page.press(Key::Enter);
    wait_for_text(&page, "#details h2", "LOAD_GLOBAL");
    page.press('g');
    page.find("#go-field");
    page.type_text("nowhere at all");
    page.press(Key::Enter);
    until("it says what is wrong", || (!page.find("#go-wrong").text().is_empty()).then_some(()));
    page.press(Key::Escape);
    until("the dialog is closed", || page.find_all("dialog").is_empty().then_some(()));
    wait_for_text(&page, "#details h2", "LOAD_GLOBAL");
    page.assert_quiet();
}

#[test]
fn the_address_holds_the_place() {
    let page = opened(PY38);
    page.find("#byte-ae").click();
    until("the address names it", || page.address().ends_with("#code=walrus&at=46").then_some(()));
    page.run("location.hash = '#offset=0x8'", &[]);
    until("the page goes there", || status(&page).contains("0x0008").then_some(()));
}

#[test]
fn an_address_opens_a_sample_at_its_place() {
    let page = Page::open("/");
    page.run("location.hash = '#sample=py312&offset=0x4'", &[]);
    wait_for_text(&page, ".summary", "CPython 3.12");
    until("its flags are chosen", || status(&page).contains("0x0004").then_some(()));
    page.reload();
    page.wait_until_drawn();
    wait_for_text(&page, ".summary", "CPython 3.12");
    until("they are so after a reload", || status(&page).contains("0x0004").then_some(()));
}

#[test]
fn back_and_forward_walk_through_what_was_chosen() {
    let page = opened(PY38);
    page.find("#byte-4").click();
    until("the flags are chosen", || status(&page).contains("0x0004").then_some(()));
    page.find("#byte-8").click();
    until("the time is chosen", || status(&page).contains("0x0008").then_some(()));
    page.find(".step[aria-label=Back]").click();
    until("back", || status(&page).contains("0x0004").then_some(()));
    page.press_with(&[Modifier::Alt], Key::Right);
    until("forward", || status(&page).contains("0x0008").then_some(()));
}
