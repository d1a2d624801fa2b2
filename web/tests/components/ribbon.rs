//! The file at a glance.

use crate::harness::{Drawn, PYC, document, draw, recorded};
use pycxray_view::Span;
use pycxray_view::protocol::{Action, Ribbon as Stretch, Viewport};
use pycxray_web::components::Ribbon;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

type Heard<T> = Rc<RefCell<Vec<T>>>;

async fn ribbon() -> (Drawn, Heard<Stretch>, Heard<Action>) {
    let document = document(PYC, &[Viewport::Ribbon(Stretch { view: Span::default(), width: 500 })]);
    let ((onneed, needed), (onact, acted), (onhover, _)) = (recorded(), recorded(), recorded());
    let (size, window, selection) = (document.summary.size, document.ribbon.clone(), document.selection.clone());
    let sight = Span::new(0, 176);
    let drawn = html! { <Ribbon {size} {window} {selection} {sight} {onneed} {onhover} {onact} /> };
    let drawn = draw(drawn).await;
    (drawn, needed, acted)
}

#[wasm_bindgen_test]
async fn it_shows_the_whole_file_as_wide_as_it_is() {
    let (drawn, needed, _) = ribbon().await;
    assert_eq!(needed.borrow().last(), Some(&Stretch { view: Span::new(0, 1570), width: 500 }));
    assert!(drawn.all("rect").len() > 20);
    assert_eq!(drawn.attribute(".ribbon", "aria-valuemax").as_deref(), Some("1570"));
    assert!(drawn.attribute(".ribbon", "aria-valuetext").is_some_and(|owner| !owner.is_empty()));
}

#[wasm_bindgen_test]
async fn keys_zoom_and_step() {
    let (drawn, needed, acted) = ribbon().await;
    assert!(drawn.press(".ribbon", "+").await);
    let closer = *needed.borrow().last().expect("it has asked");
    assert!(closer.view.len() < 1570);
    drawn.press(".ribbon", "0").await;
    assert_eq!(needed.borrow().last().map(|whole| whole.view.len()), Some(1570));
    drawn.press(".ribbon", "ArrowRight").await;
    assert!(matches!(acted.borrow()[..], [Action::RibbonStep { forward: true, .. }]));
}

#[wasm_bindgen_test]
async fn a_click_chooses_what_is_under_it() {
    let (drawn, _, acted) = ribbon().await;
    drawn.click(".ribbon").await;
    assert!(matches!(acted.borrow()[..], [Action::RibbonSelect { .. }]));
}

#[wasm_bindgen_test]
async fn the_frame_stands_around_what_the_hex_pane_shows() {
    let (drawn, _, _) = ribbon().await;
    let width = drawn.one(".view").style().get_property_value("width").unwrap_or_default();
    assert_eq!(width, "56px", "176 of 1,570 bytes");
}
