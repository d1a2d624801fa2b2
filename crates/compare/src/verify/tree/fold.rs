//! What compilers compute of constants (`ast_opt.c` in CPython 3.7 – 3.13): the exact values, and none that is too large for them.
//! Whatever is not computed here stays an operation, of which lowering knows whether a compiler would have left it.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};
use pycxray_source::constant::Constant;
use pycxray_source::graph::{BinaryOp, UnaryOp};

use super::constant::{as_integer, of_integer};

/// How many bits an integer may have (`MAX_INT_SIZE`), how many letters a text (`MAX_STR_SIZE`), how many items a tuple
/// (`MAX_COLLECTION_SIZE`) that is repeated.
const BITS: u64 = 128;
const LETTERS: usize = 4096;
const ITEMS: usize = 256;

/// What is added up to more than this, in bytes or items, is not followed.
const MOST: usize = 1 << 16;

/// The value of an operation on one constant.
pub(super) fn unary(op: UnaryOp, operand: &Constant) -> Option<Constant> {
    Some(match (op, operand) {
        (UnaryOp::Not, Constant::Slice(_) | Constant::Code(_)) => return None,
        (UnaryOp::Not, operand) => Constant::Bool(!operand.is_true()),
        (UnaryOp::USub, Constant::Float(bits)) => Constant::float(-f64::from_bits(*bits)),
        (UnaryOp::USub, Constant::Complex(real, imaginary)) => {
            Constant::Complex((-f64::from_bits(*real)).to_bits(), (-f64::from_bits(*imaginary)).to_bits())
        }
        (UnaryOp::UAdd, Constant::Float(_) | Constant::Complex(..)) => operand.clone(),
        (UnaryOp::USub, operand) => of_integer(&-as_integer(operand)?),
        (UnaryOp::UAdd, operand) => of_integer(&as_integer(operand)?),
        (UnaryOp::Invert, operand) => of_integer(&!as_integer(operand)?),
    })
}

/// The value of an operation on two constants.
pub(super) fn binary(left: &Constant, op: BinaryOp, right: &Constant) -> Option<Constant> {
    match (left, op, right) {
        (Constant::Str(left), BinaryOp::Add, Constant::Str(right)) => Some(Constant::Str(joined(left, right)?)),
        (Constant::Bytes(left), BinaryOp::Add, Constant::Bytes(right)) => Some(Constant::Bytes(joined(left, right)?)),
        (Constant::Tuple(left), BinaryOp::Add, Constant::Tuple(right)) => Some(Constant::Tuple(joined(left, right)?)),
        (many @ (Constant::Str(_) | Constant::Bytes(_) | Constant::Tuple(_)), BinaryOp::Mult, times)
        | (times, BinaryOp::Mult, many @ (Constant::Str(_) | Constant::Bytes(_) | Constant::Tuple(_))) => {
            repeated(many, &as_integer(times)?)
        }
        _ => match (as_integer(left), as_integer(right)) {
            (Some(left), Some(right)) => integers(&left, op, &right),
            _ if is_complex(left) || is_complex(right) => complex(as_complex(left)?, op, as_complex(right)?),
            _ => floats(as_float(left)?, op, as_float(right)?).map(Constant::float),
        },
    }
}

fn joined<T: Clone>(left: &[T], right: &[T]) -> Option<std::rc::Rc<[T]>> {
    (left.len() + right.len() <= MOST).then(|| [left, right].concat().into())
}

fn repeated(many: &Constant, times: &BigInt) -> Option<Constant> {
    if times.is_negative() {
        return None;
    }
    let times = times.to_usize();
    let fits = |length: usize, most: usize| match times {
        _ if length == 0 => Some(0),
        Some(times) if times <= most / length => Some(times),
        _ => None,
    };
    Some(match many {
        Constant::Str(text) | Constant::Unicode(text) => {
            let letters = text.iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
            Constant::Str(text.repeat(fits(letters, LETTERS)?).into())
        }
        Constant::Bytes(bytes) => Constant::Bytes(bytes.repeat(fits(bytes.len(), LETTERS)?).into()),
        Constant::Tuple(items) => {
            let times = fits(items.len(), ITEMS)?;
            Constant::Tuple(items.iter().cloned().cycle().take(items.len() * times).collect())
        }
        _ => return None,
    })
}

