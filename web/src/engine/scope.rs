//! The worker that a program runs in: what it hears and says.

use gloo::events::EventListener;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// The worker that the program runs in; `None` on the page's own thread.
fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// Calls `hear` with all that the page sends from now on.
pub(super) fn listen(hear: impl Fn(JsValue) + 'static) {
    let Some(scope) = scope() else { return };
    let hear = move |event: &web_sys::Event| {
        if let Some(event) = event.dyn_ref::<MessageEvent>() {
            hear(event.data());
        }
    };
    EventListener::new(&scope, "message", hear).forget();
}

/// Says something to the page.
pub(super) fn post(message: &Array) {
    if let Some(scope) = scope() {
        // Fails for what cannot be cloned, which bytes can.
        let _ = scope.post_message(message);
    }
}

/// The bytes of a file that comes in pieces; `None` if there is no memory for them.
pub(super) fn joined(pieces: &Array) -> Option<Vec<u8>> {
    let pieces: Vec<Uint8Array> =
        pieces.iter().map(|piece| Uint8Array::new(piece.unchecked_ref::<ArrayBuffer>())).collect();
    let size = pieces.iter().map(|piece| piece.length() as usize).sum();
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(size).ok()?;
    for piece in pieces {
        let from = bytes.len();
        bytes.resize(from + piece.length() as usize, 0);
        piece.copy_to(&mut bytes[from..]);
    }
    Some(bytes)
}
