//! From the tree of a source to its scopes.

use std::collections::HashSet;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, ExceptHandler, Expr, ExprContext, Operator, Parameters, Pattern, Stmt};
use ruff_text_size::Ranged;

use super::constant::Constant;
use super::fold::{fold, number};
use super::reach::{ends, has_constant_truth, leaves};
use super::scope::{Facts, Must, Named, Scope, ScopeKind};
use super::text::Lines;

/// The scopes of a module, the module itself first.
pub(super) fn scopes(module: &ast::ModModule, lines: &Lines) -> Vec<Scope> {
    let mut walk = Walk {
        lines,
        scopes: Vec::new(),
        open: Vec::new(),
        classes: Vec::new(),
        is_live: true,
        parentheses: None,
        has_text_annotations: has_text_annotations(&module.body),
    };
    walk.open_scope(ScopeKind::Module, "<module>", (1, lines.count()));
    walk.docstring(&module.body);
    walk.suite(&module.body);
    walk.scopes
}

/// Whether annotations become text (PEP 563).
fn has_text_annotations(body: &[Stmt]) -> bool {
    body.iter().any(|stmt| match stmt {
        Stmt::ImportFrom(import) => {
            import.module.as_ref().is_some_and(|module| module.as_str() == "__future__")
                && import.names.iter().any(|alias| alias.name.as_str() == "annotations")
        }
        _ => false,
    })
}

/// The walk through the tree.
pub(super) struct Walk<'s> {
    lines: &'s Lines,
    scopes: Vec<Scope>,
    /// The scopes around where the walk is, the innermost last.
    open: Vec<usize>,
    /// The names of the classes around, for private names; `None` for a scope that is none.
    classes: Vec<String>,
    /// Whether what is met is surely compiled, and left in the file.
    pub(super) is_live: bool,
    has_text_annotations: bool,
    /// The line on which the parentheses of a call begin, whose only argument is a generator expression: they are its own.
    parentheses: Option<u32>,
}

