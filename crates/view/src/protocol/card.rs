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
    /// Whether it is a text or bytes, whose contents can be had without what marshal puts around them.
    pub has_contents: bool,
    /// What a constant comes to once it is decoded, if that is anything known.
    pub payload: Option<CardPayload>,
}

/// What a constant comes to once it is decoded, alone or joined with others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardPayload {
    /// What [`Question::Payload`](super::Question::Payload) names it by.
    pub number: u32,
    /// What it is called as a file: `payload-1`.
    pub name: String,
    /// How it is decoded, and what comes out: `base64 → zlib → marshalled code (CPython 3.11)`.
    pub words: String,
    /// Of how many constants it is put together.
    pub parts: usize,
    /// The Python that it is to be opened as, where its contents alone leave that open.
    pub python: Option<String>,
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
