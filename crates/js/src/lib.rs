//! pycxray for JavaScript: [`parse`], [`disassemble`], [`source()`], [`check`], [`strings`], [`diff`], [`verify`],
//! [`open_container`] and [`payloads`], in browsers, bundlers, workers and Node.
//!
//! Objects that go out are plain: those of `pycxray json`, schema 1. TypeScript's view of them is in `types.ts`, which becomes part
//! of the package.

#![forbid(unsafe_code)]

mod container;
mod input;
mod output;
mod types;

use pycxray::{Field, Listing, ListingOptions, schema};
use pycxray_compare::schema as compared;
use pycxray_source::schema::SourceText;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

pub use container::{Container, open_container, payloads};
use input::{DiffOptions, Options, bytes_of, source_of};
use output::{Bounded, allowance, check_objects};

/// Everything that is known of a file, as plain values.
///
/// # Errors
/// If `bytes` are no bytes or more than 1 GiB, if an option is not what it should be, or if there is more in the file than objects
/// of JavaScript can be made of. Never because of what else the bytes are.
#[wasm_bindgen(skip_typescript)]
pub fn parse(bytes: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let options = Options::read(options)?;
    let pyc = options.decode(bytes_of(bytes)?);
    check_objects(&pyc)?;
    give(&schema::File::of(&pyc, options.name.as_deref(), options.limits()))
}

/// The listing of a file's code objects as text. Where that is too long it ends with a sentence that says so.
///
/// # Errors
/// As for [`parse`], but for what is in the file.
#[wasm_bindgen(skip_typescript)]
pub fn disassemble(bytes: &JsValue, options: &JsValue) -> Result<String, JsValue> {
    let options = Options::read(options)?;
    let pyc = options.decode(bytes_of(bytes)?);
    let mut shown = ListingOptions::default();
    shown.show_caches = options.show_caches;
    shown.show_positions = options.show_positions;
    shown.file_offsets = options.file_offsets;
    let mut text = Bounded::new(options.max_output.unwrap_or_else(|| allowance(pyc.bytes().len())));
    Listing::new(&pyc, shown, options.limits()).write(&mut text, &pyc);
    Ok(text.finish())
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
/// As for [`disassemble`].
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

/// The source of a file, each of its code objects proved to mean the same as the bytecode or marked; `null` for a Python that there
/// is no source for yet.
///
/// # Errors
/// As for [`parse`].
#[wasm_bindgen(skip_typescript)]
pub fn source(bytes: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let options = Options::read(options)?;
    let pyc = options.decode(bytes_of(bytes)?);
    check_objects(&pyc)?;
    if !pycxray_source::is_supported(&pyc) {
        return Ok(JsValue::NULL);
    }
    let mut written = pycxray_source::Options::default();
    written.keep_lines = options.keep_lines;
    let source = pycxray_source::source(&pyc, written);
    let mut values = SourceText::of(&pyc, &source);
    values.count_in_utf16();
    give(&values)
}

/// A text or byte string of a file.
#[derive(Serialize)]
struct FoundString {
    text: String,
    look: &'static str,
    is_name: bool,
    length: u32,
    code: Option<String>,
    span: [u32; 2],
}

/// The texts and byte strings of a file, with what they look like.
///
/// # Errors
/// As for [`parse`].
#[wasm_bindgen(skip_typescript)]
pub fn strings(bytes: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let options = Options::read(options)?;
    let pyc = options.decode(bytes_of(bytes)?);
    check_objects(&pyc)?;
    let mut left = allowance(pyc.bytes().len());
    let found = pycxray::strings(&pyc).map(|found| {
        let text = pycxray::shown(pyc.text(found.id).unwrap_or_default(), left.min(options.limits().text as usize));
        left -= text.len().min(left);
        let code = found.code.and_then(|id| pyc.code(id));
        let name = code.and_then(|code| code.text(Field::Qualname).or_else(|| code.text(Field::Name)));
        let span = pyc.tree().node(found.id).span;
        FoundString {
            text,
            look: found.look.word(),
            is_name: found.is_name,
            length: found.length,
            code: name.map(|name| pycxray::shown(name, NAME)),
            span: [span.start, span.end],
        }
    });
    give(&found.collect::<Vec<_>>())
}

/// What differs between two files.
///
/// # Errors
/// As for [`parse`].
#[wasm_bindgen(skip_typescript)]
pub fn diff(before: &JsValue, after: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let classes = DiffOptions::read(options)?.classes;
    let read = |bytes: &JsValue| {
        let pyc = pycxray::Pyc::parse(bytes_of(bytes)?);
        check_objects(&pyc).map(|()| pyc)
    };
    let files = [read(before)?, read(after)?];
    let files = [&files[0], &files[1]];
    let found = pycxray_compare::diff(files[0], files[1], pycxray_compare::diff::Options::of(classes));
    give(&compared::Difference::within(files, &found, ROOM))
}

/// Whether a file can have been made of a source.
///
/// # Errors
/// As for [`disassemble`].
#[wasm_bindgen(skip_typescript)]
pub fn verify(bytes: &JsValue, source: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    let options = Options::read(options)?;
    let pyc = options.decode(bytes_of(bytes)?);
    let found = pycxray_compare::verify(&pyc, &source_of(source)?);
    give(&compared::Verification::from(&found))
}

/// How many bytes the instructions of a difference may take, about.
const ROOM: usize = 128 << 20;

/// How many bytes of the name of a string's code object are given: any number of strings may stand in it.
const NAME: usize = 200;

/// A value as plain objects: what is absent is `null`, as in JSON.
fn give(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}
