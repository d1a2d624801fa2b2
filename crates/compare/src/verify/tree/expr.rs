//! Expressions.

use pycxray_source::ast::{BoolOp, CmpOp, Expr, ExprId, Keyword};
use pycxray_source::constant::Constant;
use pycxray_source::graph::{BinaryOp, CompareOp, UnaryOp};
use ruff_python_ast as ast;

use super::name::plain;
use super::{Converter, DEPTH, Level, Made, fold};

impl<'s> Converter<'s> {
    pub(super) fn exprs(&mut self, exprs: &'s [ast::Expr]) -> Made<Vec<ExprId>> {
        exprs.iter().map(|expr| self.expr(expr)).collect()
    }

    pub(super) fn expr(&mut self, expr: &'s ast::Expr) -> Made<ExprId> {
        let depth = self.depth;
        self.depth += 1;
        let made = if self.depth > DEPTH { Err("the source nests too deep".to_owned()) } else { self.expr_of(expr) };
        self.depth = depth;
        made
    }

    fn expr_of(&mut self, expr: &'s ast::Expr) -> Made<ExprId> {
        let made = match expr {
            ast::Expr::Name(name) if name.id.as_str() == "__debug__" => {
                self.hints.asks_debug = true;
                Expr::Constant(Constant::Bool(self.level == Level::Plain))
            }
            ast::Expr::Name(name) => Expr::Name(self.name(&name.id)),
            ast::Expr::BoolOp(node) => {
                let op = match node.op {
                    ast::BoolOp::And => BoolOp::And,
                    ast::BoolOp::Or => BoolOp::Or,
                };
                Expr::BoolOp { op, values: self.exprs(&node.values)? }
            }
            ast::Expr::Named(node) => {
                let ast::Expr::Name(target) = &*node.target else { return Err("it assigns to no name".to_owned()) };
                let value = self.expr(&node.value)?;
                Expr::NamedExpr { target: self.name(&target.id), value }
            }
            ast::Expr::BinOp(node) => return self.binary(node),
            ast::Expr::UnaryOp(node) => return self.unary(node),
            ast::Expr::Lambda(node) => return self.lambda(expr, node),
            ast::Expr::If(node) => {
                let test = self.expr(&node.test)?;
                Expr::IfExp { test, body: self.expr(&node.body)?, orelse: self.expr(&node.orelse)? }
            }
            ast::Expr::Dict(node) => {
                let mut items = Vec::with_capacity(node.items.len());
                for item in &node.items {
                    items.push((self.optional(item.key.as_ref())?, self.expr(&item.value)?));
                }
                Expr::Dict(items)
            }
            ast::Expr::Set(node) => self.set(&node.elts)?,
            ast::Expr::List(node) => Expr::List(self.exprs(&node.elts)?),
            ast::Expr::Tuple(node) => {
                let items = self.exprs(&node.elts)?;
                match node.ctx {
                    ast::ExprContext::Load => self.tuple(items),
                    _ => Expr::Tuple(items),
                }
            }
            ast::Expr::ListComp(_) | ast::Expr::SetComp(_) | ast::Expr::DictComp(_) | ast::Expr::Generator(_) => {
                return self.comprehension(expr);
            }
            ast::Expr::Await(node) => Expr::Await(self.expr(&node.value)?),
            ast::Expr::Yield(node) => Expr::Yield(self.optional(node.value.as_deref())?),
            ast::Expr::YieldFrom(node) => Expr::YieldFrom(self.expr(&node.value)?),
            ast::Expr::Compare(node) => self.compare(node)?,
            ast::Expr::Call(node) => self.call(node)?,
            ast::Expr::FString(node) => self.f_string(node)?,
            ast::Expr::TString(node) => self.t_string(node)?,
            ast::Expr::StringLiteral(_)
            | ast::Expr::BytesLiteral(_)
            | ast::Expr::NumberLiteral(_)
            | ast::Expr::BooleanLiteral(_)
            | ast::Expr::NoneLiteral(_)
            | ast::Expr::EllipsisLiteral(_) => Expr::Constant(self.literal(expr)?),
            ast::Expr::Attribute(node) => {
                if node.ctx == ast::ExprContext::Store {
                    self.sets_attribute(node);
                }
                Expr::Attribute { value: self.expr(&node.value)?, attr: self.name(&node.attr) }
            }
            ast::Expr::Subscript(node) => return self.subscript(node),
            ast::Expr::Starred(node) => Expr::Starred(self.expr(&node.value)?),
            ast::Expr::Slice(node) if self.since(14) && is_constant(node) => self.constant_slice(node)?,
            ast::Expr::Slice(node) => Expr::Slice {
                lower: self.optional(node.lower.as_deref())?,
                upper: self.optional(node.upper.as_deref())?,
                step: self.optional(node.step.as_deref())?,
            },
            ast::Expr::IpyEscapeCommand(_) => return Err("the source has a command of IPython".to_owned()),
        };
        Ok(self.add(made))
    }

