//! What callers hand over: bytes, and how they want them read.

use std::sync::Arc;

use js_sys::{ArrayBuffer, Object, Uint8Array};
use pycxray::{Implementation, Limits, Pyc, Version, python};
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsError, JsValue};

/// How a file is to be read, and what of it is to be shown.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Options {
    pub(crate) name: Option<String>,
    /// Such as `3.9` or `PyPy 3.9`.
    pub(crate) python: Option<String>,
    pub(crate) text_limit: Option<u32>,
    pub(crate) show_caches: bool,
    pub(crate) show_positions: bool,
    pub(crate) file_offsets: bool,
}

/// The options there are, as JavaScript spells them.
const KNOWN: [&str; 6] = ["name", "python", "textLimit", "showCaches", "showPositions", "fileOffsets"];

impl Options {
    pub(crate) fn read(options: JsValue) -> Result<Self, JsError> {
        if options.is_undefined() || options.is_null() {
            return Ok(Self::default());
        }
        let object = options.dyn_ref::<Object>().ok_or_else(|| JsError::new("options are an object"))?;
        // serde-wasm-bindgen looks at the fields that it knows alone; a misspelt one must not go unnoticed.
        let unknown =
            Object::keys(object).iter().filter_map(|key| key.as_string()).find(|key| !KNOWN.contains(&&**key));
        if let Some(unknown) = unknown {
            return Err(JsError::new(&format!("there is no option `{unknown}`, but {}", KNOWN.join(", "))));
        }
        Ok(serde_wasm_bindgen::from_value(options)?)
    }

    pub(crate) fn limits(&self) -> Limits {
        let limits = Limits::default();
        Limits { text: self.text_limit.unwrap_or(limits.text), ..limits }
    }

    pub(crate) fn decode(&self, bytes: Vec<u8>) -> Result<Pyc, JsError> {
        let python = self.python.as_deref().map(python_named).transpose()?;
        Ok(Pyc::parse_with(Arc::new(bytes), pycxray::Options { python, limits: self.limits() }))
    }
}

/// The Python that somebody calls `3.9`, `cpython 3.9` or `PyPy 3.9`.
fn python_named(name: &str) -> Result<&'static python::Python, JsError> {
    let (implementation, version) = match name.trim().rsplit_once([' ', '-']) {
        Some((implementation, version)) => (implementation.trim(), version),
        None => ("CPython", name.trim()),
    };
    let known = [Implementation::CPython, Implementation::PyPy];
    let implementation = known.into_iter().find(|known| known.name().eq_ignore_ascii_case(implementation));
    let version = version.split_once('.').and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)));
    let found = implementation
        .zip(version)
        .and_then(|(implementation, (major, minor))| python::find(implementation, Version::new(major, minor)));
    found.ok_or_else(|| JsError::new(&format!("no Python is known as {name:?}: say 3.12, or PyPy 3.11")))
}

/// The bytes in a `Uint8Array` (Node's `Buffer` is one), any other view of bytes, or an `ArrayBuffer`.
pub(crate) fn bytes_of(value: &JsValue) -> Result<Vec<u8>, JsError> {
    if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
        return Ok(bytes.to_vec());
    }
    if let Some(buffer) = value.dyn_ref::<ArrayBuffer>() {
        return Ok(Uint8Array::new(buffer).to_vec());
    }
    Err(JsError::new("the bytes of a file are wanted: a Uint8Array or an ArrayBuffer"))
}
