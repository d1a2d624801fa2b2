//! Functions, classes and lambdas.

use pycxray_source::ast::{Expr, ExprId, Function, Stmt, StmtId};
use pycxray_source::unit::{CodeId, Unit};
use ruff_python_ast as ast;
use ruff_text_size::Ranged;

use super::claim::Claimed;
use super::{Converter, Made, Part, name::plain};

impl<'s> Converter<'s> {
    fn decorators(&mut self, decorators: &'s [ast::Decorator]) -> Made<Vec<ExprId>> {
        decorators.iter().map(|decorator| self.expr(&decorator.expression)).collect()
    }

    pub(super) fn function_def(&mut self, stmt: &'s ast::Stmt, node: &'s ast::StmtFunctionDef) -> Made<Stmt> {
        let decorators = self.decorators(&node.decorator_list)?;
        let defaults = self.defaults(&node.parameters)?;
        let name = self.name(&node.name);
        if let Some(type_params) = &node.type_params {
            let Some((type_params, code)) = self.generic_function(stmt, node, type_params)? else {
                return Ok(self.missing_definition(&node.name, node));
            };
            let function = Self::function_of(code, defaults);
            return Ok(Stmt::FunctionDef { function, name, decorators, type_params: Some(type_params) });
        }
        let annotations = self.annotations_of(stmt, node)?;
        let Some(((annotations, annotate), code)) = annotations.zip(self.function_code(stmt, node)) else {
            return Ok(self.missing_definition(&node.name, node));
        };
        let function = Function { annotations, annotate, ..Self::function_of(code, defaults) };
        Ok(Stmt::FunctionDef { function, name, decorators, type_params: None })
    }

    /// The code object of a function.
    pub(super) fn function_code(&mut self, stmt: &'s ast::Stmt, node: &'s ast::StmtFunctionDef) -> Option<CodeId> {
        let lines = [self.line(node)];
        let code = self.claim(&plain(&node.name), &lines, Claimed::Stmt(stmt), Part::Function(node))?;
        self.check_parameters(code, Some(&node.parameters));
        if self.units.get(code).has(Unit::COROUTINE | Unit::ASYNC_GENERATOR) != node.is_async {
            self.note(code, "it is async in one of both alone");
        }
        Some(code)
    }

    pub(super) fn class_def(&mut self, stmt: &'s ast::Stmt, node: &'s ast::StmtClassDef) -> Made<Stmt> {
        let decorators = self.decorators(&node.decorator_list)?;
        let name = self.name(&node.name);
        if let Some(type_params) = &node.type_params {
            let Some((type_params, code)) = self.generic_class(stmt, node, type_params)? else {
                return Ok(self.missing_definition(&node.name, node));
            };
            let (bases, keywords) = (Vec::new(), Vec::new());
            return Ok(Stmt::ClassDef { code, name, bases, keywords, decorators, type_params: Some(type_params) });
        }
        let Some(code) = self.class_code(stmt, node) else { return Ok(self.missing_definition(&node.name, node)) };
        let (bases, keywords) = self.bases(node)?;
        Ok(Stmt::ClassDef { code, name, bases, keywords, decorators, type_params: None })
    }

    /// The code object of a class.
    pub(super) fn class_code(&mut self, stmt: &'s ast::Stmt, node: &'s ast::StmtClassDef) -> Option<CodeId> {
        let lines = [self.line(node)];
        self.claim(&plain(&node.name), &lines, Claimed::Stmt(stmt), Part::Class(node))
    }

    pub(super) fn bases(
        &mut self,
        node: &'s ast::StmtClassDef,
    ) -> Made<(Vec<ExprId>, Vec<pycxray_source::ast::Keyword>)> {
        let Some(arguments) = &node.arguments else { return Ok((Vec::new(), Vec::new())) };
        Ok((self.exprs(&arguments.args)?, self.keywords(&arguments.keywords)?))
    }

    /// Binds a name to what the file has no code object for.
    pub(super) fn missing_definition(&mut self, name: &str, node: &impl Ranged) -> Stmt {
        let name = self.name(name);
        let target = self.add(Expr::Name(name));
        Stmt::Assign { targets: vec![target], value: self.missing(node) }
    }

    pub(super) fn class_body(&mut self, class: &'s ast::StmtClassDef) -> Vec<StmtId> {
        self.module_body(&class.body)
    }

    pub(super) fn lambda(&mut self, expr: &'s ast::Expr, node: &'s ast::ExprLambda) -> Made<ExprId> {
        let defaults = match &node.parameters {
            Some(parameters) => self.defaults(parameters)?,
            None => (Vec::new(), Vec::new()),
        };
        let lines = [self.line(node)];
        let Some(code) = self.claim("<lambda>", &lines, Claimed::Expr(expr), Part::Lambda(node)) else {
            return Ok(self.missing(node));
        };
        self.check_parameters(code, node.parameters.as_deref());
        Ok(self.add(Expr::Lambda(Self::function_of(code, defaults))))
    }
}
