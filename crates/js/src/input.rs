//! What callers hand over: bytes, and how they want them read.

use std::sync::Arc;

use js_sys::{Array, ArrayBuffer, Object, RangeError, Reflect, TypeError, Uint8Array};
use pycxray::{Limits, Pyc, python};
use pycxray_compare::diff::{Class, Classes};
use wasm_bindgen::prelude::*;

use crate::output::MOST;

/// How a file is to be read, and what of it is to be shown.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) name: Option<String>,
    pub(crate) python: Option<&'static python::Python>,
    text_limit: Option<u32>,
    pub(crate) max_output: Option<usize>,
    pub(crate) show_caches: bool,
    pub(crate) show_positions: bool,
    pub(crate) file_offsets: bool,
    pub(crate) keep_lines: bool,
}

/// More bytes than this, 1 GiB, are not read.
const LARGEST: u32 = 1 << 30;

/// The options there are, as JavaScript spells them.
const KNOWN: &str = "name, python, textLimit, maxOutput, showCaches, showPositions, fileOffsets, keepLines";

impl Options {
    /// Reads them; what is `undefined` or `null` is as if it were absent.
    pub(crate) fn read(options: &JsValue) -> Result<Self, JsValue> {
        let mut read = Self::default();
        for (key, value) in set_options(options)? {
            read.set(&key, &value)?;
        }
        Ok(read)
    }

    fn set(&mut self, key: &str, value: &JsValue) -> Result<(), JsValue> {
        let wrong = |wanted: &str| type_error(&format!("the option `{key}` is {wanted}, not {}", kind_of(value)));
        let text = || value.as_string().ok_or_else(|| wrong("a string"));
        let choice = || value.as_bool().ok_or_else(|| wrong("true or false"));
        let number = |most: u32| {
            let number = value.as_f64().ok_or_else(|| wrong("a number"))?;
            let fits = number.fract() == 0.0 && (0.0..=f64::from(most)).contains(&number);
            let message = || format!("the option `{key}` is a whole number from 0 to {most}, not {number}");
            if fits { Ok(number as u32) } else { Err(range_error(&message())) }
        };
        match key {
            "name" => self.name = Some(text()?),
            "python" => {
                let name = text()?;
                let unknown =
                    || range_error(&format!("no Python is known as {name:?}: say \"3.12\", or \"PyPy 3.11\""));
                self.python = Some(python::named(&name).ok_or_else(unknown)?);
            }
            "textLimit" => self.text_limit = Some(number(u32::MAX)?),
            "maxOutput" => self.max_output = Some(number(MOST as u32)? as usize),
            "showCaches" => self.show_caches = choice()?,
            "showPositions" => self.show_positions = choice()?,
            "fileOffsets" => self.file_offsets = choice()?,
            "keepLines" => self.keep_lines = choice()?,
            // A misspelt one must not go unnoticed.
            _ => return Err(type_error(&format!("there is no option `{key}`, but {KNOWN}"))),
        }
        Ok(())
    }

    pub(crate) fn limits(&self) -> Limits {
        let limits = Limits::default();
        Limits { text: self.text_limit.unwrap_or(limits.text), ..limits }
    }

    pub(crate) fn decode(&self, bytes: Vec<u8>) -> Pyc {
        Pyc::parse_with(
            Arc::new(bytes),
            pycxray::Options { python: self.python, limits: self.limits(), ..pycxray::Options::default() },
        )
    }
}

/// How two files are to be compared.
pub(crate) struct DiffOptions {
    pub(crate) classes: Classes,
}

impl DiffOptions {
    /// Reads them; what is `undefined` or `null` is as if it were absent.
    pub(crate) fn read(options: &JsValue) -> Result<Self, JsValue> {
        let mut read = Self { classes: Classes::all() };
        for (key, value) in set_options(options)? {
            if key != "ignore" {
                return Err(type_error(&format!("there is no option `{key}`, but ignore")));
            }
            let wanted = || type_error(&format!("the option `ignore` is an array of strings, not {}", kind_of(&value)));
            for word in value.dyn_ref::<Array>().ok_or_else(wanted)?.iter() {
                let word = word.as_string().ok_or_else(wanted)?;
                let known = || Class::ALL.map(Class::word).join(", ");
                let unknown = || range_error(&format!("no class of difference is {word:?}: they are {}", known()));
                read.classes = read.classes.without(Class::named(&word).ok_or_else(unknown)?);
            }
        }
        Ok(read)
    }
}

