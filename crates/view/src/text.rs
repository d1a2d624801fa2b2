//! Text from the file, made fit to be shown: it cannot hide, reorder or break what stands around it.

use std::borrow::Cow;
use std::fmt::Write;

pub use pycxray::displayable;
use pycxray::is_visible;

/// Adds a character, or its escape as Python writes it.
fn push(text: &mut String, c: char) {
    match c {
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        '\t' => text.push_str("\\t"),
        c if is_visible(c) => text.push(c),
        c => push_escape(text, c.into()),
    }
}

/// Adds a character or byte as Python writes it in a string if it cannot be shown.
pub(crate) fn push_escape(text: &mut String, code: u32) {
    let (letter, digits) = match code {
        ..0x100 => ('x', 2),
        0x100..0x1_0000 => ('u', 4),
        _ => ('U', 8),
    };
    let _ = write!(text, "\\{letter}{code:0digits$x}");
}

/// The same as [`displayable`] of a text that is not needed otherwise.
pub(crate) fn made_displayable(text: String) -> String {
    match displayable(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(safe) => safe,
    }
}

/// Bytes from the file as displayable text of at most `limit` characters: UTF-8 where they are, surrogates as `\ud800`, other
/// bytes as `\xff`. No more of them is looked at than is shown.
pub(crate) fn text_of(bytes: &[u8], limit: usize) -> String {
    // No character of UTF-8 is longer than 4 bytes.
    let seen = &bytes[..bytes.len().min(limit.saturating_mul(4).saturating_add(4))];
    let mut text = String::new();
    let mut count = 0;
    let mut rest = seen;
    while !rest.is_empty() {
        if count >= limit {
            text.push('…');
            return text;
        }
        count += 1;
        let (c, size) = character(rest);
        match c {
            Ok(c) => push(&mut text, c),
            Err(code) => push_escape(&mut text, code),
        }
        rest = &rest[size..];
    }
    if seen.len() < bytes.len() {
        text.push('…');
    }
    text
}

/// The first character and its size, or the number of what is none: a surrogate or a byte.
fn character(bytes: &[u8]) -> (Result<char, u32>, usize) {
    let size = match bytes[0] {
        ..0x80 => return (Ok(bytes[0].into()), 1),
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    };
    match bytes.get(..size) {
        Some(&[0xed, second @ 0xa0..=0xbf, third @ 0x80..=0xbf]) => {
            (Err(0xd000 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f)), 3)
        }
        Some(whole) => match std::str::from_utf8(whole).ok().and_then(|text| text.chars().next()) {
            Some(c) => (Ok(c), size),
            None => (Err(bytes[0].into()), 1),
        },
        None => (Err(bytes[0].into()), 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        assert_eq!(displayable("plain ü 漢 🎉"), "plain ü 漢 🎉");
        assert!(matches!(displayable("plain"), Cow::Borrowed(_)));
        assert_eq!(displayable("a\u{202e}b\u{200b}c"), "a\\u202eb\\u200bc");
        assert_eq!(displayable("\u{1b}[31m\n\t\u{9b}"), "\\x1b[31m\\n\\t\\x9b");
        assert_eq!(displayable("\u{e0041}\u{feff}\u{2066}"), "\\U000e0041\\ufeff\\u2066");
        assert_eq!(displayable("\u{a0}\u{3164}\u{2028}"), "\\xa0\\u3164\\u2028");
        assert_eq!(displayable("<script>"), "<script>", "markup is the page's concern: it is text to it");
    }

    #[test]
    fn no_displayable_text_has_a_character_that_is_not() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            let shown = displayable(c.encode_utf8(&mut [0; 4])).into_owned();
            assert!(shown.chars().all(is_visible), "{c:?}");
            assert!(!c.is_whitespace() || c == ' ' || shown.is_ascii(), "{c:?}");
        }
    }

    #[test]
    fn bytes_become_text_whatever_they_are() {
        assert_eq!(text_of("zwölf".as_bytes(), 99), "zwölf");
        assert_eq!(text_of(b"a\xffb\xed\xa0\x80c\xc3", 99), "a\\xffb\\ud800c\\xc3");
        assert_eq!(text_of("zwölf".as_bytes(), 3), "zwö…");
        assert_eq!(text_of("zwölf".as_bytes(), 5), "zwölf");
        assert_eq!(text_of(&[b'x'; 1_000], 5), "xxxxx…");
        assert_eq!(text_of(&[0x80; 30], 5), "\\x80\\x80\\x80\\x80\\x80…");
    }
}
