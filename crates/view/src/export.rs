//! What can be saved: listing, source, JSON, annotated bytes.

use std::io;

use pycxray::control_flow::{write_dot, write_svg};
use pycxray::{Item, Limits, Listing, ListingOptions, NodeId, Sink, Span, Token, schema};

use crate::constant::constant;
use crate::file::File;
use crate::graph;
use crate::item::bytes;
use crate::labels;
use crate::number::push_hex;
use crate::protocol::{ExportKind, TextForm};
use crate::source::Source;

/// How many bytes a line of the annotated dump has.
const ROW: usize = 16;

/// How long a value may be in the annotated dump, in characters.
const VALUE: usize = 100;

/// What is written is handed on in pieces of so many bytes: it may be larger than the program's memory.
const PIECE: usize = 8 << 20;

/// Writes everything in one form, handing on pieces of text, each with how far it has come, from 0 to 1. A graph is that of
/// `code`.
pub(crate) fn export(
    file: &File,
    source: &Source,
    kind: ExportKind,
    code: Option<NodeId>,
    piece: &mut dyn FnMut(Vec<u8>, f64),
) {
    let (pyc, limits) = (&file.pyc, Limits::default());
    // How long the text becomes is not known before; it is about so many times as long as the file.
    let factor = match kind {
        ExportKind::Listing => 10.0,
        ExportKind::Source | ExportKind::Svg | ExportKind::Dot => 1.0,
        ExportKind::Json => 40.0,
        ExportKind::Bytes => 5.0,
    };
    let length = f64::from(file.size().max(1)) * factor;
    let mut pieces = Pieces { text: Vec::new(), written: 0, length, piece };
    match kind {
        ExportKind::Listing => {
            pieces.add(format!("# {}\n", heading(file)).as_bytes());
            Listing::new(pyc, ListingOptions::default(), limits).write(&mut pieces, pyc);
        }
        ExportKind::Source => pieces.add(source.written().as_bytes()),
        ExportKind::Svg => pieces.add(graph::written(file, code, write_svg).as_bytes()),
        ExportKind::Dot => pieces.add(graph::written(file, code, write_dot).as_bytes()),
        ExportKind::Json => {
            // Pieces take whatever is written.
            let _ = schema::write_json(&mut pieces, pyc, Some(file.name.as_bytes()), limits, Vec::new);
        }
        ExportKind::Bytes => write_dump(file, &mut pieces),
    }
    pieces.hand_on(1.0);
}

/// What stands over what is written: which file it is of, and which Python that is.
fn heading(file: &File) -> String {
    format!("{}, {}", file.name, file.read_as())
}

/// How long a function may be on the clipboard, in bytes.
const FUNCTION: usize = 4 << 20;

/// One code object, for the clipboard.
/// Of several instructions that are chosen, those alone: `only` is where they are in the bytecode, in bytes.
pub(crate) fn function_text(file: &File, code: NodeId, form: TextForm, only: Option<Span>) -> String {
    let mut options = ListingOptions::default();
    options.only = only;
    options.exact = form == TextForm::Dis;
    let mut paper = Paper { text: String::new(), limit: FUNCTION };
    Listing::new(&file.pyc, options, Limits::default()).write_code(&mut paper, &file.pyc, code);
    let text = paper.ended();
    let (text, name) = (text.trim_matches('\n'), labels::qualname(&file.pyc, code));
    match form {
        TextForm::Plain | TextForm::Dis => format!("# {}, {name}\n{text}\n", heading(file)),
        TextForm::Markdown => {
            // A fence is longer than any that stands in the text.
            let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
            let fence = "`".repeat(longest.max(2) + 1);
            format!("{}, `{name}`:\n\n{fence}\n{text}\n{fence}\n", heading(file))
        }
    }
}

/// The listing of all code objects, for printing: with a sentence in place of what goes beyond about `limit` bytes.
pub(crate) fn printable_listing(file: &File, limit: usize) -> String {
    let mut paper = Paper { text: format!("# {}\n", heading(file)), limit };
    Listing::new(&file.pyc, ListingOptions::default(), Limits::default()).write(&mut paper, &file.pyc);
    paper.ended()
}

