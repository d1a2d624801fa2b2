//! Numbers as the interpreters write them.

use std::fmt::Write;

use crate::Version;
use crate::text::buffer::{Text, write_digits};

/// How a Python writes floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FloatStyle {
    /// With this many significant digits, trailing zeros left out: 12 up to 1.5, 17 up to 2.6 and in 3.0.
    Digits(usize),
    /// With as few as give the same number again: 2.7, 3.1+.
    Shortest,
}

impl FloatStyle {
    pub(super) const fn of(version: Version) -> Self {
        match (version.major, version.minor) {
            (0, _) | (1, ..=5) => Self::Digits(12),
            (1, _) | (2, ..=6) | (3, 0) => Self::Digits(17),
            _ => Self::Shortest,
        }
    }

    /// Exponents from here on are written as such.
    const fn threshold(self) -> i32 {
        match self {
            Self::Digits(digits) => digits as i32,
            Self::Shortest => 16,
        }
    }
}

/// A buffer on the stack for the digits of one number, as `1.25e-8`.
#[derive(Clone, Copy)]
struct Digits {
    bytes: [u8; 48],
    length: usize,
}

impl Default for Digits {
    fn default() -> Self {
        Self { bytes: [0; 48], length: 0 }
    }
}

impl Digits {
    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or("0e0")
    }

    fn write_rounded(&mut self, value: f64, digits: usize) {
        let written = write!(self, "{:.*e}", digits - 1, value);
        debug_assert!(written.is_ok());
    }

    /// As few digits as give the same number again. Where two numbers of so many digits are equally near, Python takes the
    /// even one, and Rust the greater.
    fn write_shortest(&mut self, value: f64) {
        let written = write!(self, "{value:e}");
        debug_assert!(written.is_ok());
        let mantissa = self.as_str().split('e').next().unwrap_or_default();
        let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
        if digits > 1 {
            let mut rounded = Self::default();
            rounded.write_rounded(value, digits);
            // Nearly always they are the same, which is seen at once.
            if rounded.as_str() != self.as_str() && rounded.as_str().parse() == Ok(value) {
                *self = rounded;
            }
        }
    }
}

impl Write for Digits {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let free = self.bytes.get_mut(self.length..self.length + text.len()).ok_or(std::fmt::Error)?;
        free.copy_from_slice(text.as_bytes());
        self.length += text.len();
        Ok(())
    }
}

/// Writes a float as `repr` does: always recognisable as one.
pub(super) fn write_float(out: &mut Text, value: f64, style: FloatStyle) {
    let start = out.len();
    write_general(out, value, style);
    if out.as_bytes()[start..].iter().all(|byte| byte.is_ascii_digit() || *byte == b'-') {
        out.push_str(".0");
    }
}

/// Writes a complex number as `repr` does.
pub(super) fn write_complex(out: &mut Text, real: f64, imaginary: f64, style: FloatStyle) {
    let no_real_part = real == 0.0 && (style != FloatStyle::Shortest || real.is_sign_positive());
    if no_real_part {
        write_general(out, imaginary, style);
        out.push('j');
    } else {
        out.push('(');
        write_general(out, real, style);
        if imaginary.is_nan() || imaginary.is_sign_positive() {
            out.push('+');
        }
        write_general(out, imaginary, style);
        out.push_str("j)");
    }
}

/// Writes a float as C's `%g` does, or Python's format `r`: a whole number without a point.
fn write_general(out: &mut Text, value: f64, style: FloatStyle) {
    if value.is_nan() {
        out.push_str("nan");
        return;
    }
    if value.is_sign_negative() {
        out.push('-');
    }
    if value.is_infinite() {
        out.push_str("inf");
        return;
    }
    let mut scientific = Digits::default();
    match style {
        FloatStyle::Digits(digits) => scientific.write_rounded(value.abs(), digits),
        FloatStyle::Shortest => scientific.write_shortest(value.abs()),
    }
    let text = scientific.as_str();
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (first, fraction) = mantissa.split_at(1);
    let fraction = fraction.trim_start_matches('.').trim_end_matches('0');
    if !(-4..style.threshold()).contains(&exponent) {
        out.push_str(first);
        if !fraction.is_empty() {
            out.push('.');
            out.push_str(fraction);
        }
        out.push_str(if exponent < 0 { "e-" } else { "e+" });
        if exponent.abs() < 10 {
            out.push('0');
        }
        out.push_u64(exponent.unsigned_abs().into());
    } else if exponent < 0 {
        out.push_str("0.");
        for _ in 1..-exponent {
            out.push('0');
        }
        out.push_str(first);
        out.push_str(fraction);
    } else {
        let whole = exponent as usize;
        out.push_str(first);
        out.push_str(&fraction[..whole.min(fraction.len())]);
        for _ in fraction.len()..whole {
            out.push('0');
        }
        if fraction.len() > whole {
            out.push('.');
            out.push_str(&fraction[whole..]);
        }
    }
}

/// Ten to the ninth: the most decimal digits at once for which a product fits into 64 bits.
const CHUNK: u64 = 1_000_000_000;

/// How many decimal digits an integer of `count` 15-bit digits has at most.
pub(super) const fn decimal_digits(count: usize) -> usize {
    count * 4516 / 1000 + 1
}

