//! What can be taken home: listing, JSON, annotated bytes.

use pycxray::{Item, Limits, Listing, ListingOptions, NodeId, schema};

use crate::constant::constant;
use crate::item::bytes;
use crate::number::push_hex;
use crate::{Document, Span, labels};

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportKind {
    /// The listing of all code objects, as text.
    Listing,
    /// Everything, as JSON of schema 1.
    Json,
    /// All bytes with what they mean, a line for each part: `offset | bytes | meaning`.
    Bytes,
}

impl ExportKind {
    /// All kinds, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Listing, Self::Json, Self::Bytes];

    /// What the menu says.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Listing => "Listing as text",
            Self::Json => "Everything as JSON",
            Self::Bytes => "Annotated bytes",
        }
    }

    /// The media type of what is written.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Listing | Self::Bytes => "text/plain;charset=utf-8",
        }
    }

    /// A name for the file that it is saved in.
    #[must_use]
    pub fn file_name(self, name: &str) -> String {
        let stem = name.strip_suffix(".pyc").unwrap_or(name);
        let ending = match self {
            Self::Listing => ".dis.txt",
            Self::Json => ".json",
            Self::Bytes => ".bytes.txt",
        };
        format!("{stem}{ending}")
    }
}

/// How many bytes a line of the annotated dump has.
const ROW: usize = 16;

/// How long a value may be in the annotated dump, in characters.
const VALUE: usize = 100;

/// An export in slices. Whoever waits calls [`Export::step`] until it says `true`, and takes what is written with
/// [`Export::take`]: at the end, or before, so that it need not all be held at once.
#[derive(Debug)]
pub struct Export {
    kind: ExportKind,
    work: Work,
    /// What is written and was not taken.
    text: String,
    /// How many bytes were taken.
    taken: usize,
    /// The file's size, in bytes.
    size: usize,
    complete: bool,
}

/// About so long is a line of a listing, in bytes.
const LINE: usize = 50;

#[derive(Debug)]
enum Work {
    /// The code objects that are left.
    Listing(Box<Listing>, std::vec::IntoIter<NodeId>),
    Json,
    /// The next byte.
    Bytes(u32),
}

impl Work {
    fn listing(document: &Document, codes: Vec<NodeId>) -> Self {
        let listing = Listing::new(document.pyc(), ListingOptions::default(), Limits::default());
        Self::Listing(Box::new(listing), codes.into_iter())
    }
}

impl Export {
    /// Begins; writes nothing yet.
    #[must_use]
    pub fn new(document: &Document, kind: ExportKind) -> Self {
        let pyc = document.pyc();
        let work = match kind {
            ExportKind::Listing => Work::listing(document, pyc.codes().to_vec()),
            ExportKind::Json => Work::Json,
            ExportKind::Bytes => Work::Bytes(0),
        };
        Self { kind, work, text: String::new(), taken: 0, size: pyc.bytes().len(), complete: false }
    }

    /// The listing of the code object in the listing pane alone.
    #[must_use]
    pub fn listing_of_code(document: &Document) -> Option<Self> {
        let code = document.listing_code()?.object()?;
        let work = Work::listing(document, vec![code]);
        let size = document.pyc().bytes().len();
        Some(Self { kind: ExportKind::Listing, work, text: String::new(), taken: 0, size, complete: false })
    }

    /// What is written.
    #[must_use]
    pub fn kind(&self) -> ExportKind {
        self.kind
    }

    /// Goes on for about `budget` lines. The document must be the one that it began with. `true` when all is written.
    pub fn step(&mut self, document: &Document, budget: u32) -> bool {
        if self.complete {
            return true;
        }
        let pyc = document.pyc();
        self.complete = match &mut self.work {
            Work::Listing(listing, codes) => {
                let end = self.text.len() + budget as usize * LINE;
                while self.text.len() < end {
                    let Some(code) = codes.next() else { break };
                    listing.write_code(&mut self.text, pyc, code);
                }
                codes.len() == 0
            }
            Work::Json => {
                self.text.push_str(&schema::to_json(pyc, Some(document.name()), Limits::default()));
                true
            }
            Work::Bytes(at) => annotate(document, at, budget, &mut self.text),
        };
        self.complete
    }

    /// How far it has come, from 0 to 1, as far as that is known.
    #[must_use]
    pub fn progress(&self) -> f64 {
        // How long listings and JSON become is not known before; they are about so many times as long as the file.
        let share = |written: usize, factor: usize| (written as f64 / (self.size.max(1) * factor) as f64).min(0.99);
        match self.work {
            _ if self.complete => 1.0,
            Work::Bytes(at) => share(at as usize, 1),
            Work::Listing(..) => share(self.written(), 10),
            Work::Json => 0.0,
        }
    }

    /// How many bytes are written.
    #[must_use]
    pub fn written(&self) -> usize {
        self.taken + self.text.len()
    }

    /// How many of them were not taken yet.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.text.len()
    }

    /// What is written and was not taken yet.
    #[must_use]
    pub fn take(&mut self) -> String {
        self.taken += self.text.len();
        std::mem::take(&mut self.text)
    }
}

