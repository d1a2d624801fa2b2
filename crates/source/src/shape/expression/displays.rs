//! What is built of parts: displays and slices.

use super::Expressions;
use crate::ast::{Expr, ExprId};
use crate::constant::{Constant, Name};
use crate::graph::{Bounds, BuildKind, Op, OpKind, Origin, ValueId};
use crate::name::{Grammar, is_identifier};
use crate::shape::trouble::Shaped;

/// The entries of a dict display: key and value; no key for `**value`.
type Entries = Vec<(Option<ExprId>, ExprId)>;

impl Expressions<'_, '_> {
    /// A list, tuple, set, dict, f-string or slice.
    pub(in crate::shape) fn display(&mut self, op: &Op, kind: BuildKind, value: ValueId) -> Shaped<ExprId> {
        let expr = match kind {
            BuildKind::Tuple => Expr::Tuple(self.exprs(&op.operands)?),
            BuildKind::List => Expr::List(self.items(value)?.ok_or("a list is no list")?),
            BuildKind::Set => Expr::Set(self.items(value)?.ok_or("a set is no set")?),
            BuildKind::Dict => Expr::Dict(self.entries(value)?.ok_or("a dict is no dict")?),
            BuildKind::String => Expr::JoinedStr(self.format_parts(&op.operands)?),
            BuildKind::Slice => self.slice(&op.operands)?,
        };
        Ok(self.body.expr(expr, op.origin))
    }

    fn slice(&mut self, operands: &[ValueId]) -> Shaped<Expr> {
        let mut parts = [None; 3];
        for (part, &value) in parts.iter_mut().zip(operands) {
            if self.flow.constant(value) != Some(&Constant::None) {
                *part = Some(self.expr(value)?);
            }
        }
        let [lower, upper, mut step] = parts;
        if operands.len() == 3 && step.is_none() {
            step = Some(self.constant(Constant::None));
        }
        Ok(Expr::Slice { lower, upper, step })
    }

    /// What is built of containers (up to 3.8).
    pub(in crate::shape) fn unpacked_display(&mut self, op: &Op, kind: BuildKind) -> Shaped<ExprId> {
        let expr = match kind {
            BuildKind::Dict => {
                let mut entries = Vec::new();
                for &value in &op.operands {
                    entries.extend(self.spread_entries(value)?);
                }
                Expr::Dict(entries)
            }
            _ => {
                let mut items = Vec::new();
                for &value in &op.operands {
                    items.extend(self.spread(value)?);
                }
                match kind {
                    BuildKind::List => Expr::List(items),
                    BuildKind::Set => Expr::Set(items),
                    _ => Expr::Tuple(items),
                }
            }
        };
        Ok(self.body.expr(expr, op.origin))
    }

    /// The items of a tuple, list or set that is built here; none if it is made otherwise.
    pub(in crate::shape) fn items(&mut self, value: ValueId) -> Shaped<Option<Vec<ExprId>>> {
        let value = self.flow.resolve(value);
        if let Some(Constant::Tuple(items)) = self.flow.constant(value) {
            let items = items.clone();
            return Ok(Some(items.iter().map(|item| self.constant(item.clone())).collect()));
        }
        if self.flow.comprehensions.contains_key(&value) {
            return Ok(None);
        }
        let Some((op, _)) = self.flow.maker(value) else { return Ok(None) };
        let op = op.clone();
        match op.kind {
            OpKind::Build(BuildKind::Tuple | BuildKind::List | BuildKind::Set, _) => {}
            OpKind::ListToTuple => return self.items(op.operands[0]),
            OpKind::BuildUnpack(BuildKind::Tuple, _) | OpKind::BuildUnpackWithCall(BuildKind::Tuple, _) => {
                let mut items = Vec::new();
                for &value in &op.operands {
                    items.extend(self.spread(value)?);
                }
                return Ok(Some(items));
            }
            _ => return Ok(None),
        }
        let mut items = self.exprs(&op.operands)?;
        for filler in self.flow.fillers.get(&value).cloned().unwrap_or_default() {
            let filler = self.flow.op(filler).clone();
            match filler.kind {
                OpKind::ListAppend | OpKind::SetAdd => items.push(self.expr(filler.operands[1])?),
                _ => {
                    let inner = self.expr(filler.operands[1])?;
                    items.push(self.body.expr(Expr::Starred(inner), filler.origin));
                }
            }
        }
        Ok(Some(items))
    }

