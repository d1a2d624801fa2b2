//! Constants as Python writes them, in inks.

use pycxray::{NodeId, Pyc, Region, Reprs, Value};

use crate::safe::made_displayable;
use crate::{Ink, Styled};

/// A constant as Python writes it, in inks, of about `limit` characters at most.
pub(crate) fn constant(pyc: &Pyc, id: NodeId, limit: usize) -> Styled {
    let mut text = String::new();
    Reprs::new(pyc.python().version).write(&mut text, pyc, id, limit);
    let ink = match pyc.value(id) {
        Value::Text(_) | Value::Bytes(_) if pyc.tree().node(id).region == Region::Names => Ink::Name,
        Value::Text(_) | Value::Bytes(_) => Ink::Str,
        Value::Int(_) | Value::Long { .. } | Value::Float(_) | Value::FloatText(_) => Ink::Number,
        Value::Complex(..) | Value::ComplexText(..) => Ink::Number,
        Value::None | Value::Bool(_) | Value::Ellipsis => Ink::Keyword,
        Value::Container => return inked(&made_displayable(text)),
        Value::Unreadable => Ink::Damage,
        _ => Ink::Plain,
    };
    Styled::of(ink, made_displayable(text))
}

/// A `repr` of a container, its strings, numbers and keywords in their inks.
pub(crate) fn inked(text: &str) -> Styled {
    let mut styled = Styled::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (ink, size) = match first {
            '\'' | '"' => (Ink::Str, quoted(rest, first)),
            '0'..='9' => (Ink::Number, word(rest)),
            c if c.is_alphabetic() || c == '_' => {
                let size = word(rest);
                match (&rest[..size], rest[size..].chars().next()) {
                    ("None" | "True" | "False" | "Ellipsis", _) => (Ink::Keyword, size),
                    ("nan" | "inf", _) => (Ink::Number, size),
                    ("b" | "u" | "ur", Some(quote @ ('\'' | '"'))) => (Ink::Str, size + quoted(&rest[size..], quote)),
                    _ => (Ink::Plain, size),
                }
            }
            _ => (Ink::Plain, first.len_utf8()),
        };
        styled.push(ink, &rest[..size]);
        rest = &rest[size..];
    }
    styled
}

/// The size of a quoted text that begins here, quotes included; of all there is if it does not end.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = true; // so that the opening quote does not close it
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// The size of the name or number that begins here.
fn word(text: &str) -> usize {
    let mut before = ' ';
    let end = text.char_indices().find(|&(_, c)| {
        let exponent =
            matches!(c, '+' | '-') && before == 'e' && text.starts_with(|first: char| first.is_ascii_digit());
        before = c;
        !(c.is_alphanumeric() || c == '_' || c == '.' || exponent)
    });
    end.map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repr_is_inked_word_by_word() {
        let styled = inked("(1, 'it''s', b\"\\\"x\", None, -2.5e+10, frozenset({True}), nan, 'cut…");
        let words: Vec<(Ink, &str)> = styled.0.iter().map(|piece| (piece.ink, piece.text.as_str())).collect();
        assert_eq!(styled.to_string(), "(1, 'it''s', b\"\\\"x\", None, -2.5e+10, frozenset({True}), nan, 'cut…");
        assert!(words.contains(&(Ink::Number, "1")));
        assert!(words.contains(&(Ink::Str, "'it''s'")));
        assert!(words.contains(&(Ink::Str, "b\"\\\"x\"")));
        assert!(words.contains(&(Ink::Keyword, "None")));
        assert!(words.contains(&(Ink::Number, "2.5e+10")));
        assert!(words.contains(&(Ink::Keyword, "True")));
        assert!(words.contains(&(Ink::Str, "'cut…")));
    }
}
