//! The address bar: its `#` holds the place, so that it can be kept and sent.

use pycxray_view::protocol::Place;
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

/// What the address says now.
pub(crate) fn read() -> Place {
    Place::parse(&gloo::utils::window().location().hash().unwrap_or_default())
}

/// What stands behind the `?` under a name: `Some("")` for `?embed`.
pub(crate) fn parameter(name: &str) -> Option<String> {
    let search = gloo::utils::window().location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// Writes a place into the address.
pub(crate) fn write(place: &Place) {
    let location = gloo::utils::window().location();
    let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let fragment = place.fragment();
    let address = if fragment.is_empty() { path } else { format!("{path}#{fragment}") };
    // Not a step of the browser's history: Alt+Left walks what was chosen, the browser's Back leaves the page.
    let _ = gloo::utils::history().replace_state_with_url(&JsValue::NULL, "", Some(&address));
}
