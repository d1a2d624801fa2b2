//! Calls, and what is awaited.

use super::Expressions;
use crate::ast::{Expr, ExprId, Keyword};
use crate::constant::Name;
use crate::graph::{BuildKind, Op, OpKind, Origin, ValueId};
use crate::shape::trouble::Shaped;
use crate::unit::UnitKind;

impl Expressions<'_, '_> {
    pub(super) fn call(&mut self, op: &Op, positional: u32, names: &[Name]) -> Shaped<ExprId> {
        if let Some(comprehension) = self.own_comprehension(op)? {
            return Ok(comprehension);
        }
        let func = self.expr(op.operands[0])?;
        let (args, values) = op.operands[1..].split_at((positional as usize).min(op.operands.len() - 1));
        let args = self.exprs(args)?;
        let mut keywords = Vec::new();
        for (name, &value) in names.iter().zip(values) {
            keywords.push(Keyword { arg: Some(name.clone()), value: self.expr(value)? });
        }
        Ok(self.body.expr(Expr::Call { func, args, keywords }, op.origin))
    }

    pub(super) fn call_unpacked(&mut self, op: &Op, has_keywords: bool) -> Shaped<ExprId> {
        let func = self.expr(op.operands[0])?;
        // Arguments that are all told here would need no such call, but for `*(…)`.
        let is_built = match self.flow.maker(op.operands[1]) {
            Some((made, _)) => matches!(made.kind, OpKind::Build(BuildKind::Tuple, _)),
            None => self.flow.constant(op.operands[1]).is_some(),
        };
        let args = if is_built && !has_keywords {
            let all = self.expr(op.operands[1])?;
            vec![self.body.expr(Expr::Starred(all), Origin::None)]
        } else {
            self.arguments(op.operands[1])?
        };
        let keywords = match op.operands.get(2) {
            Some(&value) if has_keywords => {
                let is_starred = |&arg: &ExprId| matches!(self.body.get_expr(arg), Expr::Starred(_));
                let has_star = args.iter().any(is_starred);
                let is_spread = match self.units.compiler.grows_late {
                    true => self.is_spread(value, has_star),
                    false => !self.units.since(3, 9) && !has_star,
                };
                self.keywords(value, is_spread)?
            }
            _ => Vec::new(),
        };
        Ok(self.body.expr(Expr::Call { func, args, keywords }, op.origin))
    }

    /// A comprehension or generator expression that is a code object of its own, called with its first iterator.
    fn own_comprehension(&mut self, op: &Op) -> Shaped<Option<ExprId>> {
        let &[function, iterator] = &op.operands[..] else { return Ok(None) };
        let Some(code) = self.flow.function_code(function) else { return Ok(None) };
        if !self.units.get(code).kind.is_comprehension() {
            return Ok(None);
        }
        // From 3.15 on it is called with what that is of.
        let iter = if self.units.since(3, 15) { self.expr(iterator)? } else { self.iterated(iterator)? };
        Ok(Some(self.body.expr(Expr::OwnComp { code, iter }, op.origin)))
    }

    /// `await value`. A comprehension that is asynchronous is awaited without being said so.
    pub(super) fn awaited(&mut self, op: &Op) -> Shaped<ExprId> {
        let value = op.operands[0];
        if let Some((call, _)) = self.flow.maker(value) {
            if let (OpKind::Call { positional: 1, .. }, Some(&function)) = (&call.kind, call.operands.first()) {
                let code = self.flow.function_code(function).map(|code| self.units.get(code));
                if code.is_some_and(|unit| unit.kind.is_comprehension() && unit.kind != UnitKind::GeneratorExp) {
                    return self.expr(value);
                }
            }
        }
        let value = self.expr(value)?;
        Ok(self.body.expr(Expr::Await(value), op.origin))
    }

    /// The positional arguments of a call that has starred ones.
    pub(in crate::shape) fn arguments(&mut self, value: ValueId) -> Shaped<Vec<ExprId>> {
        if let Some((op, _)) = self.flow.maker(value) {
            if matches!(
                op.kind,
                OpKind::ListToTuple | OpKind::BuildUnpackWithCall(..) | OpKind::Build(BuildKind::Tuple, _)
            ) {
                if let Some(items) = self.items(value)? {
                    return Ok(items);
                }
            }
        }
        self.spread(value)
    }

    /// Whether a dict of keyword arguments is a mapping of its own, as PyPy passes it on: what it merges is written as keywords.
    fn is_spread(&self, value: ValueId, has_star: bool) -> bool {
        let fillers = self.flow.fillers.get(&self.flow.resolve(value)).map_or(&[][..], Vec::as_slice);
        let by = |kind: OpKind| fillers.iter().any(|&filler| self.flow.op(filler).kind == kind);
        !by(OpKind::DictMerge) && (by(OpKind::DictUpdate) || !has_star)
    }

    /// The keyword arguments of a call that has `**`.
    /// `is_spread`: a dict that is built here is `**{…}`, as arguments by name would not need one.
    pub(in crate::shape) fn keywords(&mut self, value: ValueId, is_spread: bool) -> Shaped<Vec<Keyword>> {
        let spread = match self.flow.maker(value) {
            Some((Op { kind: OpKind::BuildUnpackWithCall(BuildKind::Dict, _), operands, .. }, _)) => {
                Some(operands.clone())
            }
            _ => None,
        };
        let entries = match spread {
            Some(operands) => {
                let mut entries = Vec::new();
                for value in operands {
                    entries.extend(self.keyword_entries(value)?);
                }
                entries
            }
            None if is_spread => vec![(None, self.expr(value)?)],
            None => self.keyword_entries(value)?,
        };
        let mut keywords = Vec::new();
        for (key, value) in entries {
            let arg = match key {
                Some(key) => Some(self.text(key).ok_or("a keyword is no text")?),
                None => None,
            };
            keywords.push(Keyword { arg, value });
        }
        Ok(keywords)
    }

    /// A call with starred arguments.
    pub(in crate::shape) fn call_star(
        &mut self,
        op: &Op,
        (positional, names): (u32, &[Name]),
        (star, star_star): (bool, bool),
    ) -> Shaped<ExprId> {
        let func = self.expr(op.operands[0])?;
        let values = self.exprs(&op.operands[1..])?;
        let mut values = values.into_iter();
        let mut args: Vec<ExprId> = values.by_ref().take(positional as usize).collect();
        let mut keywords: Vec<Keyword> = names
            .iter()
            .cloned()
            .zip(values.by_ref())
            .map(|(name, value)| Keyword { arg: Some(name), value })
            .collect();
        if let Some(value) = if star { values.next() } else { None } {
            args.push(self.body.expr(Expr::Starred(value), Origin::None));
        }
        if star_star {
            keywords.extend(values.next().map(|value| Keyword { arg: None, value }));
        }
        Ok(self.body.expr(Expr::Call { func, args, keywords }, op.origin))
    }
}