impl Walk<'_> {
    pub(super) fn line(&self, node: &impl Ranged) -> u32 {
        self.lines.of(node.start().to_u32())
    }

    pub(super) fn last_line(&self, node: &impl Ranged) -> u32 {
        self.lines.of(node.end().to_u32().saturating_sub(1))
    }

    pub(super) fn scope(&mut self) -> &mut Scope {
        let innermost = self.open.last().copied().unwrap_or(0);
        &mut self.scopes[innermost]
    }

    pub(super) fn facts(&mut self) -> &mut Facts {
        &mut self.scope().facts
    }

    fn open_scope(&mut self, kind: ScopeKind, name: &str, (first_line, last_line): (u32, u32)) {
        let id = self.scopes.len();
        let qualname = match self.open.last().map(|&parent| &self.scopes[parent]) {
            None => name.to_owned(),
            Some(parent) if parent.kind == ScopeKind::Module => name.to_owned(),
            // Comprehensions are functions, but not to `co_qualname` (`Python/compile.c`, `compiler_set_qualname`).
            Some(parent) if matches!(parent.kind, ScopeKind::Class | ScopeKind::Comprehension) => {
                format!("{}.{name}", parent.qualname)
            }
            Some(parent) => format!("{}.<locals>.{name}", parent.qualname),
        };
        if let Some(&parent) = self.open.last() {
            self.scopes[parent].children.push(id);
        }
        self.scopes.push(Scope {
            kind,
            name: name.to_owned(),
            qualname,
            first_line,
            last_line,
            parameters: Vec::new(),
            counts: [0; 3],
            is_live: self.is_live,
            parent: self.open.last().copied(),
            children: Vec::new(),
            facts: Facts::default(),
            live: Vec::new(),
        });
        self.open.push(id);
    }

    fn close_scope(&mut self) {
        self.open.pop();
    }

    /// Visits what may be dropped by the compiler.
    pub(super) fn maybe(&mut self, visit: impl FnOnce(&mut Self)) {
        let was_live = std::mem::replace(&mut self.is_live, false);
        visit(self);
        self.is_live = was_live;
    }

    /// A name that code may use, and must if it is live.
    fn name(&mut self, name: &str, line: u32) {
        let name: String = unicode_normalization::UnicodeNormalization::nfkc(name).collect();
        let private = name.starts_with("__") && !name.ends_with("__") && !name.contains('.');
        let class = self.classes.last().map(|class| class.trim_start_matches('_')).filter(|class| !class.is_empty());
        let mangled = class.filter(|_| private).map(|class| format!("_{class}{name}"));
        let is_live = self.is_live;
        let scope = self.scope();
        if let Some(mangled) = &mangled {
            scope.facts.names.insert(mangled.clone());
        }
        if is_live {
            scope.live.push(Must { what: Named::Name(mangled.unwrap_or_else(|| name.clone())), line });
        }
        scope.facts.names.insert(name);
    }

    /// A name that may stand in the file, or may not: keywords of calls, names of imports.
    fn possible_name(&mut self, name: &str) {
        self.maybe(|walk| walk.name(name, 0));
    }

    /// The statements of a block. What follows one that always leaves it may be dropped.
    fn suite(&mut self, body: &[Stmt]) {
        let was_live = self.is_live;
        for stmt in body {
            self.visit_stmt(stmt);
            if leaves(stmt) {
                self.is_live = false;
            }
        }
        self.is_live = was_live;
    }

    fn function(&mut self, function: &ast::StmtFunctionDef) {
        for decorator in &function.decorator_list {
            self.visit_decorator(decorator);
        }
        self.defaults(&function.parameters);
        self.annotations_of(&function.parameters);
        if let Some(returns) = &function.returns {
            self.visit_annotation(returns);
        }
        if let Some(parameters) = &function.type_params {
            self.visit_type_params(parameters);
        }
        let line = self.line(function);
        self.name(&function.name, line);
        self.open_scope(ScopeKind::Function, &function.name, (line, self.last_line(function)));
        self.parameters(&function.parameters);
        self.docstring(&function.body);
        self.suite(&function.body);
        self.close_scope();
    }

    fn class(&mut self, class: &ast::StmtClassDef) {
        for decorator in &class.decorator_list {
            self.visit_decorator(decorator);
        }
        if let Some(arguments) = &class.arguments {
            self.visit_arguments(arguments);
        }
        if let Some(parameters) = &class.type_params {
            self.visit_type_params(parameters);
        }
        let line = self.line(class);
        self.name(&class.name, line);
        self.open_scope(ScopeKind::Class, &class.name, (line, self.last_line(class)));
        self.classes.push(class.name.to_string());
        self.docstring(&class.body);
        self.suite(&class.body);
        self.classes.pop();
        self.close_scope();
    }

    fn lambda(&mut self, lambda: &ast::ExprLambda) {
        if let Some(parameters) = &lambda.parameters {
            self.defaults(parameters);
        }
        self.open_scope(ScopeKind::Lambda, "<lambda>", (self.line(lambda), self.last_line(lambda)));
        if let Some(parameters) = &lambda.parameters {
            self.parameters(parameters);
        }
        self.visit_expr(&lambda.body);
        self.close_scope();
    }

    /// A comprehension: its first iterable belongs to the scope around it.
    fn comprehension(&mut self, name: &str, node: &Expr, elements: &[&Expr], generators: &[ast::Comprehension]) {
        let first_line = self.parentheses.take().unwrap_or(self.line(node));
        if let Some(first) = generators.first() {
            self.visit_expr(&first.iter);
        }
        self.open_scope(ScopeKind::Comprehension, name, (first_line, self.last_line(node)));
        for (index, generator) in generators.iter().enumerate() {
            if index > 0 {
                self.visit_expr(&generator.iter);
            }
            self.visit_expr(&generator.target);
            for condition in &generator.ifs {
                self.condition(condition);
            }
        }
        for element in elements {
            self.visit_expr(element);
        }
        self.close_scope();
    }

    fn defaults(&mut self, parameters: &Parameters) {
        for parameter in parameters.iter_non_variadic_params() {
            if let Some(default) = &parameter.default {
                self.visit_expr(default);
            }
        }
        for parameter in &parameters.kwonlyargs {
            self.possible_name(&parameter.parameter.name);
        }
    }

    fn annotations_of(&mut self, parameters: &Parameters) {
        for parameter in parameters.iter() {
            if let Some(annotation) = parameter.annotation() {
                self.possible_name(parameter.name());
                self.visit_annotation(annotation);
            }
        }
    }

    fn parameters(&mut self, parameters: &Parameters) {
        let ordered = parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs);
        let mut names: Vec<String> = ordered.map(|parameter| parameter.parameter.name.to_string()).collect();
        names.extend([&parameters.vararg, &parameters.kwarg].into_iter().flatten().map(|rest| rest.name.to_string()));
        for name in &names {
            self.possible_name(name);
        }
        let positional = parameters.posonlyargs.len() + parameters.args.len();
        let scope = self.scope();
        scope.counts = [positional, parameters.posonlyargs.len(), parameters.kwonlyargs.len()];
        scope.parameters = names;
    }

    /// A condition and what is compiled when it holds or not: where it is constant, one of them is dropped.
    fn condition(&mut self, test: &Expr) -> bool {
        let is_constant = has_constant_truth(test);
        if is_constant {
            self.maybe(|walk| walk.visit_expr(test));
        } else {
            self.visit_expr(test);
        }
        is_constant
    }

    fn branch(&mut self, is_constant: bool, body: &[Stmt]) {
        if is_constant {
            self.maybe(|walk| walk.suite(body));
        } else {
            self.suite(body);
        }
    }

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
            let tree = format!("{:?}", ast::comparable::ComparableExpr::from(annotation));
            self.facts().annotations.insert(tree);
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
            Expr::BinOp(binary) if binary.op == Operator::Mod && matches!(&*binary.left, Expr::StringLiteral(_)) => {
                self.format(binary);
            }
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

/// The lines on which something stands that is compiled: neither blank nor a comment alone.
pub(super) fn lines_with_code(tokens: &ast::token::Tokens, lines: &Lines) -> HashSet<u32> {
    let mut found = HashSet::new();
    for token in tokens.iter().filter(|token| !token.kind().is_trivia()) {
        if token.start() < token.end() {
            let (first, last) = (lines.of(token.start().to_u32()), lines.of(token.end().to_u32() - 1));
            found.extend(first..=last);
        }
    }
    found
}
