//! Values → expressions.

mod calls;
mod comprehensions;
mod displays;
mod format;
mod functions;
mod targets;

pub(super) use targets::Bound;

use super::flow::{Comparison, Flow, Made};
use super::trouble::Shaped;
use crate::ast::{Body, BoolOp, CmpOp, Expr, ExprId, FormatPart};
use crate::constant::Constant;
use crate::graph::{BinaryOp, BuildKind, Op, OpKind, Origin, UnaryOp, ValueId};
use crate::percent::is_formatted;
use crate::unit::{Unit, Units};

/// How deep expressions nest at most. CPython's parser allows some 6000 levels, its compiler fewer.
const MAX_DEPTH: u32 = 400;

/// Makes expressions of the values of a code object.
pub(super) struct Expressions<'s, 'a> {
    pub flow: &'s mut Flow<'a>,
    pub body: &'s mut Body,
    pub unit: &'a Unit,
    pub units: &'a Units,
    /// How deep in an expression.
    depth: u32,
}

impl<'s, 'a> Expressions<'s, 'a> {
    pub(super) fn new(flow: &'s mut Flow<'a>, body: &'s mut Body, unit: &'a Unit, units: &'a Units) -> Self {
        Self { flow, body, unit, units, depth: 0 }
    }

    /// Counts one level of nesting, which the caller takes back.
    pub(super) fn deeper(&mut self) -> Shaped<()> {
        if self.depth >= MAX_DEPTH {
            self.depth = 0;
            return Err("an expression nests too deep".to_owned());
        }
        self.depth += 1;
        Ok(())
    }

    /// The expression that makes a value.
    pub(super) fn expr(&mut self, value: ValueId) -> Shaped<ExprId> {
        self.deeper()?;
        let value = self.flow.resolve(value);
        let expr = if let Some(constant) = self.flow.constant(value) {
            let constant = constant.clone();
            Ok(self.constant(constant))
        } else if let Some(made) = self.flow.made(value) {
            let made = made.clone();
            self.made(made)
        } else if let Some((op, index)) = self.flow.maker(value) {
            let op = op.clone();
            self.result(&op, index, value)
        } else {
            Err("a value comes from nowhere in the text".to_owned())
        };
        self.depth = self.depth.saturating_sub(1);
        let mut expr = expr?;
        if let Some(names) = self.flow.named.get(&value) {
            if !self.units.since(3, 8) {
                return Err("a value is bound amid an expression".to_owned());
            }
            for (_, target) in names.clone() {
                expr = self.body.expr(Expr::NamedExpr { target, value: expr }, Origin::None);
            }
        }
        Ok(expr)
    }

    /// Expressions of several values.
    pub(super) fn exprs(&mut self, values: &[ValueId]) -> Shaped<Vec<ExprId>> {
        values.iter().map(|&value| self.expr(value)).collect()
    }

    pub(super) fn constant(&mut self, constant: Constant) -> ExprId {
        self.body.expr(Expr::Constant(constant), Origin::None)
    }

    fn made(&mut self, made: Made) -> Shaped<ExprId> {
        let expr = match made {
            Made::Not(value) => return self.negated(value),
            Made::Bool { and, values } => {
                Expr::BoolOp { op: if and { BoolOp::And } else { BoolOp::Or }, values: self.exprs(&values)? }
            }
            Made::IfExp { test, body, orelse } => {
                Expr::IfExp { test: self.expr(test)?, body: self.expr(body)?, orelse: self.expr(orelse)? }
            }
            Made::Chain { first, rest } => {
                let left = self.expr(first)?;
                let mut compared = Vec::new();
                for (operator, value) in rest {
                    compared.push((operator.into(), self.expr(value)?));
                }
                Expr::Compare { left, rest: compared }
            }
        };
        Ok(self.body.expr(expr, Origin::None))
    }

    /// `not value`, or the opposite comparison.
    fn negated(&mut self, value: ValueId) -> Shaped<ExprId> {
        if !self.flow.named.contains_key(&self.flow.resolve(value)) {
            if let Some((op, _)) = self.flow.maker(value) {
                let opposite = match op.kind {
                    OpKind::Contains { negated } => Some(CmpOp::In { negated: !negated }),
                    OpKind::Is { negated } => Some(CmpOp::Is { negated: !negated }),
                    _ => None,
                };
                if let Some(opposite) = opposite {
                    let op = op.clone();
                    return self.comparison(&op, opposite);
                }
            }
        }
        let operand = self.expr(value)?;
        Ok(self.body.expr(Expr::UnaryOp { op: UnaryOp::Not, operand }, Origin::None))
    }

    fn comparison(&mut self, op: &Op, operator: CmpOp) -> Shaped<ExprId> {
        let left = self.expr(op.operands[0])?;
        let rest = vec![(operator, self.expr(op.operands[1])?)];
        Ok(self.body.expr(Expr::Compare { left, rest }, op.origin))
    }

