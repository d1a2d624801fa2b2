//! Text in several inks, parts of it links.

use std::fmt::{self, Write};

use crate::Item;

/// What a piece of text is, and with that its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ink {
    /// Text as it is.
    #[default]
    Plain,
    /// Said beside the matter.
    Muted,
    /// A name that matters: in bold.
    Strong,
    /// A string or bytes constant.
    Str,
    /// A number constant.
    Number,
    /// `None`, `True`, `False`, `Ellipsis`.
    Keyword,
    /// A name: of a global, an attribute, a variable.
    Name,
    /// The name of an opcode.
    Opcode,
    /// Where a jump leads.
    Jump,
    /// A word of Python, or of the file format, in a sentence.
    Code,
    /// Something damaged.
    Damage,
}

/// A piece of text in one ink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text; made displayable where it comes from the file.
    pub text: String,
    /// What it is.
    pub ink: Ink,
    /// What it leads to.
    pub link: Option<Item>,
}

/// Text in several inks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Styled(pub Vec<Piece>);

impl Styled {
    /// Text in one ink.
    #[must_use]
    pub fn of(ink: Ink, text: String) -> Self {
        Self(if text.is_empty() { Vec::new() } else { vec![Piece { text, ink, link: None }] })
    }

    /// Text in one ink that leads somewhere.
    #[must_use]
    pub fn of_link(ink: Ink, text: String, to: Item) -> Self {
        Self(vec![Piece { text, ink, link: Some(to) }])
    }

    /// Adds text. Neighbours in one ink are joined.
    pub fn push(&mut self, ink: Ink, text: &str) -> &mut Self {
        if !text.is_empty() {
            self.end_in(ink).push_str(text);
        }
        self
    }

    /// Adds text that was made for this.
    pub fn push_string(&mut self, ink: Ink, text: String) -> &mut Self {
        self.push(ink, &text)
    }

    /// Adds text that is put together with [`format_args!`], and is not empty.
    pub fn write(&mut self, ink: Ink, text: fmt::Arguments<'_>) -> &mut Self {
        let _ = self.end_in(ink).write_fmt(text);
        self
    }

    /// Adds a number.
    pub fn number(&mut self, number: i64) -> &mut Self {
        self.write(Ink::Number, format_args!("{number}"))
    }

    /// Adds a sentence in which words between backticks are code.
    pub fn prose(&mut self, text: &str) -> &mut Self {
        for (at, piece) in text.split('`').enumerate() {
            self.push(if at % 2 == 1 { Ink::Code } else { Ink::Plain }, piece);
        }
        self
    }

    /// Adds a link.
    pub fn push_link(&mut self, ink: Ink, text: String, to: Item) -> &mut Self {
        self.0.push(Piece { text, ink, link: Some(to) });
        self
    }

    /// Adds other text.
    pub fn append(&mut self, other: Self) -> &mut Self {
        if self.is_empty() {
            self.0 = other.0;
            return self;
        }
        for piece in other.0 {
            match self.0.last_mut() {
                Some(last) if last.ink == piece.ink && last.link.is_none() && piece.link.is_none() => {
                    last.text.push_str(&piece.text);
                }
                _ => self.0.push(piece),
            }
        }
        self
    }

    /// The end of the text, where more in one ink belongs.
    fn end_in(&mut self, ink: Ink) -> &mut String {
        if self.0.last().is_none_or(|last| last.ink != ink || last.link.is_some()) {
            self.0.push(Piece { text: String::new(), ink, link: None });
        }
        let last = self.0.len() - 1;
        &mut self.0[last].text
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first piece that leads somewhere.
    #[must_use]
    pub fn link(&self) -> Option<Item> {
        self.0.iter().find_map(|piece| piece.link)
    }
}

impl fmt::Display for Styled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| f.write_str(&piece.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_between_backticks_are_code() {
        let mut text = Styled::default();
        text.prose("Pops two: a `for` loop is over.");
        let inks: Vec<(Ink, &str)> = text.0.iter().map(|piece| (piece.ink, piece.text.as_str())).collect();
        assert_eq!(inks, [(Ink::Plain, "Pops two: a "), (Ink::Code, "for"), (Ink::Plain, " loop is over.")]);
    }

    #[test]
    fn neighbours_in_one_ink_are_one_piece() {
        let mut text = Styled::of(Ink::Plain, "a".to_owned());
        text.push(Ink::Plain, "b")
            .push(Ink::Muted, "c")
            .push_link(Ink::Muted, "d".to_owned(), Item::Header)
            .push(Ink::Muted, "");
        assert_eq!(text.0.len(), 3);
        assert_eq!(text.to_string(), "abcd");
        assert_eq!(text.link(), Some(Item::Header));
    }
}
