//! The page's components, drawn in a real browser without styles and without anything of the built page around them:
//! `wasm-pack test --headless --chrome web`.

#![cfg(target_arch = "wasm32")]

use js_sys::{Function, Promise, Uint8Array};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

/// A function of CPython 3.12 with its inline caches and its tables.
const PYC: &[u8] = include_bytes!("../../tests/fixtures/cpython-3.12/py38.pyc");

/// Drops a file on an element, as the browser does when a person lets it go there.
const DROP: &str = "
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], name));
    const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer });
    target.dispatchEvent(event);
";

fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("tests run in a browser")
}

/// Lets the browser go on with what it has to do.
async fn turn() {
    let promise = Promise::new(&mut |resolve, _| {
        let window = web_sys::window().expect("tests run in a browser");
        window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 10).expect("a timer can be set");
    });
    JsFuture::from(promise).await.expect("a timer goes off");
}

/// What `condition` gives, asked again until there is something.
async fn until<T>(what: &str, condition: impl Fn() -> Option<T>) -> T {
    for _ in 0..1_000 {
        if let Some(value) = condition() {
            return value;
        }
        turn().await;
    }
    panic!("waited in vain until {what}");
}

async fn find(selector: &str) -> Element {
    until(&format!("there is {selector}"), || document().query_selector(selector).ok().flatten()).await
}

/// The text of the elements that `selector` fits.
fn text(selector: &str) -> String {
    let found = document().query_selector_all(selector).expect("a selector");
    (0..found.length()).filter_map(|index| found.get(index)?.text_content()).collect::<Vec<_>>().join("\n")
}

async fn wait_for_text(selector: &str, wanted: &str) {
    until(&format!("{selector} says {wanted:?}"), || text(selector).contains(wanted).then_some(())).await;
}

/// Starts the page where index.html would have it. All tests share it, for it listens to the whole window.
async fn page() -> Element {
    thread_local!(static STARTED: Cell<bool> = const { Cell::new(false) });
    if !STARTED.replace(true) {
        let app = document().create_element("div").expect("an element");
        app.set_id("app");
        app.set_inner_html("<p id=\"starting\">Starting</p>");
        document().body().expect("a body").append_child(&app).expect("a place in it");
        pycxray_web::start();
        until("the start page is drawn", || text("#app").contains("Nothing is uploaded").then_some(())).await;
        assert_eq!(text("#starting"), "", "what index.html shows meanwhile is gone");
    }
    find("#app").await
}

async fn drop_file(name: &str, bytes: &[u8]) {
    let drop = Function::new_with_args("target, name, bytes", DROP);
    let target = page().await.first_element_child().expect("something is drawn");
    let bytes = Uint8Array::from(bytes);
    drop.call3(&JsValue::NULL, &target, &JsValue::from_str(name), &bytes).expect("a file can be dropped");
}

#[wasm_bindgen_test]
async fn a_dropped_file_is_drawn_as_a_tree_beside_its_bytes() {
    drop_file("whole.pyc", PYC).await;
    wait_for_text(".tabs", "whole.pyc").await;
    wait_for_text(".summary", "CPython 3.12").await;
    assert_eq!(find("#tree").await.get_attribute("role").as_deref(), Some("tree"));
    find("#tree [role=treeitem][aria-level='1']").await;
    assert_eq!(find("#hex").await.get_attribute("role").as_deref(), Some("grid"));
    // The first byte of 3.12's magic number, 3531.
    wait_for_text("#byte-0", "cb").await;
}

#[wasm_bindgen_test]
async fn a_click_on_a_row_selects_its_bytes_and_explains_it() {
    drop_file("clicked.pyc", PYC).await;
    wait_for_text(".tabs [aria-selected=true]", "clicked.pyc").await;
    wait_for_text(".summary", "CPython 3.12").await;
    let magic = until("there is a magic number", || {
        let rows = document().query_selector_all("#tree [role=treeitem]").expect("a selector");
        let mut rows = (0..rows.length()).filter_map(|index| rows.get(index));
        rows.find(|row| row.text_content().is_some_and(|text| text.contains("magic")))
    });
    magic.await.unchecked_into::<HtmlElement>().click();
    wait_for_text("#tree [aria-selected=true]", "magic").await;
    wait_for_text("#details", "magic").await;
    let chosen = || document().query_selector_all("#hex .h.on").expect("a selector").length();
    until("its four bytes are marked", || (chosen() == 4).then_some(())).await;
}

#[wasm_bindgen_test]
async fn a_damaged_file_is_shown_as_far_as_it_goes() {
    drop_file("broken.pyc", &PYC[..200]).await;
    wait_for_text(".tabs [aria-selected=true]", "broken.pyc").await;
    wait_for_text(".summary", "problem").await;
    find("#tree [role=treeitem]").await;
}

#[wasm_bindgen_test]
async fn what_is_no_pyc_gets_a_sentence() {
    drop_file("letter.txt", b"Dear reader, this is no bytecode at all.\n").await;
    wait_for_text(".banner", "no .pyc file").await;
}
