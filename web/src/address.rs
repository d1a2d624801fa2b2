//! The address bar: its `#` holds the place, so that it can be kept and sent; and the browser's history, an entry a place.

use pycxray_view::protocol::{DocumentId, Place};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

/// What an entry of the browser's history keeps beside the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Which entry it is, counted from that with which the page was opened.
    pub(crate) index: u32,
    /// The file that was on screen.
    pub(crate) document: Option<DocumentId>,
}

/// What the address says now.
pub(crate) fn read() -> Place {
    Place::parse(&gloo::utils::window().location().hash().unwrap_or_default())
}

/// What the history's entry on screen keeps; `None` where the reader typed the address, or opened the page with it.
pub(crate) fn entry() -> Option<Entry> {
    let state = gloo::utils::history().state().ok()?;
    serde_wasm_bindgen::from_value::<Option<Entry>>(state).ok()?
}

/// What stands behind the `?` under a name: `Some("")` for `?embed`.
pub(crate) fn parameter(name: &str) -> Option<String> {
    let search = gloo::utils::window().location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// The address of a place on this page, without its origin.
fn path_to(place: &Place) -> String {
    let location = gloo::utils::window().location();
    let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    match place.fragment() {
        fragment if fragment.is_empty() => path,
        fragment => format!("{path}#{fragment}"),
    }
}

/// The whole address of a place, to be handed on.
pub(crate) fn link_to(place: &Place) -> String {
    let origin = gloo::utils::window().location().origin().unwrap_or_default();
    origin + &path_to(place)
}

/// Writes a place into the address, as an entry of its own behind the one on screen.
pub(crate) fn push(place: &Place, entry: Entry) {
    // Fails where a page does so too often.
    let _ = gloo::utils::history().push_state_with_url(&state(entry), "", Some(&path_to(place)));
}

/// Writes a place into the address, in the place of the entry on screen.
pub(crate) fn replace(place: &Place, entry: Entry) {
    let _ = gloo::utils::history().replace_state_with_url(&state(entry), "", Some(&path_to(place)));
}

fn state(entry: Entry) -> JsValue {
    serde_wasm_bindgen::to_value(&entry).unwrap_or(JsValue::NULL)
}

/// Goes to the entry before the one on screen, or to the one behind it.
pub(crate) fn step(forward: bool) {
    let _ = if forward { gloo::utils::history().forward() } else { gloo::utils::history().back() };
}
