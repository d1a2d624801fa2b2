//! The details of what is chosen, in plain words.

use crate::{Document, Hue, Item, Span, Styled};

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
        Card {
            item,
            hue: Hue::Code,
            title: String::new(),
            subtitle: String::new(),
            text: Vec::new(),
            definitions: Vec::new(),
            parts: Vec::new(),
            span: Span::default(),
        }
    }
}
