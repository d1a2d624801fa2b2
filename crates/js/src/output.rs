//! How much goes out: JavaScript's memory ends the program that fills it, so what would is refused or cut first.

use js_sys::RangeError;
use pycxray::{Pyc, Sink, Token};
use wasm_bindgen::JsValue;

/// What any file may have as text, in bytes.
const BASE: usize = 8 << 20;
/// What a file may have besides, for each of its bytes.
const PER_BYTE: usize = 200;
/// What it may have at most: a string of JavaScript is at most about half a billion characters long.
pub(crate) const MOST: usize = 256 << 20;
/// How many instructions and objects a file may have whose contents are made into objects of JavaScript: some 500 bytes each.
const OBJECTS: usize = 2_000_000;

/// How many bytes of text a file of this size may have.
pub(crate) fn allowance(size: usize) -> usize {
    size.saturating_mul(PER_BYTE).saturating_add(BASE).min(MOST)
}

/// Refuses a file of more than objects of JavaScript can be made of.
pub(crate) fn check_objects(pyc: &Pyc) -> Result<(), JsValue> {
    let (instructions, objects) = (pyc.instruction_count(), pyc.tree().len());
    if instructions.saturating_add(objects) <= OBJECTS {
        return Ok(());
    }
    let message = format!(
        "the file has {instructions} instructions and {objects} objects, more than {OBJECTS} together: \
        `disassemble` lists them as text, and the command `pycxray json` writes them to a file"
    );
    Err(RangeError::new(&message).into())
}

/// Text up to a length.
pub(crate) struct Bounded {
    text: String,
    limit: usize,
}

impl Bounded {
    /// An empty one of at most `limit` bytes.
    pub(crate) fn new(limit: usize) -> Self {
        Self { text: String::new(), limit }
    }

    /// The text, with a sentence at its end if there was more of it.
    pub(crate) fn finish(mut self) -> String {
        if self.is_closed() {
            let fitting = &self.text.as_bytes()[..self.limit];
            let line = fitting.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
            self.text.truncate(line);
            self.text.push_str(&format!("The listing ends here, after {line} bytes; maxOutput sets another length.\n"));
        }
        self.text
    }
}

impl Sink for Bounded {
    fn push(&mut self, _: Token, text: &str) {
        if !self.is_closed() {
            self.text.push_str(text);
        }
    }

    fn wants_tokens(&self) -> bool {
        false
    }

    fn is_closed(&self) -> bool {
        self.text.len() > self.limit
    }
}
