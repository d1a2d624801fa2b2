//! The address bar: its `#` holds the place, so that it can be kept and sent.

use pycxray_view::Place;
use wasm_bindgen::JsValue;

/// What the address says now.
pub(crate) fn read() -> Place {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    Place::parse(&hash.unwrap_or_default())
}

/// What stands behind the `?` under a name: `Some("")` for `?embed`.
pub(crate) fn parameter(name: &str) -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    let decode = |text: &str| js_sys::decode_uri_component(text).map_or_else(|_| text.to_owned(), String::from);
    search.trim_start_matches('?').split('&').find_map(|part| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        (key == name).then(|| decode(value))
    })
}

/// Writes a place into the address.
pub(crate) fn write(place: &Place) {
    let Some(window) = web_sys::window() else { return };
    let location = window.location();
    let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let fragment = place.fragment();
    let address = if fragment.is_empty() { path } else { format!("{path}#{fragment}") };
    // Not a step of the browser's history: Alt+Left walks what was chosen, the browser's Back leaves the page.
    if let Ok(history) = window.history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}
