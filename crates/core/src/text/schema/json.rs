//! The schema as JSON: an instruction at a time, whatever the size of the file.

use std::cell::{Cell, RefCell};
use std::io;

use serde::Serialize;
use serde::ser::{Error, SerializeSeq, Serializer};
use serde_json::value::RawValue;

use super::build::{self, FileText, each_const, each_instruction};
use super::row;
use super::{Code, Diagnostic, File};
use crate::text::ascii::is_printable_ascii;
use crate::text::buffer::Text;
use crate::text::disassembly::Disassembly;
use crate::text::visible::is_visible;
use crate::text::wtf8::decode;
use crate::{Limits, Pyc};

/// Writes everything that is known of a file as JSON of schema 1, and the end of a line. `name` is that of the file, which is
/// written as a [`JsonText`]. `more` is asked for further diagnostics, such as those of an [`Inspection`](crate::Inspection),
/// when all code objects are written.
///
/// What a terminal would obey, what is invisible or turns the text around it is written as an escape.
///
/// ```
/// let pyc = pycxray::Pyc::parse(vec![0xcb, 0x0d, 0x0d, 0x0a]);
/// let mut json = Vec::new();
/// pycxray::schema::write_json(&mut json, &pyc, Some(b"cut.pyc"), pycxray::Limits::default(), Vec::new)?;
/// assert!(json.starts_with(br#"{"schema":1,"file":{"name":"cut.pyc","size":4}"#));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// If `out` fails.
pub fn write_json(
    out: impl io::Write,
    pyc: &Pyc,
    name: Option<&[u8]>,
    limits: Limits,
    more: impl FnOnce() -> Vec<crate::Diagnostic>,
) -> io::Result<()> {
    let buffer = RefCell::new(Buffer { text: Text::default(), out, failure: None });
    let codes = Codes { pyc, disassembly: RefCell::new(Disassembly::for_programs(pyc, limits)), buffer: &buffer };
    let diagnostics = Diagnostics { known: pyc.diagnostics(), more: Cell::new(Some(more)) };
    let name = name.map(JsonText::from);
    write_value(Pieces(&buffer), &File::around(pyc, name, codes, diagnostics), Layout::Lines)?;
    let mut buffer = buffer.into_inner();
    buffer.text.push('\n');
    buffer.hand_on()
}

/// From how many bytes on what is written is passed on: as many as stay in the processor's caches.
const FULL: usize = 32 << 10;

/// Gathers the small pieces that JSON is written in: those that come from serde, and [rows](row) between them.
struct Buffer<W> {
    text: Text,
    out: W,
    /// Why something could not be passed on; whoever writes next is told.
    failure: Option<io::Error>,
}

impl<W: io::Write> Buffer<W> {
    /// Passes on what there is.
    #[inline(never)]
    fn hand_on(&mut self) -> io::Result<()> {
        self.out.write_all(self.text.as_bytes())?;
        self.text.clear();
        self.out.flush()
    }

    /// The same if that is much. Whether all is well.
    #[inline]
    fn relieve(&mut self) -> bool {
        if self.failure.is_none() && self.text.len() >= FULL {
            self.failure = self.hand_on().err();
        }
        self.failure.is_none()
    }
}

/// The buffer as serde writes into it.
struct Pieces<'b, W>(&'b RefCell<Buffer<W>>);

impl<W: io::Write> io::Write for Pieces<'_, W> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut buffer = self.0.borrow_mut();
        buffer.text.push_utf8(bytes);
        if buffer.relieve() { Ok(()) } else { buffer.failure.take().map_or(Ok(()), Err) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The same as one text, without further diagnostics.
#[must_use]
pub fn to_json(pyc: &Pyc, name: Option<&str>, limits: Limits) -> String {
    let mut json = Vec::new();
    let written = write_json(&mut json, pyc, name.map(str::as_bytes), limits, Vec::new);
    debug_assert!(written.is_ok(), "a vector takes whatever is written");
    String::from_utf8(json).unwrap_or_default()
}

/// Any value as JSON on one line, and nothing in it that cannot be seen. A value that JSON cannot hold is `null`.
#[must_use]
pub fn json_line(value: &impl Serialize) -> String {
    let mut json = Vec::new();
    match write_value(&mut json, value, Layout::OneLine) {
        Ok(()) => String::from_utf8(json).unwrap_or_default(),
        Err(_) => "null".to_owned(),
    }
}

fn write_value(out: impl io::Write, value: &impl Serialize, layout: Layout) -> io::Result<()> {
    let formatter = Visible { layout, is_item: false, key: None };
    value.serialize(&mut serde_json::Serializer::with_formatter(out, formatter)).map_err(io::Error::from)
}

/// The code objects of a file, each made when it is written.
struct Codes<'p, 'b, W> {
    pyc: &'p Pyc,
    disassembly: RefCell<Disassembly>,
    buffer: &'b RefCell<Buffer<W>>,
}

impl<W: io::Write> Serialize for Codes<'_, '_, W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let codes = self.pyc.codes().iter().filter_map(|&id| self.pyc.code(id));
        serializer.collect_seq(codes.map(|code| {
            let mut disassembly = self.disassembly.borrow_mut();
            let is_listed = disassembly.turn_to(&code);
            let consts = Consts { code, is_listed, disassembly: &self.disassembly };
            let instructions = Instructions { code, disassembly: &self.disassembly, buffer: self.buffer };
            let code: Code<JsonText<'_>, _, _> = build::code(&code, is_listed, &mut disassembly, consts, instructions);
            code
        }))
    }
}