    /// A result of an operation.
    fn result(&mut self, op: &Op, index: u32, value: ValueId) -> Shaped<ExprId> {
        use OpKind::*;
        let at = |index: usize| op.operands.get(index).copied().ok_or_else(|| "an operand is missing".to_owned());
        let expr = match &op.kind {
            Load(_, name) | CommonConstant(name) | LoadFromDictOrGlobals(name) | LoadFromDictOrDeref(name) => {
                Expr::Name(name.clone())
            }
            LoadAttr(attr) => Expr::Attribute { value: self.expr(at(0)?)?, attr: attr.clone() },
            SuperAttr { name, two_arguments } => {
                let func = self.expr(at(0)?)?;
                let args = if *two_arguments { self.exprs(&op.operands[1..])? } else { Vec::new() };
                let value = self.body.expr(Expr::Call { func, args, keywords: Vec::new() }, op.origin);
                Expr::Attribute { value, attr: name.clone() }
            }
            GetBounds(bounds) => return self.bounded(op, 0, *bounds),
            Repr => Expr::Repr(self.expr(at(0)?)?),
            GetItem => Expr::Subscript { value: self.expr(at(0)?)?, slice: self.expr(at(1)?)? },
            Unary(operator) => Expr::UnaryOp { op: *operator, operand: self.expr(at(0)?)? },
            Binary { op: operator, inplace: false } => {
                let left = if *operator == BinaryOp::Mod { self.text_before_percent(at(0)?, at(1)?) } else { None };
                let left = left.map_or_else(|| self.expr(at(0)?), Ok)?;
                Expr::BinOp { left, op: *operator, right: self.expr(at(1)?)? }
            }
            Compare(operator) => return self.comparison(op, CmpOp::Compare(*operator)),
            Contains { negated } => return self.comparison(op, CmpOp::In { negated: *negated }),
            Is { negated } => return self.comparison(op, CmpOp::Is { negated: *negated }),
            Build(..) if self.flow.comprehensions.contains_key(&value) => {
                return self.inlined_comprehension(value, self.flow.comprehensions[&value]);
            }
            Build(kind, _) => return self.display(op, *kind, value),
            BuildUnpack(kind, _) | BuildUnpackWithCall(kind, _) => return self.unpacked_display(op, *kind),
            ListToTuple => {
                let items = self.items(at(0)?)?.ok_or("a tuple is made of no list display")?;
                Expr::Tuple(items)
            }
            Format { .. } => return self.formatted(op),
            Template => return self.template(op),
            Call { positional, keywords } => return self.call(op, *positional, keywords),
            CallEx { keywords } => return self.call_unpacked(op, *keywords),
            CallStar { positional, keywords, star, star_star } => {
                return self.call_star(op, (*positional, keywords), (*star, *star_star));
            }
            MakeFunction(parts) => return self.lambda(op, parts),
            // `*args: *Ts` (3.11+)
            Only => Expr::Starred(self.expr(at(0)?)?),
            Await => return self.awaited(op),
            Yield => {
                let value = at(0)?;
                let none = self.flow.constant(value) == Some(&Constant::None);
                Expr::Yield(if none { None } else { Some(self.expr(value)?) })
            }
            YieldFrom => Expr::YieldFrom(self.expr(at(0)?)?),
            _ => return Err(format!("no expression does this: {:?}, result {index}", op.kind)),
        };
        Ok(self.body.expr(expr, op.origin))
    }

    /// Text before `%` that was an f-string without fields: of a plain one compilers would make another f-string (3.11+).
    fn text_before_percent(&mut self, text: ValueId, values: ValueId) -> Option<ExprId> {
        let Some(Constant::Str(text)) = self.flow.constant(text) else { return None };
        let count = match (self.flow.constant(values), self.flow.maker(values)) {
            (Some(Constant::Tuple(items)), _) if self.units.since(3, 14) => items.len(),
            (None, Some((Op { kind: OpKind::Build(BuildKind::Tuple, _), operands, .. }, _))) => operands.len(),
            _ => return None,
        };
        let part = FormatPart::Text(text.clone());
        let is_formatted = self.units.compiles_since(11) && is_formatted(text, count);
        is_formatted.then(|| self.body.expr(Expr::JoinedStr(vec![part]), Origin::None))
    }

    /// What is iterated over by a loop with this iterator.
    pub(super) fn iterated(&mut self, iterator: ValueId) -> Shaped<ExprId> {
        let iterable = self.flow.iterable(iterator).ok_or("a loop uses an iterator that it did not make")?;
        self.expr(iterable)
    }
}

impl From<Comparison> for CmpOp {
    fn from(comparison: Comparison) -> Self {
        match comparison {
            Comparison::Compare(operator) => Self::Compare(operator),
            Comparison::In { negated } => Self::In { negated },
            Comparison::Is { negated } => Self::Is { negated },
        }
    }
}
