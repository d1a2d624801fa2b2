//! A button that opens a menu.

use crate::harness::{Drawn, draw, recorded};
use pycxray_web::components::{Choice, Icon, IconKind, Menu};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

async fn fruit() -> (Drawn, Rc<RefCell<Vec<usize>>>) {
    let (onpick, picked) = recorded();
    let choices =
        vec![Choice::radio("Apple", false), Choice::radio("Pear", true), Choice::plain("Quince").with_hint("rare")];
    let menu = html! { <Menu id="fruit" class="btn" title="Fruit" {choices} {onpick}>{ "Fruit…" }</Menu> };
    (draw(menu).await, picked)
}

fn focused() -> String {
    gloo::utils::document().active_element().and_then(|element| element.text_content()).unwrap_or_default()
}

#[wasm_bindgen_test]
async fn it_opens_and_closes_at_a_click() {
    let (menu, _) = fruit().await;
    assert_eq!(menu.attribute("button", "aria-expanded").as_deref(), Some("false"));
    assert!(menu.all("[role=menu]").is_empty());
    menu.click("#fruit-button").await;
    assert_eq!(menu.attribute("#fruit-button", "aria-expanded").as_deref(), Some("true"));
    assert_eq!(menu.attribute("#fruit-button", "aria-controls").as_deref(), Some("fruit-menu"));
    menu.click("#fruit-button").await;
    assert!(menu.all("[role=menu]").is_empty());
}

#[wasm_bindgen_test]
async fn the_line_in_force_is_checked_and_has_the_focus() {
    let (menu, _) = fruit().await;
    menu.click("#fruit-button").await;
    assert_eq!(menu.text("[aria-checked=true]"), "Pear");
    assert_eq!(focused(), "Pear");
    assert_eq!(menu.attribute("[role=menuitem]", "aria-checked"), None, "not every line is one of several");
    assert_eq!(menu.text(".hint"), "rare");
}

#[wasm_bindgen_test]
async fn a_choice_is_told_and_closes_it() {
    let (menu, picked) = fruit().await;
    menu.click("#fruit-button").await;
    menu.click("[data-choice='2']").await;
    assert_eq!(*picked.borrow(), [2]);
    assert!(menu.all("[role=menu]").is_empty());
    assert_eq!(focused(), "Fruit…", "its button has the focus again");
}

#[wasm_bindgen_test]
async fn arrows_walk_round_and_letters_jump() {
    let (menu, _) = fruit().await;
    menu.press("#fruit-button", "ArrowUp").await;
    assert_eq!(focused(), "Quincerare");
    menu.press("[data-choice='2']", "ArrowDown").await;
    assert_eq!(focused(), "Apple");
    menu.press("[data-choice='0']", "p").await;
    assert_eq!(focused(), "Pear");
    menu.press("[data-choice='1']", "End").await;
    assert_eq!(focused(), "Quincerare");
}

#[wasm_bindgen_test]
async fn escape_closes_it_without_a_choice() {
    let (menu, picked) = fruit().await;
    menu.press("#fruit-button", "ArrowDown").await;
    assert!(menu.press("[data-choice='1']", "Escape").await, "the key goes no further");
    assert!(menu.all("[role=menu]").is_empty());
    assert!(picked.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn an_icon_is_not_read_aloud() {
    let icon = draw(html! { <Icon kind={IconKind::Theme} /> }).await;
    assert_eq!(icon.attribute("svg", "aria-hidden").as_deref(), Some("true"));
    assert_eq!(icon.all("path").len(), 2);
}
