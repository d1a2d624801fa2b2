//! Type parameters and type aliases (3.12+): the code object in which a function, class or alias with parameters is made.

use super::shaper::Shaper;
use crate::ast::{Expr, ExprId, Function, Keyword, Stmt};
use crate::constant::{Constant, Name};
use crate::graph::{FunctionPart, Graph, Op, OpKind, Origin, Terminator, TypeParamKind, ValueId};
use crate::shape::trouble::Shaped;
use crate::unit::{CodeId, UnitKind};

/// What such a code object makes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Made {
    Function(CodeId, Vec<FunctionPart>),
    Class(CodeId),
    Alias,
}

impl Shaper<'_> {
    /// The statement that binds a definition with type parameters, or an alias.
    pub(super) fn generic_definition(
        &mut self,
        value: ValueId,
        name: &Name,
        decorators: &[ValueId],
    ) -> Shaped<Option<Stmt>> {
        let Some((op, _)) = self.flow.maker(value) else { return Ok(None) };
        let op = op.clone();
        if op.kind == OpKind::TypeAlias {
            let items = self.flow.maker(op.operands[0]).map(|(tuple, _)| tuple.operands.clone()).unwrap_or_default();
            let &[_, _, made] = &items[..] else { return Err("a type alias is made of no tuple".to_owned()) };
            let code = self.flow.function_code(made).ok_or("a type alias without a value")?;
            return Ok(Some(Stmt::TypeAlias { name: name.clone(), code }));
        }
        let Some(code) = self.generic_code(&op) else { return Ok(None) };
        let decorators = self.exprs(decorators)?;
        let made = made_in(&self.graphs[code.0 as usize]).ok_or("type parameters of nothing")?;
        Ok(Some(match made {
            Made::Alias => Stmt::TypeAlias { name: name.clone(), code },
            Made::Class(inner) => Stmt::ClassDef {
                code: inner,
                name: name.clone(),
                bases: Vec::new(),
                keywords: Vec::new(),
                decorators,
                type_params: Some(code),
            },
            Made::Function(inner, parts) => {
                let function = self.generic_function(inner, &parts, &op.operands[1..])?;
                Stmt::FunctionDef { function, name: name.clone(), decorators, type_params: Some(code) }
            }
        }))
    }

    /// The code object of type parameters that an operation calls.
    pub(super) fn generic_code(&self, op: &Op) -> Option<CodeId> {
        let OpKind::Call { keywords, .. } = &op.kind else { return None };
        let code = self.flow.function_code(*op.operands.first()?)?;
        (keywords.is_empty() && self.units.get(code).kind == UnitKind::TypeParameters).then_some(code)
    }

    /// A function whose defaults are passed to the code object of its type parameters.
    fn generic_function(&mut self, code: CodeId, parts: &[FunctionPart], passed: &[ValueId]) -> Shaped<Function> {
        let mut function =
            Function { code, defaults: Vec::new(), kw_defaults: Vec::new(), annotations: Vec::new(), annotate: None };
        for (part, &value) in parts.iter().zip(passed) {
            match part {
                FunctionPart::Defaults => {
                    function.defaults = self.expressions().items(value)?.ok_or("defaults are no tuple")?
                }
                FunctionPart::KwDefaults => function.kw_defaults = self.expressions().named_values(value)?,
                _ => return Err("type parameters are passed something else".to_owned()),
            }
        }
        Ok(function)
    }

    /// The body of a code object of type parameters: a call that makes each, then what has them. A class has its bases here, a
    /// function its annotations; an alias is the function that makes its value.
    pub(super) fn type_parameters_body(&mut self) -> Shaped<()> {
        let node = self.flow.node(crate::graph::BlockId(0));
        let Terminator::Return(result) = node.end else {
            return Err("type parameters are more than one expression".to_owned());
        };
        let ops: Vec<Op> = node.ops.iter().map(|&op| self.flow.op(op).clone()).collect();
        let mut stmts = Vec::new();
        for op in ops.iter().filter(|op| matches!(op.kind, OpKind::TypeParam(_))) {
            let stmt = self.type_parameter(op, &ops)?;
            stmts.push(self.stmt(stmt, op.origin));
        }
        let last = self.parametrized(result)?;
        stmts.push(self.stmt(last, Origin::None));
        self.body.stmts = stmts;
        Ok(())
    }

    /// `name = TypeVar('name', bound=lambda: …, default=lambda: …)`
    fn type_parameter(&mut self, op: &Op, ops: &[Op]) -> Shaped<Stmt> {
        let OpKind::TypeParam(kind) = op.kind else { return Err("no type parameter".to_owned()) };
        let callee = match kind {
            TypeParamKind::ParamSpec => "ParamSpec",
            TypeParamKind::TypeVarTuple => "TypeVarTuple",
            _ => "TypeVar",
        };
        let default = ops.iter().find(|other| {
            other.kind == OpKind::SetTypeParamDefault && self.flow.resolve(other.operands[0]) == op.first
        });
        let value = default.map_or(op.first, |default| default.first);
        let stored = ops.iter().find_map(|other| match &other.kind {
            OpKind::Store(_, name) if self.flow.resolve(other.operands[0]) == value => Some(name.clone()),
            _ => None,
        });
        let name = stored.ok_or("a type parameter is not bound")?;
        let mut keywords = Vec::new();
        let by = if kind == TypeParamKind::TypeVarWithConstraints { "constraints" } else { "bound" };
        let functions = [(by, op.operands.get(1)), ("default", default.and_then(|default| default.operands.get(1)))];
        for (word, function) in functions {
            if let Some(&function) = function {
                let code =
                    self.flow.function_code(function).ok_or("a type parameter has a bound that is no function")?;
                keywords.push(Keyword { arg: Some(word.into()), value: self.evaluated(code) });
            }
        }
        let func = self.body.expr(Expr::Name(callee.into()), op.origin);
        // Private names are mangled but here.
        let args = vec![self.expr(op.operands[0])?];
        let value = self.body.expr(Expr::Call { func, args, keywords }, op.origin);
        let target = self.body.expr(Expr::Name(name), op.origin);
        Ok(Stmt::Assign { targets: vec![target], value })
    }

    /// A function that is called when its value is asked for.
    fn evaluated(&mut self, code: CodeId) -> ExprId {
        let function =
            Function { code, defaults: Vec::new(), kw_defaults: Vec::new(), annotations: Vec::new(), annotate: None };
        self.body.expr(Expr::Lambda(function), Origin::None)
    }

    fn parametrized(&mut self, result: ValueId) -> Shaped<Stmt> {
        let Some((op, _)) = self.flow.maker(result) else { return Err("type parameters of nothing".to_owned()) };
        let op = op.clone();
        match op.kind {
            OpKind::TypeAlias => {
                let items = self.flow.maker(op.operands[0]).map(|(tuple, _)| tuple.operands.clone());
                let made = items.and_then(|items| self.flow.function_code(*items.get(2)?));
                let value = self.evaluated(made.ok_or("a type alias without a value")?);
                Ok(Stmt::Return(Some(value)))
            }
            OpKind::SetTypeParams => {
                let Some((made, _)) = self.flow.maker(op.operands[0]) else { return Err("no function".to_owned()) };
                let made = made.clone();
                let OpKind::MakeFunction(parts) = &made.kind else { return Err("no function".to_owned()) };
                let function = self.expressions().function(&made, parts)?;
                let name = self.units.get(function.code).name.clone();
                Ok(Stmt::FunctionDef { function, name, decorators: Vec::new(), type_params: None })
            }
            _ if self.is_class(&op) => {
                let mut stmt = self.class(&op, &Name::from(""), Vec::new())?;
                if let Stmt::ClassDef { code, name, .. } = &mut stmt {
                    *name = self.units.get(*code).name.clone();
                }
                Ok(stmt)
            }
            _ => Err("type parameters of nothing".to_owned()),
        }
    }
}

/// What a code object of type parameters makes.
fn made_in(graph: &Graph) -> Option<Made> {
    let ops = || graph.blocks.iter().flat_map(|block| &block.ops);
    let code_of = |function: ValueId| {
        let made = ops().find(|op| op.first == function && matches!(op.kind, OpKind::MakeFunction(_)))?;
        match graph.as_constant(made.operands[0])? {
            Constant::Code(code) => Some(*code),
            _ => None,
        }
    };
    if ops().any(|op| op.kind == OpKind::TypeAlias) {
        return Some(Made::Alias);
    }
    if let Some(op) = ops().find(|op| op.kind == OpKind::SetTypeParams) {
        let parts = ops().find(|made| made.first == op.operands[0]).and_then(|made| match &made.kind {
            OpKind::MakeFunction(parts) => Some(parts.clone()),
            _ => None,
        });
        return Some(Made::Function(code_of(op.operands[0])?, parts?));
    }
    // The body of a class is the first function behind `__build_class__`.
    let mut behind = ops().skip_while(|op| op.kind != OpKind::LoadBuildClass);
    behind.find(|op| matches!(op.kind, OpKind::MakeFunction(_))).and_then(|op| code_of(op.first)).map(Made::Class)
}
