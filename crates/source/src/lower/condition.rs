//! Conditions: jumps on what is true, without making a value of it (`compiler_jump_if` in CPython's `compile.c`).

use super::{Label, Lowered, Lowerer};
use crate::ast::{BoolOp, CmpOp, Expr, ExprId};
use crate::constant::Constant;
use crate::graph::{OpKind, UnaryOp};

impl Lowerer<'_> {
    /// Jumps to a label if the expression is `when`, and goes on behind otherwise.
    pub(super) fn jump_if(&mut self, test: ExprId, when: bool, label: &mut Label) -> Lowered {
        let body = self.body;
        match body.get_expr(test) {
            Expr::UnaryOp { op: UnaryOp::Not, operand } => self.jump_if(*operand, !when, label),
            Expr::BoolOp { op, values } => self.jump_if_bool(*op, values, when, label),
            Expr::IfExp { test, body, orelse } => {
                let (mut end, mut next) = (Label::default(), Label::default());
                self.jump_if(*test, false, &mut next)?;
                self.jump_if(*body, when, label)?;
                self.jump(&mut end);
                self.place_only(next);
                self.jump_if(*orelse, when, label)?;
                self.place(&mut end);
                Ok(())
            }
            Expr::Compare { left, rest } if rest.len() > 1 => self.jump_if_chain(*left, rest, when, label),
            Expr::Constant(constant) => {
                if is_true(constant) == when {
                    self.jump(label);
                }
                Ok(())
            }
            _ => {
                self.expr(test)?;
                self.branch(when, label);
                Ok(())
            }
        }
    }

    fn jump_if_bool(&mut self, op: BoolOp, values: &[ExprId], when: bool, label: &mut Label) -> Lowered {
        let Some((last, first)) = values.split_last() else { return Err("a condition has no operands".to_owned()) };
        let short = op == BoolOp::Or;
        let mut end = Label::default();
        for &value in first {
            if short == when {
                self.jump_if(value, short, label)?;
            } else {
                self.jump_if(value, short, &mut end)?;
            }
        }
        self.jump_if(*last, when, label)?;
        if end.0.is_some() {
            self.place(&mut end);
        }
        Ok(())
    }

    fn jump_if_chain(&mut self, left: ExprId, rest: &[(CmpOp, ExprId)], when: bool, label: &mut Label) -> Lowered {
        let mut cleanup = Label::default();
        self.expr(left)?;
        self.chain(rest, |lowerer| lowerer.branch(false, &mut cleanup))?;
        self.branch(when, label);
        let mut end = Label::default();
        self.jump(&mut end);
        self.place_only(cleanup);
        self.pop();
        if !when {
            self.jump(label);
        }
        self.place(&mut end);
        Ok(())
    }

    /// Compares the value on top with the first of `rest`, that with the next, and so on. After all but the last, `each` is
    /// called, with the right value on the stack and the outcome above it.
    pub(super) fn chain(&mut self, rest: &[(CmpOp, ExprId)], mut each: impl FnMut(&mut Self)) -> Lowered {
        for (index, (op, right)) in rest.iter().enumerate() {
            self.expr(*right)?;
            let is_last = index + 1 == rest.len();
            if is_last {
                self.push_op(comparison(*op), 2);
                break;
            }
            let (right, left) = (self.pop(), self.pop());
            self.stack.extend([right, left, right]);
            self.push_op(comparison(*op), 2);
            each(self);
        }
        Ok(())
    }
}

pub(super) fn comparison(op: CmpOp) -> OpKind {
    match op {
        CmpOp::Compare(op) => OpKind::Compare(op),
        CmpOp::In { negated } => OpKind::Contains { negated },
        CmpOp::Is { negated } => OpKind::Is { negated },
    }
}

/// Whether a constant is true.
fn is_true(constant: &Constant) -> bool {
    match constant {
        Constant::None => false,
        Constant::Bool(value) => *value,
        Constant::Int(value) => *value != 0,
        Constant::Float(bits) => f64::from_bits(*bits) != 0.0,
        Constant::Complex(real, imaginary) => f64::from_bits(*real) != 0.0 || f64::from_bits(*imaginary) != 0.0,
        Constant::Str(bytes) | Constant::Bytes(bytes) => !bytes.is_empty(),
        Constant::Tuple(items) | Constant::FrozenSet(items) => !items.is_empty(),
        Constant::Ellipsis | Constant::BigInt { .. } | Constant::Slice(_) | Constant::Code(_) => true,
    }
}
