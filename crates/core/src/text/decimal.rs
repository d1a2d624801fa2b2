//! Floats written as decimal text, which `marshal` did up to Python 2.4 and still can.
//!
//! The standard library's own reading of floats brings 11 kB of tables along, which do not compress: more than anything
//! else in the page that it is made for. Numbers that need more than one rounding are rare in files, so they may be slow here.

use std::cmp::Ordering;

/// Digits beyond these only matter by not all being 0: two neighbouring floats differ within them.
const MOST_DIGITS: usize = 800;

/// Powers of ten that a float holds exactly.
const EXACT: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// The float nearest to the number that a text says, the even one of two that are equally near: `-0.25`, `1e-5`, `inf`,
/// `nan`. `None` if it says none, or if there is anything else in the text.
#[must_use]
pub fn parse_float(text: &[u8]) -> Option<f64> {
    let (negative, text) = match text.split_first()? {
        (b'-', rest) => (true, rest),
        (b'+', rest) => (false, rest),
        _ => (false, text),
    };
    let says = |word: &str| text.eq_ignore_ascii_case(word.as_bytes());
    let value = match () {
        () if says("inf") || says("infinity") => f64::INFINITY,
        () if says("nan") => f64::NAN,
        () => Decimal::read(text)?.to_float(),
    };
    Some(if negative { -value } else { value })
}

/// A number as digits and a power of ten: 0.`digits` times ten to the power of `point`.
struct Decimal {
    /// Values, not letters; the first is not 0.
    digits: Vec<u8>,
    point: i64,
}

impl Decimal {
    fn read(text: &[u8]) -> Option<Self> {
        let mut decimal = Self { digits: Vec::new(), point: 0 };
        let (mut any, mut fraction, mut more) = (false, false, false);
        let mut rest = text;
        while let Some((&byte, behind)) = rest.split_first() {
            match byte {
                b'.' if !fraction => fraction = true,
                b'0'..=b'9' => {
                    any = true;
                    let digit = byte - b'0';
                    if digit == 0 && decimal.digits.is_empty() {
                        decimal.point -= i64::from(fraction);
                    } else {
                        decimal.point += i64::from(!fraction);
                        match decimal.digits.len() < MOST_DIGITS {
                            true => decimal.digits.push(digit),
                            false => more |= digit != 0,
                        }
                    }
                }
                b'e' | b'E' if any => {
                    decimal.point += exponent(behind)?;
                    break;
                }
                _ => return None,
            }
            rest = behind;
        }
        if more {
            decimal.digits.push(1);
        }
        any.then_some(decimal)
    }

    fn to_float(&self) -> f64 {
        let digits = &self.digits[..];
        if digits.is_empty() || self.point < -330 {
            return 0.0;
        }
        if self.point > 310 {
            return f64::INFINITY;
        }
        let power = self.point - digits.len() as i64;
        let exact = EXACT.get(power.unsigned_abs() as usize).filter(|_| digits.len() <= 15);
        if let Some(scale) = exact {
            let whole = digits.iter().fold(0_u64, |whole, &digit| whole * 10 + u64::from(digit)) as f64;
            return if power < 0 { whole / scale } else { whole * scale };
        }
        let mut over = Natural::default();
        for &digit in digits {
            over.multiply(10, digit.into());
        }
        let mut under = Natural::default();
        under.multiply(1, 1);
        let scaled = if power < 0 { &mut under } else { &mut over };
        for _ in 0..power.unsigned_abs() {
            scaled.multiply(10, 0);
        }
        nearest(over, under)
    }
}

