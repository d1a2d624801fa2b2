//! What hovering over a byte tells: its owner, and what it would mean as a number or text.

use crate::file::File;
use crate::labels;
use crate::protocol::{Definition, HexHover, Style, Styled};
use crate::text::text_of;

/// How many characters of text are shown.
const TEXT: usize = 24;

/// What hovering over a byte tells.
pub(crate) fn hover(file: &File, offset: u32) -> Option<HexHover> {
    let item = file.pyc.leaf_at(offset)?;
    let inner = labels::crumb(&file.pyc, item);
    let owner = match file.pyc.parent(item) {
        Some(outer) => format!("{} › {inner}", labels::crumb(&file.pyc, outer)),
        None => inner,
    };
    let bytes = file.pyc.bytes().get(offset as usize..).unwrap_or(&[]);
    Some(HexHover { offset, item: item.into(), owner, span: file.pyc.leaf_span(item), readings: readings(bytes) })
}

/// What bytes mean as numbers and text, little-endian. What there are too few bytes for is left out.
fn readings(bytes: &[u8]) -> Vec<Definition> {
    let mut readings = Vec::new();
    let mut say = |term: &str, value: Option<String>| {
        if let Some(value) = value {
            readings.push(Definition { term: term.to_owned(), value: Styled::of(Style::Number, &value) });
        }
    };
    say("u8", unsigned(bytes, 1).map(|number| number.to_string()));
    say("i8", signed(bytes, 1).map(|number| number.to_string()));
    say("u16", unsigned(bytes, 2).map(|number| number.to_string()));
    say("i16", signed(bytes, 2).map(|number| number.to_string()));
    say("u32", unsigned(bytes, 4).map(|number| number.to_string()));
    say("i32", signed(bytes, 4).map(|number| number.to_string()));
    say("u64", unsigned(bytes, 8).map(|number| number.to_string()));
    say("f64", bytes.first_chunk().map(|bytes| float(f64::from_le_bytes(*bytes))));
    say("varint", varint(bytes));
    let text = text_of(&bytes[..bytes.len().min(4 * TEXT)], TEXT);
    readings.push(Definition { term: "text".to_owned(), value: Styled::of(Style::Str, &text) });
    readings
}

/// A number of `size` bytes, little-endian.
fn unsigned(bytes: &[u8], size: usize) -> Option<u64> {
    Some(bytes.get(..size)?.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)))
}

/// The same with a sign.
fn signed(bytes: &[u8], size: usize) -> Option<i64> {
    let unused = 64 - 8 * size;
    Some((unsigned(bytes, size)? << unused) as i64 >> unused)
}

/// A float in the fewest digits that tell it from others, with an exponent where it is very great or very small.
fn float(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-5..1e16).contains(&size) { format!("{value:e}") } else { value.to_string() }
}

/// A number of 6 bits a byte, the lowest first, as in location tables: bit 6 says that more follow (PEP 657).
fn varint(bytes: &[u8]) -> Option<String> {
    let mut value = 0_u64;
    for (at, &byte) in bytes.iter().take(10).enumerate() {
        value |= u64::from(byte & 0x3f) << (6 * at);
        if byte & 0x40 == 0 {
            let size = at + 1;
            return Some(if size == 1 { value.to_string() } else { format!("{value} ({size} bytes)") });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(bytes: &[u8], term: &str) -> Option<String> {
        readings(bytes).into_iter().find(|reading| reading.term == term).map(|reading| reading.value.to_string())
    }

    #[test]
    fn bytes_are_read_in_every_way() {
        let bytes = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        assert_eq!(reading(&bytes, "u8").as_deref(), Some("254"));
        assert_eq!(reading(&bytes, "i8").as_deref(), Some("-2"));
        assert_eq!(reading(&bytes, "i16").as_deref(), Some("-2"));
        assert_eq!(reading(&bytes, "u32").as_deref(), Some("4294967294"));
        assert_eq!(reading(&bytes, "u64").as_deref(), Some("18446744073709551614"));
        assert_eq!(reading(&1.5_f64.to_le_bytes(), "f64").as_deref(), Some("1.5"));
        assert_eq!(reading(&1e300_f64.to_le_bytes(), "f64").as_deref(), Some("1e300"));
        assert_eq!(reading(&[0x7f, 0x01], "varint").as_deref(), Some("127 (2 bytes)"));
        assert_eq!(reading(&[0x05], "varint").as_deref(), Some("5"));
        assert_eq!(reading(&[0x7f], "varint"), None, "it does not end");
        assert_eq!(reading(b"len\x00", "text").as_deref(), Some("len\\x00"));
        assert_eq!(reading(&[1], "u16"), None, "there are too few bytes");
    }
}
