//! Constants of a program, in a form in which those of a file and those of a source can be held against each other.

use num_bigint::{BigInt, Sign};
use pycxray::{NodeId, Pyc, Value};

/// A constant that is not made of others. Floats are compared by their bits: 0.0 is not -0.0.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Constant {
    /// An integer.
    Int(BigInt),
    /// A float, by its bits.
    Float(u64),
    /// A complex number: the bits of its real and its imaginary part, of which a zero has no sign: how the signs of `-2j` come out is a
    /// matter of the version.
    Complex(u64, u64),
    /// Text.
    Text(String),
    /// A byte string.
    Bytes(Vec<u8>),
}

/// How much of a text is quoted, in characters.
const QUOTED: usize = 60;

impl Constant {
    /// The constant of an object that is not made of others. `None` for singletons such as `None`, which every program may have, and
    /// for what cannot be compared: text with lone surrogates, numbers that cannot be read.
    pub(super) fn of_object(pyc: &Pyc, id: NodeId) -> Option<Self> {
        Some(match pyc.value(id) {
            Value::Int(value) => Self::Int(value.into()),
            Value::Long { negative, digits } => Self::Int(long(negative, digits)),
            Value::Float(value) => Self::Float(value.to_bits()),
            Value::FloatText(text) => Self::Float(std::str::from_utf8(text).ok()?.parse::<f64>().ok()?.to_bits()),
            Value::Complex(real, imaginary) => Self::complex(real, imaginary),
            Value::Text(text) => Self::Text(std::str::from_utf8(text).ok()?.to_owned()),
            Value::Bytes(bytes) => Self::Bytes(bytes.to_vec()),
            _ => return None,
        })
    }

    /// A complex number.
    pub(super) fn complex(real: f64, imaginary: f64) -> Self {
        let bits = |part: f64| if part == 0.0 { 0 } else { part.to_bits() };
        Self::Complex(bits(real), bits(imaginary))
    }

    /// What sort of constant it is, for sentences.
    pub(super) fn sort(&self) -> &'static str {
        match self {
            Self::Int(_) | Self::Float(_) | Self::Complex(..) => "number",
            Self::Text(_) => "string",
            Self::Bytes(_) => "byte string",
        }
    }

    /// How a sentence quotes it, cut where it is long.
    pub(super) fn quoted(&self) -> String {
        let whole = match self {
            Self::Int(value) if value.bits() > 256 => format!("an integer of {} bits", value.bits()),
            Self::Int(value) => value.to_string(),
            Self::Float(bits) => f64::from_bits(*bits).to_string(),
            Self::Complex(real, imaginary) => format!("{}+{}j", f64::from_bits(*real), f64::from_bits(*imaginary)),
            Self::Text(text) => format!("'{}'", pycxray::shown(text.as_bytes(), QUOTED)),
            Self::Bytes(bytes) => format!("b'{}'", bytes[..bytes.len().min(QUOTED)].escape_ascii()),
        };
        whole.chars().take(QUOTED + 8).collect()
    }
}

/// An integer from marshal's digits of 15 bits.
pub(super) fn long(negative: bool, digits: &[u8]) -> BigInt {
    let digits = digits.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]) & 0x7fff);
    let mut bytes = Vec::with_capacity(digits.len() * 2);
    let (mut held, mut bits) = (0_u32, 0);
    for digit in digits {
        held |= u32::from(digit) << bits;
        bits += 15;
        while bits >= 8 {
            bytes.push(held as u8);
            held >>= 8;
            bits -= 8;
        }
    }
    bytes.push(held as u8);
    BigInt::from_bytes_le(if negative { Sign::Minus } else { Sign::Plus }, &bytes)
}
