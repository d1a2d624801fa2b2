//! How text in several styles is put together.

use std::fmt::{self, Write};

use pycxray::{Item, Sink, Token, TokenKind};

use crate::protocol::{ItemKey, Run, Style, Styled};

impl Styled {
    /// Text in one style.
    pub(crate) fn of(style: Style, text: &str) -> Self {
        let mut styled = Self::default();
        styled.push(style, text);
        styled
    }

    /// Adds text. Neighbours in one style are joined.
    pub(crate) fn push(&mut self, style: Style, text: &str) -> &mut Self {
        if !text.is_empty() {
            self.end_in(style).push_str(text);
        }
        self
    }

    /// Adds text that is put together with [`format_args!`], and is not empty.
    pub(crate) fn write(&mut self, style: Style, text: fmt::Arguments<'_>) -> &mut Self {
        // Writing to a string cannot fail.
        let _ = self.end_in(style).write_fmt(text);
        self
    }

    /// Adds a number.
    pub(crate) fn number(&mut self, number: i64) -> &mut Self {
        self.write(Style::Number, format_args!("{number}"))
    }

    /// Adds a sentence in which words between backticks are code.
    pub(crate) fn prose(&mut self, text: &str) -> &mut Self {
        for (at, piece) in text.split('`').enumerate() {
            self.push(if at % 2 == 1 { Style::Code } else { Style::Plain }, piece);
        }
        self
    }

    /// Adds text that leads somewhere.
    pub(crate) fn push_link(&mut self, style: Style, text: impl Into<String>, to: impl Into<ItemKey>) -> &mut Self {
        self.0.push(Run { text: text.into(), style, link: Some(to.into()) });
        self
    }

    /// Adds other text.
    pub(crate) fn append(&mut self, other: Self) -> &mut Self {
        for run in other.0 {
            match run.link {
                Some(_) => self.0.push(run),
                None => drop(self.push(run.style, &run.text)),
            }
        }
        self
    }

    /// Cuts it to at most so many characters, an ellipsis included.
    pub(crate) fn shorten(&mut self, most: usize) {
        let count = |text: &str| text.chars().count();
        if self.0.iter().map(|run| count(&run.text)).sum::<usize>() <= most {
            return;
        }
        let mut left = most.saturating_sub(1);
        for (at, run) in self.0.iter_mut().enumerate() {
            let length = count(&run.text);
            if length >= left {
                let end = run.text.char_indices().nth(left).map_or(run.text.len(), |(at, _)| at);
                run.text.truncate(end);
                run.text.push('…');
                return self.0.truncate(at + 1);
            }
            left -= length;
        }
    }

    /// The same, all of it leading to one thing.
    pub(crate) fn linked_to(mut self, item: Item) -> Self {
        for run in &mut self.0 {
            run.link = Some(item.into());
        }
        self
    }

    /// The end of the text, where more in one style belongs.
    fn end_in(&mut self, style: Style) -> &mut String {
        if self.0.last().is_none_or(|last| last.style != style || last.link.is_some()) {
            self.0.push(Run { text: String::new(), style, link: None });
        }
        let last = self.0.len() - 1;
        &mut self.0[last].text
    }
}

/// Takes what the core prints, with links to what it is about.
impl Sink for Styled {
    fn push(&mut self, token: Token, text: &str) {
        let style = Style::from(token.kind);
        match token.item.map(ItemKey::from) {
            // Pieces of one thing are one link.
            Some(link) => match self.0.last_mut() {
                Some(last) if last.style == style && last.link == Some(link) => last.text.push_str(text),
                _ => drop(self.push_link(style, text, link)),
            },
            None => drop(Self::push(self, style, text)),
        }
    }
}

impl From<TokenKind> for Style {
    fn from(kind: TokenKind) -> Self {
        match kind {
            TokenKind::Heading => Self::Strong,
            TokenKind::Opcode => Self::Opcode,
            TokenKind::Name => Self::Name,
            TokenKind::String => Self::Str,
            TokenKind::Number => Self::Number,
            TokenKind::Keyword => Self::Keyword,
            TokenKind::Label | TokenKind::Target => Self::Jump,
            TokenKind::Comment | TokenKind::Cache => Self::Muted,
            TokenKind::Damage | TokenKind::UnknownOpcode => Self::Damage,
            _ => Self::Plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_between_backticks_are_code() {
        let mut text = Styled::default();
        text.prose("Pops two: a `for` loop is over.");
        let runs: Vec<(Style, &str)> = text.0.iter().map(|run| (run.style, run.text.as_str())).collect();
        assert_eq!(runs, [(Style::Plain, "Pops two: a "), (Style::Code, "for"), (Style::Plain, " loop is over.")]);
    }

    #[test]
    fn what_is_too_long_is_cut() {
        let mut text = Styled::of(Style::Plain, "zwölf");
        text.push(Style::Muted, " Boxkämpfer").push(Style::Plain, " jagen");
        for (most, wanted) in
            [(99, "zwölf Boxkämpfer jagen"), (17, "zwölf Boxkämpfer…"), (6, "zwölf…"), (3, "zw…"), (1, "…")]
        {
            let mut cut = text.clone();
            cut.shorten(most);
            assert_eq!(cut.to_string(), wanted);
        }
    }

    #[test]
    fn neighbours_in_one_style_are_one_run() {
        let mut text = Styled::of(Style::Plain, "a");
        text.push(Style::Plain, "b")
            .push(Style::Muted, "c")
            .push_link(Style::Muted, "d", Item::Header)
            .push(Style::Muted, "");
        assert_eq!(text.0.len(), 3);
        assert_eq!(text.to_string(), "abcd");
        assert_eq!(text.link(), Some(Item::Header.into()));
    }

    #[test]
    fn what_the_core_prints_keeps_its_kinds_and_links() {
        let mut text = Styled::default();
        Sink::push(&mut text, Token::of(TokenKind::Plain), "NULL + ");
        Sink::push(&mut text, Token { kind: TokenKind::Name, item: Some(Item::Header) }, "le");
        Sink::push(&mut text, Token { kind: TokenKind::Name, item: Some(Item::Header) }, "n");
        let runs: Vec<(Style, &str)> = text.0.iter().map(|run| (run.style, run.text.as_str())).collect();
        assert_eq!(runs, [(Style::Plain, "NULL + "), (Style::Name, "len")]);
        assert_eq!(text.link(), Some(Item::Header.into()));
    }
}
