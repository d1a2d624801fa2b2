//! How operators are spelled, and how strongly they bind.

use super::constant::constant;
use super::precedence::Precedence as P;
use crate::ast::{BoolOp, CmpOp, Expr};
use crate::constant::Constant;
use crate::graph::{BinaryOp, CompareOp, UnaryOp};

/// How tightly an expression binds.
pub(super) fn binding(expr: &Expr) -> P {
    match expr {
        Expr::Constant(value) => constant_binding(value),
        Expr::Tuple(items) if items.is_empty() => P::Atom,
        Expr::Tuple(_) => P::Tuple,
        Expr::Slice { .. } => P::Slice,
        // In a place for an item or argument it stands as it is; elsewhere there is none.
        Expr::Starred(_) => P::Atom,
        Expr::Yield(_) | Expr::YieldFrom(_) => P::Yield,
        Expr::NamedExpr { .. } => P::Named,
        Expr::IfExp { .. } | Expr::Lambda(_) => P::Test,
        Expr::BoolOp { op: BoolOp::Or, .. } => P::Or,
        Expr::BoolOp { op: BoolOp::And, .. } => P::And,
        Expr::UnaryOp { op: UnaryOp::Not, .. } => P::Not,
        Expr::Compare { .. } => P::Compare,
        Expr::BinOp { op, .. } => binary_binding(*op),
        Expr::UnaryOp { .. } => P::Factor,
        Expr::Await(_) => P::Await,
        _ => P::Atom,
    }
}

pub(super) fn constant_binding(value: &Constant) -> P {
    match value {
        Constant::Tuple(_) | Constant::Str(_) | Constant::Unicode(_) | Constant::Bytes(_) => P::Atom,
        other => constant(other).1,
    }
}

pub(super) const fn binary_binding(op: BinaryOp) -> P {
    match op {
        BinaryOp::BitOr => P::BitOr,
        BinaryOp::BitXor => P::BitXor,
        BinaryOp::BitAnd => P::BitAnd,
        BinaryOp::LShift | BinaryOp::RShift => P::Shift,
        BinaryOp::Add | BinaryOp::Sub => P::Arith,
        BinaryOp::Mult
        | BinaryOp::MatMult
        | BinaryOp::ClassicDiv
        | BinaryOp::Div
        | BinaryOp::FloorDiv
        | BinaryOp::Mod => P::Term,
        BinaryOp::Pow => P::Power,
    }
}

/// A binary operator with blanks around it.
pub(super) const fn binary_text(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => " + ",
        BinaryOp::Sub => " - ",
        BinaryOp::Mult => " * ",
        BinaryOp::MatMult => " @ ",
        BinaryOp::Div | BinaryOp::ClassicDiv => " / ",
        BinaryOp::FloorDiv => " // ",
        BinaryOp::Mod => " % ",
        BinaryOp::Pow => " ** ",
        BinaryOp::LShift => " << ",
        BinaryOp::RShift => " >> ",
        BinaryOp::BitOr => " | ",
        BinaryOp::BitXor => " ^ ",
        BinaryOp::BitAnd => " & ",
    }
}

/// The same before the `=` of an augmented assignment.
pub(super) const fn augmented_text(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => " += ",
        BinaryOp::Sub => " -= ",
        BinaryOp::Mult => " *= ",
        BinaryOp::MatMult => " @= ",
        BinaryOp::Div | BinaryOp::ClassicDiv => " /= ",
        BinaryOp::FloorDiv => " //= ",
        BinaryOp::Mod => " %= ",
        BinaryOp::Pow => " **= ",
        BinaryOp::LShift => " <<= ",
        BinaryOp::RShift => " >>= ",
        BinaryOp::BitOr => " |= ",
        BinaryOp::BitXor => " ^= ",
        BinaryOp::BitAnd => " &= ",
    }
}

pub(super) const fn comparison_text(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Compare(CompareOp::Lt) => " < ",
        CmpOp::Compare(CompareOp::LtE) => " <= ",
        CmpOp::Compare(CompareOp::Eq) => " == ",
        CmpOp::Compare(CompareOp::NotEq) => " != ",
        CmpOp::Compare(CompareOp::Gt) => " > ",
        CmpOp::Compare(CompareOp::GtE) => " >= ",
        CmpOp::In { negated: false } => " in ",
        CmpOp::In { negated: true } => " not in ",
        CmpOp::Is { negated: false } => " is ",
        CmpOp::Is { negated: true } => " is not ",
    }
}
