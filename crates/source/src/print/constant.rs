//! Constants as source.

use pycxray::is_visible;

use crate::constant::Constant;
use crate::print::precedence::Precedence;

/// Longer integers are written in hexadecimal: Python itself refuses decimal ones of more than 4,300 digits, and they take long to make.
const MOST_DECIMAL_DIGITS: usize = 256;

/// A constant as source, and how tightly that binds. A code object has no source of its own.
pub(super) fn constant(value: &Constant) -> (String, Precedence) {
    let mut out = String::new();
    let binding = write(&mut out, value);
    (out, binding)
}

/// Recursion is bounded: [`Constant::DEPTH`].
fn write(out: &mut String, value: &Constant) -> Precedence {
    match value {
        Constant::None => out.push_str("None"),
        Constant::Bool(true) => out.push_str("True"),
        Constant::Bool(false) => out.push_str("False"),
        Constant::Ellipsis => out.push_str("..."),
        Constant::Int(value) => {
            out.push_str(&value.to_string());
            return if *value < 0 { Precedence::Factor } else { Precedence::Number };
        }
        Constant::BigInt { negative, digits } => {
            if *negative {
                out.push('-');
            }
            big_integer(out, digits);
            return if *negative { Precedence::Factor } else { Precedence::Number };
        }
        Constant::Float(bits) => {
            float(out, f64::from_bits(*bits));
            return if f64::from_bits(*bits).is_sign_negative() { Precedence::Factor } else { Precedence::Atom };
        }
        Constant::Complex(real, imaginary) => {
            return complex(out, f64::from_bits(*real), f64::from_bits(*imaginary));
        }
        Constant::Str(text) => string(out, text),
        Constant::Bytes(bytes) => byte_string(out, "b", bytes),
        // None is written for a Python that has it.
        Constant::Unicode(text) => string(out, text),
        Constant::Tuple(items) => {
            out.push('(');
            list(out, items);
            if items.len() == 1 {
                out.push(',');
            }
            out.push(')');
        }
        Constant::FrozenSet(items) if !items.is_empty() => {
            out.push('{');
            list(out, items);
            out.push('}');
        }
        Constant::FrozenSet(_) => out.push_str("frozenset()"),
        Constant::Slice(parts) => {
            for (at, part) in parts.iter().enumerate() {
                match (at, part) {
                    (0, _) => {}
                    (2, Constant::None) => break,
                    _ => out.push(':'),
                }
                if *part != Constant::None {
                    write(out, part);
                }
            }
            return Precedence::Slice;
        }
        Constant::Code(_) => out.push_str("None"),
    }
    Precedence::Atom
}

/// A tuple as the index between brackets: without parentheses around it, so that slices may stand in it.
pub(super) fn index(items: &[Constant]) -> String {
    let mut out = String::new();
    list(&mut out, items);
    if items.len() == 1 {
        out.push(',');
    }
    out
}

fn list(out: &mut String, items: &[Constant]) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        write(out, item);
    }
}

fn float(out: &mut String, value: f64) {
    if value.is_sign_negative() {
        out.push('-');
    }
    let value = value.abs();
    if value.is_infinite() {
        out.push_str("1e309");
    } else if value.is_nan() {
        out.push_str("(1e309 - 1e309)");
    } else {
        // The shortest digits that give the same float, as Python's repr has them.
        out.push_str(&format!("{value:?}"));
    }
}

/// `1j`, `-1j`, `1+2j`: the text that folds to just these two parts, signs of zeros included.
fn complex(out: &mut String, real: f64, imaginary: f64) -> Precedence {
    let is_zero = real == 0.0;
    if is_zero && real.is_sign_positive() && imaginary.is_sign_positive() {
        float(out, imaginary);
        out.push('j');
        return Precedence::Atom;
    }
    if is_zero && real.is_sign_negative() && imaginary.is_sign_negative() {
        float(out, imaginary);
        out.push('j');
        return Precedence::Factor;
    }
    float(out, real);
    out.push(if imaginary.is_sign_negative() { '-' } else { '+' });
    float(out, imaginary.abs());
    out.push('j');
    Precedence::Arith
}

