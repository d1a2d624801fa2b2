//! Type parameters and type aliases (`compiler_type_params`, `compiler_typealias` in CPython's `compile.c`, 3.12+).

use super::{Lowered, Lowerer};
use crate::ast::{Expr, ExprId, Function, Keyword, Stmt, StmtId};
use crate::constant::{Constant, Name};
use crate::graph::{BuildKind, FunctionPart, OpKind, Scope, Terminator, TypeParamKind};
use crate::unit::{CodeId, UnitKind};

impl<'a> Lowerer<'a> {
    /// Binds what the code object of type parameters makes: a function of this code object, which is passed its defaults, a class
    /// or an alias.
    pub(super) fn generic_def(
        &mut self,
        type_params: CodeId,
        (code, function): (Option<CodeId>, Option<&Function>),
        name: &Name,
        decorators: &[ExprId],
    ) -> Lowered {
        if self.code_made_in(type_params) != code {
            return Err("type parameters of something else".to_owned());
        }
        self.exprs(decorators)?;
        let mut passed = 0;
        if let Some(function) = function {
            passed = self.defaults(function)?.len();
        }
        let made = self.make_function(type_params, Vec::new(), Vec::new());
        let mut operands = vec![made];
        operands.extend(self.pop_many(passed));
        let value = self.op(OpKind::Call { positional: passed as u32, keywords: Vec::new() }, operands);
        self.push(value);
        self.decorate(decorators.len());
        self.store_name(name);
        Ok(())
    }

    /// The code object of the function or class that a code object of type parameters makes.
    fn code_made_in(&self, type_params: CodeId) -> Option<CodeId> {
        let body = self.bodies.get(type_params.0 as usize)?;
        match body.get_stmt(*body.stmts.last()?) {
            Stmt::FunctionDef { function, .. } => Some(function.code),
            Stmt::ClassDef { code, .. } => Some(*code),
            _ => None,
        }
    }

    pub(super) fn type_alias(&mut self, name: &Name, code: CodeId) -> Lowered {
        if self.units.get(code).kind == UnitKind::TypeParameters {
            return self.generic_def(code, (None, None), name, &[]);
        }
        self.push_constant(Constant::text(name));
        self.push_constant(Constant::None);
        let made = self.make_evaluator(code);
        self.push(made);
        self.push_op(OpKind::Build(BuildKind::Tuple, 3), 3);
        self.push_op(OpKind::TypeAlias, 1);
        self.store_name(name);
        Ok(())
    }

    /// A function that is called when its value is asked for. From 3.14 on it has a format as parameter.
    fn make_evaluator(&mut self, code: CodeId) -> crate::graph::ValueId {
        if !self.since(14) {
            return self.make_function(code, Vec::new(), Vec::new());
        }
        let format = self.graph.constant(Constant::Tuple([Constant::Int(1)].into()));
        self.make_function(code, vec![FunctionPart::Defaults], vec![format])
    }

    /// The code object of type parameters itself.
    pub(super) fn type_parameters_body(&mut self) -> Lowered {
        let body = self.body;
        let Some((&last, parameters)) = body.stmts.split_last() else {
            return Err("type parameters of nothing".to_owned());
        };
        if let Stmt::Return(_) = body.get_stmt(last) {
            self.push_constant(Constant::text(&self.alias_name()));
        }
        parameters.iter().try_for_each(|&parameter| self.type_parameter(parameter))?;
        let count = parameters.len();
        self.push_op(OpKind::Build(BuildKind::Tuple, count as u32), count);
        match body.get_stmt(last) {
            Stmt::Return(Some(value)) => {
                let Expr::Lambda(function) = body.get_expr(*value) else {
                    return Err("an alias of nothing".to_owned());
                };
                let made = self.make_evaluator(function.code);
                self.push(made);
                self.push_op(OpKind::Build(BuildKind::Tuple, 3), 3);
                self.push_op(OpKind::TypeAlias, 1);
            }
            Stmt::FunctionDef { function, .. } => {
                self.generic_function(function)?;
                let (made, parameters) = (self.pop(), self.pop());
                let value = self.op(OpKind::SetTypeParams, vec![made, parameters]);
                self.push(value);
            }
            Stmt::ClassDef { code, bases, keywords, .. } => self.generic_class(*code, bases, keywords)?,
            _ => return Err("type parameters of nothing".to_owned()),
        }
        let value = self.pop();
        self.end(Terminator::Return(value));
        Ok(())
    }