    /// A slice whose bounds are constants is one itself (3.14+).
    fn constant_slice(&mut self, node: &'s ast::ExprSlice) -> Made<Expr> {
        let bound = |bound: &'s Option<Box<ast::Expr>>| bound.as_deref().map(|bound| self.literal(bound)).transpose();
        let bounds = [bound(&node.lower)?, bound(&node.upper)?, bound(&node.step)?];
        Ok(Expr::Constant(Constant::Slice(bounds.map(|bound| bound.unwrap_or(Constant::None)).into())))
    }

    /// What `target += value` changes: it is no store to all others.
    pub(super) fn changed(&mut self, target: &'s ast::Expr) -> Made<ExprId> {
        match target {
            ast::Expr::Attribute(node) => {
                let value = self.expr(&node.value)?;
                let attr = self.name(&node.attr);
                Ok(self.add(Expr::Attribute { value, attr }))
            }
            _ => self.expr(target),
        }
    }

    /// The constant that an expression is.
    pub(super) fn as_constant(&self, expr: ExprId) -> Option<&Constant> {
        match self.body.get_expr(expr) {
            Expr::Constant(constant) => Some(constant),
            _ => None,
        }
    }

    /// A tuple; of constants it is one itself.
    fn tuple(&self, items: Vec<ExprId>) -> Expr {
        let constants = items.iter().map(|&item| self.as_constant(item).cloned()).collect::<Option<Vec<_>>>();
        match constants {
            Some(constants) if constants.iter().all(|constant| constant.depth() < Constant::DEPTH) => {
                Expr::Constant(Constant::Tuple(constants.into()))
            }
            _ => Expr::Tuple(items),
        }
    }

    /// A set display. Of three constants and more compilers make a constant to copy, in which they stand in any order (3.9+).
    fn set(&mut self, elts: &'s [ast::Expr]) -> Made<Expr> {
        let items = self.exprs(elts)?;
        let constants = items.iter().map(|&item| self.as_constant(item).cloned()).collect::<Option<Vec<_>>>();
        let Some(constants) = constants.filter(|constants| constants.len() > 2 && self.since(9)) else {
            return Ok(Expr::Set(items));
        };
        let Some(Constant::FrozenSet(ordered)) = fold::set(constants) else {
            return Err("the source has a set whose items are not told apart".to_owned());
        };
        Ok(Expr::Set(ordered.iter().map(|item| self.add(Expr::Constant(item.clone()))).collect()))
    }

    fn binary(&mut self, node: &'s ast::ExprBinOp) -> Made<ExprId> {
        let left = self.expr(&node.left)?;
        let right = self.expr(&node.right)?;
        let op = binary_op(node.op);
        if let (Some(left), Some(right)) = (self.as_constant(left), self.as_constant(right))
            && let Some(folded) = fold::binary(left, op, right)
        {
            return Ok(self.add(Expr::Constant(folded)));
        }
        let made = self.percent(left, op, right).unwrap_or(Expr::BinOp { left, op, right });
        Ok(self.add(made))
    }

    fn unary(&mut self, node: &'s ast::ExprUnaryOp) -> Made<ExprId> {
        let operand = self.expr(&node.operand)?;
        let op = match node.op {
            ast::UnaryOp::Invert => UnaryOp::Invert,
            ast::UnaryOp::Not => UnaryOp::Not,
            ast::UnaryOp::UAdd => UnaryOp::UAdd,
            ast::UnaryOp::USub => UnaryOp::USub,
        };
        let folds = op != UnaryOp::Not || self.since(7);
        if let Some(folded) = self.as_constant(operand).filter(|_| folds).and_then(|operand| fold::unary(op, operand)) {
            return Ok(self.add(Expr::Constant(folded)));
        }
        // `not (a in b)` is `a not in b`.
        if let (UnaryOp::Not, Expr::Compare { left, rest }) = (op, self.body.get_expr(operand)) {
            let opposite = match rest[..] {
                [(CmpOp::In { negated }, right)] => Some((CmpOp::In { negated: !negated }, right)),
                [(CmpOp::Is { negated }, right)] => Some((CmpOp::Is { negated: !negated }, right)),
                _ => None,
            };
            if let Some(opposite) = opposite {
                let made = Expr::Compare { left: *left, rest: vec![opposite] };
                return Ok(self.add(made));
            }
        }
        Ok(self.add(Expr::UnaryOp { op, operand }))
    }