/// The constants of a code object, likewise.
struct Consts<'c> {
    code: crate::Code<'c>,
    is_listed: bool,
    disassembly: &'c RefCell<Disassembly>,
}

impl Serialize for Consts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(None)?;
        let mut outcome = Ok(());
        if self.is_listed {
            each_const(&self.code, &mut self.disassembly.borrow_mut(), |repr| {
                outcome = sequence.serialize_element(repr);
                outcome.is_ok()
            });
        }
        outcome?;
        sequence.end()
    }
}

/// The instructions of a code object, likewise: written between the brackets of a sequence that is empty for serde.
struct Instructions<'c, W> {
    code: crate::Code<'c>,
    disassembly: &'c RefCell<Disassembly>,
    buffer: &'c RefCell<Buffer<W>>,
}

impl<W: io::Write> Serialize for Instructions<'_, W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sequence = serializer.serialize_seq(None)?;
        let mut buffer = self.buffer.borrow_mut();
        let mut is_first = true;
        each_instruction(&self.code, &mut self.disassembly.borrow_mut(), |instruction| {
            if !std::mem::take(&mut is_first) {
                buffer.text.push(',');
            }
            row::write(&mut buffer.text, &instruction);
            buffer.relieve()
        });
        drop(buffer);
        sequence.end()
    }
}

/// The diagnostics of a file, and more, which are asked for when these are written.
struct Diagnostics<'p, M> {
    known: &'p [crate::Diagnostic],
    more: Cell<Option<M>>,
}

impl<M: FnOnce() -> Vec<crate::Diagnostic>> Serialize for Diagnostics<'_, M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let more = self.more.take().map(|more| more()).unwrap_or_default();
        serializer.collect_seq(self.known.iter().chain(&more).map(Diagnostic::from))
    }
}

/// Text of a file, or its name, as a JSON string. A surrogate that stands alone, which serde's strings do not hold, stays one, and
/// a byte that is no text becomes one, as Python's `surrogateescape` has it. For `serde_json` alone.
///
/// ```
/// use pycxray::schema::{JsonText, json_line};
///
/// assert_eq!(json_line(&JsonText::from(&b"caf\xe9"[..])), r#""caf\udce9""#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonText<'t>(&'t [u8]);

impl<'t> From<&'t [u8]> for JsonText<'t> {
    fn from(text: &'t [u8]) -> Self {
        Self(text)
    }
}

impl<'p> FileText<'p> for JsonText<'p> {
    fn of(text: &'p [u8]) -> Self {
        Self::from(text)
    }
}

impl Serialize for JsonText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match std::str::from_utf8(self.0) {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => RawValue::from_string(quoted(self.0)).map_err(S::Error::custom)?.serialize(serializer),
        }
    }
}

/// A JSON string of text that is not all UTF-8.
fn quoted(mut text: &[u8]) -> String {
    let mut quoted = String::from("\"");
    while let Some(&first) = text.first() {
        let (character, size) = decode(text).unwrap_or((0xdc00 + u32::from(first), 1));
        match char::from_u32(character) {
            Some(c) if is_visible(c) && c != '"' && c != '\\' => quoted.push(c),
            Some('\n') => quoted.push_str("\\n"),
            Some('\r') => quoted.push_str("\\r"),
            Some('\t') => quoted.push_str("\\t"),
            Some(c) => c.encode_utf16(&mut [0; 2]).iter().for_each(|&unit| push_escape(&mut quoted, unit.into())),
            None => push_escape(&mut quoted, character),
        }
        text = &text[size..];
    }
    quoted.push('"');
    quoted
}

fn push_escape(out: &mut String, unit: u32) {
    out.push_str(&format!("\\u{unit:04x}"));
}

/// Where lines end.
enum Layout {
    OneLine,
    /// Each object of a list has a line of its own.
    Lines,
}

/// Writes JSON in which everything can be seen.
struct Visible {
    layout: Layout,
    /// A value of a list begins.
    is_item: bool,
    /// What stands before the name of a field that is written; in that there is nothing that could not be seen.
    key: Option<&'static str>,
}

impl serde_json::ser::Formatter for Visible {
    #[inline]
    fn begin_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.is_item = matches!(self.layout, Layout::Lines);
        if first { Ok(()) } else { out.write_all(b",") }
    }

    #[inline]
    fn end_array_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_item = false;
        Ok(())
    }

    // The name of a field is written at once, with all that stands around it: nine times for each instruction.
    #[inline]
    fn begin_object_key<W: ?Sized + io::Write>(&mut self, _: &mut W, first: bool) -> io::Result<()> {
        self.key = Some(if first { "\"" } else { ",\"" });
        Ok(())
    }

    #[inline]
    fn end_object_key<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.key = None;
        out.write_all(b"\":")
    }

    #[inline]
    fn begin_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        Ok(())
    }

    #[inline]
    fn begin_string<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(self.key.unwrap_or("\"").as_bytes())
    }

    #[inline]
    fn end_string<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        if self.key.is_some() { Ok(()) } else { out.write_all(b"\"") }
    }

    #[inline]
    fn begin_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(if std::mem::take(&mut self.is_item) { b"\n{" } else { b"{" })
    }

    #[inline]
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        if self.key.is_some() || is_printable_ascii(fragment.as_bytes()) {
            return out.write_all(fragment.as_bytes());
        }
        let mut units = [0; 2];
        for c in fragment.chars() {
            if is_visible(c) {
                out.write_all(c.encode_utf8(&mut [0; 4]).as_bytes())?;
            } else {
                for unit in c.encode_utf16(&mut units) {
                    write!(out, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }
}
