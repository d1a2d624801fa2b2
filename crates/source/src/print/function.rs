//! What stands before the body of a function: decorators, name, parameters.

use super::Printer;
use super::precedence::Precedence as P;
use crate::ast::{Body, Expr, ExprId, Function, Stmt, StmtId};
use crate::constant::{Constant, Name};
use crate::unit::{CodeId, Unit};

impl Printer<'_> {
    /// `lambda a, b=1: value`, of which `code` owns the defaults.
    pub(super) fn lambda(&mut self, code: CodeId, function: &Function) {
        self.push("lambda");
        let start = self.out.text.len();
        self.push(" ");
        self.parameters(code, function, (code, function), false);
        if self.out.text.len() == start + 1 {
            self.out.text.truncate(start);
        }
        self.push(": ");
        let inner = function.code;
        let stmts = self.body(inner).map(|body| (body, &body.stmts[..]));
        let apart = |body: &Body, stmt: StmtId| body.parameter_taken_apart(stmt).is_some();
        match stmts {
            Some((body, &[first, ..])) if apart(body, first) => self.value_behind_parameters(inner, body),
            Some((body, &[only])) => match body.get_stmt(only) {
                Stmt::Return(Some(value)) => self.expr(inner, *value, P::Test),
                Stmt::Return(None) => self.push("None"),
                _ => self.push_unwritten(inner),
            },
            _ => self.push_unwritten(inner),
        }
    }

    /// `a, /, b=1, *args, c, **kwargs` with annotations, which another code object may own.
    /// Lines end in it only where `is_in_brackets`.
    pub(super) fn parameters(
        &mut self,
        code: CodeId,
        function: &Function,
        annotated: (CodeId, &Function),
        is_in_brackets: bool,
    ) {
        let unit = self.unit(function.code);
        let positional = unit.argcount as usize;
        let keyword = unit.kwonlyargcount as usize;
        let mut names = unit.varnames.iter();
        let positional_names: Vec<&Name> = names.by_ref().take(positional).collect();
        let keyword_names: Vec<&Name> = names.by_ref().take(keyword).collect();
        let star = names.next().filter(|_| unit.has(Unit::VARARGS));
        let rest = if star.is_some() || !unit.has(Unit::VARARGS) && unit.has(Unit::VARKEYWORDS) {
            let mut behind = unit.varnames.iter().skip(positional + keyword + usize::from(star.is_some()));
            behind.next().filter(|_| unit.has(Unit::VARKEYWORDS))
        } else {
            None
        };
        let without_default = positional.saturating_sub(function.defaults.len());
        let mut comma = Comma::default();
        for (at, name) in positional_names.iter().enumerate() {
            let default = at.checked_sub(without_default).and_then(|at| function.defaults.get(at)).copied();
            comma.before_item(self, default.filter(|_| is_in_brackets).map(|default| (code, default)));
            self.parameter((code, function), annotated, ("", name), default);
            if at + 1 == unit.posonlyargcount as usize {
                self.push(", /");
            }
        }
        if let Some(name) = star {
            comma.before(self);
            self.parameter((code, function), annotated, ("*", name), None);
        } else if !keyword_names.is_empty() {
            comma.before(self);
            self.push("*");
        }
        for name in keyword_names {
            let default = function.kw_defaults.iter().find(|(known, _)| known == name).map(|(_, value)| *value);
            comma.before_item(self, default.filter(|_| is_in_brackets).map(|default| (code, default)));
            self.parameter((code, function), annotated, ("", name), default);
        }
        if let Some(name) = rest {
            comma.before(self);
            self.parameter((code, function), annotated, ("**", name), None);
        }
    }

    fn parameter(
        &mut self,
        (code, function): (CodeId, &Function),
        (owner, annotated): (CodeId, &Function),
        (stars, name): (&str, &Name),
        default: Option<ExprId>,
    ) {
        self.push(stars);
        match self.parameter_taken_apart(function.code, name) {
            Some(target) => self.expr(function.code, target, P::Atom),
            None => {
                let written = self.written(function.code, name);
                self.push(&written);
            }
        }
        let annotation = self.annotation_of(owner, annotated, name);
        if let Some((owner, annotation)) = annotation {
            self.push(": ");
            self.annotation(owner, annotation, stars == "*");
        }
        if let Some(default) = default {
            self.push(if annotation.is_some() { " = " } else { "=" });
            self.expr(code, default, P::Test);
        }
    }

    /// ` -> annotation`, if there is one.
    pub(super) fn returns(&mut self, (code, function): (CodeId, &Function)) {
        if let Some((owner, annotation)) = self.annotation_of(code, function, &"return".into()) {
            self.push(" -> ");
            self.annotation(owner, annotation, false);
        }
    }

    /// `[T: bound = default, *Ts, **P]` of a code object of type parameters.
    pub(super) fn type_parameters(&mut self, code: CodeId) {
        let Some(body) = self.body(code) else { return };
        let mut comma = Comma::default();
        let start = self.out.text.len();
        for &stmt in &body.stmts {
            let Stmt::Assign { targets, value } = body.get_stmt(stmt) else { continue };
            let ([target], Expr::Call { func, args, keywords }) = (&targets[..], body.get_expr(*value)) else {
                continue;
            };
            let (Expr::Name(name), Expr::Name(kind)) = (body.get_expr(*target), body.get_expr(*func)) else { continue };
            let stars = match &**kind {
                "TypeVar" => "",
                "ParamSpec" => "**",
                "TypeVarTuple" => "*",
                _ => continue,
            };
            if comma.before(self) {
                self.push("[");
            }
            self.push(stars);
            // It knows its own name as that is written; what it is bound to may be mangled.
            let written = args.first().and_then(|&own| match body.get_expr(own) {
                Expr::Constant(Constant::Str(own)) => std::str::from_utf8(own).ok().map(Name::from),
                _ => None,
            });
            let written = written.filter(|written| self.unit(code).mangled(written) == *name);
            let written = written.map_or_else(|| self.written(code, name), |own| super::spelled(&own, self.grammar));
            self.push(&written);
            for keyword in keywords {
                let sign = if keyword.arg.as_deref() == Some("default") { " = " } else { ": " };
                if let Expr::Lambda(Function { code: inner, .. }) = body.get_expr(keyword.value) {
                    self.push(sign);
                    self.value_of(*inner);
                }
            }
        }
        if self.out.text.len() > start {
            self.push("]");
        }
    }

    /// What a code object that only makes a value returns: that of a `type` statement, the bound of a type parameter.
    pub(super) fn value_of(&mut self, code: CodeId) {
        match self.body(code).map(|body| (body, &body.stmts[..])) {
            Some((body, &[only])) => match body.get_stmt(only) {
                Stmt::Return(Some(value)) => self.expr(code, *value, P::Test),
                Stmt::Return(None) => self.push("None"),
                _ => self.push_unwritten(code),
            },
            // What returns nothing returns None.
            Some((_, [])) => self.push("None"),
            _ => self.push_unwritten(code),
        }
    }

    /// The docstring of a function: up to 3.13 its first constant, if that is text; since then a flag says so.
    pub(super) fn function_docstring(&self, code: CodeId) -> Option<&Constant> {
        let unit = self.unit(code);
        let is_said = !self.units.since(3, 14) || unit.has(Unit::HAS_DOCSTRING);
        match unit.consts.first() {
            Some(Some(text @ (Constant::Str(_) | Constant::Unicode(_)))) if is_said => Some(text),
            _ => None,
        }
    }
}

/// Writes `, ` before all but the first.
#[derive(Default)]
struct Comma {
    written: bool,
}

impl Comma {
    /// The same, or the end of a line, if the item stood on a later one.
    fn before_item(&mut self, printer: &mut Printer<'_>, item: Option<(CodeId, ExprId)>) {
        let ends_line = item.is_some_and(|(code, item)| printer.stood_lower(code, item));
        if ends_line {
            printer.push(if self.written { "," } else { "" });
            printer.end_line_amid();
            self.written = true;
        } else {
            self.before(printer);
        }
    }

    /// Whether it was the first.
    fn before(&mut self, printer: &mut Printer<'_>) -> bool {
        if self.written {
            printer.push(", ");
        }
        !std::mem::replace(&mut self.written, true)
    }
}
