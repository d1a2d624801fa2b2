//! What the page remembers on this machine: looks, never anything from a file.

use gloo::storage::{LocalStorage, Storage};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Whether the browser lets the page remember anything: with cookies blocked, looking at `localStorage` throws.
fn is_allowed() -> bool {
    gloo::utils::window().local_storage().is_ok_and(|storage| storage.is_some())
}

fn key(name: &str) -> String {
    format!("pycxray.{name}")
}

/// What was remembered under `name`, if it is of that kind.
pub(crate) fn read<T: DeserializeOwned>(name: &str) -> Option<T> {
    if !is_allowed() {
        return None;
    }
    LocalStorage::get(key(name)).ok()
}

/// Remembers `value`, or forgets with `None`. A full or forbidden storage only means that nothing is remembered.
pub(crate) fn write<T: Serialize>(name: &str, value: Option<&T>) {
    if !is_allowed() {
        return;
    }
    match value {
        Some(value) => {
            let _ = LocalStorage::set(key(name), value);
        }
        None => LocalStorage::delete(key(name)),
    }
}
