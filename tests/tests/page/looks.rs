//! Light, dark, high contrast, narrow; remembered.

use crate::{PY38, opened, until_style, wait_for_text, with_text};
use pycxray_tests::{File, Key, Media, Page, Scheme, until};

#[test]
fn the_page_follows_the_system_and_the_readers_choice() {
    let page = opened(PY38);
    page.set_media(Media { scheme: Scheme::Light, ..Media::default() });
    until_style(&page, ".left .tree", "background-color", "255, 255, 255");
    page.screenshot("light");
    page.set_media(Media { scheme: Scheme::Dark, ..Media::default() });
    until_style(&page, ".left .tree", "background-color", "27, 30, 36");
    page.screenshot("dark");
    page.find("#theme-button").click();
    with_text(&page, "#theme-menu button", "Light").click();
    until_style(&page, ".left .tree", "background-color", "255, 255, 255");
    page.reload();
    page.wait_until_drawn();
    assert_eq!(page.find("html").attribute("data-theme").as_deref(), Some("light"), "the choice is remembered");
    page.find("#theme-button").click();
    with_text(&page, "#theme-menu button", "High contrast").click();
    page.screenshot("contrast-start");
    page.assert_no_barriers();
}

/// The pictures of README.md are these: `docs/picture-light.png` and `docs/picture-dark.png`.
#[test]
fn the_page_looks_as_the_readme_shows_it() {
    let page = opened(PY38);
    page.set_size(1360, 800);
    page.find("#byte-ae").click();
    page.find("#tree [aria-selected=true]");
    page.find(".logo").hover();
    until("no card covers it", || page.find_all(".card").is_empty().then_some(()));
    for (scheme, name) in [(Scheme::Light, "picture-light"), (Scheme::Dark, "picture-dark")] {
        page.set_media(Media { scheme, ..Media::default() });
        page.screenshot(name);
    }
    wait_for_text(&page, "#details", "LOAD_GLOBAL");
}

#[test]
fn nothing_is_cut_off_on_a_telephone() {
    let page = Page::open("/");
    page.set_size(380, 800);
    page.screenshot("narrow-start");
    let width = page.run("return document.documentElement.scrollWidth", &[]);
    assert!(width.as_f64().unwrap_or_default() <= 380.0, "{width}");
    page.find_all(".sample")[2].click();
    page.find("#tree .row");
    page.screenshot("narrow-file");
    for selector in ["#tree", "#hex", "#details", "#search", "#theme-button"] {
        let area = page.find(selector).area();
        assert!(area.left >= 0.0 && area.left + area.width <= 380.5, "{selector}: {area:?}");
        assert!(area.height >= 24.0, "{selector}: {area:?}");
    }
    page.assert_no_barriers();
}

#[test]
fn of_a_long_way_the_end_is_in_sight_on_a_telephone() {
    let page = opened(PY38);
    page.set_size(380, 800);
    page.run("location.hash = '#code=walrus&at=46'", &[]);
    wait_for_text(&page, ".range", "0x00ad");
    until("the last step is in the window", || {
        let end = page.find(".status .crumbs li:last-child").area();
        (end.left >= 0.0 && end.left + end.width <= 380.5).then_some(())
    });
    let width = page.run("return document.documentElement.scrollWidth", &[]);
    assert!(width.as_f64().unwrap_or_default() <= 380.0, "{width}");
}

#[test]
fn both_panes_have_room_in_a_narrow_window() {
    let page = opened(PY38);
    page.set_size(800, 700);
    page.find("#hex.columns-8");
    let (left, right) = (page.find(".left").area().width, page.find(".right").area().width);
    assert!(left > 360.0 && right > 390.0, "{left}, {right}");
    page.screenshot("half-wide");
}

#[test]
fn panes_are_resized_by_mouse_and_keyboard_and_stay_so() {
    let page = opened(PY38);
    let width = |page: &Page| page.find(".left").area().width;
    let before = width(&page);
    page.find(".splitter.upright").focus();
    page.press(Key::Left);
    page.press(Key::Left);
    until("the left pane is narrower", || (width(&page) < before - 10.0).then_some(()));
    let after = width(&page);
    page.reload();
    page.find("#tree .row");
    assert!((width(&page) - after).abs() < 2.0, "it is remembered");
}

#[test]
fn no_line_begins_with_the_comma_behind_a_link() {
    let page = opened("cpython-3.12/py312.pyc");
    page.set_size(380, 700);
    let strays = "const strays = [...document.querySelectorAll('#details .together')].filter((both) => {
            const comma = document.createRange();
            comma.selectNodeContents(both.lastChild);
            return comma.getBoundingClientRect().left < both.firstChild.getBoundingClientRect().right - 1;
        });
        return [document.querySelectorAll('#details .together').length, strays.length]";
    let counts = page.run(strays, &[]);
    assert!(counts[0].as_u64() > Some(2), "the card links what the module defines: {counts}");
    assert_eq!(counts[1], 0);
}

#[test]
fn the_tab_on_screen_stays_in_sight_when_the_window_becomes_narrow() {
    let page = opened(PY38);
    for version in ["3.10/py310.pyc", "3.13/py313.pyc", "3.8/three.pyc"] {
        page.choose_files("#chooser", &[File::fixture(&format!("cpython-{version}"))]);
        wait_for_text(&page, ".tab.on", version.split_once('/').expect("a file").1);
    }
    page.set_size(380, 800);
    let is_in_sight = "const tab = document.querySelector('.tab.on').getBoundingClientRect();
        const strip = document.querySelector('.tabs').getBoundingClientRect();
        return tab.left >= strip.left - 1 && tab.right <= strip.right + 1";
    until("all of it is in sight", || (page.run(is_in_sight, &[]) == true).then_some(()));
}

#[test]
fn on_a_telephone_the_only_tab_can_be_closed_and_panes_resized() {
    let page = opened(PY38);
    page.set_size(380, 800);
    let close = page.find(".tab .close").area();
    assert!(close.left >= 0.0 && close.left + close.width <= 380.5, "{close:?}");
    let height = || page.find(".left").area().height;
    let before = height();
    page.find(".panes > .splitter").focus();
    page.press(Key::Up);
    page.press(Key::Up);
    until("the upper pane is lower", || (height() < before - 10.0).then_some(()));
    page.screenshot("narrow-resized");
    page.assert_no_barriers();
}
