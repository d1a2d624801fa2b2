//! Constant expressions, folded as compilers fold them: what a source may have become in `co_consts`.
//!
//! Which expressions are folded, and up to which size, differs from version to version (`Python/ast_opt.c`, `Python/flowgraph.c`).
//! So nothing here says that something *is* folded: a constant that is an expression's value, or a part's, is one that the
//! source can have made.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};
use ruff_python_ast::{Expr, ExprSlice, Number, Operator, UnaryOp};

use super::constant::Constant;

/// The value of a constant expression.
#[derive(Clone, Debug)]
pub(super) enum Folded {
    /// `None`, `True`, `False`, `...`: singletons, of which only the truth of the two in the middle is a number.
    Singleton(Option<bool>),
    /// Anything that is not made of others.
    Leaf(Constant),
    /// A tuple.
    Tuple(Vec<Folded>),
    /// It is constant, but not worked out here: too large, or an error when it is run.
    Unknown,
}

/// Integers of more bits, and texts of more bytes, are not folded by any compiler (`ast_opt.c`: MAX_INT_SIZE, MAX_STR_SIZE).
const MOST_BITS: u64 = 4096;
const MOST_BYTES: usize = 1 << 16;

/// The value of `expr`, if it is made of literals alone.
pub(super) fn fold(expr: &Expr) -> Option<Folded> {
    Some(match expr {
        Expr::NoneLiteral(_) | Expr::EllipsisLiteral(_) => Folded::Singleton(None),
        Expr::BooleanLiteral(literal) => Folded::Singleton(Some(literal.value)),
        Expr::NumberLiteral(literal) => Folded::Leaf(number(&literal.value)?),
        Expr::StringLiteral(literal) => Folded::Leaf(Constant::Text(literal.value.to_str().to_owned())),
        Expr::BytesLiteral(literal) => Folded::Leaf(Constant::Bytes(literal.value.bytes().collect())),
        Expr::Tuple(tuple) => Folded::Tuple(tuple.elts.iter().map(fold).collect::<Option<_>>()?),
        Expr::UnaryOp(unary) => negated(unary.op, fold(&unary.operand)?),
        Expr::BinOp(binary) => calculated(binary.op, fold(&binary.left)?, fold(&binary.right)?),
        Expr::Subscript(subscript) => match &*subscript.slice {
            Expr::Slice(slice) => part(fold(&subscript.value)?, slice)?,
            index => item(fold(&subscript.value)?, fold(index)?),
        },
        _ => return None,
    })
}

/// The constant of a number's literal. `None` if it is no number after all.
pub(super) fn number(literal: &Number) -> Option<Constant> {
    Some(match literal {
        Number::Int(value) => Constant::Int(integer(&value.to_string())?),
        Number::Float(value) => Constant::Float(value.to_bits()),
        Number::Complex { real, imag } => Constant::complex(*real, *imag),
    })
}

/// An integer as it is written in a source, where it may have a base and underscores.
pub(super) fn integer(text: &str) -> Option<BigInt> {
    let text = text.replace('_', "").to_ascii_lowercase();
    let (digits, base) = match text.get(..2) {
        Some("0x") => (&text[2..], 16),
        Some("0o") => (&text[2..], 8),
        Some("0b") => (&text[2..], 2),
        _ => (text.as_str(), 10),
    };
    BigInt::parse_bytes(digits.as_bytes(), base)
}

fn negated(op: UnaryOp, operand: Folded) -> Folded {
    let leaf = match (op, as_number(operand)) {
        (UnaryOp::USub, Some(Constant::Int(value))) => Constant::Int(-value),
        (UnaryOp::USub, Some(Constant::Float(bits))) => Constant::Float((-f64::from_bits(bits)).to_bits()),
        (UnaryOp::USub, Some(Constant::Complex(real, imaginary))) => {
            Constant::complex(-f64::from_bits(real), -f64::from_bits(imaginary))
        }
        (UnaryOp::UAdd, Some(value)) => value,
        (UnaryOp::Invert, Some(Constant::Int(value))) => Constant::Int(!value),
        _ => return Folded::Unknown,
    };
    Folded::Leaf(leaf)
}

/// A number; `True` and `False` are 1 and 0 where one is calculated with.
fn as_number(value: Folded) -> Option<Constant> {
    match value {
        Folded::Singleton(Some(truth)) => Some(Constant::Int(i32::from(truth).into())),
        Folded::Leaf(number @ (Constant::Int(_) | Constant::Float(_) | Constant::Complex(..))) => Some(number),
        _ => None,
    }
}

