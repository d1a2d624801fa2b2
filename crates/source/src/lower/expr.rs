//! Expressions.

use super::comprehension::Added;
use super::display::LARGE;
use super::{Label, Lowered, Lowerer};
use crate::ast::{BoolOp, CmpOp, Expr, ExprId, FormatPart};
use crate::constant::Constant;
use crate::graph::{BuildKind, OpKind, Origin, Terminator};

impl<'a> Lowerer<'a> {
    /// Evaluates an expression: its value is pushed.
    pub(super) fn expr(&mut self, id: ExprId) -> Lowered {
        self.descend()?;
        let around = std::mem::replace(&mut self.origin, Origin::Node(id.0));
        self.expr_of(id)?;
        self.origin = around;
        self.depth -= 1;
        Ok(())
    }

    fn expr_of(&mut self, id: ExprId) -> Lowered {
        let body = self.body;
        match body.get_expr(id) {
            Expr::Constant(constant) => self.push_constant(constant.clone()),
            Expr::Name(name) => self.load_name(name),
            Expr::BoolOp { op, values } => self.bool_op(*op, values)?,
            Expr::NamedExpr { target, value } => {
                self.expr(*value)?;
                let value = self.peek(1);
                self.push(value);
                self.store_name(target);
            }
            Expr::BinOp { left, op, right } => {
                self.is_left_to_run(*left, *op, *right)?;
                self.exprs(&[*left, *right])?;
                self.push_op(OpKind::Binary { op: self.division(*op), inplace: false }, 2);
            }
            Expr::UnaryOp { op, operand } => {
                self.is_unary_left_to_run(*op, *operand)?;
                self.expr(*operand)?;
                self.push_op(OpKind::Unary(*op), 1);
            }
            Expr::IfExp { test, body, orelse } => self.if_exp(*test, *body, *orelse)?,
            Expr::Compare { left, rest } => self.compare(*left, rest)?,
            Expr::Attribute { value, attr } => self.attribute(*value, attr)?,
            Expr::Repr(value) => self.repr(*value)?,
            Expr::Subscript { value, slice } if self.has_bounds(*slice) => {
                let bounds = self.bounds(*value, *slice)?;
                self.push_op(OpKind::GetBounds(bounds), bounds.count());
            }
            Expr::Subscript { value, slice } => {
                self.is_item_left_to_run(*value, *slice)?;
                self.exprs(&[*value, *slice])?;
                self.push_op(OpKind::GetItem, 2);
            }
            Expr::Slice { lower, upper, step } => {
                if let Some(constant) = self.constant_slice([*lower, *upper, *step]) {
                    self.push_constant(constant);
                    return Ok(());
                }
                self.bound(*lower)?;
                self.bound(*upper)?;
                step.iter().try_for_each(|&step| self.expr(step))?;
                let count = 2 + u32::from(step.is_some());
                self.push_op(OpKind::Build(BuildKind::Slice, count), count as usize);
            }
            Expr::Call { func, args, keywords } => self.call(*func, args, keywords)?,
            Expr::Tuple(items) => self.sequence(BuildKind::Tuple, items)?,
            Expr::List(items) => self.sequence(BuildKind::List, items)?,
            Expr::Set(items) => self.sequence(BuildKind::Set, items)?,
            Expr::Dict(items) => self.dict(items)?,
            Expr::JoinedStr(parts) => self.joined(parts)?,
            // `*args: *Ts` (3.11+)
            Expr::Starred(value) => {
                self.expr(*value)?;
                self.push_op(OpKind::Only, 1);
            }
            Expr::TemplateStr(parts) => self.template(parts)?,
            other => return self.code_expr(other),
        }
        Ok(())
    }

    /// Expressions that make code objects, wait, or loop.
    fn code_expr(&mut self, expr: &'a Expr) -> Lowered {
        match expr {
            Expr::Lambda(function) => self.function(function)?,
            Expr::OwnComp { code, iter } => self.call_comprehension(*code, *iter)?,
            Expr::ListComp { elt, generators } if self.is_python2() => self.list_comprehension(*elt, generators)?,
            Expr::ListComp { elt, generators } => {
                self.inlined(BuildKind::List, Added::Item(*elt), generators)?;
            }
            Expr::SetComp { elt, generators } => {
                self.inlined(BuildKind::Set, Added::Item(*elt), generators)?;
            }
            Expr::DictComp { key, value, generators } => {
                self.inlined(BuildKind::Dict, Added::entry(*key, *value), generators)?;
            }
            Expr::Await(value) => {
                self.expr(*value)?;
                self.push_op(OpKind::Await, 1);
            }
            Expr::Yield(value) => {
                self.bound(*value)?;
                self.push_op(OpKind::Yield, 1);
            }
            Expr::YieldFrom(value) => {
                self.expr(*value)?;
                self.push_op(OpKind::YieldFrom, 1);
            }
            _ => return Err("it is no expression of its own".to_owned()),
        }
        Ok(())
    }

