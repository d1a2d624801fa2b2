//! Literals.

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;
use pycxray_source::constant::Constant;
use ruff_python_ast as ast;
use ruff_text_size::Ranged;

use super::{Converter, Made};
use crate::verify::fold::integer;

impl<'s> Converter<'s> {
    pub(super) fn literal(&self, expr: &'s ast::Expr) -> Made<Constant> {
        Ok(match expr {
            ast::Expr::StringLiteral(node) => self.text_literal(node)?,
            ast::Expr::BytesLiteral(node) => Constant::Bytes(node.value.bytes().collect::<Vec<u8>>().into()),
            ast::Expr::NumberLiteral(node) => match &node.value {
                ast::Number::Int(value) => {
                    of_integer(&integer(&value.to_string()).ok_or("the source has a number that cannot be read")?)
                }
                ast::Number::Float(value) => Constant::float(*value),
                ast::Number::Complex { real, imag } => Constant::Complex(real.to_bits(), imag.to_bits()),
            },
            ast::Expr::BooleanLiteral(node) => Constant::Bool(node.value),
            ast::Expr::NoneLiteral(_) => Constant::None,
            _ => Constant::Ellipsis,
        })
    }

    /// Fails where the parser may have put U+FFFD for surrogates that stand alone.
    pub(super) fn check_text(&self, text: &str, node: &impl Ranged) -> Made<()> {
        let written = || self.text.get(node.range().to_std_range()).unwrap_or_default();
        if text.contains('\u{fffd}') && written().contains('\\') {
            return Err("the source has a text with half a character".to_owned());
        }
        Ok(())
    }
}

/// The constant of an integer.
pub(super) fn of_integer(value: &BigInt) -> Constant {
    if let Some(small) = value.to_i64() {
        return Constant::Int(small);
    }
    // Digits of 15 bits, as marshal writes them.
    let (mut digits, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    let mut push = |digit: u32| digits.extend_from_slice(&(digit as u16).to_le_bytes());
    for byte in value.magnitude().to_bytes_le() {
        held |= u32::from(byte) << bits;
        bits += 8;
        if bits >= 15 {
            push(held & 0x7fff);
            held >>= 15;
            bits -= 15;
        }
    }
    if held > 0 {
        push(held);
    }
    Constant::BigInt { negative: value.sign() == Sign::Minus, digits: digits.into() }
}

/// The integer that a constant is; `True` and `False` are 1 and 0.
pub(super) fn as_integer(constant: &Constant) -> Option<BigInt> {
    Some(match constant {
        Constant::Bool(value) => i64::from(*value).into(),
        Constant::Int(value) => (*value).into(),
        Constant::BigInt { negative, digits } => crate::verify::constant::long(*negative, digits),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{as_integer, of_integer};
    use num_bigint::BigInt;
    use pycxray_source::constant::Constant;

    #[test]
    fn integers_keep_their_value() {
        for text in
            ["0", "-1", "9223372036854775807", "9223372036854775808", "-170141183460469231731687303715884105728"]
        {
            let value: BigInt = text.parse().unwrap();
            assert_eq!(as_integer(&of_integer(&value)), Some(value));
        }
        let large = of_integer(&(BigInt::from(1) << 75));
        let digits = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0];
        assert_eq!(large, Constant::BigInt { negative: false, digits: digits.into() });
    }
}
