//! pycxray for JavaScript: [`parse`], [`disassemble`] and [`check`], in browsers, bundlers, workers and Node.
//!
//! Objects that go out are plain: those of `pycxray json`, schema 1. TypeScript's view of them is in `types.ts`, which becomes part
//! of the package.

#![forbid(unsafe_code)]

mod input;
mod types;

use pycxray::{Listing, ListingOptions, schema};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use input::{Options, bytes_of};

/// Everything that is known of a file, as plain values.
///
/// # Errors
/// If `bytes` are no bytes, or an option is not what it should be. Never because of what the bytes are.
#[wasm_bindgen(skip_typescript)]
pub fn parse(bytes: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let options = Options::read(options)?;
    let pyc = options.decode(bytes_of(bytes)?);
    give(&schema::File::of(&pyc, options.name.as_deref(), options.limits()))
}

/// The listing of a file's code objects as text.
///
/// # Errors
/// As for [`parse`].
#[wasm_bindgen(skip_typescript)]
pub fn disassemble(bytes: &JsValue, options: &JsValue) -> Result<String, JsValue> {
    let options = Options::read(options)?;
    let pyc = options.decode(bytes_of(bytes)?);
    let mut shown = ListingOptions::default();
    shown.show_caches = options.show_caches;
    shown.show_positions = options.show_positions;
    shown.file_offsets = options.file_offsets;
    let mut text = String::new();
    Listing::new(&pyc, shown, options.limits()).write(&mut text, &pyc);
    Ok(text)
}

/// What is wrong with a file, and what is worth knowing of it apart from that.
#[derive(Serialize)]
struct Check {
    diagnostics: Vec<schema::Diagnostic>,
    findings: Vec<schema::Diagnostic>,
}

/// What is wrong with a file: damage, and what no compiler writes.
///
/// # Errors
/// As for [`parse`].
#[wasm_bindgen(skip_typescript)]
pub fn check(bytes: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let options = Options::read(options)?;
    let pyc = options.decode(bytes_of(bytes)?);
    let inspection = pyc.inspect(Some((js_sys::Date::now() / 1000.0) as u64));
    let findings = inspection.findings.iter().map(|finding| schema::Diagnostic {
        severity: finding.severity.name().into(),
        code: finding.code.as_str().into(),
        message: finding.message.clone(),
        span: [finding.span.start, finding.span.end],
    });
    let diagnostics = pyc.diagnostics().iter().chain(&inspection.diagnostics);
    give(&Check { diagnostics: diagnostics.map(schema::Diagnostic::from).collect(), findings: findings.collect() })
}

/// A value as plain objects: what is absent is `null`, as in JSON.
fn give(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}
