//! What the versions' files state, as it lies in the program: written down in a row by the compiler, read again when a version is
//! built.
//!
//! As they are stated, changes are structs that point at texts. Of the page's program that was 21 kB more, 4 kB of them after
//! compression: pointers and the gaps between fields hardly compress. A native program has to adjust each pointer at its start.

use std::str::Split;

use super::effect::StackRule;
use super::format::FormatChange;
use super::history::RELEASES;
use super::numbered::numbered;
use super::opcode::{CacheField, Effect, Flow, Opcode, Operand};
use super::release::{Change, Prerelease, Release};
use crate::version::{Implementation, Version};

/// A release, but for its changes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed {
    pub(super) implementation: Implementation,
    pub(super) version: Version,
    pub(super) magic: u32,
    /// What it grew from: which of all releases.
    pub(super) base: Option<u8>,
    /// Which of all rows of pre-releases are its own.
    rows: (u8, u8),
    /// Where its changes begin, in bytes of [`BYTES`], [`NAMES`] and [`SENTENCES`].
    start: (u16, u16, u16),
}

/// A row of pre-releases, but for its changes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// It holds for magic numbers below this one.
    pub(super) before: u16,
    pub(super) exact: bool,
}

impl Packed {
    /// How many rows of pre-releases those before it have.
    pub(super) fn rows_before(&self) -> usize {
        self.rows.0.into()
    }

    /// Its pre-releases, the newest row first.
    pub(super) fn prereleases(&self) -> &'static [Row] {
        &ROWS[usize::from(self.rows.0)..usize::from(self.rows.1)]
    }

    /// Its changes, then those of each row of its pre-releases.
    pub(super) fn changes(&self) -> Reader {
        let (bytes, names, sentences) = self.start;
        Reader {
            bytes: &BYTES[usize::from(bytes)..],
            names: &NAMES[usize::from(names)..],
            sentences: &SENTENCES[usize::from(sentences)..],
        }
    }
}

/// Every release, in the order of [`RELEASES`].
pub(super) static PACKED: [Packed; RELEASES.len()] = WRITTEN.releases.cut();
/// All rows of pre-releases, in the same order.
pub(super) static ROWS: [Row; WRITTEN.rows.len] = WRITTEN.rows.cut();
/// All that fits into a byte: which change is made, and all it states but its texts.
static BYTES: [u8; WRITTEN.bytes.len] = WRITTEN.bytes.cut();
/// All names, each with the end of a line behind it.
static NAMES: &str = {
    static NAMES: [u8; WRITTEN.names.len] = WRITTEN.names.cut();
    text(&NAMES)
};
/// All sentences, likewise: they compress better apart from names.
static SENTENCES: &str = {
    static SENTENCES: [u8; WRITTEN.sentences.len] = WRITTEN.sentences.cut();
    text(&SENTENCES)
};
/// The inline caches of the opcodes that have some.
static CACHES: [&[CacheField]; WRITTEN.caches.len] = WRITTEN.caches.cut();
/// What changed in layouts.
static FORMATS: [FormatChange; WRITTEN.formats.len] = WRITTEN.formats.cut();

const fn text(bytes: &'static [u8]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("texts are written as a whole"),
    }
}

/// Everything, before it is known how long it gets.
const WRITTEN: Writer = {
    let mut writer = Writer {
        releases: List::of(Packed {
            implementation: Implementation::CPython,
            version: Version::new(0, 0),
            magic: 0,
            base: None,
            rows: (0, 0),
            start: (0, 0, 0),
        }),
        rows: List::of(Row { before: 0, exact: true }),
        bytes: List::of(0),
        names: List::of(0),
        sentences: List::of(0),
        caches: List::of(&[]),
        formats: List::of(FormatChange::Labels(false)),
    };
    let mut index = 0;
    while index < RELEASES.len() {
        writer.release(RELEASES[index]);
        index += 1;
    }
    writer
};

numbered! {
    /// Which change it is.
    pub(super) enum Word {
        Add,
        Remove,
        Restore,
        RestoreAll,
        Renumber,
        DealOut,
        Rename,
        Operand,
        Caches,
        Effect,
        Doc,
        Specialized,
        Instrumented,
    }
}

numbered! {
    /// Which effect it is.
    enum Depth {
        Unknown,
        Fixed,
        Split,
        Of,
    }
}

