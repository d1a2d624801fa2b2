//! What is not converted: no proof goes over it, yet names that it binds stay bound, so that functions inside see what they see.

use pycxray_source::ast::{Annotation, Expr, ExprId, Stmt, StmtId, WITHOUT_CODE};
use pycxray_source::constant::{Constant, Name};
use pycxray_source::unit::{CodeId, UnitKind};
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, ExprContext};
use ruff_text_size::Ranged;

use super::Converter;

impl<'s> Converter<'s> {
    /// A statement that stands for one which could not be converted.
    pub(super) fn left_out(&mut self, stmt: &'s ast::Stmt, reason: String) -> StmtId {
        self.note(self.at.code, reason.clone());
        let mut bound = Bound::default();
        bound.visit_stmt(stmt);
        let nothing = self.add(Expr::Constant(Constant::None));
        let test = self.add(Expr::Constant(Constant::Bool(false)));
        let names: Vec<Name> = bound.names.into_iter().map(|name| self.name(name)).collect();
        let targets: Vec<ExprId> = names.into_iter().map(|name| self.add(Expr::Name(name))).collect();
        let unshaped = self.unshaped(reason);
        let mut body = vec![unshaped];
        if !targets.is_empty() {
            body.push(self.add_stmt(Stmt::Assign { targets, value: nothing }));
        }
        self.add_stmt(Stmt::If { test, body, orelse: Vec::new() })
    }

    pub(super) fn unshaped(&mut self, reason: String) -> StmtId {
        self.note(self.at.code, reason.clone());
        self.add_stmt(Stmt::Unshaped { start: 0, end: 0, reason })
    }

    /// A value that no bytecode has: of something for which the file has no code object. Where it is never reached nothing is missing, but
    /// what it uses is shared with it all the same.
    pub(super) fn missing(&mut self, node: &impl Ranged) -> ExprId {
        self.missing_texts.push(node.range());
        let value = self.add(Expr::Constant(Constant::Code(CodeId(u32::MAX))));
        self.add(Expr::Attribute { value, attr: WITHOUT_CODE.into() })
    }

    /// A statement that is never run, with the names of what has no code object, as those of an annotation that is a text.
    pub(super) fn names_of_missing(&mut self) -> Option<StmtId> {
        let texts = std::mem::take(&mut self.missing_texts);
        let unit = self.units.get(self.at.code);
        if texts.is_empty() || unit.kind.is_module() || unit.kind == UnitKind::Class {
            return None;
        }
        let mut body = Vec::new();
        for range in texts {
            let text = self.text.get(range.to_std_range()).unwrap_or_default();
            let annotation = Annotation::Here(self.add(Expr::Constant(Constant::text(text))));
            let value = self.add(Expr::Constant(Constant::None));
            let target = self.add(Expr::Attribute { value, attr: WITHOUT_CODE.into() });
            body.push(self.add_stmt(Stmt::AnnAssign { target, annotation, value: None, simple: false }));
        }
        let test = self.add(Expr::Constant(Constant::Bool(false)));
        Some(self.add_stmt(Stmt::If { test, body, orelse: Vec::new() }))
    }
}

/// The names that a statement binds in the scope around it.
#[derive(Default)]
struct Bound<'s> {
    names: Vec<&'s str>,
}

impl<'s> Visitor<'s> for Bound<'s> {
    fn visit_stmt(&mut self, stmt: &'s ast::Stmt) {
        match stmt {
            ast::Stmt::FunctionDef(function) => self.names.push(&function.name),
            ast::Stmt::ClassDef(class) => self.names.push(&class.name),
            ast::Stmt::Import(ast::StmtImport { names, .. })
            | ast::Stmt::ImportFrom(ast::StmtImportFrom { names, .. }) => {
                let bound = |alias: &'s ast::Alias| match &alias.asname {
                    Some(name) => name.as_str(),
                    None => alias.name.split('.').next().unwrap_or_default(),
                };
                self.names.extend(names.iter().map(bound).filter(|name| *name != "*"));
            }
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'s ast::Expr) {
        match expr {
            ast::Expr::Name(name) if name.ctx == ExprContext::Store => self.names.push(&name.id),
            ast::Expr::Lambda(_) => {}
            _ => visitor::walk_expr(self, expr),
        }
    }

    fn visit_except_handler(&mut self, handler: &'s ast::ExceptHandler) {
        let ast::ExceptHandler::ExceptHandler(inner) = handler;
        self.names.extend(inner.name.as_deref());
        visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'s ast::Pattern) {
        match pattern {
            ast::Pattern::MatchAs(pattern) => self.names.extend(pattern.name.as_deref()),
            ast::Pattern::MatchStar(pattern) => self.names.extend(pattern.name.as_deref()),
            ast::Pattern::MatchMapping(pattern) => self.names.extend(pattern.rest.as_deref()),
            _ => {}
        }
        visitor::walk_pattern(self, pattern);
    }
}
