//! Statements of one line.

use super::Printer;
use super::operator::augmented_text;
use super::precedence::Precedence as P;
use crate::ast::{Alias, Body, Expr, ExprId, Stmt};
use crate::constant::Name;
use crate::unit::CodeId;

impl Printer<'_> {
    /// A line of its own.
    pub(super) fn simple(&mut self, text: &str) {
        self.begin_line();
        self.push(text);
        self.end_line();
    }

    /// A statement on one line.
    pub(super) fn simple_statement(&mut self, code: CodeId, body: &Body, stmt: &Stmt) {
        match stmt {
            Stmt::Return(None) => self.push("return"),
            Stmt::Return(Some(value)) => {
                self.push("return ");
                self.expr(code, *value, self.plain_tuple(body, *value));
            }
            Stmt::Delete(targets) => {
                self.push("del ");
                self.comma_separated(code, targets, P::Test);
            }
            Stmt::Assign { targets, value } => {
                for &target in targets {
                    self.expr(code, target, P::Tuple);
                    self.push(" = ");
                }
                self.expr(code, *value, self.plain_value(body, *value));
            }
            Stmt::AugAssign { target, op, value } => {
                self.expr(code, *target, P::Atom);
                self.push(augmented_text(*op));
                self.expr(code, *value, self.plain_value(body, *value));
            }
            Stmt::AnnAssign { target, annotation, value, simple } => {
                let in_parentheses = !*simple && matches!(body.get_expr(*target), Expr::Name(_));
                self.push(if in_parentheses { "(" } else { "" });
                self.expr(code, *target, P::Atom);
                self.push(if in_parentheses { "): " } else { ": " });
                match self.annotation_in(code, *annotation) {
                    Some((owner, annotation)) => self.annotation(owner, annotation, false),
                    None => self.push_unwritten(code),
                }
                if let Some(value) = value {
                    self.push(" = ");
                    self.expr(code, *value, self.plain_value(body, *value));
                }
            }
            Stmt::Raise { exc, cause, tback } => {
                self.push("raise");
                let from = if self.is_python2() { ", " } else { " from " };
                for (word, value) in [(" ", exc), (from, cause), (", ", tback)] {
                    if let Some(value) = value {
                        self.push(word);
                        self.expr(code, *value, P::Test);
                    }
                }
            }
            Stmt::Assert { test, msg } => {
                self.push("assert ");
                self.expr(code, *test, P::Test);
                if let Some(msg) = msg {
                    self.push(", ");
                    self.expr(code, *msg, P::Test);
                }
            }
            Stmt::Import { names, is_lazy } => {
                self.push(if *is_lazy && self.may_be_lazy(code) { "lazy import " } else { "import " });
                self.aliases(code, names, |printer, name| super::spelled_module(name, printer.grammar));
            }
            Stmt::ImportFrom { module, names, level, is_lazy } => {
                let fits = &**module != "__future__" && names.iter().all(|alias| &*alias.name != "*");
                self.push(if *is_lazy && fits && self.may_be_lazy(code) { "lazy from " } else { "from " });
                for _ in 0..*level {
                    self.push(".");
                }
                self.push(&super::spelled_module(module, self.grammar));
                self.push(" import ");
                self.aliases(code, names, |printer, name| match name {
                    "*" => "*".to_owned(),
                    name => printer.written(code, &name.into()).to_string(),
                });
            }
            Stmt::Print { dest, values, newline } => self.print_statement(code, *dest, values, *newline),
            Stmt::Exec { code: text, names } => self.exec_statement(code, *text, *names),
            Stmt::Global(names) => self.names(code, "global ", names),
            Stmt::Nonlocal(names) => self.names(code, "nonlocal ", names),
            Stmt::TypeAlias { name, code: inner } => self.type_alias(code, name, *inner),
            Stmt::Expr(value) => self.expr(code, *value, self.plain_value(body, *value)),
            Stmt::Pass => self.push("pass"),
            Stmt::Break => self.push("break"),
            Stmt::Continue => self.push("continue"),
            // Compound statements never come here.
            _ => self.push("pass"),
        }
    }

    /// Whether the grammar allows `lazy` here: in a module, and in no `try` of it. No compiler makes such an import elsewhere.
    fn may_be_lazy(&self, code: CodeId) -> bool {
        self.unit(code).kind.is_module() && self.tries == 0
    }

    pub(super) fn comma_separated(&mut self, code: CodeId, items: &[ExprId], place: P) {
        for (at, &item) in items.iter().enumerate() {
            self.push(if at > 0 { ", " } else { "" });
            self.expr(code, item, place);
        }
    }

    /// `name as asname, …`; `spelled` tells how a name is written.
    pub(super) fn aliases(&mut self, code: CodeId, names: &[Alias], spelled: impl Fn(&Self, &str) -> String) {
        for (at, alias) in names.iter().enumerate() {
            self.push(if at > 0 { ", " } else { "" });
            let name = spelled(self, &alias.name);
            self.push(&name);
            if let Some(name) = &alias.asname {
                self.push(" as ");
                let name = self.written(code, name);
                self.push(&name);
            }
        }
    }

    pub(super) fn names(&mut self, code: CodeId, word: &str, names: &[Name]) {
        self.push(word);
        for (at, name) in names.iter().enumerate() {
            self.push(if at > 0 { ", " } else { "" });
            let name = self.written(code, name);
            self.push(&name);
        }
    }
}

/// Whether a statement stands on one line, which may have others.
pub(super) fn is_simple(stmt: &Stmt) -> bool {
    !matches!(
        stmt,
        Stmt::FunctionDef { .. }
            | Stmt::ClassDef { .. }
            | Stmt::If { .. }
            | Stmt::While { .. }
            | Stmt::For { .. }
            | Stmt::With { .. }
            | Stmt::Match { .. }
            | Stmt::Try { .. }
            | Stmt::Unshaped { .. }
    )
}
