//! `def`, `class`, `type`.

use super::Printer;
use super::precedence::Precedence as P;
use crate::ast::{Expr, ExprId, Function, Keyword, Stmt};
use crate::constant::Name;
use crate::unit::{CodeId, Unit, UnitKind};

impl<'p> Printer<'p> {
    pub(super) fn function(
        &mut self,
        code: CodeId,
        function: &Function,
        name: &Name,
        decorators: &[ExprId],
        type_params: Option<CodeId>,
    ) {
        self.decorators(code, decorators);
        self.begin_line();
        let unit = self.unit(function.code);
        let is_async = unit.has(Unit::COROUTINE) || unit.has(Unit::ASYNC_GENERATOR);
        self.push(if is_async { "async def " } else { "def " });
        let written = self.written(code, name);
        self.push(&written);
        if let Some(parameters) = type_params {
            self.type_parameters(parameters);
        }
        // The annotations of a function with type parameters stand in the code object of those.
        let annotated = match type_params.and_then(|inner| Some((inner, self.made_in(inner)?))) {
            Some((inner, Stmt::FunctionDef { function, .. })) => (inner, function),
            _ => (code, function),
        };
        self.push("(");
        self.parameters(code, function, annotated, true);
        self.push(")");
        self.returns(annotated);
        self.push(":");
        self.end_line();
        let text = self.function_docstring(function.code).map(|text| self.docstring(text));
        self.inner(function.code, text);
    }

    pub(super) fn class(
        &mut self,
        code: CodeId,
        (inner, name): (CodeId, &Name),
        (bases, keywords): (&[ExprId], &[Keyword]),
        decorators: &[ExprId],
        type_params: Option<CodeId>,
    ) {
        self.decorators(code, decorators);
        self.begin_line();
        self.push("class ");
        let written = self.written(code, name);
        self.push(&written);
        if let Some(parameters) = type_params {
            self.type_parameters(parameters);
        }
        let (owner, bases, keywords) = match type_params.and_then(|inner| Some((inner, self.made_in(inner)?))) {
            Some((inner, Stmt::ClassDef { bases, keywords, .. })) => {
                (inner, self.written_bases(inner, bases), &keywords[..])
            }
            _ => (code, bases, keywords),
        };
        if !bases.is_empty() || !keywords.is_empty() {
            self.push("(");
            self.comma_separated(owner, bases, P::Named);
            for (at, keyword) in keywords.iter().enumerate() {
                self.push(if at + bases.len() > 0 { ", " } else { "" });
                match &keyword.arg {
                    Some(name) => {
                        self.push(&super::spelled(name, self.grammar));
                        self.push("=");
                    }
                    None => self.push("**"),
                }
                self.expr(owner, keyword.value, P::Test);
            }
            self.push(")");
        }
        self.push(":");
        self.end_line();
        self.inner(inner, None);
    }

    /// What a code object of type parameters makes: its last statement.
    fn made_in(&self, code: CodeId) -> Option<&'p Stmt> {
        let body = self.body(code)?;
        body.stmts.last().map(|&stmt| body.get_stmt(stmt))
    }

    /// The bases of a class with type parameters, without the one that the compiler adds behind them.
    fn written_bases<'b>(&self, code: CodeId, bases: &'b [ExprId]) -> &'b [ExprId] {
        let is_added = |base: ExprId| {
            self.body(code)
                .is_some_and(|body| matches!(body.get_expr(base), Expr::Name(name) if &**name == ".generic_base"))
        };
        match bases {
            [written @ .., last] if is_added(*last) => written,
            _ => bases,
        }
    }

    /// The body of a function or class.
    fn inner(&mut self, code: CodeId, docstring: Option<String>) {
        let Some(body) = self.body(code) else { return };
        self.last_line = None;
        self.indent += 1;
        if let Some(text) = &docstring {
            self.simple(text);
        }
        self.indent -= 1;
        if docstring.is_none() || !body.stmts.is_empty() {
            let parameters = body.stmts.iter().take_while(|&&stmt| body.parameter_taken_apart(stmt).is_some()).count();
            self.block(code, body, &body.stmts[parameters..]);
        }
        self.last_line = None;
    }

    pub(super) fn decorators(&mut self, code: CodeId, decorators: &[ExprId]) {
        for &decorator in decorators {
            self.begin_line();
            self.push("@");
            self.expr(code, decorator, P::Named);
            self.end_line();
        }
    }

    pub(super) fn type_alias(&mut self, code: CodeId, name: &Name, inner: CodeId) {
        self.push("type ");
        let written = self.written(code, name);
        self.push(&written);
        if self.unit(inner).kind != UnitKind::TypeParameters {
            self.push(" = ");
            self.value_of(inner);
            return;
        }
        self.type_parameters(inner);
        self.push(" = ");
        let value = self.body(inner).and_then(|body| match body.stmts.last().map(|&stmt| body.get_stmt(stmt)) {
            Some(Stmt::Return(Some(value))) => match body.get_expr(*value) {
                Expr::Lambda(function) => Some(function.code),
                _ => None,
            },
            _ => None,
        });
        match value {
            Some(value) => self.value_of(value),
            None => self.push_unwritten(inner),
        }
    }
}
