//! What each statement, expression and pattern leaves in its scope.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, ExceptHandler, Expr, ExprContext, Operator, Pattern, Stmt};

use super::{Walk, annotation_tree};
use crate::verify::constant::Constant;
use crate::verify::fold::{Folded, fold, number};
use crate::verify::reach::{ends, has_constant_truth};

impl Walk<'_> {
    fn import(&mut self, import: &ast::StmtImport) {
        let line = self.line(import);
        for alias in &import.names {
            self.name(&alias.name, line);
            for part in alias.name.split('.') {
                self.possible_name(part);
            }
            if let Some(name) = &alias.asname {
                self.name(name, line);
            }
        }
    }

    fn import_from(&mut self, import: &ast::StmtImportFrom) {
        let line = self.line(import);
        let module = import.module.as_ref().map_or("", |module| module.as_str());
        if module == "__future__" {
            self.possible_name(module);
        } else if !module.is_empty() {
            self.name(module, line);
        }
        self.possible_name("");
        for alias in &import.names {
            self.possible_name(&alias.name);
            if let Some(name) = &alias.asname {
                self.name(name, line);
            }
        }
        self.facts().constants.insert(Constant::Int(import.level.into()));
    }

    /// An annotation, which is evaluated, deferred, made text of, or dropped, as version and place have it.
    fn annotation(&mut self, annotation: &Expr) {
        self.maybe(|walk| walk.visit_expr(annotation));
        if self.has_text_annotations {
            self.facts().annotations.insert(annotation_tree(annotation));
        }
    }

    fn pattern_parts(&mut self, pattern: &Pattern) {
        let line = self.line(pattern);
        // Lengths are asked for: of a sequence, without its star, and of a mapping.
        let length = match pattern {
            Pattern::MatchSequence(sequence) => {
                let starred = sequence.patterns.iter().any(|item| matches!(item, Pattern::MatchStar(_)));
                sequence.patterns.len() - usize::from(starred)
            }
            Pattern::MatchMapping(mapping) => mapping.keys.len(),
            _ => 0,
        };
        self.facts().constants.insert(Constant::Int(length.into()));
        match pattern {
            Pattern::MatchAs(pattern) => self.names_of(&pattern.name, line),
            Pattern::MatchStar(pattern) => self.names_of(&pattern.name, line),
            Pattern::MatchMapping(pattern) => self.names_of(&pattern.rest, line),
            Pattern::MatchClass(class) => {
                for keyword in &class.arguments.keywords {
                    self.possible_name(&keyword.attr);
                }
            }
            _ => {}
        }
    }

    fn names_of(&mut self, name: &Option<ast::Identifier>, line: u32) {
        if let Some(name) = name {
            self.name(name, line);
        }
    }
}

