//! Where printed text goes: pieces, each with what it is.
//!
//! Whatever this crate prints, a constant, an operand, a whole listing, is written to a [`Sink`]. A sink is told of each piece of
//! text what it is, a string, a name, a label, and what in the file it stands for; so nobody has to read text again to colour it,
//! or to make a link of it. A [`String`] is the simplest sink, which asks for nothing but the text:
//!
//! ```
//! use pycxray::{Limits, Pyc, Reprs, Sink, Token, TokenKind};
//!
//! /// Puts numbers into italics.
//! struct Html(String);
//!
//! impl Sink for Html {
//!     fn push(&mut self, token: Token, text: &str) {
//!         let text = text.replace('&', "&amp;").replace('<', "&lt;");
//!         match token.kind {
//!             TokenKind::Number => self.0 += &format!("<i>{text}</i>"),
//!             _ => self.0 += &text,
//!         }
//!     }
//! }
//!
//! # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/cpython-3.12/hello.pyc");
//! let pyc = Pyc::parse(std::fs::read(path)?);
//! let constants = pyc.code(pyc.codes()[0]).and_then(|code| code.tuple(pycxray::Field::Consts)).unwrap();
//! let mut html = Html(String::new());
//! Reprs::new(pyc.python().version).write(&mut html, &pyc, constants, 80);
//! assert_eq!(html.0, "(<i>10</i>, <i>20</i>, None)");
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! Pieces come in the order of the text, without a gap: joined they are the text that a `String` gets. A piece ends where its
//! line ends. What the file says in them is made visible already (see [`is_visible`](crate::is_visible)).

use crate::Item;

/// A piece of printed text: what it is, and what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// What in the file it stands for: the name or constant that an argument is the index of, the instruction that a jump leads
    /// to. References are not followed.
    pub item: Option<Item>,
}

impl Token {
    /// Text that stands for nothing in the file by itself.
    #[must_use]
    pub const fn of(kind: TokenKind) -> Self {
        Self { kind, item: None }
    }
}

/// What a piece of printed text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// Blanks, punctuation, words of `dis` without a meaning of their own.
    #[default]
    Plain,
    /// What a section of a listing begins with: of which code object it is, that a table follows, what the columns are.
    Heading,
    /// Where an instruction is in the source: a line, or lines and columns.
    Line,
    /// What can be jumped to: a label (`L1:`), `>>` before 3.13.
    Label,
    /// Where an instruction or cache is in the bytecode, in bytes.
    Offset,
    /// Where it is in the file.
    FileOffset,
    /// The name of an opcode.
    Opcode,
    /// The number of an opcode that the version does not have.
    UnknownOpcode,
    /// An argument as it stands in the bytecode.
    Argument,
    /// A name: of a global, an attribute, a variable.
    Name,
    /// A string or bytes constant, quotes included.
    String,
    /// A number constant.
    Number,
    /// `None`, `True`, `False`, `Ellipsis`.
    Keyword,
    /// A code object, as its `repr` says.
    Code,
    /// Where a jump leads.
    Target,
    /// An operator, an intrinsic function, flags in words.
    Operator,
    /// What an inline cache holds.
    Cache,
    /// What is said besides, such as that the bytecode is cut off.
    Comment,
    /// What could not be read.
    Damage,
}

/// Where printed text goes.
pub trait Sink {
    /// Takes the next piece.
    fn push(&mut self, token: Token, text: &str);

    /// Whether it is worth telling pieces apart. If not, text comes in long pieces of the kind [`TokenKind::Plain`], faster.
    fn wants_tokens(&self) -> bool {
        true
    }

    /// Whether no more is wanted: whoever prints stops soon.
    fn is_closed(&self) -> bool {
        false
    }
}

impl Sink for String {
    fn push(&mut self, _: Token, text: &str) {
        self.push_str(text);
    }

    fn wants_tokens(&self) -> bool {
        false
    }
}
