//! The page in each of its states and each of its colours: no barriers, and a picture to look at.

use crate::{PY38, opened, wait_for_text, with_text};
use pycxray_tests::{File, Key, Media, Modifier, Page, Scheme, until};

/// How many colours there are.
const COLOURS: usize = 5;

/// What the page is looked at in: a name, whether the reader chose high contrast, and what the system says.
fn colours() -> [(&'static str, bool, Media); COLOURS] {
    let of = |scheme| Media { scheme, less_motion: true, ..Media::default() };
    [
        ("light", false, of(Scheme::Light)),
        ("dark", false, of(Scheme::Dark)),
        ("contrast", true, of(Scheme::Light)),
        ("contrast-dark", true, of(Scheme::Dark)),
        ("forced", false, Media { forced_colors: true, ..of(Scheme::Dark) }),
    ]
}

/// Looks at the page as it is now, in light and dark.
#[track_caller]
fn look(page: &Page, state: &str) {
    look_in(page, state, 2);
}

/// Looks at it in all colours: for what is drawn by colours of its own.
#[track_caller]
fn look_closely(page: &Page, state: &str) {
    look_in(page, state, COLOURS);
}

#[track_caller]
fn look_in(page: &Page, state: &str, colours_to_see: usize) {
    for (name, contrast, media) in colours().into_iter().take(colours_to_see) {
        page.set_media(media);
        let theme = if contrast { "contrast" } else { "" };
        page.run(
            "const root = document.documentElement; arguments[0] ? root.dataset.theme = arguments[0] : delete root.dataset.theme",
            &[theme.into()],
        );
        page.screenshot(&format!("state-{state}-{name}"));
        // The system's own colours are not the page's to answer for.
        if !media.forced_colors {
            let barriers = page.barriers().unwrap_or_default();
            assert!(barriers.is_empty(), "{state} in {name}:\n{}", barriers.join("\n"));
        }
    }
}

/// A menu opens inside the window; Escape closes it and gives the focus back to its button.
#[track_caller]
fn try_menu(page: &Page, id: &str, look_at_it: impl FnOnce()) {
    page.find(&format!("#{id}-button")).click();
    let area = page.find(&format!("#{id}-menu")).area();
    let size = page.run("return [innerWidth, innerHeight]", &[]);
    let (width, height) = (size[0].as_f64().unwrap_or_default(), size[1].as_f64().unwrap_or_default());
    assert!(area.left >= 0.0 && area.left + area.width <= width, "{id}: {area:?}");
    assert!(area.top >= 0.0 && area.top + area.height <= height, "{id}: {area:?}");
    look_at_it();
    page.press(Key::Escape);
    let button = format!("{id}-button");
    until("the button has the focus again", || (page.focused().attribute("id")? == button).then_some(()));
}

#[test]
fn there_are_no_barriers_before_a_file_is_open() {
    let page = Page::open("/");
    look_closely(&page, "start");
    page.drag_files_over("body", &[File::fixture(PY38)]);
    page.find(".dropping");
    look(&page, "dropping");
    page.drag_files_away("body");
    page.press('?');
    page.find("dialog[open]");
    look(&page, "keys");
    page.assert_quiet();
}

#[test]
fn there_are_no_barriers_in_any_view() {
    let page = opened(PY38);
    look_closely(&page, "tree");
    with_text(&page, ".view", "Outline").click();
    page.find("#outline .row");
    look(&page, "outline");
    page.find("#byte-ae").click();
    with_text(&page, ".view", "Listing").click();
    page.find("#listing .lane.lit");
    page.find("#byte-c4").hover();
    page.find(".card");
    look_closely(&page, "listing-and-card");
    page.find("#search").enter("len");
    wait_for_text(&page, ".hits-head", "1 name, 1 instruction");
    page.press(Key::Enter);
    look_closely(&page, "found");
    page.press(Key::Escape);
    page.assert_quiet();
}

#[test]
fn there_are_no_barriers_in_menus_and_dialogs() {
    let page = opened(PY38);
    for id in ["export", "theme", "version", "copy"] {
        try_menu(&page, id, || look(&page, &format!("menu-{id}")));
    }
    page.find("#tree").focus();
    page.press('g');
    page.find("#go-field").enter("nowhere");
    page.press(Key::Enter);
    wait_for_text(&page, "#go-wrong", "No function or class is called nowhere.");
    look(&page, "go-to");
    page.press(Key::Escape);
    page.find("#hex").focus();
    page.press_with(&[Modifier::Control], 'c');
    page.find(".notice");
    look(&page, "notice");
    page.assert_quiet();
}

#[test]
fn there_are_no_barriers_where_something_is_wrong() {
    let page = opened(PY38);
    page.drop_files("body", &[File::fixture(PY38).cut_off(900)]);
    wait_for_text(&page, ".summary .wrong", "problem");
    look_closely(&page, "damaged");
    page.find(".summary .wrong").click();
    page.find(".problem");
    look(&page, "problems");
    page.drop_files("body", &[File::new("empty.pyc", b"")]);
    wait_for_text(&page, ".banner", "empty");
    look(&page, "empty");
    page.assert_quiet();
}

#[test]
fn a_telephone_and_a_magnified_page_have_it_all() {
    for (name, width, height) in [("narrow", 380, 800), ("magnified", 640, 400), ("low", 1000, 420)] {
        let page = opened(PY38);
        page.set_size(width, height);
        look(&page, name);
        for selector in ["#tree", "#hex", "#details", "#search", "#export-button", "#theme-button", "#version-button"] {
            page.run("document.querySelector(arguments[0]).scrollIntoView()", &[selector.into()]);
            let area = page.find(selector).area();
            assert!(
                area.left >= 0.0 && area.left + area.width <= f64::from(width) + 0.5,
                "{name} {selector}: {area:?}"
            );
            assert!(area.height >= 24.0, "{name} {selector}: {area:?}");
        }
        for selector in ["#tree", "#hex"] {
            assert!(page.find(selector).area().height >= 80.0, "{name}: {selector} can be read");
        }
        try_menu(&page, "export", || {});
        with_text(&page, ".view", "Listing").click();
        page.find("#listing .row");
        page.screenshot(&format!("state-{name}-listing"));
        let across = page.run("return document.documentElement.scrollWidth", &[]);
        assert!(across.as_f64().unwrap_or_default() <= f64::from(width), "{name} scrolls across: {across}");
        page.assert_quiet();
    }
}

#[test]
fn there_are_no_barriers_in_an_embedded_page() {
    let page = Page::open("/");
    page.go_to(&format!("{}?embed", page.url()));
    page.wait_until_drawn();
    assert!(page.find_all(".bar").is_empty(), "only the panes are drawn");
    page.find_all(".sample")[2].click();
    page.find("#tree .row");
    look(&page, "embedded");
    page.assert_quiet();
}

/// Drops a file of ten million numbers, too many to be decoded at once.
const DROP_A_LONG_ONE: &str = "
    const count = 10_000_000, head = new Uint8Array(21);
    head.set([0xcb, 0x0d, 0x0d, 0x0a]);
    head[16] = 0x28;
    new DataView(head.buffer).setUint32(17, count, true);
    const number = Uint8Array.of(0x69, 1, 2, 3, 4), some = new Uint8Array(5 * 1000);
    for (let at = 0; at < 1000; at++) some.set(number, 5 * at);
    const data = new DataTransfer();
    data.items.add(new File([head, ...Array(count / 1000).fill(some)], 'long.pyc'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
";

/// From then on the browser reads three pieces of a file, and never answers for the fourth.
const READ_THREE_PIECES: &str = "
    const read = FileReader.prototype.readAsArrayBuffer;
    let pieces = 0;
    FileReader.prototype.readAsArrayBuffer = function (piece) { if (pieces++ < 3) read.call(this, piece); };
";

/// From then on nothing that the page sends comes to the engine that it has now.
const HOLD_THE_ENGINE: &str = "
    const post = Worker.prototype.postMessage;
    let engine;
    Worker.prototype.postMessage = function (...message) {
        engine ??= this;
        if (this !== engine) post.apply(this, message);
    };
";

#[test]
fn a_file_that_takes_long_to_decode_can_be_given_up() {
    let page = opened(PY38);
    page.run(HOLD_THE_ENGINE, &[]);
    page.run(DROP_A_LONG_ONE, &[]);
    wait_for_text(&page, ".arrival", "Decoding long.pyc");
    page.find(".arrival button").click();
    until("it is given up", || page.find_all(".arrival").is_empty().then_some(()));
    assert_eq!(page.find_all(".tab").len(), 1);
    // Another engine has the other file.
    page.find("#byte-9").click();
    wait_for_text(&page, "#details h2", "mtime");
}

#[test]
fn a_file_that_takes_long_says_so_and_can_be_given_up() {
    let page = opened(PY38);
    page.run(READ_THREE_PIECES, &[]);
    page.run(DROP_A_LONG_ONE, &[]);
    wait_for_text(&page, ".arrival", "Reading long.pyc");
    look(&page, "loading");
    page.find(".arrival button").click();
    until("it is given up", || page.find_all(".arrival").is_empty().then_some(()));
    assert_eq!(page.find_all(".tab").len(), 1);
    wait_for_text(&page, ".summary", "every byte accounted for");
    page.assert_quiet();
}
