//! What only Python 2 has, and what it does otherwise (`compile.c` of CPython 2.7).

use super::{Lowered, Lowerer};
use crate::ast::{Comprehension, Expr, ExprId, Function, Keyword};
use crate::constant::{Constant, Name};
use crate::graph::{BinaryOp, Bounds, BuildKind, FunctionPart, OpKind, Terminator};
use crate::unit::{CodeId, Unit};

impl Bounds {
    /// How many values a slice is of, the container among them.
    pub(super) fn count(self) -> usize {
        1 + usize::from(self.lower) + usize::from(self.upper)
    }
}

impl<'a> Lowerer<'a> {
    pub(super) fn is_python2(&self) -> bool {
        !self.units.since(3, 0)
    }

    /// The operator that is meant: `/` is another without `from __future__ import division`.
    pub(super) fn division(&self, op: BinaryOp) -> BinaryOp {
        let is_classic = op == BinaryOp::Div && self.is_python2() && !self.unit.has(Unit::FUTURE_DIVISION);
        if is_classic { BinaryOp::ClassicDiv } else { op }
    }

    /// How many packages up a module is looked for: in that of the module first, where nothing is said.
    pub(super) fn import_level(&self, level: u32) -> i64 {
        let is_relative = level == 0 && self.is_python2() && !self.unit.has(Unit::FUTURE_ABSOLUTE_IMPORT);
        if is_relative { -1 } else { level.into() }
    }

    /// Whether a function looks for names of the module as class bodies do: where `exec` or `import *` may bind any.
    pub(super) fn looks_everywhere(&self) -> bool {
        self.is_python2() && !self.unit.has(Unit::OPTIMIZED)
    }

    /// Whether an index is a slice that has operations of its own: one without a step.
    pub(super) fn has_bounds(&self, slice: ExprId) -> bool {
        self.is_python2() && matches!(self.body.get_expr(slice), Expr::Slice { step: None, .. })
    }

    /// Pushes a container and the bounds of a slice of it.
    pub(super) fn bounds(&mut self, container: ExprId, slice: ExprId) -> Result<Bounds, super::Stop> {
        let body = self.body;
        let Expr::Slice { lower, upper, .. } = body.get_expr(slice) else { return Err("no slice".to_owned()) };
        self.expr(container)?;
        lower.iter().chain(upper).try_for_each(|&bound| self.expr(bound))?;
        Ok(Bounds { lower: lower.is_some(), upper: upper.is_some() })
    }

    /// `x[a:b] += value`
    pub(super) fn aug_assign_bounds(
        &mut self,
        (container, slice): (ExprId, ExprId),
        kind: OpKind,
        value: ExprId,
    ) -> Lowered {
        let bounds = self.bounds(container, slice)?;
        let parts = self.pop_many(bounds.count());
        let old = self.op(OpKind::GetBounds(bounds), parts.clone());
        self.stack.extend(&parts);
        self.push(old);
        self.expr(value)?;
        self.push_op(kind, 2);
        let outcome = self.pop();
        let mut operands = vec![outcome];
        operands.extend(self.pop_many(bounds.count()));
        self.op(OpKind::SetBounds(bounds), operands);
        Ok(())
    }

    pub(super) fn repr(&mut self, value: ExprId) -> Lowered {
        if matches!(self.body.get_expr(value), Expr::Constant(_)) {
            return Err("the compiler computes it".to_owned());
        }
        self.expr(value)?;
        self.push_op(OpKind::Repr, 1);
        Ok(())
    }

    /// Calls what is on the stack: first values, then those with names, then what is starred.
    pub(super) fn old_call(&mut self, args: &[ExprId], keywords: &[Keyword]) -> Lowered {
        let body = self.body;
        let star = match args.last().map(|&last| body.get_expr(last)) {
            Some(Expr::Starred(value)) => Some(*value),
            _ => None,
        };
        let plain = &args[..args.len() - usize::from(star.is_some())];
        let star_star = keywords.last().filter(|keyword| keyword.arg.is_none()).map(|keyword| keyword.value);
        let named = &keywords[..keywords.len() - usize::from(star_star.is_some())];
        if named.iter().any(|keyword| keyword.arg.is_none()) {
            return Err("it stars two arguments".to_owned());
        }
        self.exprs(plain)?;
        named.iter().try_for_each(|keyword| self.expr(keyword.value))?;
        star.iter().chain(&star_star).try_for_each(|&value| self.expr(value))?;
        let keywords: Vec<Name> = named.iter().filter_map(|keyword| keyword.arg.clone()).collect();
        let positional = plain.len() as u32;
        let count = 1 + plain.len() + named.len() + usize::from(star.is_some()) + usize::from(star_star.is_some());
        let kind = if star.is_some() || star_star.is_some() {
            OpKind::CallStar { positional, keywords, star: star.is_some(), star_star: star_star.is_some() }
        } else {
            OpKind::Call { positional, keywords }
        };
        self.push_op(kind, count);
        Ok(())
    }

