//! What compilers compute themselves, of constants: no text brings it back as an operation (`ast_opt.c` in CPython 3.7 – 3.13,
//! `flowgraph.c` since then, `peephole.c` up to 3.6).

use super::{Lowered, Lowerer};
use crate::ast::{Expr, ExprId};
use crate::constant::Constant;
use crate::graph::{BinaryOp, BuildKind, UnaryOp};
use crate::percent::is_formatted;

/// How large what is repeated may become.
struct Most {
    /// In letters or bytes.
    letters: u64,
    /// In items.
    items: u64,
    /// How many bits an integer may have, as far as its operands tell.
    bits: u64,
    /// The same of a power, and of what is shifted.
    powers: (u64, u64),
    /// How large what is joined may become.
    joined: u64,
    /// Whether `%` of a text is computed.
    formats: bool,
}

impl Most {
    const PYTHON_2: Self =
        Self { letters: 20, items: 20, bits: u64::MAX, powers: (u64::MAX, u64::MAX), ..Self::SINCE_3_7 };
    const UP_TO_3_6: Self = Self { letters: 20, items: 20, ..Self::SINCE_3_7 };
    /// `MAX_STR_SIZE`, `MAX_COLLECTION_SIZE`, `MAX_INT_SIZE`.
    const SINCE_3_7: Self =
        Self { letters: 4096, items: 256, bits: 128, powers: (128, 128), joined: u64::MAX, formats: false };
    /// `OptimizingVisitor` in PyPy's `astcompiler/optimize.py`.
    const PYPY: Self = Self { letters: 20, items: 20, bits: u64::MAX, powers: (5000, 1000), joined: 20, formats: true };
}

impl Lowerer<'_> {
    /// Fails for an operation that a compiler computes, or may compute.
    pub(super) fn is_left_to_run(&self, left: ExprId, op: BinaryOp, right: ExprId) -> Lowered {
        let body = self.body;
        // What it gives depends on how Python 2 was started.
        if self.division(op) == BinaryOp::ClassicDiv {
            return Ok(());
        }
        if let (Expr::Constant(left), Expr::Constant(right)) = (body.get_expr(left), body.get_expr(right)) {
            let most = if self.units.compiler.computes_short {
                Most::PYPY
            } else if self.is_python2() {
                Most::PYTHON_2
            } else if self.since(7) {
                Most::SINCE_3_7
            } else {
                Most::UP_TO_3_6
            };
            if may_compute(left, op, right, &most) {
                return Err(COMPUTED.to_owned());
            }
        }
        let values = match body.get_expr(right) {
            Expr::Tuple(items) if !items.iter().any(|&item| matches!(body.get_expr(item), Expr::Starred(_))) => {
                Some(items.len())
            }
            Expr::Constant(Constant::Tuple(items)) if self.since(14) => Some(items.len()),
            _ => None,
        };
        match (op, body.get_expr(left), values) {
            (BinaryOp::Mod, Expr::Constant(Constant::Str(text)), Some(values))
                if self.since(11) && is_formatted(text, values) =>
            {
                Err("the compiler makes an f-string of it".to_owned())
            }
            _ => Ok(()),
        }
    }

    /// The same for one operand.
    pub(super) fn is_unary_left_to_run(&self, op: UnaryOp, operand: ExprId) -> Lowered {
        let Expr::Constant(constant) = self.body.get_expr(operand) else { return Ok(()) };
        let is_computed = match op {
            UnaryOp::Not => self.since(7),
            UnaryOp::Invert => is_integer(constant),
            UnaryOp::USub | UnaryOp::UAdd => is_number(constant),
        };
        if is_computed { Err(COMPUTED.to_owned()) } else { Ok(()) }
    }

    /// The same for `value[index]`.
    pub(super) fn is_item_left_to_run(&self, value: ExprId, index: ExprId) -> Lowered {
        let (Expr::Constant(value), Expr::Constant(index)) = (self.body.get_expr(value), self.body.get_expr(index))
        else {
            return Ok(());
        };
        let is_computed = match index {
            // One that is too large is an error, which is left to run.
            Constant::Int(index) => index.unsigned_abs() <= length(value),
            // Of two bounds that are constants a constant is made since 3.14.
            Constant::Bool(_) | Constant::Slice(_) => true,
            _ => false,
        };
        let is_kept = self.units.compiler.computes_short && matches!(value, Constant::Str(_));
        if is_sequence(value) && is_computed && !is_kept { Err(COMPUTED.to_owned()) } else { Ok(()) }
    }

    /// What is searched by `in`, or gone through by `for`: there compilers make a tuple of a list display, and a constant of a set
    /// display of constants.
    pub(super) fn searched(&mut self, expr: ExprId) -> Lowered {
        let body = self.body;
        let are_constants =
            |items: &[ExprId]| items.iter().all(|&item| matches!(body.get_expr(item), Expr::Constant(_)));
        let is_starred = |&item: &ExprId| matches!(body.get_expr(item), Expr::Starred(_));
        match body.get_expr(expr) {
            // Up to 3.7 only what is constant is looked at.
            Expr::List(items)
                if (!self.since(8) || self.units.compiler.folds_searched_alone) && !are_constants(items) =>
            {
                self.expr(expr)
            }
            Expr::List(items) if !items.iter().any(is_starred) => self.sequence(BuildKind::Tuple, items),
            Expr::Set(items) if !items.is_empty() && are_constants(items) && !self.is_python2() => {
                Err(COMPUTED.to_owned())
            }
            _ => self.expr(expr),
        }
    }

    /// The same for a loop that may be an `async for`; of a statement nothing is made there.
    pub(super) fn looped(&mut self, iter: ExprId, is_async: bool, is_statement: bool) -> Lowered {
        let is_as_written = is_async && (is_statement || !self.since(7) || self.since(14));
        if is_as_written || self.is_python2() || self.units.compiler.folds_searched_alone {
            self.expr(iter)
        } else {
            self.searched(iter)
        }
    }

    /// What the first loop of a comprehension goes through. From 3.15 on it is not asked for its iterator right there, so that it
    /// stays as it is written.
    pub(super) fn first_iterable(&mut self, iter: ExprId, is_async: bool) -> Lowered {
        match self.body.get_expr(iter) {
            Expr::Constant(Constant::FrozenSet(_)) if self.since(15) => {
                Err("no source has a frozenset there".to_owned())
            }
            _ if self.since(15) => self.expr(iter),
            _ => self.looped(iter, is_async, false),
        }
    }
}