fn integers(left: &BigInt, op: BinaryOp, right: &BigInt) -> Option<Constant> {
    let value = match op {
        BinaryOp::Add => left + right,
        BinaryOp::Sub => left - right,
        BinaryOp::Mult if left.is_zero() || right.is_zero() || left.bits() + right.bits() <= BITS => left * right,
        BinaryOp::Div if !right.is_zero() => {
            // Of larger ones the quotient is rounded another way.
            let exact = |value: &BigInt| value.to_f64().filter(|_| value.bits() <= 53);
            return Some(Constant::float(exact(left)? / exact(right)?));
        }
        BinaryOp::FloorDiv | BinaryOp::Mod if !right.is_zero() => {
            let (quotient, rest) = (left / right, left % right);
            let is_rounded_up = !rest.is_zero() && rest.is_negative() != right.is_negative();
            match (op, is_rounded_up) {
                (BinaryOp::Mod, false) => rest,
                (BinaryOp::Mod, true) => rest + right,
                (_, false) => quotient,
                (_, true) => quotient - 1,
            }
        }
        BinaryOp::Pow if right.is_negative() => {
            return floats(left.to_f64()?, op, right.to_f64()?).map(Constant::float);
        }
        BinaryOp::Pow => {
            let exponent = right.to_u32()?;
            let fits = left.is_zero() || exponent == 0 || left.bits() <= BITS / u64::from(exponent);
            fits.then(|| left.pow(exponent))?
        }
        BinaryOp::LShift if !right.is_negative() => {
            let places =
                right.to_u64().filter(|places| left.is_zero() || left.bits().saturating_add(*places) <= BITS)?;
            if left.is_zero() { BigInt::zero() } else { left << places }
        }
        BinaryOp::RShift if !right.is_negative() => left >> right.to_u64()?.min(1 << 16),
        BinaryOp::BitOr => left | right,
        BinaryOp::BitXor => left ^ right,
        BinaryOp::BitAnd => left & right,
        _ => return None,
    };
    Some(of_integer(&value))
}

fn as_float(constant: &Constant) -> Option<f64> {
    match constant {
        Constant::Float(bits) => Some(f64::from_bits(*bits)),
        other => as_integer(other)?.to_f64(),
    }
}

fn floats(left: f64, op: BinaryOp, right: f64) -> Option<f64> {
    Some(match op {
        BinaryOp::Add => left + right,
        BinaryOp::Sub => left - right,
        BinaryOp::Mult => left * right,
        BinaryOp::Div if right != 0.0 => left / right,
        BinaryOp::Pow if left > 0.0 => left.powf(right),
        _ => return None,
    })
}

fn is_complex(constant: &Constant) -> bool {
    matches!(constant, Constant::Complex(..))
}

fn as_complex(constant: &Constant) -> Option<(f64, f64)> {
    match constant {
        Constant::Complex(real, imaginary) => Some((f64::from_bits(*real), f64::from_bits(*imaginary))),
        other => Some((as_float(other)?, 0.0)),
    }
}

fn complex(left: (f64, f64), op: BinaryOp, right: (f64, f64)) -> Option<Constant> {
    let (real, imaginary) = match op {
        BinaryOp::Add => (left.0 + right.0, left.1 + right.1),
        BinaryOp::Sub => (left.0 - right.0, left.1 - right.1),
        BinaryOp::Mult => (left.0 * right.0 - left.1 * right.1, left.0 * right.1 + left.1 * right.0),
        _ => return None,
    };
    Some(Constant::Complex(real.to_bits(), imaginary.to_bits()))
}

/// An item of a constant.
pub(super) fn item(value: &Constant, index: &Constant) -> Option<Constant> {
    let index = as_integer(index)?.to_i64()?;
    let place = |length: usize| {
        let at = if index < 0 { index.checked_add(length as i64)? } else { index };
        usize::try_from(at).ok().filter(|&at| at < length)
    };
    match value {
        Constant::Tuple(items) => Some(items[place(items.len())?].clone()),
        Constant::Bytes(bytes) => Some(Constant::Int(bytes[place(bytes.len())?].into())),
        Constant::Str(text) => {
            let text = std::str::from_utf8(text).ok().filter(|text| text.len() <= MOST)?;
            let letter = text.chars().nth(place(text.chars().count())?)?;
            Some(Constant::text(letter.encode_utf8(&mut [0; 4])))
        }
        _ => None,
    }
}

