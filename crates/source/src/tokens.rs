//! What the words of a printed source are, for those who colour them.

use std::ops::Range;

use pycxray::TokenKind;

use crate::name::KEYWORDS;

/// The names, keywords, numbers, strings and comments of a source that [`source`](crate::source()) has written, each with its
/// range in bytes, in order. What is between them is punctuation and blanks.
///
/// ```
/// use pycxray::TokenKind;
///
/// let kinds: Vec<TokenKind> = pycxray_source::tokens("return b'x' # 1").map(|(_, kind)| kind).collect();
/// assert_eq!(kinds, [TokenKind::Keyword, TokenKind::String, TokenKind::Comment]);
/// ```
pub fn tokens(text: &str) -> impl Iterator<Item = (Range<usize>, TokenKind)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let first = rest.chars().next()?;
            let (length, kind) = token(rest, first);
            let range = at..at + length;
            at = range.end;
            if let Some(kind) = kind {
                return Some((range, kind));
            }
        }
    })
}

/// How long the token at the start of a text is, in bytes, and what it is; `None` for punctuation and blanks.
fn token(text: &str, first: char) -> (usize, Option<TokenKind>) {
    let while_in = |is_in: fn(char) -> bool| text.find(|c| !is_in(c)).unwrap_or(text.len());
    match first {
        '#' => (text.find('\n').unwrap_or(text.len()), Some(TokenKind::Comment)),
        '"' | '\'' => (quoted(text), Some(TokenKind::String)),
        '0'..='9' => (number(text), Some(TokenKind::Number)),
        _ if is_in_name(first) => {
            let word = &text[..while_in(is_in_name)];
            let behind = &text[word.len()..];
            if is_prefix(word) && behind.starts_with(['"', '\'']) {
                (word.len() + quoted(behind), Some(TokenKind::String))
            } else if KEYWORDS.contains(&word) {
                (word.len(), Some(TokenKind::Keyword))
            } else {
                (word.len(), Some(TokenKind::Name))
            }
        }
        _ => (first.len_utf8(), None),
    }
}

fn is_in_name(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// Whether a word before a quote belongs to the string, as in `rb'…'`.
fn is_prefix(word: &str) -> bool {
    word.len() <= 2 && word.chars().all(|c| "bfrtuBFRTU".contains(c))
}

/// How long a string is, quotes included; one without an end ends with its line, or with the text.
fn quoted(text: &str) -> usize {
    let quote = &text[..1];
    let triple = &quote.repeat(3);
    let (closing, from) = if text.starts_with(triple) { (triple.as_str(), 3) } else { (quote, 1) };
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if bytes[at..].starts_with(closing.as_bytes()) {
            return at + closing.len();
        }
        match bytes[at] {
            b'\\' => at += 2,
            b'\n' if closing.len() == 1 => return at,
            _ => at += 1,
        }
    }
    text.len()
}

/// How long a number is, as `1_000`, `0x1f`, `1.5e-07` or `2j`.
fn number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_hex = text.starts_with("0x") || text.starts_with("0X");
    let goes_on = |at: usize| match bytes[at] {
        b'+' | b'-' => !is_hex && matches!(bytes[at - 1], b'e' | b'E'),
        byte => byte == b'.' || byte == b'_' || byte.is_ascii_alphanumeric(),
    };
    (1..bytes.len()).find(|at| !goes_on(*at)).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(&str, TokenKind)> {
        tokens(text).map(|(range, kind)| (&text[range], kind)).collect()
    }

    #[test]
    fn words_are_told_apart() {
        let found = words("if é_1 is not None:\n    return 0x1e+1.5e-07j # so\n");
        let expected = [
            ("if", TokenKind::Keyword),
            ("é_1", TokenKind::Name),
            ("is", TokenKind::Keyword),
            ("not", TokenKind::Keyword),
            ("None", TokenKind::Keyword),
            ("return", TokenKind::Keyword),
            ("0x1e", TokenKind::Number),
            ("1.5e-07j", TokenKind::Number),
            ("# so", TokenKind::Comment),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn strings_end_where_they_end() {
        let strings =
            |text| words(text).into_iter().filter(|word| word.1 == TokenKind::String).map(|word| word.0).collect();
        let found: Vec<&str> = strings(
            r#"a = rb'\'' + "it's" + '' + """a"b
c""" + f('x')"#,
        );
        assert_eq!(found, [r"rb'\''", r#""it's""#, "''", "\"\"\"a\"b\nc\"\"\"", "'x'"]);
        let open: Vec<&str> = strings("'open\nx = '\\");
        assert_eq!(open, ["'open", "'\\"], "what has no end ends with its line");
    }
}
