//! The page inside another page: `?embed&parent=ORIGIN&key=KEY`.
//!
//! The parent names its own origin and makes up a key; both must match in every message it sends. What it may send:
//! `{ type: "pycxray:open", key, name, bytes }`, with `bytes` a `Uint8Array`. What it gets:
//! `{ type: "pycxray:ready", key }` once, and `{ type: "pycxray:selection", key, start, end, label }` whenever
//! something else is chosen.

use crate::address;
use gloo::events::EventListener;
use js_sys::{Reflect, Uint8Array};
use pycxray_view::Document;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};
use yew::Callback;

/// What the parent sends.
struct Request {
    key: String,
    name: String,
    /// Stays JavaScript's own until the key has been compared.
    bytes: Uint8Array,
}

impl Request {
    /// Reads a message, which may be anything. Field by field: serde would bring along sentences on what is wrong with each
    /// kind of value, for nobody to read.
    fn read(message: &JsValue) -> Option<Self> {
        let field = |name: &str| Reflect::get(message, &name.into()).ok();
        let text = |name: &str| field(name)?.as_string();
        if text("type")? != "pycxray:open" {
            return None;
        }
        Some(Self { key: text("key")?, name: text("name")?, bytes: field("bytes")?.dyn_into().ok()? })
    }
}

/// What the parent gets.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    key: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
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
        if let Some(request) = Request::read(&event.data())
            && request.key == expected_key
        {
            handed.emit((request.name, request.bytes.to_vec()));
        }
    });
    let embedding = Embedding { parent: Some((parent, origin)), key, _listener: Some(listener) };
    embedding.send(&Answer { kind: "pycxray:ready", key: &embedding.key, start: None, end: None, label: None });
    Some(embedding)
}

impl Embedding {
    /// Tells the parent what is chosen.
    pub(crate) fn tell(&self, document: &Document) {
        let span = document.selection().span;
        let label = document.crumbs().last().map_or(String::new(), |crumb| crumb.label.clone());
        self.send(&Answer {
            kind: "pycxray:selection",
            key: &self.key,
            start: Some(span.start),
            end: Some(span.end),
            label: Some(label),
        });
    }

    fn send(&self, answer: &Answer<'_>) {
        let Some((parent, origin)) = &self.parent else { return };
        if let Ok(message) = serde_wasm_bindgen::to_value(answer) {
            // Fails for an origin that is none; then nobody is told.
            let _ = parent.post_message(&message, origin);
        }
    }
}