/// A set of constants that is never changed. `None` if some are numbers of more than one sort, which may be equal.
pub(super) fn set(mut items: Vec<Constant>) -> Option<Constant> {
    let sorts = items.iter().map(sorts).fold(0, |all, sort| all | sort);
    if sorts.count_ones() > 1 {
        return None;
    }
    items.sort_unstable();
    items.dedup();
    Some(Constant::FrozenSet(items.into()))
}

/// The sorts of numbers in a constant, a bit each. Recursion is bounded: [`Constant::DEPTH`].
fn sorts(item: &Constant) -> u32 {
    match item {
        Constant::Bool(_) => 1,
        Constant::Int(_) | Constant::BigInt { .. } => 2,
        Constant::Float(_) => 4,
        Constant::Complex(..) => 8,
        Constant::Tuple(items) | Constant::FrozenSet(items) | Constant::Slice(items) => {
            items.iter().map(sorts).fold(0, |all, sort| all | sort)
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(value: i64) -> Constant {
        Constant::Int(value)
    }

    #[test]
    fn operations_give_what_python_gives() {
        let gives = |left: Constant, op, right: Constant, value: Option<Constant>| {
            assert_eq!(binary(&left, op, &right), value, "{left:?} {op:?} {right:?}");
        };
        gives(int(-7), BinaryOp::FloorDiv, int(2), Some(int(-4)));
        gives(int(-7), BinaryOp::Mod, int(2), Some(int(1)));
        gives(int(7), BinaryOp::Mod, int(-2), Some(int(-1)));
        gives(int(1), BinaryOp::Div, int(4), Some(Constant::float(0.25)));
        gives(int(2), BinaryOp::Pow, int(10), Some(int(1024)));
        gives(int(1), BinaryOp::LShift, int(200), None);
        gives(int(1), BinaryOp::Div, int(0), None);
        gives(Constant::Bool(true), BinaryOp::Add, int(1), Some(int(2)));
        gives(Constant::text("ab"), BinaryOp::Mult, int(2), Some(Constant::text("abab")));
        gives(Constant::text("ab"), BinaryOp::Mult, int(4096), None);
        gives(Constant::text("%s"), BinaryOp::Mod, int(1), None);
        let two_j = Constant::Complex(0, 2_f64.to_bits());
        gives(int(1), BinaryOp::Sub, two_j, Some(Constant::Complex(1_f64.to_bits(), (-2_f64).to_bits())));
    }

    #[test]
    fn signs_of_zeros_are_kept() {
        assert_eq!(unary(UnaryOp::USub, &Constant::float(0.0)), Some(Constant::float(-0.0)));
        assert_ne!(unary(UnaryOp::USub, &Constant::float(0.0)), Some(Constant::float(0.0)));
        assert_eq!(
            unary(UnaryOp::USub, &int(i64::MIN)).and_then(|value| as_integer(&value)),
            Some(-BigInt::from(i64::MIN))
        );
    }

    #[test]
    fn items_are_counted_from_either_end() {
        assert_eq!(item(&Constant::text("aé"), &int(-1)), Some(Constant::text("é")));
        assert_eq!(item(&Constant::Bytes([1, 2].as_slice().into()), &int(0)), Some(int(1)));
        assert_eq!(item(&Constant::text("a"), &int(1)), None);
        assert_eq!(item(&Constant::text("a"), &int(-2)), None);
    }

    #[test]
    fn sets_whose_items_may_be_equal_are_not_made() {
        assert!(set(vec![int(1), Constant::Bool(true)]).is_none());
        assert!(set(vec![int(1), Constant::text("1"), Constant::None]).is_some());
        assert_eq!(set(vec![int(2), int(1), int(2)]), set(vec![int(1), int(2)]));
    }
}