    fn bool_op(&mut self, op: BoolOp, values: &[ExprId]) -> Lowered {
        let Some((last, first)) = values.split_last() else { return Err("a condition has no operands".to_owned()) };
        let mut end = Label::default();
        for &value in first {
            self.expr(value)?;
            let condition = self.peek(1);
            let jump = self.edge(&mut end);
            self.pop();
            let mut next = Label::default();
            let go_on = self.edge(&mut next);
            let (on_true, on_false) = if op == BoolOp::Or { (jump, go_on) } else { (go_on, jump) };
            self.terminate(Terminator::Branch { condition, on_true, on_false });
            self.place_only(next);
        }
        self.expr(*last)?;
        self.place(&mut end);
        Ok(())
    }

    fn if_exp(&mut self, test: ExprId, body: ExprId, orelse: ExprId) -> Lowered {
        let (mut next, mut end) = (Label::default(), Label::default());
        self.jump_if(test, false, &mut next)?;
        let depth = self.stack.len();
        self.expr(body)?;
        self.jump(&mut end);
        self.stack.truncate(depth);
        self.place_only(next);
        self.expr(orelse)?;
        self.place(&mut end);
        Ok(())
    }

    fn compare(&mut self, left: ExprId, rest: &[(CmpOp, ExprId)]) -> Lowered {
        self.expr(left)?;
        let mut cleanup = Label::default();
        self.chain(rest, |lowerer| {
            let condition = lowerer.peek(1);
            let jump = lowerer.edge(&mut cleanup);
            lowerer.pop();
            let mut next = Label::default();
            let go_on = lowerer.edge(&mut next);
            lowerer.terminate(Terminator::Branch { condition, on_true: go_on, on_false: jump });
            lowerer.place_only(next);
        })?;
        if cleanup.0.is_none() {
            return Ok(());
        }
        let mut end = Label::default();
        self.jump(&mut end);
        self.place_only(cleanup);
        let (outcome, _) = (self.pop(), self.pop());
        self.push(outcome);
        self.place(&mut end);
        Ok(())
    }

    /// A t-string: its texts, then its fields (3.14+).
    fn template(&mut self, parts: &'a [FormatPart]) -> Lowered {
        let mut texts: Vec<Constant> = vec![Constant::text("")];
        for part in parts {
            match part {
                FormatPart::Text(text) => {
                    *texts.last_mut().ok_or("a t-string has no texts")? = Constant::Str(text.clone())
                }
                FormatPart::Field { .. } => texts.push(Constant::text("")),
            }
        }
        self.push_constant(Constant::Tuple(texts.into()));
        let mut count = 0;
        for part in parts {
            let FormatPart::Field { value, conversion, spec, text } = part else { continue };
            let text = text.as_ref().ok_or("a field of a t-string has no text")?;
            self.expr(*value)?;
            self.push_constant(Constant::Str(text.clone()));
            spec.iter().try_for_each(|&spec| self.expr(spec))?;
            let kind = OpKind::Interpolation { conversion: *conversion, spec: spec.is_some() };
            self.push_op(kind, 2 + usize::from(spec.is_some()));
            count += 1;
        }
        self.push_op(OpKind::Build(BuildKind::Tuple, count), count as usize);
        self.push_op(OpKind::Template, 2);
        Ok(())
    }

    /// The parts of an f-string.
    fn joined(&mut self, parts: &'a [FormatPart]) -> Lowered {
        // From 3.10 on many parts are joined by a method call.
        let is_large = self.since(10) && !self.units.compiler.grows_late && parts.len() > LARGE;
        if is_large {
            self.push_constant(Constant::text(""));
            self.push_op(OpKind::LoadAttr("join".into()), 1);
            self.push_op(OpKind::Build(BuildKind::List, 0), 0);
        }
        for part in parts {
            match part {
                FormatPart::Text(text) => self.push_constant(Constant::Str(text.clone())),
                FormatPart::Field { value, conversion, spec, .. } => {
                    self.expr(*value)?;
                    // From 3.13 on the conversion comes before the spec.
                    let convert = conversion.map(OpKind::Convert);
                    let (early, late) = if self.since(13) { (convert, None) } else { (None, convert) };
                    early.into_iter().for_each(|convert| self.push_op(convert, 1));
                    spec.iter().try_for_each(|&spec| self.expr(spec))?;
                    if let Some(convert) = late {
                        let spec = spec.map(|_| self.pop());
                        self.push_op(convert, 1);
                        self.stack.extend(spec);
                    }
                    self.push_op(OpKind::Format { spec: spec.is_some() }, 1 + usize::from(spec.is_some()));
                }
            }
            if is_large {
                self.grow(OpKind::ListAppend);
            }
        }
        match parts {
            _ if is_large => self.push_op(OpKind::Call { positional: 1, keywords: Vec::new() }, 2),
            [] => self.push_constant(Constant::text("")),
            [_] => {}
            _ => self.push_op(OpKind::Build(BuildKind::String, parts.len() as u32), parts.len()),
        }
        Ok(())
    }
}
