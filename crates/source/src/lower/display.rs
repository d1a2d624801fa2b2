//! Displays: tuples, lists, sets, dicts.

use super::{Lowered, Lowerer};
use crate::ast::{Expr, ExprId};
use crate::graph::{BuildKind, OpKind};

/// How many places of the stack a display may take before it is grown item by item (`STACK_USE_GUIDELINE`, 3.10+).
pub(super) const LARGE: usize = 30;

impl Lowerer<'_> {
    pub(super) fn sequence(&mut self, kind: BuildKind, items: &[ExprId]) -> Lowered {
        if self.units.compiler.grows_late {
            return self.late_items(kind, items);
        }
        self.star_items(kind, 0, items, false)
    }

    /// Builds a container of values that are on the stack already, so many, and of items (`starunpack_helper` in CPython's
    /// `compile.c`).
    pub(super) fn star_items(&mut self, kind: BuildKind, pushed: usize, items: &[ExprId], is_call: bool) -> Lowered {
        let body = self.body;
        let is_starred = |&id: &ExprId| matches!(body.get_expr(id), Expr::Starred(_));
        let is_constant = |&id: &ExprId| matches!(body.get_expr(id), Expr::Constant(_));
        // Constants alone become one; from 3.14 on that is done later, and for tuples alone.
        let is_one = (kind == BuildKind::Tuple || !self.since(14)) && items.iter().all(is_constant);
        let is_large = self.since(10) && items.len() + pushed > LARGE && !is_one;
        if !items.iter().any(is_starred) && !is_large {
            self.exprs(items)?;
            self.push_op(OpKind::Build(kind, (items.len() + pushed) as u32), items.len() + pushed);
            return Ok(());
        }
        if !self.since(9) {
            return self.star_items_3_8(kind, pushed, items, is_call);
        }
        let grown = if kind == BuildKind::Set { BuildKind::Set } else { BuildKind::List };
        let (add, extend) = match grown {
            BuildKind::Set => (OpKind::SetAdd, OpKind::SetUpdate),
            _ => (OpKind::ListAppend, OpKind::ListExtend),
        };
        let mut is_built = is_large;
        if is_large {
            self.push_op(OpKind::Build(grown, pushed as u32), pushed);
        }
        for (index, &item) in items.iter().enumerate() {
            if let Expr::Starred(value) = body.get_expr(item) {
                if !is_built {
                    self.push_op(OpKind::Build(grown, (index + pushed) as u32), index + pushed);
                    is_built = true;
                }
                self.expr(*value)?;
                self.grow(extend.clone());
            } else {
                self.expr(item)?;
                if is_built {
                    self.grow(add.clone());
                }
            }
        }
        if kind == BuildKind::Tuple {
            self.push_op(OpKind::ListToTuple, 1);
        }
        Ok(())
    }

    /// Adds the value on top to the container below it.
    pub(super) fn grow(&mut self, kind: OpKind) {
        let value = self.pop();
        let container = self.peek(1);
        self.op(kind, vec![container, value]);
    }

    /// Up to 3.8: a tuple of the items between starred ones, then one of them all.
    fn star_items_3_8(&mut self, kind: BuildKind, pushed: usize, items: &[ExprId], is_call: bool) -> Lowered {
        let body = self.body;
        let (mut plain, mut parts) = (pushed, 0);
        let group = if kind == BuildKind::Set { BuildKind::Set } else { BuildKind::Tuple };
        for &item in items {
            if let Expr::Starred(value) = body.get_expr(item) {
                if plain > 0 {
                    self.push_op(OpKind::Build(group, plain as u32), plain);
                    parts += 1;
                }
                plain = 0;
                self.expr(*value)?;
                parts += 1;
            } else {
                self.expr(item)?;
                plain += 1;
            }
        }
        if plain > 0 {
            self.push_op(OpKind::Build(group, plain as u32), plain);
            parts += 1;
        }
        let unpack = if is_call { OpKind::BuildUnpackWithCall } else { OpKind::BuildUnpack };
        if !is_call || parts > 1 {
            self.push_op(unpack(kind, parts), parts as usize);
        }
        Ok(())
    }

    pub(super) fn dict(&mut self, items: &[(Option<ExprId>, ExprId)]) -> Lowered {
        if self.is_python2() {
            return self.old_dict(items);
        }
        if !self.since(9) {
            return self.dict_3_8(items);
        }
        let (mut has_dict, mut from) = (false, 0);
        for (index, &(key, value)) in items.iter().enumerate() {
            if key.is_none() {
                if from < index {
                    self.pairs(&items[from..index], &mut has_dict)?;
                }
                from = index + 1;
                if !has_dict {
                    self.push_op(OpKind::Build(BuildKind::Dict, 0), 0);
                    has_dict = true;
                }
                self.expr(value)?;
                self.grow(OpKind::DictUpdate);
            } else if self.since(10) && !self.units.compiler.grows_late && (index - from) * 2 > LARGE {
                self.pairs(&items[from..=index], &mut has_dict)?;
                from = index + 1;
            }
        }
        if from < items.len() {
            self.pairs(&items[from..], &mut has_dict)?;
        }
        if !has_dict {
            self.push_op(OpKind::Build(BuildKind::Dict, 0), 0);
        }
        Ok(())
    }

    /// A dict of pairs, which goes into the one before if there is one.
    fn pairs(&mut self, items: &[(Option<ExprId>, ExprId)], has_dict: &mut bool) -> Lowered {
        let is_large = match self.units.compiler.grows_late {
            true => self.is_late_dict(items),
            false => self.since(10) && items.len() * 2 > LARGE,
        };
        if is_large {
            self.push_op(OpKind::Build(BuildKind::Dict, 0), 0);
        }
        for &(key, value) in items {
            key.iter().try_for_each(|&key| self.expr(key))?;
            self.expr(value)?;
            if is_large {
                let (value, key) = (self.pop(), self.pop());
                let dict = self.peek(1);
                self.op(OpKind::MapAdd, vec![dict, key, value]);
            }
        }
        if !is_large {
            self.push_op(OpKind::Build(BuildKind::Dict, items.len() as u32), items.len() * 2);
        }
        if *has_dict {
            self.grow(OpKind::DictUpdate);
        }
        *has_dict = true;
        Ok(())
    }

    fn dict_3_8(&mut self, items: &[(Option<ExprId>, ExprId)]) -> Lowered {
        let (mut at, mut dicts) = (0, 0);
        let has_star = items.iter().any(|(key, _)| key.is_none());
        while at < items.len() {
            let pairs = items[at..].iter().take_while(|(key, _)| key.is_some()).count();
            if pairs > 0 {
                self.pairs(&items[at..at + pairs], &mut false)?;
            } else {
                self.expr(items[at].1)?;
            }
            at += pairs.max(1);
            dicts += 1;
        }
        match (dicts, has_star) {
            (0, _) => self.push_op(OpKind::Build(BuildKind::Dict, 0), 0),
            (_, true) => self.push_op(OpKind::BuildUnpack(BuildKind::Dict, dicts), dicts as usize),
            _ => {}
        }
        Ok(())
    }
}
