//! Files come in: dropped anywhere, chosen, as samples; each gets a tab.

use crate::{PY38, opened, wait_for_text, with_text};
use pycxray_tests::{File, Page};

#[test]
fn a_file_dropped_anywhere_is_opened() {
    let page = Page::open("/");
    page.drag_files_over("header", &[File::fixture(PY38)]);
    wait_for_text(&page, ".dropping", "Nothing is uploaded");
    page.screenshot("dropping");
    page.drop_files("header", &[File::fixture(PY38)]);
    wait_for_text(&page, ".summary", "CPython 3.12");
    wait_for_text(&page, ".summary", "1,570 bytes");
    wait_for_text(&page, ".summary", "every byte accounted for");
    assert!(page.find_all(".dropping").is_empty());
    page.drop_files("#hex", &[File::fixture("cpython-2.7/two.pyc")]);
    wait_for_text(&page, ".summary", "CPython 2.7");
    page.screenshot("two-files");
    page.assert_quiet();
}

#[test]
fn files_dragged_away_again_leave_no_trace() {
    let page = Page::open("/");
    page.drag_files_over("main", &[File::fixture(PY38)]);
    page.find(".dropping");
    page.drag_files_away("main");
    pycxray_tests::until("the veil is gone", || page.find_all(".dropping").is_empty().then_some(()));
    assert!(page.find(".start").is_shown());
}

#[test]
fn several_chosen_files_are_several_tabs() {
    let page = Page::open("/");
    let names = ["cpython-3.8/three.pyc", "cpython-3.13/py313.pyc", "pypy-3.9/py38.pyc"];
    page.choose_files("#chooser", &names.map(File::fixture));
    let tab = |name: &str| with_text(&page, ".tabs [role=tab]", name);
    tab("three.pyc").click();
    wait_for_text(&page, ".summary", "CPython 3.8");
    tab("py313.pyc").click();
    wait_for_text(&page, ".summary", "CPython 3.13");
    tab("py38.pyc").click();
    wait_for_text(&page, ".summary", "PyPy 3.9");
    let order: Vec<String> = page.find_all(".tab .name").iter().map(|name| name.text()).collect();
    assert_eq!(order, ["three.pyc", "py313.pyc", "py38.pyc"], "as they were chosen, however they were read");
    page.assert_quiet();
}

#[test]
fn closing_a_tab_keeps_the_others_and_the_last_one_leads_back_to_the_start() {
    let page = opened(PY38);
    page.choose_files("#chooser", &[File::fixture("cpython-3.10/py310.pyc")]);
    wait_for_text(&page, ".summary", "CPython 3.10");
    page.find(".tab.on .close").click();
    wait_for_text(&page, ".summary", "CPython 3.12");
    page.find(".tab.on .close").click();
    assert!(page.find(".start .drop").is_shown());
    page.assert_quiet();
}

#[test]
fn every_sample_is_one_click_away_and_decodes_whole() {
    let page = Page::open("/");
    page.screenshot("start");
    let count = page.find_all(".sample").len();
    assert!(count >= 10, "there are samples from many versions");
    for at in 0..count {
        let sample = &page.find_all(".sample")[at];
        let version = sample.find_all("b")[0].text();
        sample.click();
        wait_for_text(&page, ".tab.on", &version);
        page.find("#tree .row");
        assert!(page.find_all(".summary .wrong").is_empty(), "the sample of {version} is whole");
        page.find(".tab.on .close").click();
        page.find(".start");
    }
    page.assert_quiet();
}

#[test]
fn the_same_file_can_be_chosen_again() {
    let page = opened(PY38);
    page.choose_files("#chooser", &[File::fixture(PY38)]);
    pycxray_tests::until("there are two tabs", || (page.find_all(".tab").len() == 2).then_some(()));
}