    fn subscript(&mut self, node: &'s ast::ExprSubscript) -> Made<ExprId> {
        let value = self.expr(&node.value)?;
        let slice = self.expr(&node.slice)?;
        if let (Some(value), Some(index)) = (self.as_constant(value), self.as_constant(slice))
            && let Some(folded) = fold::item(value, index).filter(|_| node.ctx == ast::ExprContext::Load)
        {
            return Ok(self.add(Expr::Constant(folded)));
        }
        Ok(self.add(Expr::Subscript { value, slice }))
    }

    fn compare(&mut self, node: &'s ast::ExprCompare) -> Made<Expr> {
        let left = self.expr(&node.left)?;
        let mut rest = Vec::with_capacity(node.ops.len());
        for (at, (&op, right)) in node.ops.iter().zip(&node.comparators).enumerate() {
            let op = comparison(op);
            let is_searched = matches!(op, CmpOp::In { .. }) && at + 1 == node.ops.len();
            rest.push((op, if is_searched { self.searched(right)? } else { self.expr(right)? }));
        }
        Ok(Expr::Compare { left, rest })
    }

    /// What stands behind `in`, or is gone through by a loop: of a set of constants a constant is made.
    pub(super) fn searched(&mut self, expr: &'s ast::Expr) -> Made<ExprId> {
        let ast::Expr::Set(node) = expr else { return self.expr(expr) };
        let items = self.exprs(&node.elts)?;
        let constants = items.iter().map(|&item| self.as_constant(item).cloned()).collect::<Option<Vec<_>>>();
        match constants {
            Some(constants) => {
                let set = fold::set(constants).ok_or("the source has a set whose items are not told apart")?;
                Ok(self.add(Expr::Constant(set)))
            }
            None => Ok(self.add(Expr::Set(items))),
        }
    }

    fn call(&mut self, node: &'s ast::ExprCall) -> Made<Expr> {
        let func = self.expr(&node.func)?;
        if let ([ast::Expr::Generator(_)], true) = (&*node.arguments.args, node.arguments.keywords.is_empty()) {
            self.parentheses = Some(self.line(&node.arguments));
        }
        let args = self.exprs(&node.arguments.args)?;
        Ok(Expr::Call { func, args, keywords: self.keywords(&node.arguments.keywords)? })
    }

    pub(super) fn keywords(&mut self, keywords: &'s [ast::Keyword]) -> Made<Vec<Keyword>> {
        let mut made = Vec::with_capacity(keywords.len());
        for keyword in keywords {
            let arg = keyword.arg.as_ref().map(|name| plain(name));
            made.push(Keyword { arg, value: self.expr(&keyword.value)? });
        }
        Ok(made)
    }
}

/// Whether all bounds of a slice are written as constants: `-1` is none.
fn is_constant(slice: &ast::ExprSlice) -> bool {
    [&slice.lower, &slice.upper, &slice.step].into_iter().flatten().all(|bound| bound.is_literal_expr())
}

pub(super) fn binary_op(op: ast::Operator) -> BinaryOp {
    match op {
        ast::Operator::Add => BinaryOp::Add,
        ast::Operator::Sub => BinaryOp::Sub,
        ast::Operator::Mult => BinaryOp::Mult,
        ast::Operator::MatMult => BinaryOp::MatMult,
        ast::Operator::Div => BinaryOp::Div,
        ast::Operator::Mod => BinaryOp::Mod,
        ast::Operator::Pow => BinaryOp::Pow,
        ast::Operator::LShift => BinaryOp::LShift,
        ast::Operator::RShift => BinaryOp::RShift,
        ast::Operator::BitOr => BinaryOp::BitOr,
        ast::Operator::BitXor => BinaryOp::BitXor,
        ast::Operator::BitAnd => BinaryOp::BitAnd,
        ast::Operator::FloorDiv => BinaryOp::FloorDiv,
    }
}

fn comparison(op: ast::CmpOp) -> CmpOp {
    match op {
        ast::CmpOp::Eq => CmpOp::Compare(CompareOp::Eq),
        ast::CmpOp::NotEq => CmpOp::Compare(CompareOp::NotEq),
        ast::CmpOp::Lt => CmpOp::Compare(CompareOp::Lt),
        ast::CmpOp::LtE => CmpOp::Compare(CompareOp::LtE),
        ast::CmpOp::Gt => CmpOp::Compare(CompareOp::Gt),
        ast::CmpOp::GtE => CmpOp::Compare(CompareOp::GtE),
        ast::CmpOp::Is => CmpOp::Is { negated: false },
        ast::CmpOp::IsNot => CmpOp::Is { negated: true },
        ast::CmpOp::In => CmpOp::In { negated: false },
        ast::CmpOp::NotIn => CmpOp::In { negated: true },
    }
}
