//! The details of what is chosen, in plain words.

use pycxray::Span;
use serde::{Deserialize, Serialize};

use super::{Hue, ItemKey, Styled};

/// What there is to know of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Whose it is.
    pub item: ItemKey,
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
    pub parts: Vec<CardPart>,
    /// Its bytes.
    pub span: Span,
}

/// A term and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// The term, such as `stack`.
    pub term: String,
    /// What is said of it, such as `+2`.
    pub value: Styled,
}

/// A part of an item that can be chosen by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardPart {
    /// What it is: `type code`, `length`, `payload`.
    pub label: String,
    /// The part.
    pub item: ItemKey,
    /// Its bytes.
    pub span: Span,
    /// What they say: `0xe3: TYPE_CODE with FLAG_REF`.
    pub value: Styled,
}