/// The options that are set, by name.
fn set_options(options: &JsValue) -> Result<Vec<(String, JsValue)>, JsValue> {
    if options.is_undefined() || options.is_null() {
        return Ok(Vec::new());
    }
    let Some(object) = options.dyn_ref::<Object>() else {
        return Err(type_error(&format!("the options are an object, not {}", kind_of(options))));
    };
    let mut set = Vec::new();
    for key in Object::keys(object).iter() {
        let value = Reflect::get(object, &key)?;
        if !value.is_undefined() && !value.is_null() {
            set.push((key.as_string().unwrap_or_default(), value));
        }
    }
    Ok(set)
}

/// The bytes of a source: bytes as a file's are, or text, which is taken as UTF-8.
pub(crate) fn source_of(value: &JsValue) -> Result<Vec<u8>, JsValue> {
    value.as_string().map_or_else(|| bytes_of(value), |text| Ok(text.into_bytes()))
}

/// The bytes in a `Uint8Array` (Node's `Buffer` is one), any other view of bytes, or an `ArrayBuffer`. They may come from another
/// frame, so that they are no instances of this one's classes.
pub(crate) fn bytes_of(value: &JsValue) -> Result<Vec<u8>, JsValue> {
    let is_buffer = matches!(class_of(value).as_str(), "ArrayBuffer" | "SharedArrayBuffer");
    if is_buffer || ArrayBuffer::is_view(value) {
        let member = |name: &str| Reflect::get(value, &JsValue::from_str(name));
        let length = member("byteLength")?.as_f64().unwrap_or_default();
        if length == 0.0 {
            // Also one whose bytes were transferred elsewhere.
            return Ok(Vec::new());
        }
        // Looked at before they are copied: memory for more would end the program.
        if length > f64::from(LARGEST) {
            return Err(range_error(&format!("the file has {length} bytes, and more than 1 GiB are not read")));
        }
        let bytes = if is_buffer {
            Uint8Array::new(value)
        } else {
            let offset = member("byteOffset")?.as_f64().unwrap_or_default() as u32;
            Uint8Array::new_with_byte_offset_and_length(&member("buffer")?, offset, length as u32)
        };
        return Ok(bytes.to_vec());
    }
    let advice = match class_of(value).as_str() {
        "Promise" => "; await it",
        "Blob" | "File" | "Response" => "; await its arrayBuffer()",
        _ => "",
    };
    let kind = kind_of(value);
    Err(type_error(&format!("the bytes of a file are wanted, as a Uint8Array or an ArrayBuffer, not {kind}{advice}")))
}

/// What a value is, in a few words.
fn kind_of(value: &JsValue) -> String {
    let kind = value.js_typeof().as_string().unwrap_or_default();
    match kind.as_str() {
        "undefined" => kind,
        "object" if value.is_null() => "null".to_owned(),
        "object" => match class_of(value) {
            class if class.starts_with(['A', 'E', 'I', 'O', 'U']) => format!("an {class}"),
            class => format!("a {class}"),
        },
        _ => format!("a {kind}"),
    }
}

/// The name by which an object's class goes in every frame: `Array`, `ArrayBuffer`.
fn class_of(value: &JsValue) -> String {
    tag_of(value).trim_start_matches("[object ").trim_end_matches(']').to_owned()
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["Object", "prototype", "toString"], js_name = call)]
    fn tag_of(value: &JsValue) -> String;
}

fn type_error(message: &str) -> JsValue {
    TypeError::new(message).into()
}

fn range_error(message: &str) -> JsValue {
    RangeError::new(message).into()
}
