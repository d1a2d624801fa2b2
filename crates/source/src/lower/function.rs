//! Functions, and calls of comprehensions with a code object of their own.

use super::{Lowered, Lowerer};
use crate::ast::{Comprehension, Expr, ExprId, Function, Stmt};
use crate::constant::{Constant, Name};
use crate::graph::{BuildKind, FunctionPart, OpKind, ValueId};
use crate::unit::{CodeId, Unit, UnitKind};

impl<'a> Lowerer<'a> {
    pub(super) fn function_def(&mut self, function: &Function, name: &Name, decorators: &[ExprId]) -> Lowered {
        self.exprs(decorators)?;
        self.function(function)?;
        self.decorate(decorators.len());
        self.store_name(name);
        Ok(())
    }

    /// Calls the decorators below, so many, with what is on top.
    pub(super) fn decorate(&mut self, count: usize) {
        (0..count).for_each(|_| self.push_op(OpKind::Call { positional: 1, keywords: Vec::new() }, 2));
    }

    /// Makes a function, with all that belongs to it.
    pub(super) fn function(&mut self, function: &Function) -> Lowered {
        if self.is_python2() {
            return self.old_function(function);
        }
        let parts = self.defaults(function)?;
        self.function_with(function, parts)
    }

    /// The defaults of a function, as far as it has any: which parts they are.
    pub(super) fn defaults(&mut self, function: &Function) -> Result<Vec<FunctionPart>, super::Stop> {
        let mut parts = Vec::new();
        if !function.defaults.is_empty() {
            self.exprs(&function.defaults)?;
            let count = function.defaults.len();
            self.push_op(OpKind::Build(BuildKind::Tuple, count as u32), count);
            parts.push(FunctionPart::Defaults);
        }
        if !function.kw_defaults.is_empty() {
            for (name, value) in &function.kw_defaults {
                self.push_constant(Constant::text(name));
                self.expr(*value)?;
            }
            let count = function.kw_defaults.len();
            self.push_op(OpKind::Build(BuildKind::Dict, count as u32), count * 2);
            parts.push(FunctionPart::KwDefaults);
        }
        Ok(parts)
    }

    /// Makes a function of these parts, which are on the stack, and of its annotations.
    pub(super) fn function_with(&mut self, function: &Function, mut parts: Vec<FunctionPart>) -> Lowered {
        if !function.annotations.is_empty() {
            self.annotations(function)?;
            parts.push(FunctionPart::Annotations);
        }
        let annotate = function.annotate.map(|code| self.make_function(code, Vec::new(), Vec::new()));
        let values = self.pop_many(parts.len());
        let made = self.make_function_with(function.code, parts, values, annotate);
        self.push(made);
        Ok(())
    }

    /// A dict up to 3.9, a tuple of names and values since then.
    fn annotations(&mut self, function: &Function) -> Lowered {
        let (annotations, body) = (&function.annotations, self.body);
        let unit = self.units.get(function.code);
        let star = unit.varnames.get(unit.argcount.saturating_add(unit.kwonlyargcount) as usize);
        for (name, value) in annotations {
            let is_starred = matches!(body.get_expr(*value), Expr::Starred(_));
            if is_starred && !(unit.has(Unit::VARARGS) && star == Some(name)) {
                return Err("a starred annotation is not that of *args".to_owned());
            }
            self.push_constant(Constant::text(name));
            self.expr(*value)?;
        }
        let count = annotations.len();
        let (kind, size) = if self.since(10) { (BuildKind::Tuple, count * 2) } else { (BuildKind::Dict, count) };
        self.push_op(OpKind::Build(kind, size as u32), count * 2);
        Ok(())
    }

    /// Makes a function of these parts and of the cells that its code object wants.
    pub(super) fn make_function(&mut self, code: CodeId, parts: Vec<FunctionPart>, values: Vec<ValueId>) -> ValueId {
        self.make_function_with(code, parts, values, None)
    }

    fn make_function_with(
        &mut self,
        code: CodeId,
        mut parts: Vec<FunctionPart>,
        mut values: Vec<ValueId>,
        annotate: Option<ValueId>,
    ) -> ValueId {
        let freevars = &self.units.get(code).freevars;
        if !freevars.is_empty() {
            freevars.iter().for_each(|name| self.push_op(OpKind::LoadClosure(name.clone()), 0));
            self.push_op(OpKind::Build(BuildKind::Tuple, freevars.len() as u32), freevars.len());
            parts.push(FunctionPart::Closure);
            values.push(self.pop());
        }
        if let Some(annotate) = annotate {
            parts.push(FunctionPart::Annotate);
            values.push(annotate);
        }
        let mut operands = vec![self.graph.constant(Constant::Code(code))];
        operands.extend(values);
        self.op(OpKind::MakeFunction(parts), operands)
    }

    /// A comprehension that has a code object of its own: a function that is called with the first iterator, or since 3.15 with
    /// what that is of.
    pub(super) fn call_comprehension(&mut self, code: CodeId, iter: ExprId) -> Lowered {
        if self.generators_of(code).is_none() {
            return Err("a comprehension in it is not reconstructed".to_owned());
        }
        let made = self.make_function(code, Vec::new(), Vec::new());
        self.push(made);
        self.first_iterable(iter, self.begins_async(code))?;
        let unit = self.units.get(code);
        // From 3.15 on the comprehension itself asks for the iterator.
        if !self.since(15) {
            self.iterator_of(self.begins_async(code));
        }
        self.push_op(OpKind::Call { positional: 1, keywords: Vec::new() }, 2);
        if unit.kind != UnitKind::GeneratorExp && unit.has(Unit::COROUTINE) {
            self.push_op(OpKind::Await, 1);
        }
        Ok(())
    }

    /// Whether the first loop of a comprehension is an `async for`.
    fn begins_async(&self, code: CodeId) -> bool {
        self.generators_of(code).and_then(|generators| generators.first()).is_some_and(|first| first.is_async)
    }

    /// The loops of a comprehension that has a code object of its own.
    fn generators_of(&self, code: CodeId) -> Option<&'a [Comprehension]> {
        let body = self.bodies.get(code.0 as usize)?;
        let Stmt::Return(Some(value)) = body.get_stmt(*body.stmts.first()?) else { return None };
        match body.get_expr(*value) {
            Expr::ListComp { generators, .. }
            | Expr::SetComp { generators, .. }
            | Expr::DictComp { generators, .. }
            | Expr::GeneratorExp { generators, .. } => Some(generators),
            _ => None,
        }
    }
}
