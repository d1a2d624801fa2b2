//! One walk through all that the page can do, with an eye on what it asks for: nothing but its own files.

use crate::{PY38, wait_for_text, with_text};
use pycxray_tests::{File, Key, Modifier, Page, until};

/// What is saved and copied is written down in the page instead.
const KEEP_WHAT_LEAVES: &str = "
    window.kept = [];
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: (text) => { kept.push(text); return Promise.resolve(); } } });
    HTMLAnchorElement.prototype.click = function () { kept.push(this.download); };
";

fn press_all(page: &Page, selector: &str, keys: &[Key]) {
    page.find(selector).focus();
    keys.iter().for_each(|key| page.press(*key));
}

/// Picks every entry of a menu, one after the other; after each, `then`.
fn pick_each(page: &Page, id: &str, then: impl Fn(&str)) {
    let (button, entries) = (format!("#{id}-button"), format!("#{id}-menu button"));
    page.find(&button).click();
    page.find(&entries);
    let count = page.find_all(&entries).len();
    page.press(Key::Escape);
    for at in 0..count {
        page.find(&button).click();
        let entry = until("the menu is open", || page.find_all(&entries).into_iter().nth(at));
        let text = entry.text();
        entry.click();
        then(&text);
    }
}

fn walk_through_the_tree(page: &Page) {
    press_all(
        page,
        "#tree",
        &['*'.into(), Key::Down, Key::Down, Key::Right, Key::Left, Key::End, Key::Home, '-'.into()],
    );
    with_text(page, ".views button", "Expand").click();
    page.find("#byte-ae").click();
    page.find("#byte-ae").drag_to(&page.find("#byte-c4"));
    page.find("#byte-b2").hover();
    page.find(".card");
    press_all(page, "#hex", &[Key::Right, Key::Down]);
    page.press_with(&[Modifier::Shift], Key::Right);
    press_all(page, ".ribbon", &[Key::Right, '+'.into(), '0'.into()]);
    page.find(".ribbon").click();
    press_all(page, ".splitter.upright", &[Key::Left]);
}

fn walk_through_the_views(page: &Page) {
    with_text(page, ".view", "Outline").click();
    page.find("#outline .row").click();
    with_text(page, ".view", "Listing").click();
    with_text(page, ".views button", "Caches").click();
    page.find("#listing .row").click();
    press_all(page, "#listing", &[Key::Down, Key::End, Key::Home]);
    page.find("#search").enter("chunk");
    page.find("#hits .row").click();
    page.find("#search").focus();
    page.press(Key::Enter);
    page.press_with(&[Modifier::Shift], Key::Enter);
    for query in ["op:LOAD_GLOBAL", "hex:74 03"] {
        page.press_with(&[Modifier::Control], 'a');
        page.type_text(query);
        until("it is found", || page.find(".hits-head").still_says()?.starts_with(char::is_numeric).then_some(()));
    }
    page.press(Key::Escape);
    page.find("#hex").focus();
    page.press('g');
    page.find("#go-field");
    page.type_text("walrus:46");
    page.press(Key::Enter);
    wait_for_text(page, "#details h2", "LOAD_GLOBAL");
    page.find(".step[aria-label=Back]").click();
    page.press_with(&[Modifier::Alt], Key::Right);
    page.find("#hex").focus();
    page.press('?');
    page.find("dialog[open]");
    page.press(Key::Escape);
}

#[test]
fn nothing_that_the_page_can_do_goes_beyond_its_policy() {
    let page = Page::open("/");
    page.run(KEEP_WHAT_LEAVES, &[]);
    page.find_all(".sample")[0].click();
    page.find("#tree .row");
    page.choose_files("#chooser", &[File::fixture("cpython-2.7/two.pyc")]);
    wait_for_text(&page, ".summary", "CPython 2.7");
    page.drop_files("body", &[File::fixture(PY38).cut_off(900)]);
    wait_for_text(&page, ".summary .wrong", "problem");
    page.find(".summary .wrong").click();
    page.find(".problem").click();
    page.drop_files("body", &[File::fixture(PY38)]);
    wait_for_text(&page, ".summary", "every byte accounted for");
    with_text(&page, ".view", "Tree").click();
    walk_through_the_tree(&page);
    walk_through_the_views(&page);
    let left = |page: &Page| page.run("return kept.splice(0).length", &[]).as_u64().unwrap_or_default();
    for menu in ["export", "copy"] {
        pick_each(&page, menu, |entry| {
            until(&format!("{menu}, {entry}, has left something"), || (left(&page) == 1).then_some(()));
        });
    }
    pick_each(&page, "theme", |_| {});
    pick_each(&page, "version", |_| {
        page.find("#tree .row, #listing .row, .nothing");
    });
    page.run("dispatchEvent(new Event('beforeprint'))", &[]);
    page.press_with(&[Modifier::Alt], 'w');
    until("a tab is closed", || (page.find_all(".tab").len() == 3).then_some(()));
    page.run("location.hash = '#sample=py312&offset=0x4'", &[]);
    page.reload();
    page.wait_until_drawn();
    wait_for_text(&page, ".summary", "CPython 3.12");
    page.assert_quiet();
}

/// A watch that sees nothing would pass all that.
#[test]
fn what_goes_beyond_the_policy_is_noticed() {
    let page = Page::open_noisy("/");
    assert!(page.errors().is_empty());
    for deed in [
        "fetch('http://127.0.0.1:9/').catch(() => {})",
        "const image = new Image(); image.src = 'http://127.0.0.1:9/'; document.body.append(image)",
        "const script = document.createElement('script'); script.textContent = '1'; document.body.append(script)",
        "document.body.setAttribute('style', 'color: red'); document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')",
        "document.body.insertAdjacentHTML('beforeend', '<a id=\"eval\" onclick=\"1\"></a>'); document.getElementById('eval').click()",
    ] {
        let before = page.errors().len();
        page.run(deed, &[]);
        until(&format!("the policy forbids {deed}"), || {
            page.errors()[before..].iter().any(|error| error.text.contains("Content Security Policy")).then_some(())
        });
    }
}
