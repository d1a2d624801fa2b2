//! The details of what is chosen, in plain words.

mod code;
mod header;
mod instruction;
mod object;
mod tables;
mod words;

use std::fmt::{self, Write};

use crate::item::{bytes, hue};
use crate::number::{counted, hex_offset, push_hex};
use crate::{Document, Hue, Ink, Item, Severity, Span, Styled, labels, values};

/// What there is to know of one item.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Whose it is.
    pub item: Item,
    /// Its colour.
    pub hue: Hue,
    /// What it is called: `LOAD_GLOBAL`.
    pub title: String,
    /// Said beside the title: `opcode 116 · 0x74`.
    pub subtitle: String,
    /// What it is and does, in sentences: a paragraph each.
    pub text: Vec<Styled>,
    /// Term by term what it says.
    pub definitions: Vec<Definition>,
    /// Its bytes, part by part.
    pub parts: Vec<Part>,
    /// Its bytes.
    pub span: Span,
}

/// A term and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The term, such as `stack`.
    pub term: String,
    /// What is said of it, such as `+2`.
    pub value: Styled,
}

/// A part of an item that can be chosen by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is: `type code`, `length`, `payload`.
    pub label: String,
    /// The part.
    pub item: Item,
    /// Its bytes.
    pub span: Span,
    /// What they say: `0xe3: TYPE_CODE with FLAG_REF`.
    pub value: Styled,
}

impl Document {
    /// What there is to know of what is chosen.
    #[must_use]
    pub fn card(&self) -> Option<Card> {
        self.selection.item.map(|item| self.card_of(item))
    }

    /// What there is to know of an item.
    #[must_use]
    pub fn card_of(&self, item: Item) -> Card {
        let pyc = &self.pyc;
        let mut card = Card {
            item,
            hue: hue(pyc, item),
            title: self.card_title(item),
            subtitle: String::new(),
            text: Vec::new(),
            definitions: Vec::new(),
            parts: Vec::new(),
            span: pyc.span(item),
        };
        match item {
            Item::Header => self.header_card(&mut card),
            Item::HeaderField(position) => self.header_field_card(&mut card, position),
            Item::Object(id) => self.object_card(&mut card, id),
            Item::TypeCode(id) | Item::Length(id) | Item::Payload(id) => self.part_card(&mut card, id),
            Item::Number(id, field) => self.number_card(&mut card, id, field),
            Item::Instruction(code, offset) => self.instruction_card(&mut card, code, offset),
            Item::Cache(code, offset) => self.cache_card(&mut card, code, offset),
            Item::LocalKind(code, position) => self.local_kind_card(&mut card, code, position),
            Item::Line(code, offset) => self.line_card(&mut card, code, offset),
            Item::Exception(code, offset) => self.exception_card(&mut card, code, offset),
            Item::Trailing(_) | Item::Undecoded(_) => self.loose_bytes_card(&mut card),
        }
        self.say_what_is_wrong(&mut card);
        let span = card.span;
        self.say_bytes(card.define("file bytes"), span);
        card
    }

    /// What an item is called; an item of a tuple with the tuple's name, `constants[2]`.
    fn card_title(&self, item: Item) -> String {
        let label = labels::row(&self.pyc, item);
        match self.pyc.parent(item).filter(|_| label.starts_with('[')) {
            Some(outer) if !labels::row(&self.pyc, outer).starts_with('[') => {
                format!("{}{label}", labels::row(&self.pyc, outer))
            }
            _ => label,
        }
    }

    /// A part of an item, as the card lists it.
    fn part(&self, item: Item) -> Part {
        let meant = self.meant(item, values::ROW);
        let mut value = meant.value;
        if !meant.meaning.is_empty() {
            value.write(Ink::Muted, format_args!(" {}", meant.meaning));
        }
        Part { label: labels::row(&self.pyc, item), item, span: self.pyc.span(item), value }
    }

    /// What is wrong with an item's bytes.
    fn say_what_is_wrong(&self, card: &mut Card) {
        let (item, span) = (card.item, card.span);
        let near = self
            .troubles
            .iter()
            .chain(self.findings())
            .filter(|trouble| trouble.item == Some(item) || (!trouble.span.is_empty() && span == trouble.span));
        for trouble in near.take(TROUBLES) {
            let ink = if trouble.severity == Severity::Note { Ink::Plain } else { Ink::Damage };
            card.define(trouble.severity.name()).push(ink, &trouble.message);
        }
    }

    /// Where bytes are, and what they are: `0x00ad–0x00b6 · 74 03 00 …`.
    fn say_bytes(&self, value: &mut Styled, span: Span) {
        if span.is_empty() {
            value.push(Ink::Muted, "none");
            return;
        }
        value.push_string(Ink::Plain, hex_offset(span.start));
        if span.len() > 1 {
            value.write(Ink::Plain, format_args!("–{}", hex_offset(span.end - 1)));
        }
        let bytes = bytes(&self.pyc, span);
        let mut digits = String::new();
        push_hex(&mut digits, &bytes[..bytes.len().min(BYTES)], " ");
        value.push(Ink::Plain, " · ").push_string(Ink::Plain, digits);
        if bytes.len() > BYTES {
            value.write(Ink::Plain, format_args!(" … ({})", counted(bytes.len() as u64, "byte")));
        }
    }
}

impl Card {
    /// Says what it is called.
    fn call(&mut self, title: &str) {
        self.title.clear();
        self.title.push_str(title);
    }

    /// Adds to what is said beside the title.
    fn beside(&mut self, text: fmt::Arguments<'_>) {
        let _ = self.subtitle.write_fmt(text);
    }

    /// Adds a paragraph, in which words between backticks are code.
    fn tell(&mut self, paragraph: &str) {
        let mut text = Styled::default();
        text.prose(paragraph);
        self.text.push(text);
    }

    /// Adds a paragraph on damage.
    fn tell_damage(&mut self, paragraph: &str) {
        self.text.push(Styled::of(Ink::Damage, paragraph.to_owned()));
    }

    /// Adds a term; hands out where to say something of it. If nothing is said, there is no such term.
    fn define(&mut self, term: &str) -> &mut Styled {
        self.definitions.pop_if(|last| last.value.is_empty());
        self.definitions.push(Definition { term: term.to_owned(), value: Styled::default() });
        let last = self.definitions.len() - 1;
        &mut self.definitions[last].value
    }
}

/// A list with commas between its things, of which the first are named and the others counted.
struct List<'c> {
    value: &'c mut Styled,
    /// How many are named.
    most: usize,
    /// How many there are up to now.
    count: usize,
}

impl<'c> List<'c> {
    fn new(value: &'c mut Styled, most: usize) -> Self {
        Self { value, most, count: 0 }
    }

    /// Where to name the next thing; `None` if it is only counted.
    fn next(&mut self) -> Option<&mut Styled> {
        self.count += 1;
        if self.count > self.most {
            return None;
        }
        if self.count > 1 {
            self.value.push(Ink::Plain, ", ");
        }
        Some(self.value)
    }

    /// Counts things that are not looked at one by one, as there are so many more.
    fn skip(&mut self, more: usize) {
        self.count += more;
    }

    /// Says how many are not named.
    fn end(self) {
        if self.count > self.most {
            self.value.write(Ink::Muted, format_args!(" and {} more", self.count - self.most));
        }
    }
}

/// How long a value may be in a card, in characters.
const WHOLE: usize = 4_000;

/// How many bytes a card shows.
const BYTES: usize = 32;

/// How many problems a card tells.
const TROUBLES: usize = 5;
