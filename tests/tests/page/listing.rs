//! The listing, the outline, the version menu, and what can be taken home.

use crate::{PY38, opened, wait_for_text, with_text};
use pycxray_tests::{Element, Key, Modifier, until};
use serde_json::json;

#[test]
fn the_outline_leads_to_a_code_object_and_its_listing() {
    let page = opened(PY38);
    with_text(&page, ".view", "Outline").click();
    with_text(&page, "#outline .row", "walrus").click();
    until("it is the current one", || {
        page.find_all("#outline .sel").first().and_then(Element::still_says).filter(|text| text.contains("walrus"))
    });
    page.screenshot("outline");
    page.find("#outline").focus();
    page.press(Key::Enter);
    wait_for_text(&page, "#listing .row", "RESUME");
    wait_for_text(&page, ".views .crumbs", "walrus");
    let jump = with_text(&page, "#listing .row", "POP_JUMP_IF_FALSE");
    jump.click();
    page.find("#listing .lane.lit");
    wait_for_text(&page, "#details h2", "POP_JUMP_IF_FALSE");
    page.screenshot("listing");
    page.assert_no_barriers();
    page.find("#listing").focus();
    page.press(Key::Enter);
    until("its target is chosen", || {
        let row = page.find_all("#listing .sel").pop()?.still_says()?;
        (!row.contains("POP_JUMP")).then_some(())
    });
    page.assert_quiet();
}

#[test]
fn caches_are_shown_when_asked_for() {
    let page = opened(PY38);
    page.find("#byte-ae").click();
    with_text(&page, ".view", "Listing").click();
    page.find("#listing .row");
    assert!(page.find_all("#listing .cache").is_empty());
    with_text(&page, ".views button", "Caches").click();
    page.find("#listing .cache");
    with_text(&page, ".views button", "Caches").click();
    until("they are folded", || page.find_all("#listing .cache").is_empty().then_some(()));
}

#[test]
fn a_file_can_be_read_as_another_python() {
    let page = opened(PY38);
    page.find("#version-button").click();
    with_text(&page, "#version-menu button", "CPython 3.11").click();
    wait_for_text(&page, ".summary .version", "3.11");
    page.screenshot("read-as");
    page.find("#version-button").click();
    with_text(&page, "#version-menu button", "As the file says").click();
    wait_for_text(&page, ".summary .version", "3.12");
    page.assert_quiet();
}

#[test]
fn the_listing_can_be_taken_home() {
    let page = opened(PY38);
    page.run(
        "window.copied = []; Object.defineProperty(navigator, 'clipboard', { value: { writeText: (text) => { window.copied.push(text); return Promise.resolve(); } } })",
        &[],
    );
    for (kind, sign) in [("Listing", "LOAD_GLOBAL"), ("JSON", "\"schema\""), ("bytes", "LOAD_GLOBAL")] {
        page.find("#export-button").click();
        let choices = page.find_all("#export-menu button");
        let copy = choices.iter().find(|choice| choice.text().contains(kind) && choice.text().contains("copy"));
        copy.expect("it is in the menu").click();
        until(&format!("{kind} is copied"), || {
            let copied = page.run("return window.copied.pop() ?? ''", &[]);
            copied.as_str()?.contains(sign).then_some(())
        });
    }
    page.assert_quiet();
}

#[test]
fn paper_gets_the_whole_listing() {
    let page = opened(PY38);
    until("it is at hand for printing", || {
        let paper = page.run("return document.getElementById('print').textContent", &[]);
        paper.as_str()?.contains("POP_JUMP_IF_FALSE").then_some(())
    });
}

#[test]
fn a_function_is_copied_with_its_file_and_python() {
    let page = opened(PY38);
    page.devtools(
        "Browser.grantPermissions",
        &json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }),
    );
    with_text(&page, ".view", "Listing").click();
    page.find("#listing .row");
    page.find("#copy-function-button").click();
    page.screenshot("copy-function");
    with_text(&page, "#copy-function-menu button", "As Markdown").click();
    wait_for_text(&page, ".notice", "Copied the instructions.");
    let copied = page.run("return navigator.clipboard.readText()", &[]);
    let copied = copied.as_str().unwrap_or_default();
    assert!(copied.starts_with("py38.pyc, CPython 3.12, `<module>`:") && copied.contains("RESUME"), "{copied}");
}

#[test]
fn several_rows_are_chosen_and_copied() {
    let page = opened(PY38);
    page.devtools(
        "Browser.grantPermissions",
        &json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }),
    );
    with_text(&page, ".left .view", "Listing").click();
    page.find("#listing .row.ins").click();
    page.find("#listing").focus();
    page.run(
        "arguments[0].querySelectorAll('.row.ins')[2].dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }))",
        &[page.find("#listing").to_json()],
    );
    until("they are marked", || (page.find_all("#listing .row.in-range").len() == 3).then_some(()));
    page.screenshot("listing-range");
    page.assert_no_barriers();
    page.press_with(&[Modifier::Control], 'c');
    wait_for_text(&page, ".notice", "Copied the instructions.");
    let copied = page.run("return navigator.clipboard.readText()", &[]);
    assert_eq!(copied.as_str().map(|text| text.matches(" RESUME ").count()), Some(1));
    assert!(!copied.as_str().unwrap_or_default().contains("STORE_NAME"), "nothing but what is chosen: {copied}");
}
