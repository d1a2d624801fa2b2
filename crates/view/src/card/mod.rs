//! The details of what is chosen, in plain words.

mod code;
mod header;
mod instruction;
mod member;
mod object;
mod tables;
mod words;

use std::fmt::{self, Write};

use pycxray::{Item, Severity, Span, Value};

use crate::file::File;
use crate::item::{bytes, hue};
use crate::number::{counted, hex_offset, push_hex};
use crate::problems::{Problem, Problems};
use crate::protocol::{Card, CardPart, Definition, Style, Styled};
use crate::{labels, values};

impl File {
    /// What there is to know of an item.
    pub(crate) fn card(&self, item: Item, problems: &Problems) -> Card {
        let pyc = &self.pyc;
        let span = pyc.span(item);
        let mut card = Card {
            item: item.into(),
            hue: hue(pyc, item),
            title: self.card_title(item),
            subtitle: String::new(),
            text: Vec::new(),
            definitions: Vec::new(),
            parts: Vec::new(),
            span,
            has_contents: self.contents(item).is_some(),
            payload: None,
        };
        match item {
            Item::Header => self.header_card(&mut card),
            Item::HeaderField(position) => self.header_field_card(&mut card, position),
            Item::Object(id) => self.object_card(&mut card, id),
            Item::TypeCode(id) | Item::Length(id) | Item::Payload(id) => self.part_card(&mut card, item, id),
            Item::Number(id, field) => self.number_card(&mut card, id, field),
            Item::Instruction(code, offset) => self.instruction_card(&mut card, code, offset),
            Item::Cache(code, offset) => self.cache_card(&mut card, code, offset),
            Item::LocalKind(code, position) => self.local_kind_card(&mut card, code, position),
            Item::Line(code, offset) => self.line_card(&mut card, code, offset),
            Item::Exception(code, offset) => self.exception_card(&mut card, code, offset),
            Item::Trailing(_) => self.trailing_card(&mut card),
            Item::Undecoded(_) => self.undecoded_card(&mut card, problems),
        }
        define_problems(&mut card, item, problems);
        self.write_bytes(card.define("file bytes"), span);
        card
    }

    /// The contents of a text or bytes, without what marshal puts around them.
    pub(crate) fn contents(&self, item: Item) -> Option<&[u8]> {
        let id = self.pyc.tree().resolve(item.object()?);
        match self.pyc.value(id) {
            Value::Text(contents) | Value::Bytes(contents) => Some(contents),
            _ => None,
        }
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
    fn part(&self, item: Item) -> CardPart {
        let values::ValueText { mut value, meaning } = self.value_of(item, values::ROW);
        if !meaning.is_empty() {
            value.write(Style::Muted, format_args!(" {meaning}"));
        }
        CardPart { label: labels::row(&self.pyc, item), item: item.into(), span: self.pyc.span(item), value }
    }

    /// Where bytes are, and what they are: `0x00ad–0x00b6 · 74 03 00 …`.
    fn write_bytes(&self, value: &mut Styled, span: Span) {
        if span.is_empty() {
            value.push(Style::Muted, "none");
            return;
        }
        value.push(Style::Plain, &hex_offset(span.start));
        if span.len() > 1 {
            value.write(Style::Plain, format_args!("–{}", hex_offset(span.end - 1)));
        }
        let bytes = bytes(&self.pyc, span);
        let mut digits = String::new();
        push_hex(&mut digits, &bytes[..bytes.len().min(BYTES)], " ");
        value.push(Style::Plain, " · ").push(Style::Plain, &digits);
        if bytes.len() > BYTES {
            value.write(Style::Plain, format_args!(" … ({})", counted(bytes.len() as u64, "byte")));
        }
    }
}

/// What is wrong with an item's bytes.
fn define_problems(card: &mut Card, item: Item, problems: &Problems) {
    let span = card.span;
    let is_near = |problem: &&Problem| problem.item == Some(item) || (!problem.span.is_empty() && span == problem.span);
    for problem in problems.all().filter(is_near).take(PROBLEMS) {
        let style = if problem.severity == Severity::Note { Style::Plain } else { Style::Damage };
        card.define(problem.severity.name()).push(style, &problem.message);
    }
}

/// How a card is written.
impl Card {
    /// Puts another title in place of the one it has.
    fn set_title(&mut self, title: &str) {
        self.title.clear();
        self.title.push_str(title);
    }

    /// Adds to what is said beside the title.
    fn write_subtitle(&mut self, text: fmt::Arguments<'_>) {
        let _ = self.subtitle.write_fmt(text);
    }

    /// Adds a paragraph, in which words between backticks are code.
    fn paragraph(&mut self, paragraph: &str) {
        let mut text = Styled::default();
        text.prose(paragraph);
        self.text.push(text);
    }

    /// Adds a paragraph about damage.
    fn damage(&mut self, paragraph: &str) {
        self.text.push(Styled::of(Style::Damage, paragraph));
    }

    /// Adds a term before the first of others that is there, or at the end where none is.
    pub(crate) fn define_before(&mut self, terms: &[&str], definition: Definition) {
        let at = self.definitions.iter().position(|known| terms.contains(&known.term.as_str()));
        self.definitions.insert(at.unwrap_or(self.definitions.len()), definition);
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
            self.value.push(Style::Plain, ", ");
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
            self.value.write(Style::Muted, format_args!(" and {} more", self.count - self.most));
        }
    }
}

/// How long a value may be in a card, in characters.
const WHOLE: usize = 4_000;

/// How many bytes a card shows.
const BYTES: usize = 32;

/// How many problems a card tells.
const PROBLEMS: usize = 5;
