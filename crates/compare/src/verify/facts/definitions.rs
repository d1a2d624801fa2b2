//! What opens a scope of its own: functions, classes, lambdas, comprehensions, with their parameters.

use ruff_python_ast::visitor::Visitor;
use ruff_python_ast::{self as ast, Expr, Parameters};

use super::Walk;
use crate::verify::scope::ScopeKind;

impl Walk<'_> {
    pub(super) fn function(&mut self, function: &ast::StmtFunctionDef) {
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

    pub(super) fn class(&mut self, class: &ast::StmtClassDef) {
        for decorator in &class.decorator_list {
            self.visit_decorator(decorator);
        }
        let generic_class = class.type_params.is_some().then(|| class.name.to_string());
        let around = std::mem::replace(&mut self.generic_class, generic_class);
        if let Some(arguments) = &class.arguments {
            self.visit_arguments(arguments);
        }
        if let Some(parameters) = &class.type_params {
            self.visit_type_params(parameters);
        }
        self.generic_class = around;
        let line = self.line(class);
        self.name(&class.name, line);
        self.open_scope(ScopeKind::Class, &class.name, (line, self.last_line(class)));
        self.classes.push(class.name.to_string());
        self.docstring(&class.body);
        self.suite(&class.body);
        self.classes.pop();
        self.close_scope();
    }

    pub(super) fn lambda(&mut self, lambda: &ast::ExprLambda) {
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
    pub(super) fn comprehension(
        &mut self,
        name: &str,
        node: &Expr,
        elements: &[&Expr],
        generators: &[ast::Comprehension],
    ) {
        let first_line = self.parentheses.take().unwrap_or(self.line(node));
        if let Some(first) = generators.first() {
            self.visit_expr(&first.iter);
        }
        let (first, last) = self.f_string.unwrap_or((u32::MAX, 0));
        let lines = (first_line.min(first), self.last_line(node).max(last));
        self.open_scope(ScopeKind::Comprehension, name, lines);
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
}
