//! The details of what is chosen, in plain words.

mod code;
mod header;
mod instruction;
mod object;
mod tables;
mod words;

use crate::item::hue;
use crate::number::{counted, hex_offset};
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
        card.define("file bytes", self.bytes_text(card.span));
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
            value.push(Ink::Muted, format!(" {}", meant.meaning));
        }
        Part { label: labels::row(&self.pyc, item), item, span: self.pyc.span(item), value }
    }

    /// What is wrong with an item's bytes.
    fn say_what_is_wrong(&self, card: &mut Card) {
        let near = self.troubles.iter().chain(self.findings()).filter(|trouble| {
            trouble.item == Some(card.item) || (!trouble.span.is_empty() && card.span == trouble.span)
        });
        let near: Vec<_> = near.take(TROUBLES).collect();
        for trouble in near {
            let ink = if trouble.severity == Severity::Note { Ink::Plain } else { Ink::Damage };
            card.define(trouble.severity.name(), Styled::of(ink, trouble.message.clone()));
        }
    }

    /// Where bytes are, and what they are: `0x00ad–0x00b6 · 74 03 00 …`.
    fn bytes_text(&self, span: Span) -> Styled {
        let bytes = self.pyc.bytes().get(span.start as usize..span.end as usize).unwrap_or(&[]);
        let shown: Vec<String> = bytes.iter().take(BYTES).map(|byte| format!("{byte:02x}")).collect();
        let place = match span.len() {
            0 => return Styled::of(Ink::Muted, "none"),
            1 => hex_offset(span.start),
            _ => format!("{}–{}", hex_offset(span.start), hex_offset(span.end - 1)),
        };
        let more =
            if bytes.len() > BYTES { format!(" … ({})", counted(bytes.len() as u64, "byte")) } else { String::new() };
        Styled::plain(format!("{place} · {}{more}", shown.join(" ")))
    }
}

impl Card {
    /// Adds a term and what is said of it.
    fn define(&mut self, term: &str, value: Styled) {
        if !value.is_empty() {
            self.definitions.push(Definition { term: term.to_owned(), value });
        }
    }
}

/// How long a value may be in a card, in characters.
const WHOLE: usize = 4_000;

/// How many bytes a card shows.
const BYTES: usize = 32;

/// How many problems a card tells.
const TROUBLES: usize = 5;