/// Text that is printed.
struct Paper {
    text: String,
    /// How long it may be, in bytes.
    limit: usize,
}

impl Paper {
    /// The text, with a sentence in place of what did not fit.
    fn ended(mut self) -> String {
        if self.is_closed() {
            self.text.push_str("\n… The listing goes on. Export saves all of it.\n");
        }
        self.text
    }
}

impl Sink for Paper {
    fn push(&mut self, _: Token, text: &str) {
        self.text.push_str(text);
    }

    fn wants_tokens(&self) -> bool {
        false
    }

    fn is_closed(&self) -> bool {
        self.text.len() >= self.limit
    }
}

/// Text on its way out.
struct Pieces<'p> {
    /// What was written and not yet handed on.
    text: Vec<u8>,
    /// How many bytes were handed on.
    written: usize,
    /// How long all of it will be, as far as that is known.
    length: f64,
    piece: &'p mut dyn FnMut(Vec<u8>, f64),
}

impl Pieces<'_> {
    fn hand_on(&mut self, share: f64) {
        self.written += self.text.len();
        (self.piece)(std::mem::take(&mut self.text), share);
    }

    fn add(&mut self, bytes: &[u8]) {
        self.text.extend_from_slice(bytes);
        if self.text.len() >= PIECE {
            self.hand_on(((self.written + self.text.len()) as f64 / self.length).min(0.99));
        }
    }
}

impl Sink for Pieces<'_> {
    fn push(&mut self, _: Token, text: &str) {
        self.add(text.as_bytes());
    }

    fn wants_tokens(&self) -> bool {
        false
    }
}

impl io::Write for Pieces<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes all bytes, a row of 16 or fewer a line; what is part of the same thing stands together.
fn write_dump(file: &File, pieces: &mut Pieces<'_>) {
    pieces.add(format!("# {}\n", heading(file)).as_bytes());
    pieces.add(b"  offset | bytes                                           | meaning\n");
    for (span, leaf) in file.pyc.leaves(0) {
        for at in (span.start..span.end).step_by(ROW) {
            pieces.add(dump_line(file, Span::new(at, span.end.min(at + ROW as u32)), leaf).as_bytes());
        }
    }
}

/// A row of bytes; that at which a part begins says what it is.
fn dump_line(file: &File, span: Span, leaf: Item) -> String {
    let meaning = if span.start == file.pyc.leaf_span(leaf).start { meaning(file, leaf) } else { String::new() };
    let mut hex = String::with_capacity(ROW * 3);
    push_hex(&mut hex, bytes(&file.pyc, span), " ");
    let line = format!("{:08x} | {hex:47} | {meaning}", span.start);
    format!("{}\n", line.trim_end())
}