fn calculated(op: Operator, left: Folded, right: Folded) -> Folded {
    let folded = match (left, right) {
        (Folded::Leaf(Constant::Text(left)), Folded::Leaf(Constant::Text(right))) if op == Operator::Add => {
            Some(Folded::Leaf(Constant::Text(left + &right)))
        }
        (Folded::Leaf(Constant::Bytes(left)), Folded::Leaf(Constant::Bytes(right))) if op == Operator::Add => {
            Some(Folded::Leaf(Constant::Bytes([left, right].concat())))
        }
        (Folded::Tuple(left), Folded::Tuple(right)) if op == Operator::Add => {
            Some(Folded::Tuple([left, right].concat()))
        }
        (many, Folded::Leaf(Constant::Int(times))) | (Folded::Leaf(Constant::Int(times)), many)
            if op == Operator::Mult && is_sequence(&many) =>
        {
            repeated(many, &times)
        }
        (left, right) => as_number(left).zip(as_number(right)).and_then(|(left, right)| arithmetic(op, left, right)),
    };
    folded.unwrap_or(Folded::Unknown)
}

fn is_sequence(value: &Folded) -> bool {
    matches!(value, Folded::Tuple(_) | Folded::Leaf(Constant::Text(_) | Constant::Bytes(_)))
}

fn repeated(value: Folded, times: &BigInt) -> Option<Folded> {
    let times = if times.is_negative() { 0 } else { times.to_usize()? };
    let fits = |length: usize| length.checked_mul(times).is_some_and(|all| all <= MOST_BYTES);
    Some(match value {
        Folded::Leaf(Constant::Text(text)) if fits(text.len()) => Folded::Leaf(Constant::Text(text.repeat(times))),
        Folded::Leaf(Constant::Bytes(bytes)) if fits(bytes.len()) => Folded::Leaf(Constant::Bytes(bytes.repeat(times))),
        // What a tuple of many holds is what a tuple of one holds.
        Folded::Tuple(items) => Folded::Tuple(items),
        _ => return None,
    })
}

fn arithmetic(op: Operator, left: Constant, right: Constant) -> Option<Folded> {
    let value = match (left, right) {
        (Constant::Int(left), Constant::Int(right)) => integers(op, left, right)?,
        (left @ Constant::Complex(..), right) | (left, right @ Constant::Complex(..)) => complex(op, &left, &right)?,
        (left, right) => Constant::Float(floats(op, as_float(&left)?, as_float(&right)?)?.to_bits()),
    };
    Some(Folded::Leaf(value))
}

/// Sums and differences with a complex number: literals such as `1+2j`.
fn complex(op: Operator, left: &Constant, right: &Constant) -> Option<Constant> {
    let parts = |value: &Constant| match value {
        Constant::Complex(real, imaginary) => Some((f64::from_bits(*real), f64::from_bits(*imaginary))),
        other => Some((as_float(other)?, 0.0)),
    };
    let ((left_real, left_imaginary), (right_real, right_imaginary)) = (parts(left)?, parts(right)?);
    let (real, imaginary) = match op {
        Operator::Add => (left_real + right_real, left_imaginary + right_imaginary),
        Operator::Sub => (left_real - right_real, left_imaginary - right_imaginary),
        _ => return None,
    };
    Some(Constant::complex(real, imaginary))
}

fn as_float(value: &Constant) -> Option<f64> {
    match value {
        Constant::Int(value) => value.to_f64(),
        Constant::Float(bits) => Some(f64::from_bits(*bits)),
        _ => None,
    }
}

fn integers(op: Operator, left: BigInt, right: BigInt) -> Option<Constant> {
    let small = |value: &BigInt| value.to_u32().filter(|bits| u64::from(*bits) <= MOST_BITS);
    Some(Constant::Int(match op {
        Operator::Add => left + right,
        Operator::Sub => left - right,
        Operator::Mult if left.bits() + right.bits() <= MOST_BITS => left * right,
        Operator::Div if !right.is_zero() => {
            return Some(Constant::Float((left.to_f64()? / right.to_f64()?).to_bits()));
        }
        Operator::FloorDiv if !right.is_zero() => floor(&left, &right).0,
        Operator::Mod if !right.is_zero() => floor(&left, &right).1,
        Operator::Pow if right.is_negative() => {
            return Some(Constant::Float(left.to_f64()?.powf(right.to_f64()?).to_bits()));
        }
        Operator::Pow => {
            let exponent = small(&right)?;
            (left.bits().saturating_mul(exponent.into()) <= MOST_BITS).then(|| left.pow(exponent))?
        }
        Operator::LShift => left << small(&right)?,
        Operator::RShift => left >> small(&right)?,
        Operator::BitOr => left | right,
        Operator::BitXor => left ^ right,
        Operator::BitAnd => left & right,
        Operator::Mult | Operator::Div | Operator::FloorDiv | Operator::Mod | Operator::MatMult => return None,
    }))
}

/// Quotient and remainder as Python has them: rounded towards minus infinity.
fn floor(left: &BigInt, right: &BigInt) -> (BigInt, BigInt) {
    let (quotient, remainder) = (left / right, left % right);
    if !remainder.is_zero() && remainder.is_negative() != right.is_negative() {
        (quotient - 1, remainder + right)
    } else {
        (quotient, remainder)
    }
}

