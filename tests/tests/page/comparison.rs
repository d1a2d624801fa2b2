//! Two files side by side.

use crate::{container, wait_for_text, with_text};
use pycxray_tests::{File, Key, Media, Page, Scheme, until};

/// Two files of one module, before and after a change, compared.
fn compared() -> Page {
    let page = Page::open("/");
    for name in ["cpython-3.12/py38.pyc", "cpython-3.13/py38.pyc"] {
        page.choose_files("#chooser", &[File::fixture(name)]);
    }
    page.find("#tree [role=treeitem]");
    until("both are open", || (page.find_all(".tabs .tab").len() == 2).then_some(()));
    page.find("#compare-button").click();
    page.find("#compare-menu button").click();
    page.find("#changes .row");
    page
}

#[test]
fn two_files_are_compared_in_a_tab_of_their_own() {
    let page = compared();
    wait_for_text(&page, ".tab.on", "↔");
    wait_for_text(&page, ".judgement .says", "Python");
    with_text(&page, "#changes .row", "function").click();
    page.find("#pair .row.sel");
    page.screenshot("comparison");
    page.set_media(Media { scheme: Scheme::Dark, ..Media::default() });
    page.screenshot("comparison-dark");
    page.assert_no_barriers();
    page.find("#pair").focus();
    page.press(Key::Down);
    page.find("#pair .row.sel .side.on");
    page.assert_quiet();
}

#[test]
fn keys_step_from_change_to_change_and_the_bytes_follow() {
    let page = compared();
    wait_for_text(&page, ".judgement .said", "Change 1 of");
    page.find("#changes").focus();
    page.type_text("n");
    wait_for_text(&page, ".judgement .said", "Change 2 of");
    page.type_text("p");
    wait_for_text(&page, ".judgement .said", "Change 1 of");
    // What is on screen is compared with the other: the file that was opened last comes first.
    page.find(".of-side:first-child button").click();
    wait_for_text(&page, ".summary", "3.13");
    page.find(".of-side:last-child button").click();
    wait_for_text(&page, ".summary", "3.12");
    page.assert_quiet();
}

#[test]
fn the_bytes_of_both_are_on_screen() {
    let page = compared();
    page.find("#hex-0 .h.on");
    page.find("#hex-1 .h.on");
    // What is done among the bytes of one puts that one on screen.
    page.find("#byte-0-4").click();
    wait_for_text(&page, ".summary", "3.13");
    page.find("#hex-0 #byte-0-4.on");
    page.find("#byte-1-8").click();
    wait_for_text(&page, ".summary", "3.12");
    page.press(Key::Right);
    page.find("#hex-1 #byte-1-9.cursor");
    // An instruction that both have is chosen in both.
    with_text(&page, "#changes .row", "function").click();
    page.find("#pair .row.sel");
    page.find("#pair").focus();
    page.press(Key::Down);
    until("both have the instruction chosen", || {
        let chosen = |pane: &str| page.find_all(&format!("{pane} .h.on")).len();
        (chosen("#hex-0") >= 2 && chosen("#hex-1") >= 2).then_some(())
    });
    page.find("#hex-1 .h.on").hover();
    page.find(".card");
    page.screenshot("comparison-bytes");
    page.assert_quiet();
}

#[test]
fn the_kinds_of_difference_close_as_menus_do() {
    let page = compared();
    page.find(".classes summary").click();
    page.find(".classes[open] input").click();
    page.find(".classes[open]");
    page.press(Key::Escape);
    page.find(".classes:not([open])");
    page.find(".classes summary").click();
    page.find(".classes[open]");
    page.find(".judgement .says").click();
    page.find(".classes:not([open])");
    page.assert_quiet();
}

#[test]
fn on_a_phone_the_sides_stand_below_each_other() {
    let page = compared();
    page.set_size(380, 800);
    with_text(&page, "#changes .row", "instructions").click();
    page.find("#pair .row.removed");
    page.find("#changes .sel");
    page.screenshot("comparison-narrow");
    page.assert_no_barriers();
    page.assert_quiet();
}

#[test]
fn two_archives_are_compared_member_by_member() {
    let page = Page::open("/");
    for name in ["pyinstaller-5.13-3.11.bin", "pyinstaller-6-3.12.bin"] {
        page.choose_files("#chooser", &[container(name)]);
    }
    until("both are open", || (page.find_all(".tabs .tab").len() == 2).then_some(()));
    page.find("#compare-button").click();
    page.find("#compare-menu button").click();
    wait_for_text(&page, ".judgement .says", "members: ");
    page.screenshot("comparison-of-archives");
    page.set_media(Media { scheme: Scheme::Dark, ..Media::default() });
    page.screenshot("comparison-of-archives-dark");
    page.assert_no_barriers();
    with_text(&page, "#changes .row", "basket").click();
    wait_for_text(&page, "#changes .sel", "basket");
    page.find("#changes").focus();
    page.press(Key::Enter);
    wait_for_text(&page, ".judgement .names", "PYZ-00.pyz!basket");
    page.reload();
    page.wait_until_drawn();
    wait_for_text(&page, ".judgement .names", "PYZ-00.pyz!basket");
    assert_eq!(page.find_all(".tabs .tab").len(), 4, "both archives, their comparison, and that of the members");
    with_text(&page, "#changes .row", "function").click();
    page.find("#pair .row.sel");
    page.set_size(380, 800);
    page.screenshot("comparison-of-archives-narrow");
    page.assert_quiet();
}

#[test]
fn reloading_brings_a_comparison_back() {
    let page = compared();
    wait_for_text(&page, ".judgement .said", "Change 1 of");
    page.reload();
    page.wait_until_drawn();
    wait_for_text(&page, ".tab.on", "↔");
    wait_for_text(&page, ".judgement .said", "Change 1 of");
    assert!(page.find_all(".notice").is_empty(), "the page waits for no file");
    assert_eq!(page.find_all(".tabs .tab").len(), 3);
    page.find(".tab.on .close").click();
    until("it is closed", || (page.find_all(".tabs .tab").len() == 2).then_some(()));
    page.reload();
    page.wait_until_drawn();
    page.find("#tree [role=treeitem]");
    until("the files are there", || (page.find_all(".tabs .tab").len() == 2).then_some(()));
    page.assert_quiet();
}