/// Writes it all down, when the program is compiled.
struct Writer {
    releases: List<Packed, 64>,
    rows: List<Row, 256>,
    bytes: List<u8, 0x4000>,
    names: List<u8, 0x8000>,
    sentences: List<u8, 0x10000>,
    caches: List<&'static [CacheField], 256>,
    formats: List<FormatChange, 256>,
}

impl Writer {
    const fn release(&mut self, release: &Release) {
        let first = self.rows.len as u8;
        let start = (self.bytes.len as u16, self.names.len as u16, self.sentences.len as u16);
        self.changes(release.opcodes, release.format);
        let mut rest = release.prereleases;
        while let [Prerelease { before, opcodes, format, exact }, behind @ ..] = rest {
            assert!(*before <= u16::MAX as u32, "those before 1.3 had no pre-releases");
            self.rows.push(Row { before: *before as u16, exact: *exact });
            self.changes(opcodes, format);
            rest = behind;
        }
        self.releases.push(Packed {
            implementation: release.implementation,
            version: release.version,
            magic: release.magic,
            base: match release.base {
                Some(base) => Some(self.position(base)),
                None => None,
            },
            rows: (first, self.rows.len as u8),
            start,
        });
    }

    /// Which of the releases written down so far this one is.
    const fn position(&self, release: &Release) -> u8 {
        let mut index = 0;
        loop {
            let Packed { implementation, version, .. } = self.releases.items[index];
            if implementation as u8 == release.implementation as u8
                && version.major == release.version.major
                && version.minor == release.version.minor
            {
                return index as u8;
            }
            index += 1;
        }
    }

    const fn changes(&mut self, mut opcodes: &[Change], mut format: &[FormatChange]) {
        self.byte(self.formats.len);
        self.byte(format.len());
        while let [change, rest @ ..] = format {
            self.formats.push(*change);
            format = rest;
        }
        self.byte(opcodes.len());
        while let [change, rest @ ..] = opcodes {
            self.change(change);
            opcodes = rest;
        }
    }

    const fn change(&mut self, change: &Change) {
        match *change {
            Change::Add(opcode) => {
                self.byte(Word::Add as usize);
                self.byte(opcode.number as usize);
                self.byte(opcode.operand as usize);
                self.byte(opcode.flow as usize);
                self.effect(opcode.effect);
                self.caches(opcode.caches);
                self.names.line(opcode.name);
                self.sentences.line(opcode.doc);
            }
            Change::Remove(names) => {
                self.byte(Word::Remove as usize);
                self.names.line(names);
            }
            Change::Restore(names) => {
                self.byte(Word::Restore as usize);
                self.names.line(names);
            }
            Change::RestoreAll => self.byte(Word::RestoreAll as usize),
            Change::Renumber(number, names) => {
                self.byte(Word::Renumber as usize);
                self.byte(number as usize);
                self.names.line(names);
            }
            Change::DealOut(specialized) => {
                self.byte(Word::DealOut as usize);
                self.byte(specialized as usize);
            }
            Change::Rename(old, new) => {
                self.byte(Word::Rename as usize);
                self.names.line(old);
                self.names.line(new);
            }
            Change::Operand(name, operand) => {
                self.byte(Word::Operand as usize);
                self.names.line(name);
                self.byte(operand as usize);
            }
            Change::Caches(name, fields) => {
                self.byte(Word::Caches as usize);
                self.names.line(name);
                self.caches(fields);
            }
            Change::Effect(name, effect) => {
                self.byte(Word::Effect as usize);
                self.names.line(name);
                self.effect(effect);
            }
            Change::Doc(name, doc) => {
                self.byte(Word::Doc as usize);
                self.names.line(name);
                self.sentences.line(doc);
            }
            Change::Specialized(base, first, names) => {
                self.byte(Word::Specialized as usize);
                self.names.line(base);
                self.byte(first as usize);
                self.names.line(names);
            }
            Change::Instrumented(first, names) => {
                self.byte(Word::Instrumented as usize);
                self.byte(first as usize);
                self.names.line(names);
            }
        }
    }

