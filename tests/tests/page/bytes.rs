//! The bytes: tinted by owner, chosen by mouse and keyboard, one selection with the tree.

use crate::{PY38, opened, status, wait_for_text, with_text};
use pycxray_tests::{Element, File, Key, Modifier, Page, until};

#[test]
fn a_click_on_a_byte_chooses_its_row_and_opens_what_is_closed() {
    let page = opened(PY38);
    assert!(page.find_all("#tree .ins").is_empty(), "no instruction is in sight yet");
    page.find("#byte-ae").click();
    until("its instruction is chosen", || {
        page.find_all("#tree .ins.sel")
            .first()
            .and_then(Element::still_says)
            .filter(|text| text.contains("LOAD_GLOBAL"))
    });
    assert_eq!(page.find_all("#hex .h.on").len(), 10, "the instruction with its caches");
    wait_for_text(&page, "#details h2", "LOAD_GLOBAL");
    wait_for_text(&page, ".crumbs", "walrus");
    page.screenshot("byte-chosen");
}

#[test]
fn a_drag_chooses_a_range() {
    let page = opened(PY38);
    page.find("#byte-20").drag_to(&page.find("#byte-33"));
    until("twenty bytes are chosen", || (page.find_all("#hex .h.on").len() == 20).then_some(()));
    assert!(status(&page).contains("20 bytes"), "{}", status(&page));
}

#[test]
fn keys_move_and_extend() {
    let page = opened(PY38);
    page.find("#byte-0").click();
    page.find("#hex").focus();
    page.press_with(&[Modifier::Control], Key::Home);
    page.press(Key::Down);
    until("the cursor is in the second row", || page.find_all("#byte-10.cursor").pop().map(|_| ()));
    page.press_with(&[Modifier::Shift], Key::Right);
    page.press_with(&[Modifier::Shift], Key::Right);
    until("a range is chosen", || status(&page).contains("0x0010–0x0012").then_some(()));
    page.press_with(&[Modifier::Control], Key::End);
    until("the last byte is in sight", || page.find_all("#byte-621.cursor").pop().map(|_| ()));
    assert_eq!(page.find("#hex").role(), "grid");
    page.assert_quiet();
}

#[test]
fn hovering_tells_who_owns_a_byte_and_what_it_says() {
    let page = opened(PY38);
    page.find("#byte-9").hover();
    wait_for_text(&page, ".card", "mtime");
    wait_for_text(&page, ".card", "u32");
    page.screenshot("hover");
    page.find("#hex").focus();
    page.press_with(&[Modifier::Control], Key::End);
    // Another byte is under the pointer now, and may have a card of its own. Asked for at once: cards come and go.
    let is_there = "return [...document.querySelectorAll('.card')].some((card) => card.textContent.includes('mtime'))";
    until("the card has gone with its byte", || (page.run(is_there, &[]) == false).then_some(()));
}

#[test]
fn all_bytes_are_chosen_and_no_text_of_the_page() {
    let page = opened(PY38);
    page.find("#hex").focus();
    page.press_with(&[Modifier::Control], 'a');
    wait_for_text(&page, ".range", "0x0000–");
    until("each of them is chosen", || page.find_all("#hex .h:not(.on)").is_empty().then_some(()));
    assert_eq!(page.run("return String(getSelection())", &[]), "");
}

#[test]
fn the_columns_follow_the_width() {
    let page = opened(PY38);
    page.set_size(1440, 900);
    page.find("#hex.columns-16");
    page.set_size(2600, 900);
    page.find("#hex.columns-32, #hex.columns-16");
    page.set_size(380, 800);
    page.find("#hex.columns-8");
    let (hex, text) = (page.find("#hex").area(), page.find("#hex .as").area());
    assert!(text.left + text.width <= hex.left + hex.width + 1.0, "the text column fits");
    page.screenshot("narrow");
}

#[test]
fn a_hundred_thousand_rows_scroll_to_their_end() {
    let page = Page::open("/");
    // 8 MB of marshalled None: more rows than a browser lays out when they are 22 pixels high.
    let mut bytes = vec![b'(', 0, 0, 128, 0];
    bytes.resize(bytes.len() + (8 << 20), b'N');
    page.run("window.onerror = null", &[]);
    page.choose_files("#chooser", &[File::new("nones.bin", &bytes)]);
    wait_for_text(&page, ".summary", "8,388,613 bytes");
    page.find("#hex").focus();
    page.press_with(&[Modifier::Control], Key::End);
    until("the last row is shown", || {
        page.find_all("#hex .ho").iter().any(|offset| offset.still_says().as_deref() == Some("800000")).then_some(())
    });
    assert!(page.find_all("#hex .hr").len() < 60);
    page.assert_quiet();
}

#[test]
fn the_ribbon_leads_into_the_file() {
    let page = opened(PY38);
    assert!(page.find_all(".ribbon rect").len() > 20, "a segment for each part");
    page.find(".ribbon").click();
    until("the middle of the file is chosen", || (!status(&page).contains("0x0000–")).then_some(()));
    page.find(".ribbon").focus();
    page.press(Key::Right);
    page.press('+');
    page.press('0');
    page.assert_quiet();
}

#[test]
fn what_is_chosen_can_be_copied() {
    let page = opened(PY38);
    with_text(&page, "#tree .row", "magic").click();
    page.run(
        "window.copied = []; Object.defineProperty(navigator, 'clipboard', { value: { writeText: (text) => { window.copied.push(text); return Promise.resolve(); } } })",
        &[],
    );
    page.find("#copy-button").click();
    with_text(&page, "#copy-menu button", "Python bytes").click();
    wait_for_text(&page, ".notice", "Copied 4 bytes");
    assert_eq!(page.run("return window.copied", &[]), serde_json::json!([r"b'\xcb\r\r\n'"]));
    page.find("#hex").focus();
    page.press_with(&[Modifier::Control], 'c');
    until("hex is copied", || {
        (page.run("return window.copied[1]", &[]) == serde_json::json!("cb 0d 0d 0a")).then_some(())
    });
}