const COMPUTED: &str = "the compiler computes it";

/// Whether a compiler computes an operation on two constants, as far as that can be said without doing it. What raises an
/// exception is left to run, and so is what would be large.
fn may_compute(left: &Constant, op: BinaryOp, right: &Constant, most: &Most) -> bool {
    use BinaryOp::*;
    let are_numbers = is_number(left) && is_number(right);
    let are_integers = is_integer(left) && is_integer(right);
    match op {
        MatMult => false,
        Mod if is_sequence(left) => most.formats && !matches!(left, Constant::Tuple(_)),
        Add if is_sequence(left) => {
            let is_short = length(left).saturating_add(length(right)) <= most.joined;
            is_short && std::mem::discriminant(left) == std::mem::discriminant(right)
        }
        Mult if is_sequence(left) && is_integer(right) => may_repeat(left, right, most),
        Mult if is_sequence(right) && is_integer(left) => may_repeat(right, left, most),
        Mult if are_integers => bits(left) == 0 || bits(right) == 0 || bits(left) + bits(right) <= most.bits,
        Div | ClassicDiv | FloorDiv | Mod => are_numbers && !is_zero(right),
        Pow if are_integers && !is_negative(right) && bits(left) > 0 && bits(right) > 0 => {
            bits(left) <= most.powers.0 / magnitude(right).max(1)
        }
        Add | Sub | Mult | Pow => are_numbers,
        LShift | RShift if is_negative(right) => false,
        LShift if are_integers && bits(left) > 0 => bits(left).saturating_add(magnitude(right)) <= most.powers.1,
        LShift | RShift | BitOr | BitXor | BitAnd => are_integers,
    }
}

/// Whether a compiler repeats a text or tuple.
fn may_repeat(sequence: &Constant, times: &Constant, most: &Most) -> bool {
    let most = if matches!(sequence, Constant::Tuple(_)) { most.items } else { most.letters };
    let length = length(sequence);
    length == 0 || !is_negative(times) && magnitude(times) <= most / length
}

fn is_sequence(constant: &Constant) -> bool {
    matches!(constant, Constant::Str(_) | Constant::Unicode(_) | Constant::Bytes(_) | Constant::Tuple(_))
}

/// The length of a text as its letters are counted, of bytes or a tuple.
fn length(constant: &Constant) -> u64 {
    match constant {
        Constant::Str(text) => text.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() as u64,
        Constant::Bytes(bytes) => bytes.len() as u64,
        Constant::Tuple(items) => items.len() as u64,
        _ => 0,
    }
}

