//! The tree: one of WAI-ARIA's treeviews, opened lazily, moved through by keyboard.

use crate::{PY38, opened, status, with_text};
use pycxray_tests::{Element, File, Key, Page, until};

fn chosen(page: &Page) -> Element<'_> {
    page.find("#tree [aria-selected=true]")
}

#[track_caller]
fn wait_for_chosen(page: &Page, text: &str) {
    until(&format!("{text:?} is chosen"), || {
        page.find_all("#tree [aria-selected=true]").iter().any(|row| row.says(text)).then_some(())
    });
}

#[test]
fn rows_tell_assistive_technology_where_they_are() {
    let page = opened(PY38);
    assert_eq!(page.find("#tree").role(), "tree");
    let magic = with_text(&page, "#tree [role=treeitem]", "magic");
    let told = ["aria-level", "aria-posinset", "aria-setsize", "aria-selected", "aria-expanded"]
        .map(|attribute| magic.attribute(attribute));
    assert_eq!(told.map(|value| value.unwrap_or_default()), ["2", "1", "4", "false", ""]);
    let header = with_text(&page, "#tree [role=treeitem]", "header");
    assert_eq!(header.attribute("aria-expanded").as_deref(), Some("true"));
    magic.click();
    wait_for_chosen(&page, "magic");
    let id = chosen(&page).attribute("id");
    assert_eq!(page.find("#tree").attribute("aria-activedescendant"), id, "the tree names the chosen row");
}

#[test]
fn a_click_on_the_twisty_opens_and_closes() {
    let page = opened(PY38);
    let before = page.find_all("#tree [role=treeitem]").len();
    with_text(&page, "#tree .row", "header").find_all(".twisty")[0].click();
    until("the header is closed", || (page.find_all("#tree [role=treeitem]").len() == before - 4).then_some(()));
    with_text(&page, "#tree .row", "header").find_all(".twisty")[0].click();
    until("it is open again", || (page.find_all("#tree [role=treeitem]").len() == before).then_some(()));
}

#[test]
fn a_click_on_a_row_chooses_its_bytes() {
    let page = opened(PY38);
    with_text(&page, "#tree .row", "mtime").click();
    until("its four bytes are chosen", || (page.find_all("#hex .h.on").len() == 4).then_some(()));
    assert!(status(&page).contains("0x0008–0x000b"), "{}", status(&page));
    assert!(page.find("#byte-8").attribute("class").unwrap_or_default().contains(" on"));
    assert!(page.find("#details").text().contains("mtime"));
}

#[test]
fn keys_move_open_and_close() {
    let page = opened(PY38);
    page.find("#tree").focus();
    page.press(Key::Home);
    wait_for_chosen(&page, "header");
    page.press(Key::Right);
    wait_for_chosen(&page, "magic");
    page.press(Key::Left);
    wait_for_chosen(&page, "header");
    page.press(Key::Left);
    until("it is closed", || (chosen(&page).attribute("aria-expanded")? == "false").then_some(()));
    page.press(Key::Down);
    wait_for_chosen(&page, "<module>");
    page.type_text("bytec");
    wait_for_chosen(&page, "bytecode");
    page.press('*');
    until("it is open", || (chosen(&page).attribute("aria-expanded")? == "true").then_some(()));
    page.press(Key::Down);
    wait_for_chosen(&page, "RESUME");
    page.press(Key::End);
    until("the last row is chosen", || (!status(&page).is_empty()).then_some(()));
    page.press(Key::Home);
    wait_for_chosen(&page, "header");
    assert_eq!(page.focused().attribute("id").as_deref(), Some("tree"), "the focus stays on the tree");
    page.assert_quiet();
}

#[test]
fn only_rows_in_sight_exist() {
    let page = Page::open("/");
    page.choose_files("#chooser", &[File::fixture("cpython-3.12/wide.pyc")]);
    page.find("#tree [role=treeitem]");
    page.find("#tree").focus();
    page.press(Key::Down);
    with_text(&page, "#tree .row", "<module>").click();
    page.press('*');
    until("all is open", || {
        let height = page.find("#tree .spacer").area().height;
        (height > 20_000.0).then_some(())
    });
    assert!(page.find_all("#tree .row").len() < 80, "a thousand rows, of which a few dozen are drawn");
    page.press(Key::End);
    until("it is scrolled to the end", || {
        let tree = page.find("#tree");
        let (top, height) = (tree.property("scrollTop").as_f64()?, page.find("#tree .spacer").area().height);
        (top + tree.area().height + 2.0 >= height).then_some(())
    });
    page.screenshot("tree-expanded");
    page.assert_quiet();
}

#[test]
fn a_reference_leads_to_what_it_refers_to() {
    let page = opened(PY38);
    with_text(&page, "#tree .row", "qualname").click();
    wait_for_chosen(&page, "qualname");
    page.find("#tree").focus();
    page.press(Key::Enter);
    until("the name it refers to is chosen", || {
        let text = chosen(&page).text();
        (text.contains("<module>") && !text.contains("qualname")).then_some(())
    });
    page.press_with(&[pycxray_tests::Modifier::Alt], Key::Left);
    wait_for_chosen(&page, "qualname");
}
