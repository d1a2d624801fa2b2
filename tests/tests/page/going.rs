//! Going places: the dialog, the history, the address.

use crate::{PY38, opened, status, wait_for_text, with_text};
use pycxray_tests::{File, Key, Modifier, Page, until};

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
    until("it says what is wrong", || (!page.find("#go-wrong").still_says()?.is_empty()).then_some(()));
    page.press(Key::Escape);
    until("the dialog is closed", || page.find_all("dialog").is_empty().then_some(()));
    wait_for_text(&page, "#details h2", "LOAD_GLOBAL");
    page.assert_quiet();
}

#[test]
fn the_address_holds_the_place() {
    let page = opened(PY38);
    page.find("#byte-ae").click();
    until("the address names it", || page.address().ends_with("#file=py38.pyc&code=walrus&at=46").then_some(()));
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
fn an_address_with_an_unknown_sample_is_told_so() {
    let page = Page::open("/");
    page.run("location.hash = '#sample=py999'", &[]);
    wait_for_text(&page, ".awaited", "There is no sample called");
}

#[test]
fn back_and_forward_walk_through_what_was_chosen() {
    let page = opened(PY38);
    page.find("#byte-4").click();
    until("the flags are chosen", || status(&page).contains("0x0004").then_some(()));
    page.find("#byte-8").click();
    until("the time is chosen", || status(&page).contains("0x0008").then_some(()));
    until("there is a way back", || page.find_all(".step[aria-label=Back]:enabled").pop()).click();
    until("back", || status(&page).contains("0x0004").then_some(()));
    page.press_with(&[Modifier::Alt], Key::Right);
    until("forward", || status(&page).contains("0x0008").then_some(()));
}

#[test]
fn the_browsers_own_back_walks_places_and_files() {
    let page = opened(PY38);
    page.find("#byte-4").click();
    until("the flags are chosen", || status(&page).contains("0x0004").then_some(()));
    page.choose_files("#chooser", &[File::fixture("cpython-3.12/hello.pyc")]);
    wait_for_text(&page, ".tab.on", "hello.pyc");
    page.back();
    wait_for_text(&page, ".tab.on", "py38.pyc");
    until("with the same chosen", || status(&page).contains("0x0004").then_some(()));
    page.forward();
    wait_for_text(&page, ".tab.on", "hello.pyc");
}

#[test]
fn a_link_whose_file_is_not_there_says_what_it_leads_to_and_waits() {
    let page = Page::open("/");
    page.run("location.hash = '#file=py38.pyc&code=walrus&at=46'", &[]);
    wait_for_text(&page, ".awaited", "Drop py38.pyc to go to walrus at 46.");
    page.screenshot("awaited");
    page.assert_no_barriers();
    page.choose_files("#chooser", &[File::fixture("cpython-3.12/hello.pyc")]);
    wait_for_text(&page, ".tab.on", "hello.pyc");
    page.choose_files("#chooser", &[File::fixture(PY38)]);
    wait_for_text(&page, "#details h2", "LOAD_GLOBAL");
}

#[test]
fn a_link_to_what_is_absent_says_so() {
    let page = opened(PY38);
    page.run("location.hash = '#file=py38.pyc&code=Basket.total'", &[]);
    wait_for_text(&page, ".notice", "py38.pyc has no Basket.total.");
    page.run("location.hash = '#file=other.pyc&code=Basket.total'", &[]);
    wait_for_text(&page, ".notice", "Drop other.pyc to go to Basket.total.");
}

#[test]
fn reloading_brings_back_what_was_open() {
    let page = opened(PY38);
    page.choose_files("#chooser", &[File::fixture("cpython-3.12/hello.pyc")]);
    wait_for_text(&page, ".tab.on", "hello.pyc");
    with_text(&page, ".tab [role=tab]", "py38.pyc").click();
    wait_for_text(&page, ".tab.on", "py38.pyc");
    page.find("#byte-ae").click();
    until("the address names it", || page.address().ends_with("&code=walrus&at=46").then_some(()));
    page.reload();
    wait_for_text(&page, ".tab.on", "py38.pyc");
    wait_for_text(&page, "#details h2", "LOAD_GLOBAL");
    assert_eq!(page.find_all(".tab").len(), 2);
}

#[test]
fn the_reader_can_have_all_of_it_forgotten() {
    let page = opened(PY38);
    page.press('?');
    page.find("#keeps").click();
    page.press(Key::Escape);
    page.reload();
    page.wait_until_drawn();
    page.find(".sample");
    assert!(page.find_all(".tab").is_empty());
}
