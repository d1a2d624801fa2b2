//! Listings on standard output, in colours where they are wanted.

use pycxray::{Sink, Token, TokenKind};

use crate::output::{Output, Stop, Style};

/// Takes the pieces of a listing, and writes them out when they are many.
pub(crate) struct Painter<'o> {
    out: &'o mut Output,
    outcome: Result<(), Stop>,
}

impl<'o> Painter<'o> {
    pub(crate) fn new(out: &'o mut Output) -> Self {
        Self { out, outcome: Ok(()) }
    }

    /// Why writing ended early, if it did.
    pub(crate) fn finish(self) -> Result<(), Stop> {
        self.outcome
    }
}

impl Sink for Painter<'_> {
    fn push(&mut self, token: Token, text: &str) {
        match style_of(token.kind) {
            Some(style) => self.out.styled(style, text),
            None => self.out.text.push_str(text),
        }
        if self.outcome.is_ok() {
            self.outcome = self.out.relieve();
        }
    }

    fn wants_tokens(&self) -> bool {
        self.out.is_colored()
    }

    fn is_closed(&self) -> bool {
        self.outcome.is_err()
    }
}

fn style_of(kind: TokenKind) -> Option<Style> {
    Some(match kind {
        TokenKind::Heading => Style::Bold,
        TokenKind::Line => Style::Yellow,
        TokenKind::Label | TokenKind::Target => Style::Cyan,
        TokenKind::Offset | TokenKind::FileOffset | TokenKind::Cache | TokenKind::Comment => Style::Dim,
        TokenKind::UnknownOpcode | TokenKind::Damage => Style::Red,
        TokenKind::Name
        | TokenKind::String
        | TokenKind::Number
        | TokenKind::Keyword
        | TokenKind::Code
        | TokenKind::Operator => Style::Green,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pycxray::{Limits, Listing, ListingOptions, Pyc};

    #[test]
    fn columns_are_told_apart() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/cpython-3.12/hello.pyc");
        let pyc = Pyc::parse(std::fs::read(path).expect("a fixture"));
        let mut out = Output::colored();
        let mut painter = Painter::new(&mut out);
        Listing::new(&pyc, ListingOptions::default(), Limits::default()).write(&mut painter, &pyc);
        assert!(painter.finish().is_ok());
        let painted = out.text.replace('\x1b', "").replace("[0m", "}").replace('[', "{");
        let mut rows = painted.lines();
        assert_eq!(rows.next(), Some("{1mCode object <module>, file \"hello.py\", line 1}"));
        let row = rows.find(|row| row.contains("LOAD_CONST")).expect("a row");
        assert_eq!(row, "     {33m1}          {2m2}  LOAD_CONST                       0  ({32m10})");
    }
}