    /// The name in `<generic parameters of name>`.
    fn alias_name(&self) -> Name {
        let name = self.unit.name.strip_prefix("<generic parameters of ").and_then(|name| name.strip_suffix('>'));
        name.unwrap_or_default().into()
    }

    /// `name = TypeVar('name', bound=lambda: …, default=lambda: …)` as the tree has it.
    fn type_parameter(&mut self, id: StmtId) -> Lowered {
        let body = self.body;
        let Stmt::Assign { targets, value } = body.get_stmt(id) else { return Err("no type parameter".to_owned()) };
        let ([target], Expr::Call { func, args, keywords }) = (&targets[..], body.get_expr(*value)) else {
            return Err("no type parameter".to_owned());
        };
        let (Expr::Name(name), Expr::Name(callee)) = (body.get_expr(*target), body.get_expr(*func)) else {
            return Err("no type parameter".to_owned());
        };
        let [written] = args[..] else { return Err("no type parameter".to_owned()) };
        match body.get_expr(written) {
            Expr::Constant(Constant::Str(written)) if self.is_mangled(written, name) => {}
            _ => return Err("a type parameter is bound to another name than its own".to_owned()),
        }
        self.expr(written)?;
        let mut kind = match &**callee {
            "ParamSpec" => TypeParamKind::ParamSpec,
            "TypeVarTuple" => TypeParamKind::TypeVarTuple,
            "TypeVar" => TypeParamKind::TypeVar,
            _ => return Err("no type parameter".to_owned()),
        };
        let mut operands = 1;
        for keyword in keywords {
            let Expr::Lambda(function) = body.get_expr(keyword.value) else {
                return Err("a bound of nothing".to_owned());
            };
            match keyword.arg.as_deref() {
                Some("bound") => kind = TypeParamKind::TypeVarWithBound,
                Some("constraints") => kind = TypeParamKind::TypeVarWithConstraints,
                _ => {
                    self.push_op(OpKind::TypeParam(kind), operands);
                    operands = 0;
                }
            }
            let made = self.make_evaluator(function.code);
            self.push(made);
            operands += 1;
        }
        match keywords.last().and_then(|keyword| keyword.arg.as_deref()) {
            Some("default") => self.push_op(OpKind::SetTypeParamDefault, 2),
            _ => self.push_op(OpKind::TypeParam(kind), operands),
        }
        let value = self.peek(1);
        self.push(value);
        self.store_name(name);
        Ok(())
    }

    /// Whether a name is what the compiler makes of a type parameter that is written so: it knows its own name as that is written.
    fn is_mangled(&self, written: &[u8], name: &Name) -> bool {
        std::str::from_utf8(written).is_ok_and(|written| self.unit.mangled(&written.into()) == *name)
    }

    /// A function with the defaults that were passed in.
    fn generic_function(&mut self, function: &Function) -> Lowered {
        let mut parts = Vec::new();
        for &passed in &function.defaults {
            self.expr(passed)?;
            parts.push(FunctionPart::Defaults);
        }
        for &(_, passed) in &function.kw_defaults {
            self.expr(passed)?;
            parts.push(FunctionPart::KwDefaults);
        }
        self.function_with(function, parts)
    }

    fn generic_class(&mut self, code: CodeId, bases: &[ExprId], keywords: &[Keyword]) -> Lowered {
        self.do_op(OpKind::Store(Scope::Deref, ".type_params".into()), 1);
        self.push_op(OpKind::LoadBuildClass, 0);
        let made = self.make_function(code, Vec::new(), Vec::new());
        self.push(made);
        self.push_constant(Constant::text(&self.units.get(code).name));
        self.load_name(&".type_params".into());
        self.push_op(OpKind::SubscriptGeneric, 1);
        self.do_op(OpKind::Store(Scope::Fast, ".generic_base".into()), 1);
        self.call_with((2, false), bases, keywords)
    }
}
