//! The page inside another page: `?embed&parent=ORIGIN&key=KEY`.
//!
//! The parent names its own origin and makes up a key; both must match in every message it sends. What it may send:
//! `{ type: "pycxray:open", key, name, bytes }`, with `bytes` a `Uint8Array`. What it gets:
//! `{ type: "pycxray:ready", key }` once, and `{ type: "pycxray:selection", key, start, end, label }` whenever
//! something else is chosen.

use crate::address;
use gloo::events::EventListener;
use gloo::file::File;
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};
use yew::Callback;

/// What the parent sends.
#[derive(Deserialize)]
struct Request {
    #[serde(rename = "type")]
    _kind: RequestKind,
    key: String,
    name: String,
    /// Stays JavaScript's own until the key has been compared.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    bytes: Uint8Array,
}

/// What the parent can ask for.
#[derive(Deserialize)]
enum RequestKind {
    /// A file to be opened.
    #[serde(rename = "pycxray:open")]
    Open,
}

/// What the parent gets.
#[derive(Serialize)]
#[serde(tag = "type")]
enum Answer<'a> {
    /// The page can be sent files.
    #[serde(rename = "pycxray:ready")]
    Ready { key: &'a str },
    /// Something else is chosen: its bytes, and what it is called.
    #[serde(rename = "pycxray:selection")]
    Selection { key: &'a str, start: u32, end: u32, label: &'a str },
}

/// Whether the page stands inside another one, which has a bar of its own.
pub(crate) fn is_asked_for() -> bool {
    address::parameter("embed").is_some()
}

/// The tie to the page around this one.
pub(crate) struct Embedding {
    parent: Window,
    origin: String,
    key: String,
    _listener: EventListener,
}

impl Embedding {
    /// Begins to listen to the parent, if the address names its origin and a key; `handed` hears of files.
    pub(crate) fn begin(handed: Callback<File>) -> Option<Self> {
        let key = address::parameter("key").filter(|key| !key.is_empty())?;
        let origin = address::parameter("parent").filter(|origin| !origin.is_empty() && origin != "*")?;
        let window = gloo::utils::window();
        let parent = window.parent().ok().flatten().filter(|parent| *parent != window)?;
        let listener = {
            let (parent, origin, key) = (JsValue::from(parent.clone()), origin.clone(), key.clone());
            EventListener::new(&window, "message", move |event| {
                let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
                let is_parent = event.source().is_some_and(|source| JsValue::from(source) == parent);
                if !is_parent || event.origin() != origin {
                    return;
                }
                // Anything may be sent; what cannot be read is not meant for this page.
                if let Ok(request) = serde_wasm_bindgen::from_value::<Request>(event.data())
                    && request.key == key
                {
                    let bytes = request.bytes.slice(0, request.bytes.length());
                    handed.emit(File::new(&request.name, bytes.buffer()));
                }
            })
        };
        let embedding = Self { parent, origin, key, _listener: listener };
        embedding.send(&Answer::Ready { key: &embedding.key });
        Some(embedding)
    }

    /// Tells the parent what is chosen.
    pub(crate) fn tell(&self, start: u32, end: u32, label: &str) {
        self.send(&Answer::Selection { key: &self.key, start, end, label });
    }

    fn send(&self, message: &Answer<'_>) {
        if let Ok(message) = serde_wasm_bindgen::to_value(message) {
            // Fails for an origin that is none; then nobody is told.
            let _ = self.parent.post_message(&message, &self.origin);
        }
    }
}
