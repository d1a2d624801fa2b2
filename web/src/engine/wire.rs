//! How the page and its engine write to each other: serde data as bytes, and beside them what the browser hands over by
//! itself: the bytes of files.

use js_sys::{Array, Uint8Array};
use pycxray_view::protocol::{DocumentId, Update};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

/// What the engine's half sends.
#[derive(Serialize, Deserialize)]
pub(super) enum FromEngine {
    /// It can be sent requests.
    Ready,
    /// What the engine has to say. The bytes of an answer among that stand beside the message.
    Updates(Vec<Update>),
    /// There is no memory for a file.
    NoRoom(DocumentId),
}

/// Writes a message, with what stands beside it.
pub(super) fn write<T: Serialize>(message: &T, beside: &Array) -> Array {
    let bytes = postcard::to_allocvec(message).expect("what the two halves say to each other can be written");
    Array::of2(&Uint8Array::from(bytes.as_slice()), beside)
}

/// Reads a message, and what stands beside it.
///
/// # Panics
/// When it is none: both halves are the same program.
pub(super) fn read<T: DeserializeOwned>(data: &JsValue) -> (T, Array) {
    let parts = Array::from(data);
    let bytes = Uint8Array::new(&parts.get(0)).to_vec();
    let message = postcard::from_bytes(&bytes).expect("both halves are the same program");
    (message, Array::from(&parts.get(1)))
}
