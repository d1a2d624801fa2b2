//! Text in several inks, parts of it links.

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
    pub fn of(ink: Ink, text: impl Into<String>) -> Self {
        Self::default().with(ink, text)
    }

    /// Plain text.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self::of(Ink::Plain, text)
    }

    /// A sentence in which words between backticks are code.
    #[must_use]
    pub fn prose(text: &str) -> Self {
        let mut styled = Self::default();
        for (at, piece) in text.split('`').enumerate() {
            styled.push(if at % 2 == 1 { Ink::Code } else { Ink::Plain }, piece);
        }
        styled
    }

    /// The same text with a piece behind it. Neighbours in one ink are joined.
    #[must_use]
    pub fn with(mut self, ink: Ink, text: impl Into<String>) -> Self {
        self.push(ink, text);
        self
    }

    /// Adds a piece. Neighbours in one ink are joined.
    pub fn push(&mut self, ink: Ink, text: impl Into<String>) {
        let text = text.into();
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.ink == ink && last.link.is_none() => last.text.push_str(&text),
            _ => self.0.push(Piece { text, ink, link: None }),
        }
    }

    /// The same text with a link behind it.
    #[must_use]
    pub fn with_link(mut self, ink: Ink, text: impl Into<String>, to: Item) -> Self {
        self.0.push(Piece { text: text.into(), ink, link: Some(to) });
        self
    }

    /// The same text with other text behind it.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        for piece in other.0 {
            match piece.link {
                Some(link) => self = self.with_link(piece.ink, piece.text, link),
                None => self.push(piece.ink, piece.text),
            }
        }
        self
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

impl From<&str> for Styled {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl std::fmt::Display for Styled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|piece| f.write_str(&piece.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_between_backticks_are_code() {
        let text = Styled::prose("Pops two: a `for` loop is over.");
        let inks: Vec<(Ink, &str)> = text.0.iter().map(|piece| (piece.ink, piece.text.as_str())).collect();
        assert_eq!(inks, [(Ink::Plain, "Pops two: a "), (Ink::Code, "for"), (Ink::Plain, " loop is over.")]);
    }

    #[test]
    fn neighbours_in_one_ink_are_one_piece() {
        let text =
            Styled::plain("a").with(Ink::Plain, "b").with(Ink::Muted, "c").with_link(Ink::Muted, "d", Item::Header);
        assert_eq!(text.0.len(), 3);
        assert_eq!(text.to_string(), "abcd");
        assert_eq!(text.link(), Some(Item::Header));
    }
}
