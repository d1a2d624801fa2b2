//! The value of an object, read from the file's bytes.

use super::{Kind, Node};

/// The value of an object that is not made of others, as it stands in the file.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// `Ellipsis`.
    Ellipsis,
    /// The exception class `StopIteration`.
    StopIteration,
    /// NULL: no object.
    Null,
    /// An integer of 32 or 64 bits.
    Int(i64),
    /// An integer of any size.
    Long {
        /// Whether it is below 0.
        negative: bool,
        /// Its digits of 15 bits, the lowest first, each two bytes little-endian.
        digits: &'a [u8],
    },
    /// A float in binary.
    Float(f64),
    /// A complex number in binary: real part, imaginary part.
    Complex(f64, f64),
    /// A float as decimal text.
    FloatText(&'a [u8]),
    /// A complex number as two decimal texts: real part, imaginary part.
    ComplexText(&'a [u8], &'a [u8]),
    /// A byte string: `bytes` in Python 3, `str` in Python 2.
    Bytes(&'a [u8]),
    /// Text in UTF-8 in which surrogates may stand alone: `str` in Python 3, `unicode` in Python 2.
    Text(&'a [u8]),
    /// A tuple, list, dict, set, slice: what it holds are its children in the tree.
    Container,
    /// A code object.
    Code,
    /// A reference: its index in the list.
    Reference(u32),
    /// It could not be read.
    Unreadable,
}

impl Value<'_> {
    /// The number of a float, be it written in binary or as decimal text. `None` for anything else, and for text that says no
    /// number.
    #[must_use]
    pub fn as_float(&self) -> Option<f64> {
        match self {
            Self::Float(float) => Some(*float),
            Self::FloatText(text) => parse_float(text),
            _ => None,
        }
    }
}

/// The float that decimal text says, as `PyOS_string_to_double` reads it: Rust reads the same texts, and rounds as it does.
pub(crate) fn parse_float(text: &[u8]) -> Option<f64> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// The value of `node` in the file `bytes`. `python2` says that interned strings are byte strings.
pub(crate) fn value<'a>(bytes: &'a [u8], node: &Node, python2: bool) -> Value<'a> {
    let span = node.payload();
    let Some(payload) = bytes.get(span.start as usize..span.end as usize) else { return Value::Unreadable };
    read(node.kind, payload, node.is_complete(), bytes, node, python2).unwrap_or(Value::Unreadable)
}

fn read<'a>(
    kind: Kind,
    payload: &'a [u8],
    complete: bool,
    bytes: &'a [u8],
    node: &Node,
    python2: bool,
) -> Option<Value<'a>> {
    Some(match kind {
        Kind::Null => Value::Null,
        Kind::None => Value::None,
        Kind::False => Value::Bool(false),
        Kind::True => Value::Bool(true),
        Kind::StopIteration => Value::StopIteration,
        Kind::Ellipsis => Value::Ellipsis,
        Kind::Int => Value::Int(i32::from_le_bytes(*payload.first_chunk()?).into()),
        Kind::Int64 => Value::Int(i64::from_le_bytes(*payload.first_chunk()?)),
        Kind::Float => Value::Float(f64::from_le_bytes(*payload.first_chunk()?)),
        Kind::Complex => {
            let imaginary = f64::from_le_bytes(*payload.get(8..)?.first_chunk()?);
            Value::Complex(f64::from_le_bytes(*payload.first_chunk()?), imaginary)
        }
        Kind::Long if complete => {
            let count = bytes.get(node.span.start as usize + 1..)?.first_chunk()?;
            Value::Long { negative: i32::from_le_bytes(*count) < 0, digits: payload }
        }
        Kind::FloatText if complete => Value::FloatText(payload),
        Kind::ComplexText if complete => {
            let (&length, rest) = payload.split_first()?;
            let (real, rest) = rest.split_at_checked(length.into())?;
            Value::ComplexText(real, rest.get(1..)?)
        }
        Kind::Interned if python2 => Value::Bytes(payload),
        Kind::Bytes => Value::Bytes(payload),
        Kind::Interned
        | Kind::Unicode
        | Kind::Ascii
        | Kind::AsciiInterned
        | Kind::ShortAscii
        | Kind::ShortAsciiInterned => Value::Text(payload),
        Kind::Tuple
        | Kind::SmallTuple
        | Kind::List
        | Kind::Dict
        | Kind::Set
        | Kind::FrozenSet
        | Kind::Slice
        | Kind::FrozenDict => Value::Container,
        Kind::Code | Kind::OldCode => Value::Code,
        Kind::Ref | Kind::StringRef => Value::Reference(u32::from_le_bytes(*payload.first_chunk()?)),
        Kind::Long | Kind::FloatText | Kind::ComplexText | Kind::Unknown | Kind::Invalid => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_number_and_what_is_none() {
        for (text, float) in [("0", 0.0), ("-1.5", -1.5), ("+2", 2.0), (".5", 0.5), ("5.", 5.0), ("1E+5", 1e5)] {
            assert_eq!(parse_float(text.as_bytes()), Some(float), "{text}");
        }
        assert_eq!(parse_float(b"-Infinity"), Some(f64::NEG_INFINITY));
        assert_eq!(parse_float(b"1e400"), Some(f64::INFINITY));
        assert!(parse_float(b"nan").is_some_and(f64::is_nan));
        for text in ["", "-", ".", "e5", "1e", "1.2.3", "1_0", " 1", "1 ", "0x10", "infin", "1e5x", "--1"] {
            assert_eq!(parse_float(text.as_bytes()), None, "{text}");
        }
        assert_eq!(parse_float(b"\xff"), None);
    }
}
