//! Statements.

use pycxray_source::ast::{Alias, ExceptHandler, Expr, ExprId, MatchCase, Stmt, StmtId, WithItem};
use pycxray_source::constant::Constant;
use ruff_python_ast as ast;

use super::expr::binary_op;
use super::{Converter, DEPTH, Level, Made};

impl<'s> Converter<'s> {
    pub(super) fn suite(&mut self, stmts: &'s [ast::Stmt]) -> Vec<StmtId> {
        stmts.iter().map(|stmt| self.stmt(stmt)).collect()
    }

    fn stmt(&mut self, stmt: &'s ast::Stmt) -> StmtId {
        let depth = self.depth;
        self.depth += 1;
        let made = if self.depth > DEPTH { Err("the source nests too deep".to_owned()) } else { self.stmt_of(stmt) };
        self.depth = depth;
        match made {
            Ok(made) => self.add_stmt(made),
            Err(reason) => self.left_out(stmt, reason),
        }
    }

    fn stmt_of(&mut self, stmt: &'s ast::Stmt) -> Made<Stmt> {
        Ok(match stmt {
            ast::Stmt::FunctionDef(node) => return self.function_def(stmt, node),
            ast::Stmt::ClassDef(node) => return self.class_def(stmt, node),
            ast::Stmt::TypeAlias(node) => return self.type_alias(node),
            ast::Stmt::Return(node) => Stmt::Return(self.optional(node.value.as_deref())?),
            ast::Stmt::Delete(node) => Stmt::Delete(self.exprs(&node.targets)?),
            ast::Stmt::Assign(node) => {
                let value = self.expr(&node.value)?;
                Stmt::Assign { targets: self.exprs(&node.targets)?, value }
            }
            ast::Stmt::AugAssign(node) => {
                let target = self.changed(&node.target)?;
                Stmt::AugAssign { target, op: binary_op(node.op), value: self.expr(&node.value)? }
            }
            ast::Stmt::AnnAssign(node) => return self.ann_assign(node),
            ast::Stmt::For(node) => self.for_stmt(node)?,
            ast::Stmt::While(node) => Stmt::While {
                test: self.expr(&node.test)?,
                body: self.suite(&node.body),
                orelse: self.suite(&node.orelse),
            },
            ast::Stmt::If(node) => return self.if_stmt(node),
            ast::Stmt::With(node) => self.with(node)?,
            ast::Stmt::Match(node) => self.match_stmt(node)?,
            ast::Stmt::Raise(node) => Stmt::Raise {
                exc: self.optional(node.exc.as_deref())?,
                cause: self.optional(node.cause.as_deref())?,
                tback: None,
            },
            ast::Stmt::Try(node) => self.try_stmt(node)?,
            ast::Stmt::Assert(node) => self.assert(node)?,
            ast::Stmt::Import(node) => Stmt::Import { names: self.aliases(&node.names), is_lazy: node.is_lazy },
            ast::Stmt::ImportFrom(node) => Stmt::ImportFrom {
                module: self.name(node.module.as_deref().unwrap_or_default()),
                names: self.aliases(&node.names),
                level: node.level,
                is_lazy: node.is_lazy,
            },
            ast::Stmt::Global(node) => Stmt::Global(node.names.iter().map(|name| self.name(name)).collect()),
            ast::Stmt::Nonlocal(node) => Stmt::Nonlocal(node.names.iter().map(|name| self.name(name)).collect()),
            ast::Stmt::Expr(node) => Stmt::Expr(self.expr(&node.value)?),
            ast::Stmt::Pass(_) => Stmt::Pass,
            ast::Stmt::Break(_) => Stmt::Break,
            ast::Stmt::Continue(_) => Stmt::Continue,
            ast::Stmt::IpyEscapeCommand(_) => {
                return Err("the source has a statement that is not followed".to_owned());
            }
        })
    }

    pub(super) fn optional(&mut self, expr: Option<&'s ast::Expr>) -> Made<Option<ExprId>> {
        expr.map(|expr| self.expr(expr)).transpose()
    }

    fn aliases(&self, aliases: &[ast::Alias]) -> Vec<Alias> {
        let alias = |alias: &ast::Alias| Alias {
            name: self.name(&alias.name),
            asname: alias.asname.as_ref().map(|name| self.name(name)),
        };
        aliases.iter().map(alias).collect()
    }

    fn for_stmt(&mut self, node: &'s ast::StmtFor) -> Made<Stmt> {
        let iter = if node.is_async { self.expr(&node.iter)? } else { self.searched(&node.iter)? };
        let target = self.expr(&node.target)?;
        let (body, orelse) = (self.suite(&node.body), self.suite(&node.orelse));
        Ok(Stmt::For { target, iter, body, orelse, is_async: node.is_async })
    }

    /// `elif` is an `if` in the `else` before it.
    fn if_stmt(&mut self, node: &'s ast::StmtIf) -> Made<Stmt> {
        let test = self.expr(&node.test)?;
        let body = self.suite(&node.body);
        let mut clauses = Vec::new();
        for clause in &node.elif_else_clauses {
            clauses.push((self.optional(clause.test.as_ref())?, self.suite(&clause.body)));
        }
        let mut orelse = Vec::new();
        for (test, body) in clauses.into_iter().rev() {
            orelse = match test {
                Some(test) => vec![self.add_stmt(Stmt::If { test, body, orelse })],
                None => body,
            };
        }
        Ok(Stmt::If { test, body, orelse })
    }

    fn with(&mut self, node: &'s ast::StmtWith) -> Made<Stmt> {
        let mut items = Vec::new();
        for item in &node.items {
            let context_expr = self.expr(&item.context_expr)?;
            items.push(WithItem { context_expr, optional_vars: self.optional(item.optional_vars.as_deref())? });
        }
        Ok(Stmt::With { items, body: self.suite(&node.body), is_async: node.is_async })
    }

    fn match_stmt(&mut self, node: &'s ast::StmtMatch) -> Made<Stmt> {
        let subject = self.expr(&node.subject)?;
        let mut cases = Vec::new();
        for case in &node.cases {
            let pattern = self.pattern(&case.pattern)?;
            let guard = self.optional(case.guard.as_deref())?;
            cases.push(MatchCase { pattern, guard, body: self.suite(&case.body) });
        }
        Ok(Stmt::Match { subject, cases })
    }

    fn try_stmt(&mut self, node: &'s ast::StmtTry) -> Made<Stmt> {
        let body = self.suite(&node.body);
        let mut handlers = Vec::new();
        for ast::ExceptHandler::ExceptHandler(handler) in &node.handlers {
            let typ = self.optional(handler.type_.as_deref())?;
            let name = handler.name.as_ref().map(|name| self.name(name));
            handlers.push(ExceptHandler { typ, name, target: None, body: self.suite(&handler.body) });
        }
        let (orelse, finalbody) = (self.suite(&node.orelse), self.suite(&node.finalbody));
        Ok(Stmt::Try { body, handlers, orelse, finalbody, is_star: node.is_star })
    }

    /// With `-O` nothing is left of it but the names that it speaks of.
    fn assert(&mut self, node: &'s ast::StmtAssert) -> Made<Stmt> {
        self.hints.asks_debug = true;
        let (test, msg) = (self.expr(&node.test)?, self.optional(node.msg.as_deref())?);
        let assert = Stmt::Assert { test, msg };
        if self.level == Level::Plain {
            return Ok(assert);
        }
        let body = vec![self.add_stmt(assert)];
        let test = self.add(Expr::Constant(Constant::Bool(false)));
        Ok(Stmt::If { test, body, orelse: Vec::new() })
    }
}
