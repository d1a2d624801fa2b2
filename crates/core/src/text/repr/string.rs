//! Strings in quotes, with what is escaped in each Python.

use super::CUT;
use super::printable::{is_printable, is_shown, unicode_release};
use crate::Version;
use crate::text::buffer::Text;

/// How a Python escapes what it does not show as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StringStyle {
    /// Control characters as `\012`, others as `\u20AC` (up to 2.0), not as `\n`, `\x0b`, `\u20ac`.
    octal: bool,
    /// Printable characters beyond ASCII as they are (3.0+), by this release of Unicode.
    unicode: Option<u32>,
    /// Characters beyond the BMP as two surrogates (up to 2.1).
    pairs: bool,
}

impl StringStyle {
    pub(super) const fn of(version: Version) -> Self {
        let unicode = if version.major >= 3 { Some(unicode_release(version)) } else { None };
        Self {
            octal: version.major < 2 || (version.major == 2 && version.minor == 0),
            unicode,
            pairs: version.major < 2 || (version.major == 2 && version.minor <= 1),
        }
    }
}

const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];

/// The quote that `repr` takes: double ones if that saves an escape.
fn quote_for(bytes: &[u8]) -> u8 {
    if bytes.contains(&b'\'') && !bytes.contains(&b'"') { b'"' } else { b'\'' }
}

/// Whether a byte stands for itself in either quotes.
#[inline]
fn is_plain(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte) && byte != b'\\' && byte != b'\'' && byte != b'"'
}

/// Writes a byte string in quotes, its `b` not included. `false` if it was cut because `room` bytes of text are full.
pub(super) fn write_bytes(out: &mut Text, bytes: &[u8], style: StringStyle, room: usize) -> bool {
    write_quoted(out, bytes, room, |out, rest, quote| {
        write_ascii(out, rest[0], quote, style);
        1
    })
}

/// Writes text in quotes, its `u` not included: UTF-8 in which surrogates may stand alone. Likewise.
pub(super) fn write_text(out: &mut Text, text: &[u8], style: StringStyle, room: usize) -> bool {
    write_quoted(out, text, room, |out, rest, quote| {
        if rest[0] < 0x80 {
            write_ascii(out, rest[0], quote, style);
            return 1;
        }
        match decode(rest) {
            Some((character, size)) => {
                write_character(out, character, style);
                size
            }
            None => {
                // As the codec error handler surrogateescape has it.
                write_hex(out, "\\u", 0xdc00 + u32::from(rest[0]), 4);
                1
            }
        }
    })
}

/// Writes what needs no escape in runs, and leaves each of the rest to `escape`, which says how many bytes it took.
#[inline]
fn write_quoted(out: &mut Text, bytes: &[u8], room: usize, escape: impl Fn(&mut Text, &[u8], u8) -> usize) -> bool {
    // Most strings are so.
    if bytes.len() <= room.saturating_sub(1) && stands_for_itself(bytes) {
        out.push('\'');
        out.push_utf8(bytes);
        out.push('\'');
        return true;
    }
    // What is behind the room is not even looked at.
    let shown = &bytes[..bytes.len().min(room)];
    let end = out.len().saturating_add(room);
    let quote = if shown.iter().all(|&byte| byte != b'\'') { b'\'' } else { quote_for(shown) };
    out.push(char::from(quote));
    let mut rest = shown;
    while !rest.is_empty() && out.len() < end {
        let plain = rest.iter().position(|&byte| !is_plain(byte)).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(plain);
        out.push_utf8(run);
        rest = behind;
        if !rest.is_empty() {
            rest = &rest[escape(out, rest, quote).min(rest.len())..];
        }
    }
    let whole = rest.is_empty() && shown.len() == bytes.len();
    if whole {
        out.push(char::from(quote));
    }
    whole
}

fn write_ascii(out: &mut Text, byte: u8, quote: u8, style: StringStyle) {
    match byte {
        b'\\' => out.push_str("\\\\"),
        _ if byte == quote => {
            out.push('\\');
            out.push(char::from(byte));
        }
        b' '..=b'~' => out.push(char::from(byte)),
        _ if style.octal => {
            out.push('\\');
            for shift in [6, 3, 0] {
                out.push(char::from(b'0' + (byte >> shift & 7)));
            }
        }
        b'\t' => out.push_str("\\t"),
        b'\n' => out.push_str("\\n"),
        b'\r' => out.push_str("\\r"),
        _ => write_hex(out, "\\x", byte.into(), 2),
    }
}