/// The power of ten behind the `e`, as far as it makes a difference.
fn exponent(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text.split_first()? {
        (b'-', rest) => (true, rest),
        (b'+', rest) => (false, rest),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // A text may have as many zeros as fit into a file: 32 bits count them.
    let value = digits.iter().fold(0_i64, |value, digit| (value * 10 + i64::from(digit - b'0')).min(1 << 40));
    Some(if negative { -value } else { value })
}

/// The float nearest to `over` / `under`, neither of them 0: bit by bit, as one divides by hand.
fn nearest(mut over: Natural, mut under: Natural) -> f64 {
    // Both are brought to where the quotient is at least 1 and below 2, times two to the power of `exponent`.
    let mut exponent = over.bits() - under.bits();
    if exponent < 0 { &mut over } else { &mut under }.shift(exponent.unsigned_abs());
    if over.compare(&under) == Ordering::Less {
        over.shift(1);
        exponent -= 1;
    }
    let is_normal = exponent >= -1022;
    let bits = if is_normal { 53 } else { (1075 + exponent).max(0) };
    let mut mantissa = 0_u64;
    for _ in 0..bits {
        mantissa <<= 1;
        if over.compare(&under) != Ordering::Less {
            over.subtract(&under);
            mantissa |= 1;
        }
        over.shift(1);
    }
    mantissa += match over.compare(&under) {
        _ if exponent < -1075 => 0,
        Ordering::Less => 0,
        Ordering::Equal => mantissa & 1,
        Ordering::Greater => 1,
    };
    if exponent > 1023 {
        return f64::INFINITY;
    }
    // The highest bit of a normal mantissa is added to the exponent's field, and so is what rounding carries over.
    let field = if is_normal { (exponent + 1022) as u64 } else { 0 };
    f64::from_bits((field << 52) + mantissa)
}

/// A natural number of any size, in digits of 32 bits, the lowest first and the highest not 0.
#[derive(Default)]
struct Natural(Vec<u32>);

impl Natural {
    /// Multiplies by `factor` and adds `more`.
    fn multiply(&mut self, factor: u32, more: u32) {
        let mut carry = u64::from(more);
        for digit in &mut self.0 {
            carry += u64::from(*digit) * u64::from(factor);
            *digit = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    /// Multiplies by two to the power of `bits`.
    fn shift(&mut self, bits: u64) {
        for _ in 0..bits / 16 {
            self.multiply(1 << 16, 0);
        }
        self.multiply(1 << (bits % 16), 0);
    }

    /// How many bits it takes.
    fn bits(&self) -> i64 {
        self.0.last().map_or(0, |highest| self.0.len() as i64 * 32 - i64::from(highest.leading_zeros()))
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    /// Subtracts `other`, which is not greater.
    fn subtract(&mut self, other: &Self) {
        let mut borrow = 0;
        for (at, digit) in self.0.iter_mut().enumerate() {
            let less = i64::from(other.0.get(at).copied().unwrap_or(0)) + borrow;
            let left = i64::from(*digit) - less;
            borrow = i64::from(left < 0);
            *digit = left as u32;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(text: &str) {
        let expected: Result<f64, _> = text.parse();
        let got = parse_float(text.as_bytes());
        assert_eq!(got.map(f64::to_bits), expected.ok().map(f64::to_bits), "{text}");
    }

    #[test]
    fn what_is_a_number_and_what_is_none() {
        for text in ["0", "-0", "1", "-1.5", "+2", ".5", "5.", "1e5", "1E-5", "1e+5", "inf", "-Infinity", "00012.500"] {
            same(text);
        }
        for text in ["", "-", ".", "e5", "1e", "1e+", "1.2.3", "1_0", " 1", "1 ", "0x10", "infin", "1e5x", "--1"] {
            same(text);
        }
        assert!(parse_float(b"nan").unwrap().is_nan());
        assert_eq!(parse_float(b"\xff"), None);
    }

    #[test]
    fn the_edges_of_what_a_float_holds() {
        for text in [
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1.8e308",
            "1e400",
            "2.2250738585072014e-308",
            "2.2250738585072011e-308",
            "2.225073858507201136057409796709131975934819546351645648e-308",
            "5e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "2.5e-324",
            "1e-324",
            "1e-400",
            "9007199254740993",
            "9007199254740992.999",
            "9007199254740993.000000000000000000000000000000000000001",
            "1e-99999999999999999999",
            "0e99999999999999999999",
        ] {
            same(text);
        }
        // What decides is a thousand digits behind the others.
        same(&format!("9007199254740993.{}1", "0".repeat(1000)));
        same(&format!("0.{}1e1001", "0".repeat(1000)));
        same(&format!("1{}e-1000", "0".repeat(1000)));
    }

    #[test]
    fn every_float_is_read_back_as_it_was_written() {
        let mut state = 1_u64;
        for round in 0..20_000 {
            // Knuth's generator: 64 bits with a full period.
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let float = f64::from_bits(state.rotate_left(round % 64));
            if float.is_nan() {
                continue;
            }
            same(&format!("{float:e}"));
            same(&format!("{float:.11e}"));
            same(&format!("{float:.20e}"));
        }
    }
}
