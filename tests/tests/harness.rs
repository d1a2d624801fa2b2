//! The tests' own tools, tried on a small page that says what it got: a tool that notices nothing would let every test
//! pass.

use pycxray_tests::site::Site;
use pycxray_tests::{File, Key, Media, Modifier, Page, Scheme, until};
use std::path::Path;

fn open() -> Page {
    Page::open_site(Site::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/harness")))
}

#[track_caller]
fn wait_for(page: &Page, selector: &str, text: &str) {
    let element = page.find(selector);
    until(&format!("{selector} says {text:?}"), || (element.text() == text).then_some(()));
}

#[test]
fn dropped_files_arrive_whole() {
    let page = open();
    page.drop_files("body", &[File::new("a.pyc", &[0, 128, 255]), File::new("b c.pyc", b"")]);
    wait_for(&page, "#taken", "a.pyc=0,128,255 b c.pyc=");
}

#[test]
fn chosen_files_arrive_whole() {
    let page = open();
    page.choose_files("#files", &[File::new("a.pyc", &[0, 128, 255]).cut_off(2), File::new("b.pyc", b"\n")]);
    wait_for(&page, "#taken", "a.pyc=0,128 b.pyc=10");
}

#[test]
#[should_panic(expected = "does not call preventDefault on drop")]
fn a_page_that_does_not_take_a_drop_is_noticed() {
    let page = open();
    page.run("document.body.addEventListener('drop', (event) => event.stopImmediatePropagation(), true)", &[]);
    page.drop_files("body", &[File::new("a.pyc", b"")]);
}

#[test]
fn keys_go_to_what_has_the_focus() {
    let page = open();
    page.find("#line").focus();
    page.press(Key::Down);
    page.press_with(&[Modifier::Shift], Key::Home);
    page.type_text("x");
    wait_for(&page, "#keys", "x Shift+Home Shift+Shift ArrowDown");
    assert_eq!(page.focused().name(), "A line");
    assert_eq!(page.focused().role(), "textbox");
}

#[test]
fn the_page_follows_the_chosen_scheme_and_size() {
    let page = open();
    wait_for(&page, "#dark", "light");
    page.set_media(Media { scheme: Scheme::Dark, ..Media::default() });
    wait_for(&page, "#dark", "dark");
    page.set_size(380, 600);
    assert_eq!(page.run("return [innerWidth, innerHeight]", &[]), serde_json::json!([380, 600]));
}

#[test]
fn what_comes_late_is_waited_for() {
    let page = open();
    page.find("#late").click();
    assert_eq!(page.find("#came").text(), "");
}

#[test]
fn what_the_policy_forbids_is_an_error() {
    let page = open();
    let errors = page.errors();
    assert!(errors.iter().any(|error| error.text.contains("Content Security Policy")), "{errors:?}");
}

#[test]
fn errors_and_requests_are_noticed() {
    let page = open();
    page.find("#break").click();
    let noticed = |what: &str| page.errors().iter().any(|error| error.text.contains(what)).then_some(());
    until("the exception is noticed", || noticed("broken on purpose"));
    until("the missing file is noticed", || noticed("404"));
    assert!(page.requests().contains(&format!("{}missing.json", page.url())));
}

#[test]
fn barriers_are_found() {
    let page = open();
    let Some(barriers) = page.barriers() else { return };
    assert!(barriers.is_empty(), "{barriers:?}");
    page.run("document.getElementById('line').removeAttribute('aria-label')", &[]);
    let barriers = page.barriers().unwrap_or_default();
    assert!(barriers.iter().any(|barrier| barrier.starts_with("label: ")), "{barriers:?}");
}

#[test]
fn pictures_are_kept() {
    let picture = std::fs::read(open().screenshot("harness")).unwrap();
    assert!(picture.starts_with(b"\x89PNG"));
}