fn write_character(out: &mut Text, character: u32, style: StringStyle) {
    match (style.unicode, char::from_u32(character)) {
        (Some(release), Some(shown)) if is_printable(character, release) => out.push(shown),
        _ if character < 0x100 && style.octal => write_ascii(out, character as u8, 0, style),
        _ if character < 0x100 => write_hex(out, "\\x", character, 2),
        _ if style.octal && character < 0x1_0000 => {
            let start = out.len();
            write_hex(out, "\\u", character, 4);
            out.tail(start + 2).make_ascii_uppercase();
        }
        _ if character < 0x1_0000 => write_hex(out, "\\u", character, 4),
        _ if style.pairs => {
            write_hex(out, "\\u", 0xd7c0 + (character >> 10), 4);
            write_hex(out, "\\u", 0xdc00 + (character & 0x3ff), 4);
        }
        _ => write_hex(out, "\\U", character, 8),
    }
}

fn write_hex(out: &mut Text, prefix: &str, value: u32, digits: u32) {
    out.push_str(prefix);
    for digit in (0..digits).rev() {
        out.push(HEX[(value >> (digit * 4) & 15) as usize]);
    }
}

/// The character that a text begins with, and how many bytes it has: UTF-8 that may hold surrogates.
pub(crate) fn decode(text: &[u8]) -> Option<(u32, usize)> {
    let next = |position: usize| match text.get(position) {
        Some(&byte @ 0x80..=0xbf) => Some(u32::from(byte & 0x3f)),
        _ => None,
    };
    let first = u32::from(*text.first()?);
    let (character, size, least) = match first {
        0x00..=0x7f => (first, 1, 0),
        0xc2..=0xdf => ((first & 0x1f) << 6 | next(1)?, 2, 0x80),
        0xe0..=0xef => ((first & 0x0f) << 12 | next(1)? << 6 | next(2)?, 3, 0x800),
        0xf0..=0xf4 => ((first & 0x07) << 18 | next(1)? << 12 | next(2)? << 6 | next(3)?, 4, 0x1_0000),
        _ => return None,
    };
    (least..0x11_0000).contains(&character).then_some((character, size))
}

/// Writes text as it is, where that can be seen: control characters, which a terminal would obey, what is invisible or turns
/// the text around it, and what is no character, are written as escapes.
#[inline]
pub(crate) fn write_plain(out: &mut Text, text: &[u8]) {
    if is_printable_ascii(text) {
        out.push_utf8(text);
    } else {
        write_plain_slow(out, text);
    }
}

/// Whether all of it is from the space to `~`.
#[inline]
pub(crate) fn is_printable_ascii(text: &[u8]) -> bool {
    all_by_eights(text, |word| odd_ones(word) & HIGHEST == 0)
}

/// Whether all of it stands for itself in either quotes ([`is_plain`]).
#[inline]
pub(crate) fn stands_for_itself(text: &[u8]) -> bool {
    all_by_eights(text, |word| (odd_ones(word) | is(word, b'\\') | is(word, b'\'') | is(word, b'"')) & HIGHEST == 0)
}

/// Whether all of it stands for itself in a JSON string.
#[inline]
pub(crate) fn stands_for_itself_in_json(text: &[u8]) -> bool {
    all_by_eights(text, |word| (odd_ones(word) | is(word, b'\\') | is(word, b'"')) & HIGHEST == 0)
}

/// Each byte of eight.
const ONES: u64 = u64::MAX / 255;
const HIGHEST: u64 = ONES * 0x80;

/// Of each byte the highest bit if it is below the space, from 0x80 on, or 0x7f, which becomes 0x80 with one added.
#[inline]
fn odd_ones(word: u64) -> u64 {
    word.wrapping_sub(0x20 * ONES) | word | word.wrapping_add(ONES)
}

/// Of the first byte that is this one the highest bit: nothing but 0 becomes greater than 0x7f by taking one away, if it was not
/// so before.
#[inline]
fn is(word: u64, byte: u8) -> u64 {
    let zero = word ^ (ONES * u64::from(byte));
    zero.wrapping_sub(ONES) & !zero
}

/// Asks about eight bytes at a time, since names and strings are asked about more than anything else.
#[inline]
fn all_by_eights(text: &[u8], are_fine: impl Fn(u64) -> bool) -> bool {
    let fine = |bytes: &[u8; 8]| are_fine(u64::from_le_bytes(*bytes));
    match text.last_chunk::<8>() {
        // Spaces are fine, and no letters.
        None => are_fine(text.iter().fold(0x20 * ONES, |word, byte| word << 8 | u64::from(*byte))),
        Some(last) => text.chunks_exact(8).filter_map(|chunk| chunk.first_chunk()).all(fine) && fine(last),
    }
}

/// Writes text letter by letter; only what is no character is written as an escape.
#[inline]
pub(crate) fn write_literal(out: &mut Text, text: &[u8]) {
    if is_printable_ascii(text) {
        out.push_utf8(text);
    } else {
        write_where(out, text, |_| true);
    }
}

fn write_plain_slow(out: &mut Text, text: &[u8]) {
    write_where(out, text, is_shown);
}

