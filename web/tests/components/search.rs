//! The search box.

use crate::harness::{draw, recorded};
use pycxray_view::protocol::SearchState;
use pycxray_web::components::SearchBox;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

async fn said(state: SearchState) -> String {
    let ((onsearch, _), (onstep, _), (onleave, _)) = (recorded(), recorded(), recorded());
    let drawn = draw(html! { <SearchBox state={Rc::new(state)} {onsearch} {onstep} {onleave} /> }).await;
    drawn.text(".said")
}

#[wasm_bindgen_test]
async fn it_searches_while_one_types_and_steps_with_enter() {
    let ((onsearch, searched), (onstep, stepped), (onleave, left)) = (recorded(), recorded(), recorded());
    let drawn = draw(html! { <SearchBox {onsearch} {onstep} {onleave} /> }).await;
    assert_eq!(drawn.text("kbd"), "/", "the key that leads there");
    drawn.enter("#search", "len").await;
    drawn.press("#search", "Enter").await;
    drawn.press_with("#search", "Enter", true).await;
    drawn.press("#search", "Escape").await;
    assert_eq!(*searched.borrow(), ["len"]);
    assert_eq!(*stepped.borrow(), [false, true]);
    assert_eq!(left.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn it_says_which_hit_of_how_many() {
    let state = SearchState { query: "len".to_owned(), total: 12, complete: true, ..SearchState::default() };
    assert_eq!(said(SearchState { current: Some(2), ..state.clone() }).await, "3/12");
    assert_eq!(said(state.clone()).await, "12");
    assert_eq!(said(SearchState { complete: false, ..state.clone() }).await, "12…");
    assert_eq!(said(SearchState { error: Some("no".to_owned()), ..state }).await, "?");
}
