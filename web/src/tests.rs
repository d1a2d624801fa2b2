//! The page's components in a real browser, without the built page around them.

use crate::App;
use crate::menu::{Choice, Menu, MenuProps};
use crate::tag::text;
use js_sys::Promise;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, HtmlElement};
use yew::Callback;

wasm_bindgen_test_configure!(run_in_browser);

fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("a browser has a document")
}

/// An element of its own for a component.
fn root() -> Element {
    let root = document().create_element("div").expect("a div can be made");
    document().body().expect("there is a body").append_child(&root).expect("it takes a div");
    root
}

async fn next_frame() {
    let frame = Promise::new(&mut |done, _| {
        let _ = web_sys::window().map(|window| window.request_animation_frame(&done));
    });
    let _ = JsFuture::from(frame).await;
}

/// The first element below `root` that `selector` fits, once there is one.
async fn find(root: &Element, selector: &str) -> HtmlElement {
    for _ in 0..600 {
        if let Ok(Some(element)) = root.query_selector(selector) {
            return element.dyn_into().expect("it is one of HTML's elements");
        }
        next_frame().await;
    }
    panic!("there is no {selector} in {}", root.inner_html());
}

#[wasm_bindgen_test]
async fn a_sample_is_drawn_as_a_tree_beside_its_bytes() {
    let root = root();
    let app = yew::Renderer::<App>::with_root(root.clone()).render();
    find(&root, ".sample").await.click();
    let tree = find(&root, "[role=tree]").await;
    assert_eq!(tree.get_attribute("tabindex").as_deref(), Some("0"));
    find(&root, "[role=tab][aria-selected=true]").await;
    find(&root, ".summary").await;
    app.destroy();
}

#[wasm_bindgen_test]
async fn a_menu_opens_tells_what_is_in_force_and_closes_with_a_choice() {
    let picked = Rc::new(Cell::new(None));
    let heard = picked.clone();
    let props = MenuProps {
        id: "fruit",
        class: "btn",
        title: "Fruit",
        label: None,
        face: |_| text("Fruit"),
        says: String::new(),
        choices: vec![Choice::radio("Apple", false), Choice::radio("Pear", true)],
        picked: Callback::from(move |at| heard.set(Some(at))),
    };
    let root = root();
    let menu = yew::Renderer::<Menu>::with_root_and_props(root.clone(), props).render();
    let button = find(&root, "button").await;
    assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("false"));
    button.click();
    let chosen = find(&root, "[role=menuitemradio][aria-checked=true]").await;
    assert_eq!(chosen.text_content().as_deref(), Some("Pear"));
    find(&root, "[data-choice='0']").await.click();
    find(&root, "[aria-expanded=false]").await;
    assert_eq!(picked.get(), Some(0));
    assert!(root.query_selector("[role=menu]").is_ok_and(|menu| menu.is_none()));
    menu.destroy();
}
