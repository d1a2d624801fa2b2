//! `def` and `class`.

use super::shaper::Shaper;
use crate::ast::{Body, Expr, ExprId, Keyword, Stmt, StmtId};
use crate::constant::{Constant, Name};
use crate::graph::{Op, OpKind, ValueId};
use crate::shape::trouble::Shaped;
use crate::unit::{Unit, UnitKind, Units};

impl Shaper<'_> {
    /// The definition whose value is bound to a name, with its decorators.
    pub(super) fn definition(&mut self, value: ValueId, name: &Name) -> Shaped<Option<Stmt>> {
        let Some((decorators, inner)) = self.decorated(value) else { return Ok(None) };
        let Some((op, _)) = self.flow.maker(inner) else { return Ok(None) };
        let op = op.clone();
        if let Some(stmt) = self.generic_definition(inner, name, &decorators)? {
            return Ok(Some(stmt));
        }
        if let OpKind::MakeFunction(parts) = &op.kind {
            let function = self.expressions().function(&op, parts)?;
            let decorators = self.exprs(&decorators)?;
            return Ok(Some(Stmt::FunctionDef { function, name: name.clone(), decorators, type_params: None }));
        }
        let decorators = self.exprs(&decorators)?;
        self.class(&op, name, decorators).map(Some)
    }

    /// The decorators around a definition, and it. None if there is none.
    fn decorated(&self, value: ValueId) -> Option<(Vec<ValueId>, ValueId)> {
        let mut decorators = Vec::new();
        let mut at = value;
        loop {
            let (op, _) = self.flow.maker(at)?;
            match (&op.kind, &op.operands[..]) {
                (OpKind::MakeFunction(_), _) => {
                    let kind = self.units.get(self.flow.function_code(at)?).kind;
                    return (kind == UnitKind::Function).then_some((decorators, at));
                }
                _ if self.is_class(op) || op.kind == OpKind::TypeAlias || self.generic_code(op).is_some() => {
                    return Some((decorators, at));
                }
                (OpKind::Call { positional: 1, keywords }, &[decorator, inner]) if keywords.is_empty() => {
                    decorators.push(decorator);
                    at = inner;
                }
                _ => return None,
            }
        }
    }

    pub(super) fn is_class(&self, op: &Op) -> bool {
        op.kind == OpKind::BuildClass
            || matches!(op.kind, OpKind::Call { .. } | OpKind::CallEx { .. })
                && self.flow.maker(op.operands[0]).is_some_and(|(op, _)| op.kind == OpKind::LoadBuildClass)
    }

    pub(super) fn class(&mut self, op: &Op, name: &Name, decorators: Vec<ExprId>) -> Shaped<Stmt> {
        let (function, bases, keywords) = match &op.kind {
            OpKind::Call { positional, keywords } => {
                let (args, values) = op.operands[1..].split_at((*positional as usize).min(op.operands.len() - 1));
                let [function, _, bases @ ..] = args else { return Err("a class without a name".to_owned()) };
                let bases = self.exprs(bases)?;
                let mut named = Vec::new();
                for (name, &value) in keywords.iter().zip(values) {
                    named.push(Keyword { arg: Some(name.clone()), value: self.expr(value)? });
                }
                (*function, bases, named)
            }
            OpKind::BuildClass => self.class_parts(op)?,
            _ => self.class_arguments(op)?,
        };
        let code = self.flow.function_code(function).ok_or("a class without a body")?;
        Ok(Stmt::ClassDef { code, name: name.clone(), bases, keywords, decorators, type_params: None })
    }

    /// The arguments of a class that has starred ones.
    fn class_arguments(&mut self, op: &Op) -> Shaped<(ValueId, Vec<ExprId>, Vec<Keyword>)> {
        let function = self.class_function(op.operands[1]).ok_or("a class without a body")?;
        let bases = self.class_bases(op.operands[1])?;
        let keywords = match op.operands.get(2) {
            Some(&value) => self.expressions().keywords(value, false)?,
            None => Vec::new(),
        };
        Ok((function, bases, keywords))
    }

    /// The function that is the first of positional arguments.
    fn class_function(&self, value: ValueId) -> Option<ValueId> {
        let (op, _) = self.flow.maker(value)?;
        if matches!(op.kind, OpKind::MakeFunction(_)) {
            return Some(value);
        }
        self.class_function(*op.operands.first()?)
    }

    fn class_bases(&mut self, value: ValueId) -> Shaped<Vec<ExprId>> {
        let Some((op, _)) = self.flow.maker(value) else { return Err("a class without arguments".to_owned()) };
        let op = op.clone();
        match op.kind {
            OpKind::ListToTuple => self.class_bases(op.operands[0]),
            OpKind::BuildUnpackWithCall(..) => {
                let mut bases = self.class_bases(op.operands[0])?;
                for &value in &op.operands[1..] {
                    bases.extend(self.expressions().arguments(value)?);
                }
                Ok(bases)
            }
            OpKind::Build(..) => {
                let mut bases = self.exprs(op.operands.get(2..).unwrap_or_default())?;
                for filler in self.flow.fillers.get(&self.flow.resolve(value)).cloned().unwrap_or_default() {
                    let filler = self.flow.op(filler).clone();
                    let inner = self.expr(filler.operands[1])?;
                    let starred = matches!(filler.kind, OpKind::ListExtend);
                    bases.push(if starred { self.body.expr(Expr::Starred(inner), filler.origin) } else { inner });
                }
                Ok(bases)
            }
            _ => Err("a class whose arguments are no tuple".to_owned()),
        }
    }
}

/// Drops the statements that the compiler adds to the body of a class; makes a docstring of what is bound to `__doc__` first.
pub(super) fn drop_what_compilers_add(body: &mut Body, stmts: &mut Vec<StmtId>, (unit, units): (&Unit, &Units)) {
    if unit.kind == UnitKind::Class {
        let added = |body: &Body, stmt: StmtId, name: &str| is_bound(body, stmt, name).is_some();
        for name in ["__module__", "__qualname__", "__firstlineno__", "__type_params__"] {
            if stmts.first().is_some_and(|&stmt| added(body, stmt, name)) {
                stmts.remove(0);
            }
        }
        if stmts.last().is_some_and(|&stmt| added(body, stmt, "__static_attributes__")) {
            stmts.pop();
        }
    }
    let is_told = units.compiler.docstring_flag.is_none_or(|flag| unit.has(flag));
    let Some(&first) = stmts.first().filter(|_| unit.kind != UnitKind::Interactive && is_told) else { return };
    if let Some(value) = is_bound(body, first, "__doc__") {
        if matches!(body.get_expr(value), Expr::Constant(Constant::Str(_) | Constant::Unicode(_))) {
            *body.get_stmt_mut(first) = Stmt::Expr(value);
        }
    }
}

/// What a statement binds to a name, if it does nothing else.
fn is_bound(body: &Body, stmt: StmtId, name: &str) -> Option<ExprId> {
    let Stmt::Assign { targets, value } = body.get_stmt(stmt) else { return None };
    let &[target] = &targets[..] else { return None };
    matches!(body.get_expr(target), Expr::Name(bound) if &**bound == name).then_some(*value)
}
