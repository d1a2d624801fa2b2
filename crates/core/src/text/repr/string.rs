//! Strings in quotes, with what is escaped in each Python.

use crate::Version;
use crate::text::ascii::{is_plain, stands_for_itself};
use crate::text::buffer::Text;
use crate::text::printable::{is_printable, unicode_release};
use crate::text::wtf8::decode;

/// How a Python escapes what it does not show as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StringStyle {
    /// Control characters as `\012`, others as `\u20AC` (up to 2.0), not as `\n`, `\x0b`, `\u20ac`.
    octal: bool,
    /// Printable characters beyond ASCII as they are (3.0+), by this release of Unicode.
    unicode: Option<u8>,
    /// Characters beyond the BMP as two surrogates (up to 2.1).
    pairs: bool,
}

impl StringStyle {
    pub(super) fn of(version: Version) -> Self {
        let unicode = if version.major >= 3 { Some(unicode_release(version)) } else { None };
        Self {
            octal: version.major < 2 || (version.major == 2 && version.minor == 0),
            unicode,
            pairs: version.major < 2 || (version.major == 2 && version.minor <= 1),
        }
    }
}

/// The quote that `repr` takes: double ones if that saves an escape.
fn quote_for(bytes: &[u8]) -> u8 {
    if bytes.contains(&b'\'') && !bytes.contains(&b'"') { b'"' } else { b'\'' }
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
                out.push_hex("\\u", 0xdc00 + u32::from(rest[0]), 4);
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
        _ => out.push_hex("\\x", byte.into(), 2),
    }
}

fn write_character(out: &mut Text, character: u32, style: StringStyle) {
    match (style.unicode, char::from_u32(character)) {
        (Some(release), Some(shown)) if is_printable(character, release) => out.push(shown),
        _ if character < 0x100 && style.octal => write_ascii(out, character as u8, 0, style),
        _ if character < 0x100 => out.push_hex("\\x", character, 2),
        _ if style.octal && character < 0x1_0000 => {
            let start = out.len();
            out.push_hex("\\u", character, 4);
            out.tail(start + 2).make_ascii_uppercase();
        }
        _ if character < 0x1_0000 => out.push_hex("\\u", character, 4),
        _ if style.pairs => {
            out.push_hex("\\u", 0xd7c0 + (character >> 10), 4);
            out.push_hex("\\u", 0xdc00 + (character & 0x3ff), 4);
        }
        _ => out.push_hex("\\U", character, 8),
    }
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