/// What a part of the file is: where it is, and what it says.
fn meaning(file: &File, leaf: Item) -> String {
    let pyc = &file.pyc;
    let owner = match leaf {
        Item::TypeCode(id) | Item::Length(id) | Item::Payload(id) => labels::row(pyc, Item::Object(id)),
        Item::Instruction(code, offset) => {
            return format!("{offset} {}", file.value_text(Item::Instruction(code, offset)));
        }
        _ => String::new(),
    };
    let says = match leaf {
        Item::Payload(id) => constant(pyc, id, VALUE).to_string(),
        _ => {
            let text = file.value_of(leaf, VALUE);
            format!("{} {}", text.value, text.meaning)
        }
    };
    let label = labels::row(pyc, leaf);
    format!("{owner} {label}: {says}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: &[u8]) -> File {
        File::new("py38.pyc", pycxray::Pyc::parse(bytes.to_vec()), None)
    }

    fn py38() -> File {
        file(include_bytes!("../../../tests/fixtures/cpython-3.12/py38.pyc"))
    }

    fn written(file: &File, kind: ExportKind) -> String {
        let mut all = String::new();
        export(file, &Source::of(file), kind, file.pyc.codes().get(1).copied(), &mut |piece, _| {
            all.push_str(std::str::from_utf8(&piece).expect("it is text"))
        });
        all
    }

    #[test]
    fn a_dump_has_every_byte_once_with_its_meaning() {
        let file = py38();
        let dump = written(&file, ExportKind::Bytes);
        let mut bytes = Vec::new();
        for line in dump.lines().skip(2) {
            let mut columns = line.split(" | ");
            let offset = u32::from_str_radix(columns.next().unwrap_or_default(), 16).expect("an offset");
            assert_eq!(offset as usize, bytes.len(), "{line}");
            for byte in columns.next().expect("bytes").trim_end_matches(" |").split_whitespace() {
                bytes.push(u8::from_str_radix(byte, 16).expect("a byte"));
            }
        }
        assert_eq!(bytes, file.pyc.bytes());
        let line = |start: &str| dump.lines().find(|line| line.starts_with(start)).map(str::to_owned);
        let wanted = format!("{:08x} | {:47} | 46 LOAD_GLOBAL 3 (NULL + len)", 0xad, "74 03");
        assert_eq!(line("000000ad"), Some(wanted));
        let wanted = format!("{:08x} | {:47} | magic: 3531 CPython 3.12", 0, "cb 0d 0d 0a");
        assert_eq!(line("00000000"), Some(wanted));
        let wanted = format!("{:08x} | {:47} | code type code: 0xe3 TYPE_CODE with FLAG_REF", 0x10, "e3");
        assert_eq!(line("00000010"), Some(wanted));
    }

    #[test]
    fn every_form_has_the_instructions() {
        let file = py38();
        for kind in ExportKind::ALL.into_iter().filter(|kind| *kind != ExportKind::Source) {
            assert!(written(&file, kind).contains("LOAD_GLOBAL"), "{kind:?}");
        }
        assert_eq!(ExportKind::Listing.file_name("py38.pyc"), "py38.dis.txt");
        assert!(written(&file, ExportKind::Listing).starts_with("# py38.pyc, CPython 3.12\n"));
        let whole = printable_listing(&file, usize::MAX);
        assert_eq!(whole, written(&file, ExportKind::Listing));
        assert!(printable_listing(&file, 0).contains("The listing goes on."));
    }

    #[test]
    fn one_function_is_copied_in_each_form() {
        let file = py38();
        let walrus = *file.pyc.codes().get(1).expect("a function");
        let text = |form| function_text(&file, walrus, form, None);
        assert!(text(TextForm::Plain).starts_with("# py38.pyc, CPython 3.12, walrus\n"));
        assert!(text(TextForm::Dis).contains("LOAD_GLOBAL"));
        let markdown = text(TextForm::Markdown);
        assert!(markdown.starts_with("py38.pyc, CPython 3.12, `walrus`:\n\n```\n") && markdown.ends_with("\n```\n"));
        assert!(!text(TextForm::Plain).contains("early"), "no other one is");
    }

    #[test]
    fn pieces_are_handed_on_as_they_are_written() {
        let bytes = [&b"s\0\0\x40\0"[..], &[b'x'; 0x40_0000]].concat();
        let (mut pieces, mut shares) = (0, Vec::new());
        let file = file(&bytes);
        export(&file, &Source::of(&file), ExportKind::Bytes, None, &mut |piece, share| {
            assert!(!piece.is_empty());
            pieces += 1;
            shares.push(share);
        });
        assert!(pieces > 1 && shares.is_sorted(), "{shares:?}");
        assert_eq!(shares.last(), Some(&1.0));
    }

    #[test]
    fn long_parts_take_several_lines() {
        let bytes = [&b"s\x40\0\0\0"[..], &[b'x'; 64]].concat();
        let dump = written(&file(&bytes), ExportKind::Bytes);
        assert_eq!(dump.lines().count(), 2 + 2 + 64 / 16);
    }
}
