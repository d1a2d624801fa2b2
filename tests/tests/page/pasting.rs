//! What is pasted on the page, and folders that are dropped on it.

use crate::{PY38, wait_for_text, with_text};
use pycxray_tests::{File, Page};
use serde_json::json;

/// Pastes text as Ctrl+V does on the page.
fn paste(page: &Page, text: &str) {
    let script = "const data = new DataTransfer(); data.setData('text/plain', arguments[0]); \
                  const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }); \
                  document.body.dispatchEvent(event);";
    page.run(script, &[json!(text)]);
}

#[test]
fn pasted_hex_is_opened_as_the_bytes_that_it_writes_out() {
    let page = Page::open("/");
    let hex: Vec<String> = File::fixture(PY38).bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    paste(&page, &hex.join(" "));
    wait_for_text(&page, ".tab.on", "pasted");
    wait_for_text(&page, ".summary", "CPython 3.12");
    wait_for_text(&page, ".summary", "written out as hex");
    page.screenshot("pasted");
    page.assert_no_barriers();
}

#[test]
fn pasting_where_one_types_is_typing() {
    let page = Page::open("/");
    page.choose_files("#chooser", &[File::fixture(PY38)]);
    page.find("#search").focus();
    let script = "const data = new DataTransfer(); data.setData('text/plain', 'cb 0d'); \
                  const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }); \
                  return document.activeElement.dispatchEvent(event);";
    assert_eq!(page.run(script, &[]), json!(true), "the browser does it by itself");
    assert_eq!(page.find_all(".tab").len(), 1);
}

#[test]
fn a_folder_that_is_chosen_is_listed_and_its_files_opened() {
    let page = Page::open("/");
    let script = "const input = document.getElementById('folder-chooser'); \
                  const bytes = Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0)); \
                  const data = new DataTransfer(); \
                  for (const [path, part] of [['work/pkg/py38.pyc', bytes], ['work/notes.txt', 'some notes']]) { \
                    const file = new File([part], path.split('/').pop()); \
                    Object.defineProperty(file, 'webkitRelativePath', { value: path }); data.items.add(file); \
                  } \
                  Object.defineProperty(input, 'files', { value: data.files, configurable: true }); \
                  input.dispatchEvent(new Event('change', { bubbles: true }));";
    page.run(script, &[json!(File::fixture(PY38).base64())]);
    wait_for_text(&page, ".summary", "a folder");
    with_text(&page, "#members .row", "py38.pyc");
    page.screenshot("folder");
    page.assert_no_barriers();
}

#[test]
fn pasted_bytes_that_are_no_file_are_read_as_bytecode_alone() {
    let page = Page::open("/");
    paste(&page, "6400 5300");
    wait_for_text(&page, ".summary", "no .pyc file");
    page.find("#version-button").click();
    with_text(&page, "#version-menu [role=menuitemradio]", "co_code of CPython 3.8").click();
    wait_for_text(&page, ".summary", "co_code alone");
    with_text(&page, ".views [role=tab]", "Listing").click();
    wait_for_text(&page, "#listing", "RETURN_VALUE");
    page.screenshot("bytecode-alone");
    page.assert_quiet();
}
