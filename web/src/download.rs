//! Handing files to the user, to be saved.

use gloo::file::{Blob, ObjectUrl};
use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{BlobPropertyBag, HtmlAnchorElement};

/// How long the browser may take to begin with saving, in milliseconds.
const BEGINS: u32 = 60_000;

/// Offers a file under a name.
pub(crate) fn save(name: &str, content: Blob) {
    let url = ObjectUrl::from(content);
    let anchor = gloo::utils::document().create_element("a");
    if let Some(anchor) = anchor.ok().and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok()) {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    Timeout::new(BEGINS, move || drop(url)).forget();
}

/// The file that consists of these pieces, each a `Blob`.
pub(crate) fn joined(pieces: &Array, media_type: &str) -> Blob {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let joined = web_sys::Blob::new_with_blob_sequence_and_options(pieces, &options);
    joined.expect("blobs can be joined").into()
}
