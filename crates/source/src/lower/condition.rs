//! Conditions: jumps on what is true, without making a value of it (`compiler_jump_if` in CPython's `compile.c`).

use super::{Label, Lowered, Lowerer};
use crate::ast::{BoolOp, CmpOp, Expr, ExprId};
use crate::graph::{OpKind, UnaryOp};

impl Lowerer<'_> {
    /// Jumps to a label if the expression is `when`, and goes on behind otherwise.
    pub(super) fn jump_if(&mut self, test: ExprId, when: bool, label: &mut Label) -> Lowered {
        let body = self.body;
        // Up to 3.9 what is asked for in vain is asked all the same, but for what is true and leads on.
        let drops_true = !self.units.compiler.asks_constants;
        if let Some(truth) =
            self.known_truth(test).filter(|&truth| self.units.since(3, 10) || drops_true && truth && !when)
        {
            self.jump_by(truth, when, label);
            return Ok(());
        }
        match body.get_expr(test) {
            Expr::UnaryOp { op: UnaryOp::Not, operand } => self.jump_if(*operand, !when, label),
            Expr::BoolOp { op, values } => self.jump_if_bool(*op, values, when, label),
            Expr::IfExp { test, body, orelse } if !self.units.compiler.chooses_values => {
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
            _ => {
                self.expr(test)?;
                self.branch(when, label);
                Ok(())
            }
        }
    }

    /// The same for what `if` or `while` asks: a constant is never asked for.
    pub(super) fn jump_unless(&mut self, test: ExprId, label: &mut Label) -> Lowered {
        match self.known_truth(test) {
            Some(truth) => {
                self.jump_by(truth, false, label);
                Ok(())
            }
            None => self.jump_if(test, false, label),
        }
    }

    fn jump_by(&mut self, truth: bool, when: bool, label: &mut Label) {
        if truth == when {
            self.jump(label);
        }
    }

    /// Whether a constant is true; `not` of one is one since 3.7.
    fn known_truth(&self, test: ExprId) -> Option<bool> {
        match self.body.get_expr(test) {
            Expr::Constant(constant) => Some(constant.is_true()),
            Expr::UnaryOp { op: UnaryOp::Not, operand } if self.since(7) => match self.body.get_expr(*operand) {
                Expr::Constant(constant) => Some(!constant.is_true()),
                _ => None,
            },
            _ => None,
        }
    }

    fn jump_if_bool(&mut self, op: BoolOp, values: &[ExprId], when: bool, label: &mut Label) -> Lowered {
        let Some((last, first)) = values.split_last() else { return Err("a condition has no operands".to_owned()) };
        let short = op == BoolOp::Or;
        let mut end = Label::default();
        for &value in first {
            // Up to 3.6 operands are asked before compilers look at what they ask for.
            if let (Expr::Constant(_), false) = (self.body.get_expr(value), self.since(7)) {
                self.expr(value)?;
                self.branch(short, if short == when { label } else { &mut end });
            } else if short == when {
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
            let is_last = index + 1 == rest.len();
            match op {
                CmpOp::In { .. } if is_last => self.searched(*right)?,
                _ => self.expr(*right)?,
            }
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
