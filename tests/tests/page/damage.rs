//! Files that are damaged, or no `.pyc` at all: a sentence each, what could be read, and the page goes on.

use crate::{PY38, opened, wait_for_text, with_text};
use pycxray_tests::{File, Page};

#[test]
fn a_file_that_is_no_pyc_is_said_to_be_none() {
    let page = Page::open("/");
    page.drop_files("body", &[File::new("letter.txt", b"Dear reader, this is no bytecode at all.\n")]);
    wait_for_text(&page, ".banner", "no .pyc file");
    assert!(!page.find_all("#byte-0").is_empty(), "its bytes are shown all the same");
    page.screenshot("no-pyc");
    page.assert_quiet();
}

#[test]
fn an_empty_file_is_said_to_be_empty() {
    let page = Page::open("/");
    page.drop_files("body", &[File::new("empty.pyc", b"")]);
    wait_for_text(&page, ".banner", "empty");
    page.screenshot("empty");
    page.assert_quiet();
}

#[test]
fn of_a_truncated_file_all_that_is_there_is_shown() {
    let page = opened(PY38);
    page.drop_files("body", &[File::fixture(PY38).cut_off(300)]);
    wait_for_text(&page, ".summary .wrong", "problem");
    wait_for_text(&page, ".banner", "more than the file has left");
    wait_for_text(&page, "#tree", "CPython 3.12");
    page.screenshot("truncated");
    page.find(".summary .wrong").click();
    let problem = page.find(".problem");
    problem.click();
    assert!(!page.find_all("#hex .h.on").is_empty(), "a problem leads to its bytes");
    page.screenshot("problems");
    page.assert_no_barriers();
    with_text(&page, ".tab [role=tab]", "py38.pyc").click();
    wait_for_text(&page, ".summary", "every byte accounted for");
    page.assert_quiet();
}

#[test]
fn a_file_cut_off_anywhere_does_not_stop_the_page() {
    let page = opened(PY38);
    let whole = File::fixture(PY38);
    let cut: Vec<File> = (1..24).map(|at| whole.cut_off(at * 61 % whole.bytes().len())).collect();
    page.drop_files("body", &cut);
    pycxray_tests::until("all are open", || (page.find_all(".tab").len() == cut.len() + 1).then_some(()));
    page.find_all(".tab [role=tab]")[0].click();
    wait_for_text(&page, ".summary", "every byte accounted for");
    page.assert_quiet();
}

#[test]
fn markup_in_a_file_stays_text() {
    let page = Page::open("/");
    // A header of 3.12, then a tuple of one short ASCII string, as marshal writes it.
    let text = b"<img src=x onerror=document.title='broken'><script>document.title='broken'</script>";
    let mut bytes = vec![0xcb, 0x0d, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    bytes.extend_from_slice(&[b')', 1, b'z', text.len() as u8]);
    bytes.extend_from_slice(text);
    page.drop_files("body", &[File::new("<b>evil<script>.pyc", &bytes)]);
    wait_for_text(&page, ".tab.on", "<b>evil<script>.pyc");
    page.find("#tree").focus();
    page.press('*');
    wait_for_text(&page, "#tree", "onerror");
    assert!(page.find_all("#tree img, #tree script, .tab b, .det img").is_empty());
    assert!(page.run("return document.title", &[]).as_str().unwrap_or_default().contains("evil"));
    page.assert_quiet();
}

#[test]
fn what_a_transfer_spoiled_is_read_repaired_if_wanted() {
    let page = Page::open("/");
    let marked = [b"\xef\xbb\xbf", File::fixture(PY38).bytes()].concat();
    page.choose_files("#chooser", &[File::new("py38.pyc", &marked)]);
    wait_for_text(&page, ".banner", "ef bb bf");
    page.screenshot("spoiled");
    with_text(&page, ".banner .btn", "Read it repaired").click();
    wait_for_text(&page, ".summary", "every byte accounted for");
    wait_for_text(&page, ".summary", "read repaired");
    page.screenshot("repaired");
    page.assert_no_barriers();
    page.assert_quiet();
}