fn is_integer(constant: &Constant) -> bool {
    matches!(constant, Constant::Bool(_) | Constant::Int(_) | Constant::BigInt { .. })
}

fn is_number(constant: &Constant) -> bool {
    is_integer(constant) || matches!(constant, Constant::Float(_) | Constant::Complex(..))
}

fn is_zero(constant: &Constant) -> bool {
    match constant {
        Constant::Float(bits) => f64::from_bits(*bits) == 0.0,
        Constant::Complex(real, imaginary) => f64::from_bits(*real) == 0.0 && f64::from_bits(*imaginary) == 0.0,
        integer => magnitude(integer) == 0,
    }
}

fn is_negative(integer: &Constant) -> bool {
    matches!(integer, Constant::Int(..0) | Constant::BigInt { negative: true, .. })
}

/// An integer without its sign; the largest number there is for those that are larger.
fn magnitude(integer: &Constant) -> u64 {
    match integer {
        Constant::Bool(value) => u64::from(*value),
        Constant::Int(value) => value.unsigned_abs(),
        _ => u64::MAX,
    }
}

/// How many bits an integer has, without its sign.
fn bits(integer: &Constant) -> u64 {
    match integer {
        Constant::BigInt { digits, .. } => {
            let highest = digits.chunks_exact(2).next_back().map_or(0, |pair| u16::from_le_bytes([pair[0], pair[1]]));
            (digits.len() as u64 / 2).saturating_sub(1) * 15 + u64::from(16 - highest.leading_zeros())
        }
        small => u64::from(64 - magnitude(small).leading_zeros()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Most, may_compute};
    use crate::constant::Constant;
    use crate::graph::BinaryOp::{self, *};

    fn text(letters: usize) -> Constant {
        Constant::text(&"a".repeat(letters))
    }

    fn tuple(items: usize) -> Constant {
        Constant::Tuple(vec![Constant::None; items].into())
    }

    /// What CPython 3.7 to 3.13 were seen to compute.
    #[test]
    fn small_things_are_computed() {
        let computed: [(Constant, BinaryOp, Constant); 14] = [
            (text(1), Mult, Constant::Int(4096)),
            (tuple(1), Mult, Constant::Int(256)),
            (tuple(0), Mult, Constant::Int(1000)),
            (Constant::Int(1), LShift, Constant::Int(127)),
            (Constant::Int(2), Mult, text(1)),
            (tuple(1), Add, tuple(2)),
            (text(1), Add, text(1)),
            (Constant::Int(1), BitOr, Constant::Int(2)),
            (Constant::Bool(true), Add, Constant::Int(1)),
            (Constant::Int(2), Pow, Constant::Int(-1)),
            (Constant::Int(3), Div, Constant::Int(2)),
            (Constant::float(2.0), Pow, Constant::Int(2)),
            (Constant::Int(2), Pow, Constant::Int(64)),
            (Constant::Int(0), LShift, Constant::Int(9000)),
        ];
        for (left, op, right) in computed {
            assert!(may_compute(&left, op, &right, &Most::SINCE_3_7), "{left:?} {op:?} {right:?}");
        }
    }

    #[test]
    fn errors_and_what_would_be_large_are_left_to_run() {
        let left_to_run: [(Constant, BinaryOp, Constant); 14] = [
            (text(1), Mult, Constant::Int(4097)),
            (tuple(1), Mult, Constant::Int(257)),
            (Constant::Int(2), Pow, Constant::Int(127)),
            (Constant::Int(1), LShift, Constant::Int(128)),
            (Constant::Int(1), LShift, Constant::Int(-1)),
            (Constant::Int(1), Div, Constant::Int(0)),
            (Constant::float(1.5), FloorDiv, Constant::float(-0.0)),
            (Constant::Int(1), MatMult, Constant::Int(2)),
            (text(1), Mod, tuple(1)),
            (text(1), Mod, Constant::Int(1)),
            (text(1), Mult, Constant::Int(-1)),
            (Constant::None, Add, Constant::Int(1)),
            (text(1), Add, Constant::Int(1)),
            (Constant::float(1.0), BitOr, Constant::Int(1)),
        ];
        for (left, op, right) in left_to_run {
            assert!(!may_compute(&left, op, &right, &Most::SINCE_3_7), "{left:?} {op:?} {right:?}");
        }
        assert!(!may_compute(&text(1), Mult, &Constant::Int(21), &Most::UP_TO_3_6));
        assert!(may_compute(&text(1), Mult, &Constant::Int(20), &Most::UP_TO_3_6));
    }
}