/// An integer from marshal's digits of 15 bits, the lowest first.
fn big_integer(out: &mut String, digits: &[u8]) {
    let digits: Vec<u32> = digits.chunks_exact(2).map(|pair| u32::from(pair[0]) | u32::from(pair[1]) << 8).collect();
    if digits.len() > MOST_DECIMAL_DIGITS {
        hexadecimal(out, &digits);
        return;
    }
    // Nine decimal digits at a time, the lowest first.
    let mut left = digits;
    let mut parts = Vec::new();
    while left.iter().any(|digit| *digit != 0) {
        let mut rest = 0_u64;
        for digit in left.iter_mut().rev() {
            let value = rest << 15 | u64::from(*digit);
            *digit = (value / 1_000_000_000) as u32;
            rest = value % 1_000_000_000;
        }
        parts.push(rest);
    }
    let highest = parts.pop().unwrap_or(0);
    out.push_str(&highest.to_string());
    for part in parts.iter().rev() {
        out.push_str(&format!("{part:09}"));
    }
}

fn hexadecimal(out: &mut String, digits: &[u32]) {
    let bit = |at: usize| digits.get(at / 15).is_some_and(|digit| digit >> (at % 15) & 1 == 1);
    let nibbles = (digits.len() * 15).div_ceil(4);
    let text: String = (0..nibbles)
        .rev()
        .map(|nibble| {
            let value = (0..4).fold(0, |value, at| value | u32::from(bit(nibble * 4 + at)) << at);
            char::from_digit(value, 16).unwrap_or('0')
        })
        .collect();
    out.push_str("0x");
    out.push_str(text.trim_start_matches('0'));
}

/// Text in quotes, as `repr` chooses them.
pub(super) fn string(out: &mut String, text: &[u8]) {
    let quote = if text.contains(&b'\'') && !text.contains(&b'"') { '"' } else { '\'' };
    out.push(quote);
    escaped(out, text, Some(quote), false);
    out.push(quote);
}

/// The letters of a text as they stand between quotes. `quote`: what is escaped besides what cannot be seen. With `lines`, line ends stay.
pub(super) fn escaped(out: &mut String, text: &[u8], quote: Option<char>, lines: bool) {
    for chunk in Wtf8(text) {
        match chunk {
            Letter::Char('\\') => out.push_str("\\\\"),
            Letter::Char('\n') if lines => out.push('\n'),
            Letter::Char('\n') => out.push_str("\\n"),
            Letter::Char('\r') => out.push_str("\\r"),
            Letter::Char('\t') => out.push_str("\\t"),
            Letter::Char(c) if Some(c) == quote => {
                out.push('\\');
                out.push(c);
            }
            Letter::Char(c) if c == ' ' || c.is_ascii_graphic() || (!c.is_ascii() && is_visible(c)) => out.push(c),
            Letter::Char(c) => code_point(out, u32::from(c)),
            Letter::Surrogate(value) => code_point(out, value),
        }
    }
}

fn code_point(out: &mut String, value: u32) {
    out.push_str(&match value {
        0..=0xff => format!("\\x{value:02x}"),
        0x100..=0xffff => format!("\\u{value:04x}"),
        _ => format!("\\U{value:08x}"),
    });
}

/// A letter of a text in which surrogates may stand alone.
enum Letter {
    Char(char),
    /// A surrogate, or a byte that is of no letter.
    Surrogate(u32),
}

/// The letters of UTF-8 with lone surrogates.
struct Wtf8<'t>(&'t [u8]);

impl Iterator for Wtf8<'_> {
    type Item = Letter;

    fn next(&mut self) -> Option<Letter> {
        let &first = self.0.first()?;
        let size = match first {
            ..0x80 => 1,
            0xc0..0xe0 => 2,
            0xe0..0xf0 => 3,
            _ => 4,
        };
        let head = &self.0[..size.min(self.0.len())];
        if let Some(letter) = std::str::from_utf8(head).ok().and_then(|text| text.chars().next()) {
            self.0 = &self.0[letter.len_utf8()..];
            return Some(Letter::Char(letter));
        }
        if let &[0xed, high @ 0xa0..=0xbf, low @ 0x80..=0xbf] = head {
            self.0 = &self.0[3..];
            return Some(Letter::Surrogate(0xd000 | u32::from(high & 0x3f) << 6 | u32::from(low & 0x3f)));
        }
        self.0 = &self.0[1..];
        Some(Letter::Surrogate(first.into()))
    }
}

