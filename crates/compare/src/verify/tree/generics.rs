//! Type parameters and type aliases (3.12+, PEP 695): what has them is made by a code object of their own.

use pycxray_source::ast::{Body, Expr, ExprId, Keyword, Stmt, StmtId};
use pycxray_source::constant::Constant;
use pycxray_source::unit::CodeId;
use ruff_python_ast as ast;

use super::claim::Claimed;
use super::{Converter, Made, Part, Place, name::plain};

/// The code object of type parameters, and that of what has them.
type Generic = Option<(CodeId, CodeId)>;

impl<'s> Converter<'s> {
    pub(super) fn generic_function(
        &mut self,
        stmt: &'s ast::Stmt,
        node: &'s ast::StmtFunctionDef,
        type_params: &'s ast::TypeParams,
    ) -> Made<Generic> {
        let Some(place) = self.generic_place(&node.name, self.line(node)) else { return Ok(None) };
        self.inside(place, |this| {
            let mut stmts = this.type_params(type_params)?;
            // Defaults are evaluated outside, and passed in.
            let positional = node.parameters.posonlyargs.iter().chain(&node.parameters.args);
            let has_defaults = positional.clone().any(|parameter| parameter.default.is_some());
            let by_name = node.parameters.kwonlyargs.iter().find(|parameter| parameter.default.is_some());
            let by_name = by_name.map(|parameter| this.name(&parameter.parameter.name));
            let annotations = this.annotations_of(stmt, node)?;
            let Some(((annotations, annotate), code)) = annotations.zip(this.function_code(stmt, node)) else {
                return Ok((stmts, None));
            };
            let mut function = Self::function_of(code, (Vec::new(), Vec::new()));
            // 3.12 names what is passed first `.defaults`, whatever it is.
            let mut passed = this.units.get(this.at.code).varnames.iter().take(2).cloned();
            let mut next = || passed.next().unwrap_or_else(|| ".defaults".into());
            if has_defaults {
                function.defaults.push(this.add(Expr::Name(next())));
            }
            if let Some(name) = by_name {
                function.kw_defaults.push((name, this.add(Expr::Name(next()))));
            }
            (function.annotations, function.annotate) = (annotations, annotate);
            let name = this.name(&node.name);
            let made = Stmt::FunctionDef { function, name, decorators: Vec::new(), type_params: None };
            stmts.push(this.add_stmt(made));
            Ok((stmts, Some(code)))
        })
    }

    pub(super) fn generic_class(
        &mut self,
        stmt: &'s ast::Stmt,
        node: &'s ast::StmtClassDef,
        type_params: &'s ast::TypeParams,
    ) -> Made<Generic> {
        let Some(place) = self.generic_place(&node.name, self.line(node)) else { return Ok(None) };
        self.inside(place, |this| {
            let mut stmts = this.type_params(type_params)?;
            let Some(code) = this.class_code(stmt, node) else { return Ok((stmts, None)) };
            let (mut bases, keywords) = this.bases(node)?;
            bases.push(this.add(Expr::Name(".generic_base".into())));
            let name = plain(&node.name);
            let (decorators, type_params) = (Vec::new(), None);
            stmts.push(this.add_stmt(Stmt::ClassDef { code, name, bases, keywords, decorators, type_params }));
            Ok((stmts, Some(code)))
        })
    }

    pub(super) fn type_alias(&mut self, node: &'s ast::StmtTypeAlias) -> Made<Stmt> {
        let ast::Expr::Name(written) = &*node.name else { return Err("a type alias without a name".to_owned()) };
        let (name, line) = (self.name(&written.id), self.line(node));
        let Some(type_params) = &node.type_params else {
            return Ok(match self.value_code(&written.id, line, &node.value) {
                Some(code) => Stmt::TypeAlias { name, code },
                None => self.missing_definition(&written.id, node),
            });
        };
        let Some(place) = self.generic_place(&written.id, line) else {
            return Ok(self.missing_definition(&written.id, node));
        };
        let made = self.inside(place, |this| {
            let mut stmts = this.type_params(type_params)?;
            let Some(code) = this.value_code(&written.id, line, &node.value) else { return Ok((stmts, None)) };
            let value = this.evaluated(code);
            stmts.push(this.add_stmt(Stmt::Return(Some(value))));
            Ok((stmts, Some(code)))
        })?;
        Ok(match made {
            Some((code, _)) => Stmt::TypeAlias { name, code },
            None => self.missing_definition(&written.id, node),
        })
    }

    /// The code object of the type parameters of what has this name.
    fn generic_place(&mut self, name: &str, line: u32) -> Option<Place> {
        self.claim_place(&format!("<generic parameters of {}>", plain(name)), &[line], Claimed::Once, None)
    }

    /// Converts the body of a code object amid that of another.
    fn inside(
        &mut self,
        place: Place,
        convert: impl FnOnce(&mut Self) -> Made<(Vec<StmtId>, Option<CodeId>)>,
    ) -> Made<Generic> {
        let code = place.code;
        let around = std::mem::replace(&mut self.at, place);
        let body = std::mem::take(&mut self.body);
        let converted = convert(self);
        let mut made: Body = std::mem::replace(&mut self.body, body);
        self.at = around;
        let (stmts, inner) = converted?;
        made.stmts = stmts;
        if let Some(slot) = self.bodies.get_mut(code.0 as usize) {
            *slot = Some(made);
        }
        Ok(inner.map(|inner| (code, inner)))
    }

    /// A statement for each type parameter: `T = TypeVar('T', bound=lambda: …)`.
    fn type_params(&mut self, type_params: &'s ast::TypeParams) -> Made<Vec<StmtId>> {
        let mut stmts = Vec::new();
        for parameter in &type_params.type_params {
            let (callee, name, bound, default) = match parameter {
                ast::TypeParam::TypeVar(node) => {
                    ("TypeVar", &node.name, node.bound.as_deref(), node.default.as_deref())
                }
                ast::TypeParam::ParamSpec(node) => ("ParamSpec", &node.name, None, node.default.as_deref()),
                ast::TypeParam::TypeVarTuple(node) => ("TypeVarTuple", &node.name, None, node.default.as_deref()),
            };
            let mut keywords = Vec::new();
            let by = if matches!(bound, Some(ast::Expr::Tuple(_))) { "constraints" } else { "bound" };
            for (word, value) in [(by, bound), ("default", default)] {
                let Some(value) = value else { continue };
                let Some(code) = self.value_code(name, self.line(value), value) else {
                    return Err("the source has a type parameter that the file has not".to_owned());
                };
                keywords.push(Keyword { arg: Some(word.into()), value: self.evaluated(code) });
            }
            let bound_to = self.name(name);
            let func = self.add(Expr::Name(callee.into()));
            let args = vec![self.add(Expr::Constant(Constant::text(&plain(name))))];
            let value = self.add(Expr::Call { func, args, keywords });
            let target = self.add(Expr::Name(bound_to));
            stmts.push(self.add_stmt(Stmt::Assign { targets: vec![target], value }));
        }
        Ok(stmts)
    }

    /// The code object of a value that is made when it is asked for.
    fn value_code(&mut self, name: &str, line: u32, value: &'s ast::Expr) -> Option<CodeId> {
        self.claim(&plain(name), &[line], Claimed::Once, Part::Value(value))
    }

    fn evaluated(&mut self, code: CodeId) -> ExprId {
        self.add(Expr::Lambda(Self::function_of(code, Default::default())))
    }
}
