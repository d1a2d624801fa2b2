//! A source beside its file: the source pane, and the verdict.

use crate::{wait_for_text, with_text};
use pycxray_tests::{File, Key, Media, Page, Scheme, until};

fn source() -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/src/py38.py");
    std::fs::read(path).expect("the source")
}

/// A file with this source dropped after it.
fn verified(source: &[u8]) -> Page {
    let page = Page::open("/");
    page.choose_files("#chooser", &[File::fixture("cpython-3.12/py38.pyc")]);
    page.find("#tree [role=treeitem]");
    page.choose_files("#chooser", &[File::new("py38.py", source)]);
    page.find("#companion .row");
    page
}

#[test]
fn a_source_stands_beside_its_file_and_the_verdict_is_said() {
    let page = verified(&source());
    wait_for_text(&page, "#verify .says", "Proved");
    wait_for_text(&page, ".summary .standing", "py38.py: proved");
    assert_eq!(page.find_all(".tabs .tab").len(), 1, "both are in one tab");
    page.screenshot("verify");
    with_text(&page, ".view-tabs [role=tab]", "Listing").click();
    page.find("#listing .row[class*=tint-]");
    page.screenshot("source-beside-listing");
    page.set_media(Media { scheme: Scheme::Dark, ..Media::default() });
    page.screenshot("source-beside-listing-dark");
    page.assert_no_barriers();
    page.assert_quiet();
}

#[test]
fn text_and_instructions_are_one_selection() {
    let page = verified(&source());
    with_text(&page, ".view-tabs [role=tab]", "Listing").click();
    with_text(&page, "#companion .row .src", "return [y for x").click();
    page.find("#companion .row.sel .chosen");
    page.find("#listing .row.together");
    page.find("#listing").focus();
    page.press(Key::Down);
    page.find("#companion .row.sel .chosen");
    page.find("#companion").focus();
    page.press(Key::Up);
    wait_for_text(&page, "#companion .row.sel", "print(f");
    with_text(&page, ".right .views button", "Tints").click();
    until("no tint is left", || page.find_all("#companion .row[class*=tint-]").is_empty().then_some(()));
    page.assert_quiet();
}

#[test]
fn what_speaks_against_a_file_leads_to_bytes_and_text() {
    let text = String::from_utf8(source()).expect("text").replace("'cleanup'", "'clean-up'");
    let page = verified(text.as_bytes());
    wait_for_text(&page, "#verify .says", "Inconsistent");
    page.screenshot("verify-inconsistent");
    with_text(&page, "#verify .link", "bytes at").click();
    page.find("#hex .h.on");
    with_text(&page, "#verify .link", "line 18").click();
    wait_for_text(&page, "#companion .row.sel .chosen", "clean-up");
    page.set_media(Media { scheme: Scheme::Dark, ..Media::default() });
    page.screenshot("verify-inconsistent-dark");
    page.assert_no_barriers();
    page.set_size(380, 800);
    page.screenshot("verify-narrow");
    page.assert_no_barriers();
    page.assert_quiet();
}

#[test]
fn the_way_to_add_a_source_has_room_on_a_telephone() {
    let page = Page::open("/");
    page.set_size(380, 800);
    page.choose_files("#chooser", &[File::fixture("cpython-3.12/py38.pyc")]);
    with_text(&page, ".right .views button", "py38.py").click();
    let (pane, button) = (page.find(".source-pane").area(), page.find(".source-pane .btn").area());
    assert!(button.top + button.height <= pane.top + pane.height, "{button:?} in {pane:?}");
}

#[test]
fn a_file_without_its_source_says_how_to_add_it_and_a_reload_brings_it_back() {
    let page = Page::open("/");
    page.choose_files("#chooser", &[File::fixture("cpython-3.12/py38.pyc")]);
    page.find("#tree [role=treeitem]");
    with_text(&page, ".right .views button", "py38.py").click();
    wait_for_text(&page, ".source-pane", "add py38.py");
    page.screenshot("source-missing");
    page.assert_no_barriers();
    page.choose_files(".source-pane input[type=file]", &[File::new("copy-of-it.py", &source())]);
    wait_for_text(&page, "#verify .says", "Proved");
    wait_for_text(&page, ".summary .standing", "copy-of-it.py: proved");
    with_text(&page, ".left .view", "Listing").click();
    page.find("#listing .row");
    page.reload();
    wait_for_text(&page, ".summary .standing", "copy-of-it.py: proved");
    page.find("#listing .row");
    page.find("#companion .row");
    page.assert_quiet();
}
