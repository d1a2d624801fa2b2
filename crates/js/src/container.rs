//! What holds other files, for JavaScript: [`Container`] and [`payloads`].

use std::sync::Arc;

use js_sys::{RangeError, Uint8Array};
use pycxray::python::Python;
use pycxray::schema;
use pycxray_container::{Kind, Limits, Payload, identify};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::give;
use crate::input::{Options, bytes_of};

/// An archive, a frozen program, or a file with payloads in its constants: opened in place, its members read one by one.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct Container {
    opened: pycxray_container::Container,
}

/// A member as the container's table has it.
#[derive(Serialize)]
struct Member<'a> {
    index: usize,
    name: &'a str,
    role: &'static str,
    kind: String,
    python: Option<String>,
    size: Option<u64>,
    is_library: bool,
    span: Option<[u32; 2]>,
}

/// Bytes, and why there are no more of them.
#[derive(Serialize)]
struct Unpacked {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    bytes: Uint8Array,
    trouble: Option<String>,
}

impl Unpacked {
    fn of(unpacked: pycxray_container::Unpacked) -> Self {
        Self { bytes: Uint8Array::from(unpacked.bytes.as_slice()), trouble: unpacked.trouble }
    }
}

/// Opens what holds something; `null` for what does not.
///
/// # Errors
/// If `bytes` are no bytes or more than 1 GiB, or if an option is not what it should be.
#[wasm_bindgen(skip_typescript)]
pub fn open_container(bytes: &JsValue, options: &JsValue) -> Result<Option<Container>, JsValue> {
    let options = Options::read(options)?;
    let bytes = Arc::new(bytes_of(bytes)?);
    Ok(Container::of(pycxray_container::Container::look_into(bytes, options.python, Limits::default())))
}

#[wasm_bindgen]
impl Container {
    fn of(opened: Option<pycxray_container::Container>) -> Option<Self> {
        opened.map(|opened| Self { opened })
    }

    /// What it is, in words.
    #[wasm_bindgen(getter, skip_typescript)]
    #[must_use]
    pub fn kind(&self) -> String {
        self.opened.name()
    }

    /// The members, in the container's own order.
    ///
    /// # Errors
    /// If JavaScript has no room for them.
    #[wasm_bindgen(skip_typescript)]
    pub fn members(&self) -> Result<JsValue, JsValue> {
        let mut members = Vec::new();
        for (index, member) in self.opened.members().iter().enumerate() {
            let kind = self.opened.kind_of(index);
            let python = match kind {
                Kind::Pyc(magic) => Some(magic.writer()),
                Kind::Code => self.opened.python_of(index).map(name_of),
                _ => None,
            };
            members.push(Member {
                index,
                name: &member.name,
                role: member.role.name(),
                kind: kind.name(),
                python,
                size: member.size,
                is_library: member.is_library,
                span: member.span.map(|span| [span.start, span.end]),
            });
        }
        give(&members)
    }

    /// What is wrong with the container itself.
    ///
    /// # Errors
    /// If JavaScript has no room for it.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn diagnostics(&self) -> Result<JsValue, JsValue> {
        give(&self.opened.diagnostics().iter().map(schema::Diagnostic::from).collect::<Vec<_>>())
    }

    /// The bytes of a member as they stand there.
    ///
    /// # Errors
    /// If there is no member of this number.
    #[wasm_bindgen(skip_typescript)]
    pub fn read(&self, index: f64) -> Result<JsValue, JsValue> {
        give(&Unpacked::of(self.opened.read(self.place(index)?)))
    }

    /// A member as a file of its own: code that lacks its header gets one with the magic number of its siblings.
    ///
    /// # Errors
    /// If there is no member of this number.
    #[wasm_bindgen(skip_typescript)]
    pub fn export(&self, index: f64) -> Result<JsValue, JsValue> {
        give(&Unpacked::of(self.opened.export(self.place(index)?)))
    }

    /// Opens a member that holds something itself; `null` for what does not.
    ///
    /// # Errors
    /// If there is no member of this number.
    #[wasm_bindgen(skip_typescript)]
    pub fn open(&self, index: f64) -> Result<Option<Self>, JsValue> {
        Ok(Self::of(self.opened.open_member(self.place(index)?)))
    }

    fn place(&self, index: f64) -> Result<usize, JsValue> {
        let count = self.opened.members().len();
        let is_there = index.fract() == 0.0 && (0.0..count as f64).contains(&index);
        let message = || format!("there is no member {index}, but {count} of them, counted from 0");
        if is_there { Ok(index as usize) } else { Err(RangeError::new(&message()).into()) }
    }
}

/// What was found in the constants of a file.
#[derive(Serialize)]
struct Found {
    payloads: Vec<FoundPayload>,
    is_complete: bool,
}

/// Something that encoded bytes in a file come to.
#[derive(Serialize)]
struct FoundPayload {
    chain: Vec<&'static str>,
    kind: String,
    spans: Vec<[u32; 2]>,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    bytes: Uint8Array,
    trouble: Option<String>,
}

/// What hides, encoded and compressed, in the constants of a file, in the literals of a source, or in a text.
///
/// # Errors
/// As for [`open_container`].
#[wasm_bindgen(skip_typescript)]
pub fn payloads(bytes: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let options = Options::read(options)?;
    let (bytes, limits) = (bytes_of(bytes)?, Limits::default());
    let is_text = options.python.is_none() && matches!(identify(&bytes), Kind::Source | Kind::Text);
    let (bytes, found) = if is_text {
        let found = pycxray_container::payloads_in_text(&bytes, &limits);
        (Arc::new(bytes), found)
    } else {
        let pyc = options.decode(bytes);
        (pyc.shared_bytes(), pycxray_container::payloads(&pyc, &limits))
    };
    let payload = |payload: Payload| {
        let decoded = payload.chain.decode(&bytes, limits.payload_bytes);
        FoundPayload {
            chain: payload.chain.steps.iter().map(|step| step.name()).collect(),
            kind: payload.kind.name(),
            spans: payload.chain.parts.iter().map(|part| [part.start, part.end]).collect(),
            bytes: Uint8Array::from(decoded.bytes.as_slice()),
            trouble: payload.trouble,
        }
    };
    give(&Found { is_complete: !found.is_cut, payloads: found.found.into_iter().map(payload).collect() })
}

fn name_of(python: &Python) -> String {
    format!("{} {}", python.implementation, python.version)
}
