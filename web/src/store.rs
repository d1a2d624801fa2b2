//! What the page remembers on this machine: looks, never anything from a file.

use web_sys::Storage;

fn storage() -> Option<Storage> {
    // Reading `localStorage` itself throws where cookies are blocked.
    web_sys::window()?.local_storage().ok()?
}

/// What was remembered under `key`.
pub(crate) fn read(key: &str) -> Option<String> {
    storage()?.get_item(&format!("pycxray.{key}")).ok()?
}

/// Remembers `value`, or forgets with `None`. A full or forbidden storage only means that nothing is remembered.
pub(crate) fn write(key: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    let key = format!("pycxray.{key}");
    let _ = match value {
        Some(value) => storage.set_item(&key, value),
        None => storage.remove_item(&key),
    };
}
