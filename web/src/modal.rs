//! Dialogs over the page: what stands behind one cannot be reached meanwhile, and Escape closes it.

use crate::tag::{Tag, tag};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;
use yew::{Callback, Event};

/// A dialog with nothing in it yet. The element with the id `named_by` names it and tells it from others; `closed` is told
/// when it was closed.
pub(crate) fn modal(named_by: &'static str, closed: Callback<Event>) -> Tag {
    tag("dialog").key(named_by).set("aria-labelledby", named_by).on_close(closed)
}

/// Opens the dialog that has been drawn, if there is one that is not open yet.
pub(crate) fn open() {
    let document = web_sys::window().and_then(|window| window.document());
    let dialog = document.and_then(|document| document.query_selector("dialog:not([open])").ok().flatten());
    if let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) {
        // Fails only if it is open already.
        let _ = dialog.show_modal();
    }
}