    /// The items of a tuple amid others, or `*value`.
    pub(super) fn spread(&mut self, value: ValueId) -> Shaped<Vec<ExprId>> {
        let is_tuple = matches!(self.flow.constant(value), Some(Constant::Tuple(_)))
            || self.flow.maker(value).is_some_and(|(op, _)| matches!(op.kind, OpKind::Build(BuildKind::Tuple, _)));
        if is_tuple {
            if let Some(items) = self.items(value)? {
                return Ok(items);
            }
        }
        let inner = self.expr(value)?;
        Ok(vec![self.body.expr(Expr::Starred(inner), Origin::None)])
    }

    /// The entries of a dict that is built here; none if it is made otherwise.
    fn entries(&mut self, value: ValueId) -> Shaped<Option<Entries>> {
        let value = self.flow.resolve(value);
        if self.flow.comprehensions.contains_key(&value) {
            return Ok(None);
        }
        let Some((Op { kind: OpKind::Build(BuildKind::Dict, _), operands, .. }, _)) = self.flow.maker(value) else {
            return Ok(None);
        };
        let mut entries = Vec::new();
        for pair in operands.clone().chunks(2) {
            let &[key, value] = pair else { return Err("a dict has a key without a value".to_owned()) };
            entries.push((Some(self.expr(key)?), self.expr(value)?));
        }
        for filler in self.flow.fillers.get(&value).cloned().unwrap_or_default() {
            let filler = self.flow.op(filler).clone();
            match filler.kind {
                OpKind::MapAdd => entries.push((Some(self.expr(filler.operands[1])?), self.expr(filler.operands[2])?)),
                // What is merged into an empty dict is `**{…}`, whatever it holds.
                OpKind::DictMerge if entries.is_empty() => entries.push((None, self.expr(filler.operands[1])?)),
                OpKind::DictMerge => entries.extend(self.keyword_entries(filler.operands[1])?),
                _ => entries.extend(self.spread_entries(filler.operands[1])?),
            }
        }
        Ok(Some(entries))
    }

    /// The entries of a dict amid others, or `**value`.
    fn spread_entries(&mut self, value: ValueId) -> Shaped<Vec<(Option<ExprId>, ExprId)>> {
        if !self.flow.fillers.contains_key(&self.flow.resolve(value)) {
            if let Some(entries) = self.entries(value)?.filter(|entries| !entries.is_empty()) {
                return Ok(entries);
            }
        }
        Ok(vec![(None, self.expr(value)?)])
    }

    /// The entries of a dict of keyword arguments, if all its keys are texts, or `**value`.
    pub(super) fn keyword_entries(&mut self, value: ValueId) -> Shaped<Vec<(Option<ExprId>, ExprId)>> {
        let entries = self.entries(value)?.filter(|entries| !entries.is_empty());
        match entries {
            Some(entries) if entries.iter().all(|(key, _)| key.is_none_or(|key| self.is_keyword(key))) => Ok(entries),
            _ => Ok(vec![(None, self.expr(value)?)]),
        }
    }

    /// Whether a text can name an argument.
    fn is_keyword(&self, expr: ExprId) -> bool {
        self.text(expr).is_some_and(|text| is_identifier(&text, Grammar::Python3))
    }

    /// Values by name: keyword-only defaults, annotations.
    pub(in crate::shape) fn named_values(&mut self, value: ValueId) -> Shaped<Vec<(Name, ExprId)>> {
        let pairs: Vec<(ExprId, ExprId)> = match self.entries(value)? {
            Some(entries) => entries.into_iter().filter_map(|(key, value)| Some((key?, value))).collect(),
            None => {
                let items = self.items(value)?.ok_or("names have no values")?;
                items.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
            }
        };
        let mut named = Vec::new();
        for (key, value) in pairs {
            let name = self.text(key).ok_or("a name is no text")?;
            named.push((name, value));
        }
        Ok(named)
    }

    pub(super) fn text(&self, expr: ExprId) -> Option<Name> {
        match self.body.get_expr(expr) {
            Expr::Constant(Constant::Str(text)) => std::str::from_utf8(text).ok().map(Into::into),
            _ => None,
        }
    }

    /// `container[lower:upper]`, whose operands begin with one of this index.
    pub(in crate::shape) fn bounded(&mut self, op: &Op, first: usize, bounds: Bounds) -> Shaped<ExprId> {
        let operands = self.exprs(&op.operands[first..])?;
        let mut operands = operands.into_iter();
        let value = operands.next().ok_or("a slice of nothing")?;
        let lower = if bounds.lower { operands.next() } else { None };
        let upper = if bounds.upper { operands.next() } else { None };
        let slice = self.body.expr(Expr::Slice { lower, upper, step: None }, Origin::None);
        Ok(self.body.expr(Expr::Subscript { value, slice }, op.origin))
    }
}
