//! The page inside another page: `?embed&parent=ORIGIN&key=KEY`.
//!
//! The parent names its own origin and makes up a key; both must match in every message it sends. What it may send:
//! `{ type: "pycxray:open", key, name, bytes }`, with `bytes` a `Uint8Array`. What it gets:
//! `{ type: "pycxray:ready", key }` once, and `{ type: "pycxray:selection", key, start, end, label }` whenever
//! something else is chosen.

use crate::address;
use gloo::events::EventListener;
use js_sys::{Object, Reflect, Uint8Array};
use pycxray_view::Document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};
use yew::Callback;

/// What the parent hands over: the name of a file, and its bytes. `None` if it is not meant for this page.
fn handed_over(message: &JsValue, key: &str) -> Option<(String, Vec<u8>)> {
    let field = |name: &str| Reflect::get(message, &JsValue::from(name)).ok();
    let text = |name| field(name)?.as_string();
    if text("type")? != "pycxray:open" || text("key")? != key {
        return None;
    }
    Some((text("name")?, field("bytes")?.dyn_into::<Uint8Array>().ok()?.to_vec()))
}

/// The tie to the page around this one.
pub(crate) struct Embedding {
    parent: Option<(Window, String)>,
    key: String,
    _listener: Option<EventListener>,
}

/// Begins to listen to the parent, if the address asks for that. Without an origin and a key, the page is only drawn
/// without its frame.
pub(crate) fn begin(handed: Callback<(String, Vec<u8>)>) -> Option<Embedding> {
    address::parameter("embed")?;
    let key = address::parameter("key").unwrap_or_default();
    let origin = address::parameter("parent").filter(|origin| !origin.is_empty() && origin != "*" && !key.is_empty());
    let window = web_sys::window()?;
    let parent = window.parent().ok().flatten().filter(|parent| *parent != window);
    let (Some(parent), Some(origin)) = (parent, origin) else {
        return Some(Embedding { parent: None, key, _listener: None });
    };
    let (expected_origin, expected_key, from) = (origin.clone(), key.clone(), parent.clone());
    let listener = EventListener::new(&window, "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let is_parent = event.source().is_some_and(|source| JsValue::from(source) == JsValue::from(from.clone()));
        if !is_parent || event.origin() != expected_origin {
            return;
        }
        if let Some(file) = handed_over(&event.data(), &expected_key) {
            handed.emit(file);
        }
    });
    let embedding = Embedding { parent: Some((parent, origin)), key, _listener: Some(listener) };
    embedding.send("pycxray:ready", &[]);
    Some(embedding)
}

impl Embedding {
    /// Tells the parent what is chosen.
    pub(crate) fn tell(&self, document: &Document) {
        let span = document.selection().span;
        let label = document.crumbs().last().map_or(String::new(), |crumb| crumb.label.clone());
        let said = [("start", span.start.into()), ("end", span.end.into()), ("label", label.into())];
        self.send("pycxray:selection", &said);
    }

    fn send(&self, kind: &str, said: &[(&str, JsValue)]) {
        let Some((parent, origin)) = &self.parent else { return };
        let message = Object::new();
        let head = [("type", kind.into()), ("key", self.key.as_str().into())];
        for (name, value) in head.iter().chain(said) {
            // Fails for no plain object.
            let _ = Reflect::set(&message, &JsValue::from(*name), value);
        }
        // Fails for an origin that is none; then nobody is told.
        let _ = parent.post_message(&message, origin);
    }
}
