//! Whole modules, and code objects alone.

use super::Printer;
use super::precedence::Precedence as P;
use super::simple::is_simple;
use crate::ast::{Body, Function, Stmt, StmtId};
use crate::unit::{CodeId, UnitKind};

impl Printer<'_> {
    /// The whole module.
    pub(super) fn module(&mut self, code: CodeId) {
        let Some(body) = self.body(code) else { return };
        let is_simple = |&stmt: &StmtId| is_simple(body.get_stmt(stmt));
        match (self.unit(code).kind, &body.stmts[..]) {
            (UnitKind::Expression, [only]) => match body.get_stmt(*only) {
                Stmt::Return(Some(value)) => {
                    self.expr(code, *value, P::Named);
                    self.end_line();
                }
                _ => self.statements(code, body, &body.stmts),
            },
            // What is typed at the prompt is one line, or one compound statement.
            (UnitKind::Interactive, stmts) if stmts.iter().all(is_simple) => {
                for (at, &stmt) in stmts.iter().enumerate() {
                    self.push(if at > 0 { "; " } else { "" });
                    let start = self.out.text.len();
                    self.simple_statement(code, body, body.get_stmt(stmt));
                    self.note(code, stmt.0, start);
                }
                self.end_line();
            }
            (_, stmts) => self.statements(code, body, stmts),
        }
    }

    /// A module below another. What it imports from `__future__` could not stand there.
    pub(super) fn another_module(&mut self, code: CodeId) {
        let is_future = |stmt: &Stmt| matches!(stmt, Stmt::ImportFrom { module, .. } if &**module == "__future__");
        let has_future = |body: &Body| body.stmts.iter().any(|&stmt| is_future(body.get_stmt(stmt)));
        self.push("\n# Another module of the file.\n");
        if self.body(code).is_some_and(has_future) {
            self.push("# It is not shown: what it imports from __future__ has to come first.\n");
            self.out.unwritten.push(code);
        } else {
            self.module(code);
        }
    }

    /// One code object by itself.
    pub(super) fn alone(&mut self, code: CodeId) {
        let function =
            Function { code, defaults: Vec::new(), kw_defaults: Vec::new(), annotations: Vec::new(), annotate: None };
        let name = self.unit(code).name.clone();
        match self.unit(code).kind {
            UnitKind::Function => self.function(code, &function, &name, &[], None),
            UnitKind::Class => self.class(code, (code, &name), (&[], &[]), &[], None),
            UnitKind::Lambda => {
                self.lambda(code, &function);
                self.end_line();
            }
            _ => self.module(code),
        }
    }
}