pub(super) fn byte_string(out: &mut String, prefix: &str, bytes: &[u8]) {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { b'"' } else { b'\'' };
    out.push_str(prefix);
    out.push(char::from(quote));
    for &byte in bytes {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            _ if byte == quote => {
                out.push('\\');
                out.push(char::from(byte));
            }
            b' '..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push(char::from(quote));
}

/// A docstring: in three quotes over its lines.
pub(super) fn docstring(text: &[u8]) -> String {
    let mut out = String::new();
    if !text.contains(&b'\n') && !text.contains(&b'"') && !text.ends_with(b"\\") {
        out.push_str("\"\"\"");
        escaped(&mut out, text, None, false);
        out.push_str("\"\"\"");
        return out;
    }
    if std::str::from_utf8(text).is_err() || text.contains(&b'\r') {
        string(&mut out, text);
        return out;
    }
    let mut inner = String::new();
    escaped(&mut inner, text, None, true);
    // Three quotes in a row would end it, and so would one before its own.
    let mut inner = inner.replace("\"\"\"", "\\\"\\\"\\\"");
    if inner.ends_with('"') {
        inner.pop();
        inner.push_str("\\\"");
    }
    format!("\"\"\"{inner}\"\"\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &Constant) -> String {
        constant(value).0
    }

    #[test]
    fn numbers_read_back_as_what_they_are() {
        assert_eq!(text(&Constant::Int(-5)), "-5");
        assert_eq!(text(&Constant::float(-0.0)), "-0.0");
        assert_eq!(text(&Constant::float(1e22)), "1e22");
        assert_eq!(text(&Constant::float(f64::NEG_INFINITY)), "-1e309");
        let complex = |real: f64, imaginary: f64| Constant::Complex(real.to_bits(), imaginary.to_bits());
        assert_eq!(text(&complex(0.0, 2.0)), "2.0j");
        assert_eq!(text(&complex(-0.0, -2.0)), "-2.0j");
        assert_eq!(text(&complex(1.5, -2.0)), "1.5-2.0j");
        // 2 ** 75: its digits of 15 bits are five zeros and a one.
        let digits: Vec<u8> = [[0, 0]; 5].concat().into_iter().chain([1, 0]).collect();
        let value = Constant::BigInt { negative: false, digits: digits.into() };
        assert_eq!(text(&value), "37778931862957161709568");
        let digits: Vec<u8> = std::iter::repeat_n([0_u8, 0], 300).flatten().chain([1, 0]).collect();
        let value = Constant::BigInt { negative: true, digits: digits.into() };
        assert_eq!(text(&value), format!("-0x1{}", "0".repeat(300 * 15 / 4)));
    }

    #[test]
    fn texts_are_quoted_as_repr_does() {
        assert_eq!(text(&Constant::text("it's")), "\"it's\"");
        assert_eq!(text(&Constant::text("a\n\u{7f}é\u{200b}")), "'a\\n\\x7fé\\u200b'");
        assert_eq!(text(&Constant::Str(b"\xed\xb3\xbf!"[..].into())), "'\\udcff!'");
        assert_eq!(text(&Constant::Bytes(b"\x00'\""[..].into())), "b'\\x00\\'\"'");
    }

    #[test]
    fn a_docstring_keeps_its_lines() {
        assert_eq!(docstring(b"One line."), "\"\"\"One line.\"\"\"");
        assert_eq!(docstring(b"Two\nlines \"\"\"x\"\"\" \""), "\"\"\"Two\nlines \\\"\\\"\\\"x\\\"\\\"\\\" \\\"\"\"\"");
    }
}