    /// A dict display: entries one by one, the value before its key.
    pub(super) fn old_dict(&mut self, items: &[(Option<ExprId>, ExprId)]) -> Lowered {
        self.push_op(OpKind::Build(BuildKind::Dict, 0), 0);
        for &(key, value) in items {
            let Some(key) = key else { return Err("a dict display has a starred entry".to_owned()) };
            self.exprs(&[value, key])?;
            let (key, value) = (self.pop(), self.pop());
            let dict = self.peek(1);
            self.op(OpKind::MapAdd, vec![dict, key, value]);
        }
        Ok(())
    }

    /// A list comprehension: loops in the code around, whose variables are those of that.
    pub(super) fn list_comprehension(&mut self, item: ExprId, generators: &'a [Comprehension]) -> Lowered {
        let iter = generators.first().and_then(|first| first.iter).ok_or("a loop has no iterable")?;
        self.push_op(OpKind::Build(BuildKind::List, 0), 0);
        self.expr(iter)?;
        self.iterator_of(false);
        self.generators(Some(BuildKind::List), super::comprehension::Added::Item(item), generators)
    }

    /// Makes a function of its defaults and of the cells that it wants.
    pub(super) fn old_function(&mut self, function: &Function) -> Lowered {
        self.exprs(&function.defaults)?;
        let defaults = self.pop_many(function.defaults.len());
        let (mut parts, mut values) = (Vec::new(), Vec::new());
        let freevars = &self.units.get(function.code).freevars;
        let cells = if freevars.is_empty() {
            None
        } else {
            freevars.iter().for_each(|name| self.push_op(OpKind::LoadClosure(name.clone()), 0));
            self.push_op(OpKind::Build(BuildKind::Tuple, freevars.len() as u32), freevars.len());
            Some(self.pop())
        };
        if !defaults.is_empty() {
            parts.push(FunctionPart::Defaults);
            values.push(self.op(OpKind::Build(BuildKind::Tuple, defaults.len() as u32), defaults));
        }
        if let Some(cells) = cells {
            parts.push(FunctionPart::Closure);
            values.push(cells);
        }
        let mut operands = vec![self.graph.constant(Constant::Code(function.code))];
        operands.extend(values);
        let made = self.op(OpKind::MakeFunction(parts), operands);
        self.push(made);
        Ok(())
    }

    /// A class: its name, its bases, and what a function that is its body returns.
    pub(super) fn old_class(&mut self, code: CodeId, bases: &[ExprId]) -> Lowered {
        self.push_constant(Constant::text(&self.units.get(code).name));
        self.exprs(bases)?;
        self.push_op(OpKind::Build(BuildKind::Tuple, bases.len() as u32), bases.len());
        let made = self.make_function(code, Vec::new(), Vec::new());
        self.push(made);
        self.push_op(OpKind::Call { positional: 0, keywords: Vec::new() }, 1);
        self.push_op(OpKind::BuildClass, 3);
        Ok(())
    }

    /// The body of a class behind `__module__`.
    pub(super) fn old_class_body(&mut self) -> Lowered {
        self.body_with_annotations()?;
        self.push_op(OpKind::LoadLocals, 0);
        let locals = self.pop();
        self.terminate(Terminator::Return(locals));
        Ok(())
    }

    pub(super) fn print(&mut self, dest: Option<ExprId>, values: &[ExprId], newline: bool) -> Lowered {
        dest.iter().try_for_each(|&dest| self.expr(dest))?;
        let to = dest.is_some();
        for &value in values {
            self.expr(value)?;
            let value = self.pop();
            let mut operands = vec![value];
            if to {
                operands.push(self.peek(1));
            }
            self.op(OpKind::PrintItem { to }, operands);
        }
        if newline {
            self.do_op(OpKind::PrintNewline { to }, usize::from(to));
        } else if to {
            self.pop();
        }
        Ok(())
    }

    pub(super) fn exec(&mut self, code: ExprId, names: Option<(ExprId, Option<ExprId>)>) -> Lowered {
        self.expr(code)?;
        match names {
            None => self.push_constant(Constant::None),
            Some((globals, _)) => self.expr(globals)?,
        }
        match names.and_then(|(_, locals)| locals) {
            Some(locals) => self.expr(locals)?,
            None => {
                let globals = self.peek(1);
                self.push(globals);
            }
        }
        self.do_op(OpKind::Exec, 3);
        Ok(())
    }
}