fn floats(op: Operator, left: f64, right: f64) -> Option<f64> {
    Some(match op {
        Operator::Add => left + right,
        Operator::Sub => left - right,
        Operator::Mult => left * right,
        Operator::Div if right != 0.0 => left / right,
        Operator::Pow => left.powf(right),
        _ => return None,
    })
}

/// An item of a constant sequence. Which one it is matters little: all of them are constants of the source.
fn item(value: Folded, index: Folded) -> Folded {
    let Folded::Leaf(Constant::Int(index)) = index else { return Folded::Unknown };
    let place = |length: usize| {
        let index = if index.is_negative() { index + length } else { index };
        index.to_usize().filter(|at| *at < length)
    };
    let found = match value {
        Folded::Tuple(items) => place(items.len()).map(|at| items[at].clone()),
        Folded::Leaf(Constant::Text(text)) => {
            let letters: Vec<char> = text.chars().collect();
            place(letters.len()).map(|at| Folded::Leaf(Constant::Text(letters[at].into())))
        }
        Folded::Leaf(Constant::Bytes(bytes)) => {
            place(bytes.len()).map(|at| Folded::Leaf(Constant::Int(bytes[at].into())))
        }
        _ => None,
    };
    found.unwrap_or(Folded::Unknown)
}

/// A part of a constant sequence, which 3.14 takes out of it; `None` where a bound is no constant.
fn part(value: Folded, slice: &ExprSlice) -> Option<Folded> {
    let bound = |bound: &Option<Box<Expr>>| bound.as_deref().map_or(Some(Folded::Singleton(None)), fold);
    let bounds = [bound(&slice.lower)?, bound(&slice.upper)?, bound(&slice.step)?];
    Some(sliced(value, bounds).unwrap_or(Folded::Unknown))
}

/// What a slice takes out of a sequence; `None` where that is not worked out.
fn sliced(value: Folded, [lower, upper, step]: [Folded; 3]) -> Option<Folded> {
    let (lower, upper, step) = (bound(lower)?, bound(upper)?, bound(step)?.unwrap_or(1));
    let places = |length: usize| places(length, lower, upper, step);
    Some(match value {
        Folded::Tuple(items) => Folded::Tuple(places(items.len()).map(|at| items[at].clone()).collect()),
        Folded::Leaf(Constant::Text(text)) => {
            let letters: Vec<char> = text.chars().collect();
            Folded::Leaf(Constant::Text(places(letters.len()).map(|at| letters[at]).collect()))
        }
        Folded::Leaf(Constant::Bytes(bytes)) => {
            Folded::Leaf(Constant::Bytes(places(bytes.len()).map(|at| bytes[at]).collect()))
        }
        _ => return None,
    })
}

/// Where a slice begins or ends, or its step: `Some(None)` where that is left out.
fn bound(value: Folded) -> Option<Option<i64>> {
    match value {
        Folded::Singleton(None) => Some(None),
        Folded::Leaf(Constant::Int(at)) => at.to_i64().map(Some),
        _ => None,
    }
}

/// The places in a sequence of this length that a slice leads to (`PySlice_AdjustIndices`); none for a step of 0, which is an error.
fn places(length: usize, lower: Option<i64>, upper: Option<i64>, step: i64) -> impl Iterator<Item = usize> {
    let length = length as i64;
    let (first, last) = if step < 0 { (-1, length - 1) } else { (0, length) };
    let within = |at: i64| (if at < 0 { at.saturating_add(length) } else { at }).clamp(first, last);
    let (from, to) = if step < 0 { (last, first) } else { (first, last) };
    let (from, to) = (lower.map_or(from, within), upper.map_or(to, within));
    let next = move |at: &i64| at.checked_add(step);
    std::iter::successors(Some(from).filter(|_| step != 0), next)
        .take_while(move |at| if step < 0 { *at > to } else { *at < to })
        .map(|at| at as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> Option<String> {
        match fold(ruff_python_parser::parse_expression(source).unwrap().expr())? {
            Folded::Leaf(Constant::Text(text)) => Some(text),
            _ => None,
        }
    }

    #[test]
    fn slices_of_constants_are_what_python_makes_of_them() {
        for (source, value) in [
            ("'string'[:3]", "str"),
            ("'string'[-3:]", "ing"),
            ("'string'[1:-1:2]", "ti"),
            ("'string'[::-1]", "gnirts"),
            ("'string'[4:1:-2]", "nr"),
            ("'string'[-99:99]", "string"),
            ("'string'[99:-99:-3]", "gr"),
            ("'string'[3:2]", ""),
            ("'string'[None:2]", "st"),
            ("'string'[:9223372036854775807:9223372036854775807]", "s"),
        ] {
            assert_eq!(text(source).as_deref(), Some(value), "{source}");
        }
        assert_eq!(text("'string'[:n]"), None);
        assert_eq!(text("'string'[::0]").as_deref(), Some(""));
    }
}
