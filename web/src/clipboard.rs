//! Handing things to the user: through the clipboard, or as a file to save.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};
use yew::Callback;

/// Copies text; `told` hears how it went, in a sentence.
pub(crate) fn copy(text: String, what: String, told: Callback<String>) {
    let Some(window) = web_sys::window() else { return };
    // Outside secure contexts there is no clipboard object at all, whatever its type says.
    if !window.is_secure_context() {
        told.emit("This page is not served securely, so the browser allows no copying.".into());
        return;
    }
    let written = window.navigator().clipboard().write_text(&text);
    spawn_local(async move {
        told.emit(match JsFuture::from(written).await {
            Ok(_) => format!("Copied {what}."),
            Err(_) => "The browser did not allow copying.".into(),
        });
    });
}

/// A file to be saved, handed to the browser piece by piece: it may be larger than the program's memory.
#[derive(Default)]
pub(crate) struct Pieces(Array);

impl Pieces {
    /// Adds a piece.
    pub(crate) fn add(&self, bytes: &[u8]) {
        // A blob of its own, which the browser may keep where it likes.
        if let Ok(blob) = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))) {
            self.0.push(&blob);
        }
    }

    /// Offers it under a name.
    pub(crate) fn save(&self, name: &str, media_type: &str) {
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        let Ok(blob) = Blob::new_with_blob_sequence_and_options(&self.0, &options) else { return };
        let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
        let document = web_sys::window().and_then(|window| window.document());
        let anchor = document.and_then(|document| document.create_element("a").ok());
        if let Some(anchor) = anchor.and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok()) {
            anchor.set_href(&url);
            anchor.set_download(name);
            anchor.click();
        }
        // The download has its own hold on the blob by the time the click returns.
        let _ = Url::revoke_object_url(&url);
    }
}

/// Offers bytes as a file to save.
pub(crate) fn save(name: &str, media_type: &str, bytes: &[u8]) {
    let pieces = Pieces::default();
    pieces.add(bytes);
    pieces.save(name, media_type);
}