impl<'a> Visitor<'a> for Walk<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::Import(import) => self.import(import),
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::If(stmt) => {
                let mut is_constant = self.condition(&stmt.test);
                self.branch(is_constant, &stmt.body);
                for clause in &stmt.elif_else_clauses {
                    let was_live = self.is_live;
                    self.is_live &= !is_constant;
                    is_constant |= clause.test.as_ref().is_some_and(|test| self.condition(test));
                    self.branch(is_constant, &clause.body);
                    self.is_live = was_live;
                }
            }
            Stmt::While(stmt) => {
                let is_constant = self.condition(&stmt.test);
                self.branch(is_constant, &stmt.body);
                self.branch(is_constant, &stmt.orelse);
            }
            Stmt::For(stmt) => {
                self.visit_expr(&stmt.iter);
                self.visit_expr(&stmt.target);
                self.suite(&stmt.body);
                self.suite(&stmt.orelse);
            }
            Stmt::Try(stmt) => {
                self.suite(&stmt.body);
                // What is guarded, if it cannot fail, takes its handlers with it.
                self.maybe(|walk| {
                    for handler in &stmt.handlers {
                        walk.visit_except_handler(handler);
                    }
                });
                let reached = !ends(&stmt.body);
                self.branch(!reached, &stmt.orelse);
                self.branch(false, &stmt.finalbody);
            }
            Stmt::With(stmt) => {
                for item in &stmt.items {
                    self.visit_with_item(item);
                }
                self.suite(&stmt.body);
            }
            Stmt::Match(stmt) => {
                self.visit_expr(&stmt.subject);
                for case in &stmt.cases {
                    // Behind a pattern that always fits, and in guards, much may be dropped.
                    self.maybe(|walk| {
                        walk.visit_pattern(&case.pattern);
                        if let Some(guard) = &case.guard {
                            walk.visit_expr(guard);
                        }
                        walk.suite(&case.body);
                    });
                }
            }
            Stmt::Assert(_) => self.maybe(|walk| visitor::walk_stmt(walk, stmt)),
            Stmt::AnnAssign(assignment) => {
                self.visit_annotation(&assignment.annotation);
                if let Expr::Name(name) = &*assignment.target {
                    self.possible_name(&name.id);
                    let line = self.line(name);
                    if assignment.value.is_some() {
                        self.name(&name.id, line);
                    }
                } else if assignment.value.is_some() {
                    self.visit_expr(&assignment.target);
                } else {
                    self.maybe(|walk| walk.visit_expr(&assignment.target));
                }
                if let Some(value) = &assignment.value {
                    self.visit_expr(value);
                }
            }
            // The value of a constant, of a name even, may not be asked for.
            Stmt::Expr(stmt) if !matches!(&*stmt.value, Expr::Call(_) | Expr::Await(_) | Expr::Yield(_)) => {
                self.maybe(|walk| walk.visit_expr(&stmt.value));
            }
            Stmt::Global(stmt) => stmt.names.iter().for_each(|name| self.possible_name(name)),
            Stmt::Nonlocal(stmt) => stmt.names.iter().for_each(|name| self.possible_name(name)),
            Stmt::TypeAlias(_) => self.maybe(|walk| visitor::walk_stmt(walk, stmt)),
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        let line = self.line(expr);
        match expr {
            Expr::Name(name) if name.id.as_str() == "__debug__" => {}
            Expr::Name(name) if name.ctx == ExprContext::Invalid => {}
            Expr::Name(name) => self.name(&name.id, line),
            Expr::Attribute(attribute) => {
                self.visit_expr(&attribute.value);
                self.name(&attribute.attr, line);
            }
            Expr::StringLiteral(text) => self.constant(Constant::Text(text.value.to_str().to_owned()), line),
            Expr::BytesLiteral(bytes) => self.constant(Constant::Bytes(bytes.value.bytes().collect()), line),
            Expr::NumberLiteral(literal) => match number(&literal.value) {
                Some(constant) => self.constant(constant, line),
                None => self.facts().has_unknown = true,
            },
            Expr::FString(string) => self.f_string(string),
            Expr::TString(string) => self.t_string(string),
            Expr::Lambda(lambda) => self.lambda(lambda),
            Expr::ListComp(c) => self.comprehension("<listcomp>", expr, &[&c.elt], &c.generators),
            Expr::SetComp(c) => self.comprehension("<setcomp>", expr, &[&c.elt], &c.generators),
            Expr::Generator(c) => self.comprehension("<genexpr>", expr, &[&c.elt], &c.generators),
            Expr::DictComp(c) => {
                let elements: Vec<&Expr> = c.key.iter().map(|key| &**key).chain([&*c.value]).collect();
                self.comprehension("<dictcomp>", expr, &elements, &c.generators);
            }
            Expr::BinOp(binary) if let Some(text) = formatted(binary) => self.format(binary, &text),
            Expr::UnaryOp(_) | Expr::BinOp(_) | Expr::Subscript(_) if fold(expr).is_some() => {
                if let Some(value) = fold(expr) {
                    self.folded(value);
                }
                self.maybe(|walk| visitor::walk_expr(walk, expr));
            }
            Expr::BoolOp(_) | Expr::If(_) | Expr::Compare(_) if has_constant_truth(expr) => {
                self.maybe(|walk| visitor::walk_expr(walk, expr));
            }
            _ => visitor::walk_expr(self, expr),
        }
    }

    fn visit_annotation(&mut self, annotation: &'a Expr) {
        self.annotation(annotation);
    }

    fn visit_arguments(&mut self, arguments: &'a ast::Arguments) {
        if let ([Expr::Generator(_)], true) = (&*arguments.args, arguments.keywords.is_empty()) {
            self.parentheses = Some(self.line(arguments));
        }
        visitor::walk_arguments(self, arguments);
    }

    fn visit_keyword(&mut self, keyword: &'a ast::Keyword) {
        if let Some(name) = &keyword.arg {
            self.possible_name(name);
        }
        self.visit_expr(&keyword.value);
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(inner) = handler;
        let line = self.line(inner);
        self.names_of(&inner.name, line);
        if let Some(kind) = &inner.type_ {
            self.visit_expr(kind);
        }
        self.suite(&inner.body);
    }

    fn visit_type_param(&mut self, parameter: &'a ast::TypeParam) {
        self.possible_name(parameter.name());
        self.maybe(|walk| visitor::walk_type_param(walk, parameter));
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        self.pattern_parts(pattern);
        visitor::walk_pattern(self, pattern);
    }

    fn visit_body(&mut self, body: &'a [Stmt]) {
        self.suite(body);
    }
}

/// The text that `%` formats, if it is constant.
fn formatted(binary: &ast::ExprBinOp) -> Option<String> {
    match fold(&binary.left).filter(|_| binary.op == Operator::Mod) {
        Some(Folded::Leaf(Constant::Text(text))) => Some(text),
        _ => None,
    }
}
