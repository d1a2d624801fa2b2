//! Handing text to the user through the clipboard.

use js_sys::{Function, Promise, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Clipboard, ClipboardItem};

/// A text that is on its way to the clipboard.
pub(crate) struct Coming {
    promise: Promise,
    /// Called with the text, and with why there is none.
    settle: (Function, Function),
}

impl Coming {
    /// A text that is yet to come. WebKit lets a page copy only at the very moment at which the reader asks for it: by then there
    /// is the promise.
    pub(crate) fn new() -> Self {
        let settle = RefCell::new(None);
        let mut keep = |resolve: Function, reject: Function| drop(settle.replace(Some((resolve, reject))));
        let promise = Promise::new(&mut keep);
        // A promise calls what it is made with at once.
        let settle = settle.take().unwrap_or_default();
        Self { promise, settle }
    }

    /// What settles it: `Some` with the text, `None` if there is none.
    pub(crate) fn settler(&self) -> impl Fn(Option<String>) + use<> {
        let (resolve, reject) = self.settle.clone();
        move |text: Option<String>| {
            // They throw nothing.
            let _ = match text {
                Some(text) => resolve.call1(&JsValue::NULL, &text.into()),
                None => reject.call0(&JsValue::NULL),
            };
        }
    }

    /// Copies it, which is called `what`, once it has come. Answers how it went, in a sentence; `None` if there was none.
    pub(crate) async fn copy(self, what: String) -> Option<String> {
        let Some(clipboard) = clipboard() else {
            JsFuture::from(self.promise).await.ok()?;
            return Some(unavailable().to_owned());
        };
        let written = match item(&clipboard, &self.promise) {
            Some(item) => clipboard.write(&js_sys::Array::of1(&item)),
            // Older browsers take texts alone.
            None => {
                let text = JsFuture::from(self.promise.clone()).await.ok()?;
                clipboard.write_text(&text.as_string().unwrap_or_default())
            }
        };
        let result = JsFuture::from(written).await;
        JsFuture::from(self.promise).await.ok()?;
        Some(match result {
            Ok(_) => format!("Copied {what}."),
            Err(_) => "The browser did not allow copying.".to_owned(),
        })
    }
}

/// A text that may be yet to come, as the clipboard takes it.
fn item(clipboard: &Clipboard, text: &Promise) -> Option<ClipboardItem> {
    let has = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).is_ok_and(|it| it.is_function());
    if !has(clipboard, "write") || !has(&gloo::utils::window(), "ClipboardItem") {
        return None;
    }
    let record = js_sys::Object::new();
    Reflect::set(&record, &"text/plain".into(), text).ok()?;
    ClipboardItem::new_with_record_from_str_to_str_promise(&record).ok()
}

/// The browser's clipboard; `None` where it gives pages none, whatever its type says.
fn clipboard() -> Option<Clipboard> {
    let navigator = gloo::utils::window().navigator();
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok()?;
    clipboard.is_object().then(|| clipboard.unchecked_into())
}

fn unavailable() -> &'static str {
    match gloo::utils::window().is_secure_context() {
        true => "This browser gives pages no clipboard.",
        false => "This page is not served securely, so the browser allows no copying.",
    }
}