    const fn effect(&mut self, effect: Effect) {
        match effect {
            Effect::Unknown => self.byte(Depth::Unknown as usize),
            Effect::Fixed(change) => {
                self.byte(Depth::Fixed as usize);
                self.byte(change as u8 as usize);
            }
            Effect::Split { next, jump } => {
                self.byte(Depth::Split as usize);
                self.byte(next as u8 as usize);
                self.byte(jump as u8 as usize);
            }
            Effect::Of(rule) => {
                self.byte(Depth::Of as usize);
                self.byte(rule as usize);
            }
        }
    }

    /// 0 for none, else one more than their place in [`CACHES`].
    const fn caches(&mut self, fields: &'static [CacheField]) {
        if fields.is_empty() {
            self.byte(0);
        } else {
            self.caches.push(fields);
            self.byte(self.caches.len);
        }
    }

    const fn byte(&mut self, number: usize) {
        assert!(number <= u8::MAX as usize, "it does not fit into a byte");
        self.bytes.push(number as u8);
    }
}

/// A list while it is written: what the compiler computes cannot grow.
struct List<T, const MOST: usize> {
    items: [T; MOST],
    len: usize,
}

impl<T: Copy, const MOST: usize> List<T, MOST> {
    /// An empty list. The filler is never seen.
    const fn of(filler: T) -> Self {
        Self { items: [filler; MOST], len: 0 }
    }

    const fn push(&mut self, item: T) {
        self.items[self.len] = item;
        self.len += 1;
    }

    /// What was written, which are `LEN` items.
    const fn cut<const LEN: usize>(&self) -> [T; LEN] {
        assert!(LEN == self.len, "nothing is to be left out");
        *self.items.first_chunk().unwrap()
    }
}

impl<const MOST: usize> List<u8, MOST> {
    const fn line(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        while let [byte, behind @ ..] = rest {
            assert!(*byte != b'\n', "a text is one line");
            self.push(*byte);
            rest = behind;
        }
        self.push(b'\n');
    }
}

/// Reads changes as they were written.
#[derive(Debug)]
pub(super) struct Reader {
    bytes: &'static [u8],
    names: &'static str,
    sentences: &'static str,
}

impl Reader {
    /// What the next release or row states of layouts. Its [`Reader::opcodes`] follow.
    pub(super) fn formats(&mut self) -> &'static [FormatChange] {
        let (first, count) = (self.byte(), self.byte());
        &FORMATS[usize::from(first)..][..usize::from(count)]
    }

    pub(super) fn word(&mut self) -> Word {
        Word::of(self.byte())
    }

    pub(super) fn opcode(&mut self) -> Opcode {
        Opcode {
            number: self.byte(),
            operand: self.operand(),
            flow: Flow::of(self.byte()),
            effect: self.effect(),
            caches: self.caches(),
            name: self.name(),
            doc: self.sentence(),
            form_of: None,
        }
    }

    pub(super) fn operand(&mut self) -> Operand {
        Operand::of(self.byte())
    }

    pub(super) fn effect(&mut self) -> Effect {
        match Depth::of(self.byte()) {
            Depth::Unknown => Effect::Unknown,
            Depth::Fixed => Effect::Fixed(self.byte() as i8),
            Depth::Split => Effect::Split { next: self.byte() as i8, jump: self.byte() as i8 },
            Depth::Of => Effect::Of(StackRule::of(self.byte())),
        }
    }

    pub(super) fn caches(&mut self) -> &'static [CacheField] {
        usize::from(self.byte()).checked_sub(1).map_or(&[], |place| CACHES[place])
    }

    /// Names, each with its number: one after the other.
    pub(super) fn numbered(&mut self) -> impl Iterator<Item = (u8, &'static str)> + use<> {
        (self.byte()..=u8::MAX).zip(self.names())
    }

    pub(super) fn names(&mut self) -> Split<'static, char> {
        self.name().split(' ')
    }

    pub(super) fn name(&mut self) -> &'static str {
        next_line(&mut self.names)
    }

    pub(super) fn sentence(&mut self) -> &'static str {
        next_line(&mut self.sentences)
    }

    pub(super) fn byte(&mut self) -> u8 {
        let (byte, rest) = self.bytes.split_first().unwrap_or((&0, &[]));
        self.bytes = rest;
        *byte
    }
}

fn next_line(rest: &mut &'static str) -> &'static str {
    let (line, behind) = rest.split_once('\n').unwrap_or_default();
    *rest = behind;
    line
}