/// Writes the next `budget` lines, a part of the file each; a long part takes several.
fn annotate(document: &Document, at: &mut u32, budget: u32, text: &mut String) -> bool {
    let pyc = document.pyc();
    let mut left = budget;
    if *at == 0 {
        text.push_str("  offset | bytes                                           | meaning\n");
    }
    for (span, leaf) in pyc.leaves(*at) {
        if left == 0 {
            return false;
        }
        // A part is gone on with where the last slice ended.
        let start = span.start.max(*at);
        let bytes = bytes(pyc, Span::new(start, span.end));
        for (row, chunk) in bytes.chunks(ROW).enumerate().take(left as usize) {
            let offset = start + (row * ROW) as u32;
            let meaning = if offset == span.start { meaning(document, leaf) } else { String::new() };
            line(text, offset, chunk, &meaning);
            *at = offset + chunk.len() as u32;
            left -= 1;
        }
        if *at < span.end {
            return false;
        }
    }
    *at as usize >= pyc.bytes().len()
}

fn line(text: &mut String, offset: u32, bytes: &[u8], meaning: &str) {
    use std::fmt::Write;
    let mut hex = String::with_capacity(ROW * 3);
    push_hex(&mut hex, bytes, " ");
    let _ = writeln!(text, "{}", format!("{offset:08x} | {hex:47} | {meaning}").trim_end());
}

/// What a part of the file is: where it is, and what it says.
fn meaning(document: &Document, leaf: Item) -> String {
    let pyc = document.pyc();
    let owner = match leaf {
        Item::TypeCode(id) | Item::Length(id) | Item::Payload(id) => labels::row(pyc, Item::Object(id)),
        Item::Instruction(code, offset) => {
            return format!("{offset} {}", document.value_text(Item::Instruction(code, offset)));
        }
        _ => String::new(),
    };
    let says = match leaf {
        Item::Payload(id) => constant(pyc, id, VALUE).to_string(),
        _ => {
            let meant = document.meant(leaf, VALUE);
            format!("{} {}", meant.value, meant.meaning)
        }
    };
    let label = labels::row(pyc, leaf);
    format!("{owner} {label}: {says}").trim().to_owned()
}

/// The bytes that a dump has written so far, for tests of its lines.
#[cfg(test)]
fn dump(document: &Document) -> String {
    let mut export = Export::new(document, ExportKind::Bytes);
    while !export.step(document, 3) {}
    export.take()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        let bytes = include_bytes!("../../../tests/fixtures/cpython-3.12/py38.pyc");
        Document::open("py38.pyc", bytes.to_vec())
    }

    #[test]
    fn a_dump_has_every_byte_once_with_its_meaning() {
        let document = document();
        let dump = dump(&document);
        let mut bytes = Vec::new();
        for line in dump.lines().skip(1) {
            let mut columns = line.split(" | ");
            let offset = u32::from_str_radix(columns.next().unwrap_or_default(), 16).expect("an offset");
            assert_eq!(offset as usize, bytes.len(), "{line}");
            for byte in columns.next().expect("bytes").trim_end_matches(" |").split_whitespace() {
                bytes.push(u8::from_str_radix(byte, 16).expect("a byte"));
            }
        }
        assert_eq!(bytes, document.pyc().bytes());
        let line = |start: &str| dump.lines().find(|line| line.starts_with(start)).map(str::to_owned);
        let wanted = format!("{:08x} | {:47} | 46 LOAD_GLOBAL 3 (NULL + len)", 0xad, "74 03");
        assert_eq!(line("000000ad"), Some(wanted));
        let wanted = format!("{:08x} | {:47} | magic: 3531 CPython 3.12", 0, "cb 0d 0d 0a");
        assert_eq!(line("00000000"), Some(wanted));
        let wanted = format!("{:08x} | {:47} | code type code: 0xe3 TYPE_CODE with FLAG_REF", 0x10, "e3");
        assert_eq!(line("00000010"), Some(wanted));
    }

    #[test]
    fn slices_write_what_one_export_writes() {
        let document = document();
        for kind in ExportKind::ALL {
            let mut whole = Export::new(&document, kind);
            while !whole.step(&document, u32::MAX) {}
            let mut sliced = Export::new(&document, kind);
            let mut last = 0.0;
            while !sliced.step(&document, 7) {
                let progress = sliced.progress();
                assert!(last <= progress && progress < 1.0, "{kind:?}");
                last = progress;
            }
            let whole = whole.take();
            assert_eq!(sliced.take(), whole, "{kind:?}");
            assert!(whole.contains("LOAD_GLOBAL"), "{kind:?}");
        }
        assert_eq!(ExportKind::Listing.file_name("py38.pyc"), "py38.dis.txt");
        let mut one = Export::listing_of_code(&document).expect("there is code");
        while !one.step(&document, 9) {}
        assert!(one.take().contains("BUILD_CONST_KEY_MAP"));
    }

    #[test]
    fn long_parts_take_several_lines() {
        let bytes = [&b"s\x40\0\0\0"[..], &[b'x'; 64]].concat();
        let document = Document::open("long.bin", bytes);
        let span = Span::new(5, 69);
        let lines = dump(&document);
        assert_eq!(lines.lines().count() as u32, 1 + 2 + span.len() / 16);
    }
}