/// Writes the characters that `stays` is true of, and escapes for the others.
fn write_where(out: &mut Text, mut text: &[u8], stays: impl Fn(char) -> bool) {
    while let Some(&byte) = text.first() {
        let size = match decode(text) {
            Some((character, size)) => {
                match char::from_u32(character).filter(|&c| stays(c)) {
                    Some(character) => out.push(character),
                    None if character < 0x100 => write_hex(out, "\\x", character, 2),
                    None if character < 0x1_0000 => write_hex(out, "\\u", character, 4),
                    None => write_hex(out, "\\U", character, 8),
                }
                size
            }
            None => {
                write_hex(out, "\\x", byte.into(), 2);
                1
            }
        };
        text = &text[size..];
    }
}

/// Text of a file, or its name, as a line can quote it: cut at `limit` bytes, with [`CUT`] in place of the rest. Whatever a
/// terminal would obey, what is invisible or turns the text around it, and what is no character, is written as escapes.
///
/// ```
/// assert_eq!(pycxray::shown(b"a\x1b[31m\xff", 80), r"a\x1b[31m\xff");
/// assert_eq!(pycxray::shown("name\u{202e}".as_bytes(), 4), "name…");
/// ```
#[must_use]
pub fn shown(text: &[u8], limit: usize) -> String {
    let mut size = text.len().min(limit);
    // Not inside a character.
    while size > 0 && text.get(size).is_some_and(|byte| byte & 0xc0 == 0x80) {
        size -= 1;
    }
    let mut plain = Text::default();
    write_plain(&mut plain, &text[..size]);
    if size < text.len() {
        plain.push(CUT);
    }
    let mut shown = String::new();
    plain.move_to(&mut shown);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &[u8], major: u8, minor: u8) -> String {
        let mut out = Text::default();
        write_text(&mut out, text, StringStyle::of(Version::new(major, minor)), usize::MAX);
        String::from_utf8_lossy(out.as_bytes()).into_owned()
    }

    #[test]
    fn plain_text_cannot_lie() {
        let plain = |text: &[u8]| {
            let mut out = Text::default();
            write_plain(&mut out, text);
            String::from_utf8_lossy(out.as_bytes()).into_owned()
        };
        assert_eq!(plain("naïve Ωμέγα".as_bytes()), "naïve Ωμέγα");
        assert_eq!(plain(b"\x1b[31mred\x07\r\n"), "\\x1b[31mred\\x07\\x0d\\x0a");
        assert_eq!(plain("a\u{202e}b\u{200b}\u{e0041}".as_bytes()), "a\\u202eb\\u200b\\U000e0041");
        assert_eq!(plain(b"\xff\xed\xa0\x80"), "\\xff\\ud800");
    }

    #[test]
    fn what_is_asked_of_eight_letters_is_asked_of_each() {
        for byte in 0..=u8::MAX {
            for size in 1..20 {
                for place in 0..size {
                    let mut text = vec![b'a'; size];
                    text[place] = byte;
                    assert_eq!(stands_for_itself(&text), is_plain(byte), "{byte:#x} in {text:?}");
                    assert_eq!(is_printable_ascii(&text), (b' '..=b'~').contains(&byte), "{byte:#x} in {text:?}");
                }
            }
        }
    }

    #[test]
    fn quotes_are_chosen_to_save_escapes() {
        assert_eq!(text(b"plain", 3, 12), "'plain'");
        assert_eq!(text(b"it's", 3, 12), "\"it's\"");
        assert_eq!(text(b"both ' and \"", 3, 12), "'both \\' and \"'");
        assert_eq!(text(b"only \"", 3, 12), "'only \"'");
    }

    #[test]
    fn control_characters() {
        assert_eq!(text(b"a\tb\nc\\\0\x7f", 3, 12), "'a\\tb\\nc\\\\\\x00\\x7f'");
        let mut out = Text::default();
        write_bytes(&mut out, b"\n\xff", StringStyle::of(Version::new(1, 5)), usize::MAX);
        assert_eq!(out.as_bytes(), b"'\\012\\377'");
    }

    #[test]
    fn text_beyond_ascii() {
        assert_eq!(text("café\u{ad}".as_bytes(), 3, 12), "'café\\xad'");
        assert_eq!(text("é🐍".as_bytes(), 2, 7), "'\\xe9\\U0001f40d'");
        assert_eq!(text(b"\xed\xa0\x80", 3, 12), "'\\ud800'");
        assert_eq!(text(b"\xff", 3, 12), "'\\udcff'");
    }

    #[test]
    fn a_long_text_is_cut() {
        let mut out = Text::default();
        assert!(!write_text(&mut out, &[b'a'; 100], StringStyle::of(Version::new(3, 12)), 10));
        assert_eq!(out.as_bytes(), b"'aaaaaaaaaa");
    }
}
