//! The line between two panes.

use crate::harness::{Drawn, draw};
use pycxray_web::components::{Direction, Splitter};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

/// A splitter under a name of its own, so that tests do not remember for each other.
async fn splitter(name: &'static str, direction: Direction) -> Drawn {
    let line = html! { <Splitter {direction} property="--share" {name} label="Width" /> };
    draw(html! { <div class="panes"><p />{ line }<p /></div> }).await
}

fn share(drawn: &Drawn) -> String {
    drawn.one(".panes").style().get_property_value("--share").unwrap_or_default()
}

#[wasm_bindgen_test]
async fn it_says_what_it_is() {
    let line = splitter("test-a", Direction::Upright).await;
    assert_eq!(line.attribute(".splitter", "role").as_deref(), Some("separator"));
    assert_eq!(line.attribute(".splitter", "aria-orientation").as_deref(), Some("vertical"));
    assert_eq!(share(&line), "", "the styles decide");
}

#[wasm_bindgen_test]
async fn home_and_end_leave_the_least_of_a_pane() {
    let line = splitter("test-b", Direction::Level).await;
    assert!(line.press(".splitter", "Home").await);
    assert_eq!(share(&line), "12%");
    line.press(".splitter", "End").await;
    assert_eq!(share(&line), "88%");
    assert_eq!(line.attribute(".splitter", "aria-valuenow").as_deref(), Some("88"));
    line.mouse(".splitter", "dblclick", 0).await;
    assert_eq!(share(&line), "", "a double click gives it back to the styles");
}

#[wasm_bindgen_test]
async fn arrows_across_the_line_do_nothing() {
    let line = splitter("test-c", Direction::Level).await;
    assert!(!line.press(".splitter", "ArrowLeft").await);
    assert!(line.press(".splitter", "ArrowUp").await);
    assert_ne!(share(&line), "");
}

#[wasm_bindgen_test]
async fn it_is_remembered() {
    let before = splitter("test-d", Direction::Upright).await;
    before.press(".splitter", "End").await;
    drop(before);
    let after = splitter("test-d", Direction::Upright).await;
    assert_eq!(share(&after), "88%");
    after.mouse(".splitter", "dblclick", 0).await;
}
