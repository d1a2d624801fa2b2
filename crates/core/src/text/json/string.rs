//! Text as JSON strings.

use crate::text::ascii::stands_for_itself_in_json;
use crate::text::buffer::Text;
use crate::text::visible::is_visible;
use crate::text::wtf8::decode;

/// A byte that stands for itself in a JSON string.
#[inline]
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\'
}

/// Writes text as a JSON string, in its quotes. What a terminal would obey, what is invisible or turns the text around it is
/// written as escapes.
pub fn write_json_string(out: &mut String, text: &str) {
    let mut quoted = Text::default();
    write_string(&mut quoted, text.as_bytes());
    quoted.hand_to(out);
}

/// The same for text of the file. A surrogate that stands alone becomes an escape, and so does a byte that is no text: as
/// `surrogateescape` has it.
#[inline]
pub(super) fn write_string(out: &mut Text, text: &[u8]) {
    out.push('"');
    if stands_for_itself_in_json(text) {
        out.push_utf8(text);
    } else {
        write_escaping(out, text);
    }
    out.push('"');
}

/// The same without the quotes.
pub(super) fn write_escaping(out: &mut Text, text: &[u8]) {
    let mut rest = text;
    while let Some(position) = rest.iter().position(|&byte| !is_plain(byte)) {
        out.push_utf8(&rest[..position]);
        rest = &rest[position..];
        rest = &rest[write_odd(out, rest)..];
    }
    out.push_utf8(rest);
}

/// Writes the character that a text begins with, which does not stand for itself; returns how many bytes it has.
fn write_odd(out: &mut Text, text: &[u8]) -> usize {
    let first = text[0];
    let (character, size) = decode(text).unwrap_or((0xdc00 + u32::from(first), 1));
    match char::from_u32(character) {
        Some(_) if first.is_ascii() => write_escaped(out, first),
        Some(shown) if is_visible(shown) => out.push(shown),
        _ if character > 0xffff => {
            for half in [0xd7c0 + (character >> 10), 0xdc00 + (character & 0x3ff)] {
                out.push_str("\\u");
                write_hex(out, half, 4);
            }
        }
        _ => {
            out.push_str("\\u");
            write_hex(out, character, 4);
        }
    }
    size
}

fn write_escaped(out: &mut Text, byte: u8) {
    match byte {
        b'"' => out.push_str("\\\""),
        b'\\' => out.push_str("\\\\"),
        b'\n' => out.push_str("\\n"),
        b'\r' => out.push_str("\\r"),
        b'\t' => out.push_str("\\t"),
        _ => {
            out.push_str("\\u");
            write_hex(out, byte.into(), 4);
        }
    }
}

/// So many lowercase hexadecimal digits.
pub(super) fn write_hex(out: &mut Text, value: u32, digits: u32) {
    for digit in (0..digits).rev() {
        let four_bits = value >> (digit * 4) & 15;
        out.push(char::from_digit(four_bits, 16).unwrap_or('0'));
    }
}