/// Writes an integer of any size, given as `marshal` writes it: digits of 15 bits, the lowest first, two bytes each. The time
/// it takes grows with the square of the length: the caller has seen to that.
pub(super) fn write_long(out: &mut Text, negative: bool, digits: &[u8]) {
    let digit = |pair: &[u8]| u64::from(u16::from_le_bytes([pair[0], pair[1]]) & 0x7fff);
    let pairs = digits.chunks_exact(2);
    if pairs.len() <= 4 {
        let value = pairs.rev().fold(0_u64, |value, pair| value << 15 | digit(pair));
        if negative && value != 0 {
            out.push('-');
        }
        out.push_u64(value);
        return;
    }
    // From the highest 30 bits on, `decimal` times 2^30 plus the next 30 bits, in digits of 10^9.
    let mut decimal: Vec<u32> = Vec::with_capacity(decimal_digits(pairs.len()) / 9 + 1);
    let odd = pairs.len() % 2;
    let high = pairs.clone().rev().take(odd).map(digit).map(|value| (value, 15));
    let low = digits[..digits.len() / 2 * 2 - odd * 2].rchunks_exact(4);
    let low = low.map(|four| (digit(&four[2..]) << 15 | digit(&four[..2]), 30));
    for (value, bits) in high.chain(low) {
        let mut carry = value;
        for chunk in &mut decimal {
            let product = (u64::from(*chunk) << bits) + carry;
            *chunk = (product % CHUNK) as u32;
            carry = product / CHUNK;
        }
        while carry > 0 {
            decimal.push((carry % CHUNK) as u32);
            carry /= CHUNK;
        }
    }
    if negative && !decimal.is_empty() {
        out.push('-');
    }
    match decimal.split_last() {
        None => out.push('0'),
        Some((highest, rest)) => {
            out.push_u64((*highest).into());
            for &chunk in rest.iter().rev() {
                let place = out.columns(9);
                place.fill(b'0');
                write_digits(place, chunk.into());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn float(value: f64, style: FloatStyle) -> String {
        let mut out = Text::default();
        write_float(&mut out, value, style);
        String::from_utf8_lossy(out.as_bytes()).into_owned()
    }

    #[test]
    fn floats_as_todays_pythons_write_them() {
        let shortest = |value| float(value, FloatStyle::Shortest);
        assert_eq!(shortest(0.1), "0.1");
        assert_eq!(shortest(1e16), "1e+16");
        assert_eq!(shortest(1e15), "1000000000000000.0");
        assert_eq!(shortest(123_456_789.125), "123456789.125");
        assert_eq!(shortest(0.0001), "0.0001");
        assert_eq!(shortest(0.00001), "1e-05");
        assert_eq!(shortest(-0.0), "-0.0");
        assert_eq!(shortest(5e-324), "5e-324");
        assert_eq!(shortest(1.797_693_134_862_315_7e308), "1.7976931348623157e+308");
        assert_eq!(shortest((2.0_f64).powi(-25)), "2.9802322387695312e-08", "and not …313e-08");
        assert_eq!(shortest(f64::NEG_INFINITY), "-inf");
        assert_eq!(shortest(f64::NAN), "nan");
    }

    #[test]
    fn floats_as_old_pythons_wrote_them() {
        assert_eq!(float(0.1, FloatStyle::of(Version::new(2, 6))), "0.10000000000000001");
        assert_eq!(float(1e16, FloatStyle::of(Version::new(3, 0))), "10000000000000000.0");
        assert_eq!(float(2.25, FloatStyle::of(Version::new(1, 5))), "2.25");
        assert_eq!(float(2.0, FloatStyle::of(Version::new(1, 5))), "2.0");
    }

    #[test]
    fn complex_numbers() {
        let complex = |real, imaginary| {
            let mut out = Text::default();
            write_complex(&mut out, real, imaginary, FloatStyle::Shortest);
            String::from_utf8_lossy(out.as_bytes()).into_owned()
        };
        assert_eq!(complex(0.0, 1.0), "1j");
        assert_eq!(complex(-0.0, 1.0), "(-0+1j)");
        assert_eq!(complex(1.5, -2.0), "(1.5-2j)");
        assert_eq!(complex(0.0, -0.0), "-0j");
        assert_eq!(complex(1.0, f64::NAN), "(1+nanj)");
    }

    fn long(negative: bool, digits: &[u16]) -> String {
        let bytes: Vec<u8> = digits.iter().flat_map(|digit| digit.to_le_bytes()).collect();
        let mut out = Text::default();
        write_long(&mut out, negative, &bytes);
        String::from_utf8_lossy(out.as_bytes()).into_owned()
    }

    #[test]
    fn integers_of_any_size() {
        assert_eq!(long(false, &[]), "0");
        assert_eq!(long(true, &[1]), "-1");
        assert_eq!(long(false, &[0, 0, 4]), "4294967296");
        // 2 to the power of 75, 90 and 105: odd and even numbers of digits.
        assert_eq!(long(false, &[0, 0, 0, 0, 0, 1]), "37778931862957161709568");
        assert_eq!(long(true, &[0, 0, 0, 0, 0, 0, 1]), "-1237940039285380274899124224");
        assert_eq!(long(false, &[0, 0, 0, 0, 0, 0, 0, 1]), "40564819207303340847894502572032");
        // 10^40 has zeros within a chunk of nine.
        let mut value = 10_u128.pow(38);
        let mut digits = Vec::new();
        while value > 0 {
            digits.push((value & 0x7fff) as u16);
            value >>= 15;
        }
        assert_eq!(long(false, &digits), format!("1{}", "0".repeat(38)));
    }
}
