//! What the tests of components are written with: a place in the browser's document for each, and what was called back.

use pycxray_view::protocol::{DocumentId, Request, Update, Viewport, Work};
use pycxray_view::{Clock, Engine, prover, verifier};
use pycxray_web::document::Document;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit, MouseEvent, MouseEventInit};
use yew::prelude::*;
use yew::scheduler::flush;

/// A function of CPython 3.12 with jumps, inline caches and its tables.
pub(crate) const PYC: &[u8] = include_bytes!("../../../tests/fixtures/cpython-3.12/py38.pyc");

/// What a component under test stands in.
#[derive(Properties, PartialEq)]
struct StageProps {
    children: Html,
}

#[component]
fn Stage(props: &StageProps) -> Html {
    props.children.clone()
}

/// The sizes that the page's styles give what fills the room there is. A component has to have its size when it is first drawn:
/// a list that is measured by its contents scrolls to what is chosen, and stays there.
const SIZES: &str = "
    #hex, .list, .panes, .ribbon { display: block; overflow: hidden }
    #hex { width: 700px; height: 220px }
    .list { width: 600px; height: 440px }
    .panes { width: 400px; height: 400px }
    .ribbon { width: 500px; height: 14px }
";

/// Has the browser's document give everything its size.
fn give_sizes() {
    let document = gloo::utils::document();
    if document.query_selector("style#sizes").expect("a selector").is_some() {
        return;
    }
    let style = document.create_element("style").expect("a style can be made");
    style.set_id("sizes");
    style.set_text_content(Some(SIZES));
    gloo::utils::body().append_child(&style).expect("the body takes it");
}

/// Something drawn in an element of its own; it is gone when this is dropped.
pub(crate) struct Drawn {
    pub(crate) root: Element,
    handle: Option<yew::AppHandle<Stage>>,
}

/// Draws something.
pub(crate) async fn draw(content: Html) -> Drawn {
    give_sizes();
    let root = gloo::utils::document().create_element("div").expect("a div can be made");
    gloo::utils::body().append_child(&root).expect("the body takes it");
    let props = StageProps { children: content };
    let handle = yew::Renderer::<Stage>::with_root_and_props(root.clone(), props).render();
    flush().await;
    Drawn { root, handle: Some(handle) }
}

impl Drop for Drawn {
    fn drop(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
        self.root.remove();
    }
}

impl Drawn {
    /// Draws something else in its place.
    pub(crate) async fn redraw(&mut self, content: Html) {
        if let Some(handle) = &mut self.handle {
            handle.update(StageProps { children: content });
        }
        flush().await;
    }

    /// The elements that `selector` fits.
    pub(crate) fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.root.query_selector_all(selector).expect("a selector");
        (0..found.length()).filter_map(|at| found.get(at)).map(JsCast::unchecked_into).collect()
    }

    /// The first element that `selector` fits.
    pub(crate) fn one(&self, selector: &str) -> HtmlElement {
        let found = self.all(selector).into_iter().next();
        found.unwrap_or_else(|| panic!("there is no {selector} in {}", self.root.inner_html()))
    }

    /// The text of the first element that `selector` fits.
    pub(crate) fn text(&self, selector: &str) -> String {
        self.one(selector).text_content().unwrap_or_default()
    }

    /// An attribute of the first element that `selector` fits.
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.one(selector).get_attribute(name)
    }

    pub(crate) async fn click(&self, selector: &str) {
        self.one(selector).click();
        flush().await;
    }

    /// Tells an element of the mouse, as the browser does.
    pub(crate) async fn mouse(&self, selector: &str, kind: &str, button: i16) {
        let init = MouseEventInit::new();
        init.set_bubbles(true);
        init.set_button(button);
        let event = MouseEvent::new_with_mouse_event_init_dict(kind, &init).expect("an event");
        self.one(selector).dispatch_event(&event).expect("it can be told");
        flush().await;
    }

    /// Presses a key on an element. Answers whether what the browser does by itself was prevented.
    pub(crate) async fn press(&self, selector: &str, key: &str) -> bool {
        self.press_with(selector, key, false).await
    }

    /// The same, with Shift held if `shift` says so.
    pub(crate) async fn press_with(&self, selector: &str, key: &str, shift: bool) -> bool {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_shift_key(shift);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("an event");
        let was_let = self.one(selector).dispatch_event(&event).expect("it can be told");
        flush().await;
        !was_let
    }

    /// Types into a field.
    pub(crate) async fn enter(&self, selector: &str, text: &str) {
        let field: HtmlInputElement = self.one(selector).unchecked_into();
        field.set_value(text);
        let init = web_sys::InputEventInit::new();
        init.set_bubbles(true);
        let event = web_sys::InputEvent::new_with_event_init_dict("input", &init).expect("an event");
        field.dispatch_event(&event).expect("it can be told");
        flush().await;
    }
}

/// A callback, and all that it was called with.
pub(crate) fn recorded<T: 'static>() -> (Callback<T>, Rc<RefCell<Vec<T>>>) {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let callback = {
        let heard = heard.clone();
        Callback::from(move |said| heard.borrow_mut().push(said))
    };
    (callback, heard)
}

/// What the page knows of a file that the engine has opened, with these parts of it on screen.
pub(crate) fn document(bytes: &[u8], viewports: &[Viewport]) -> Rc<Document> {
    let mut engine = Engine::new(Clock { now: || 1_800_000_000, minutes_ahead: |_| 0 });
    let mut said = VecDeque::new();
    for &viewport in viewports {
        engine.handle(Request::Watch { document: None, viewport }, Vec::new(), &mut |message| said.push_back(message));
    }
    let id = DocumentId(7);
    let open = Request::Open { id, name: "a.pyc".to_owned(), python: None, place: None, on_screen: true };
    engine.handle(open, bytes.to_vec(), &mut |message| said.push_back(message));
    while engine.is_busy() {
        engine.work(&mut || true, &mut |message| said.push_back(message));
    }
    let mut document = None;
    while let Some(message) = said.pop_front() {
        for update in message.updates {
            match update {
                Update::Snapshot(snapshot) => document = Some(Document::after(document.as_ref(), snapshot)),
                Update::Wants(errand) => {
                    let run = match errand.work {
                        Work::Source => prover::run,
                        Work::Verify { .. } => verifier::run,
                    };
                    let made = Request::Take(run(&errand, message.bytes.clone()));
                    engine.handle(made, Vec::new(), &mut |message| said.push_back(message));
                }
                _ => {}
            }
        }
    }
    Rc::new(document.expect("there is a file on screen"))
}
