//! Displays and calls as PyPy builds them: all at once up to 100 items or 50 arguments, one by one beyond that
//! (`_visit_starunpack`, `visit_Dict`, `CallCodeGenerator` in PyPy's `astcompiler/codegen.py`).

use std::collections::HashSet;

use super::{Lowered, Lowerer, Stop};
use crate::ast::{Expr, ExprId, Keyword};
use crate::constant::{Constant, Name};
use crate::graph::{BuildKind, OpKind};

/// `MAX_STACKDEPTH_CONTAINERS`, and half of it for calls.
const MOST_ITEMS: usize = 100;
const MOST_ARGUMENTS: usize = MOST_ITEMS / 2;

impl Lowerer<'_> {
    /// A tuple, list or set.
    pub(super) fn late_items(&mut self, kind: BuildKind, items: &[ExprId]) -> Lowered {
        let body = self.body;
        let is_starred = |&id: &ExprId| matches!(body.get_expr(id), Expr::Starred(_));
        let is_constant = |&id: &ExprId| matches!(body.get_expr(id), Expr::Constant(_));
        if items.iter().any(is_starred) {
            return self.late_starred(kind, items);
        }
        let is_one = kind == BuildKind::Tuple && items.iter().all(is_constant);
        if items.len() <= MOST_ITEMS || is_one {
            self.exprs(items)?;
            self.push_op(OpKind::Build(kind, items.len() as u32), items.len());
            return Ok(());
        }
        let (grown, add, _) = growth(kind);
        self.push_op(OpKind::Build(grown, 0), 0);
        for &item in items {
            self.expr(item)?;
            self.grow(add.clone());
        }
        if kind == BuildKind::Tuple {
            self.push_op(OpKind::ListToTuple, 1);
        }
        Ok(())
    }

    /// With starred items, constants that stand together between them are one starred item, but in sets.
    fn late_starred(&mut self, kind: BuildKind, items: &[ExprId]) -> Lowered {
        let body = self.body;
        let is_starred = |&id: &ExprId| matches!(body.get_expr(id), Expr::Starred(_));
        let (grown, add, extend) = growth(kind);
        let (mut is_built, mut from) = (false, 0);
        while from < items.len() {
            let run = items[from..].iter().take_while(|item| !is_starred(item)).count();
            let (plain, star) = (&items[from..from + run], items.get(from + run));
            match (self.constants(plain).filter(|_| kind != BuildKind::Set && run > 0), is_built) {
                (Some(constants), true) => {
                    self.push_constant(Constant::Tuple(constants.into()));
                    self.grow(extend.clone());
                }
                (_, true) => {
                    for &item in plain {
                        self.expr(item)?;
                        self.grow(add.clone());
                    }
                }
                (_, false) => {
                    self.exprs(plain)?;
                    self.push_op(OpKind::Build(grown, run as u32), run);
                    is_built = true;
                }
            }
            if let Some(Expr::Starred(value)) = star.map(|&star| body.get_expr(star)) {
                self.expr(*value)?;
                self.grow(extend.clone());
            }
            from += run + 1;
        }
        if kind == BuildKind::Tuple {
            self.push_op(OpKind::ListToTuple, 1);
        }
        Ok(())
    }

    /// The items, if all are constants.
    fn constants(&self, items: &[ExprId]) -> Option<Vec<Constant>> {
        let constant = |&item: &ExprId| match self.body.get_expr(item) {
            Expr::Constant(constant) => Some(constant.clone()),
            _ => None,
        };
        items.iter().map(constant).collect()
    }

    /// Whether a dict is grown entry by entry.
    pub(super) fn is_late_dict(&self, items: &[(Option<ExprId>, ExprId)]) -> bool {
        self.units.compiler.grows_late && items.len() > MOST_ITEMS && items.iter().all(|(key, _)| key.is_some())
    }

    /// Calls what is on the stack, with so many arguments above it already.
    pub(super) fn late_call(&mut self, pushed: usize, args: &[ExprId], keywords: &[Keyword]) -> Lowered {
        let body = self.body;
        let starred = |&arg: &ExprId| match body.get_expr(arg) {
            Expr::Starred(value) => Some(*value),
            _ => None,
        };
        let mut is_tuple = true;
        if let ([Some(only)], 0) = (&args.iter().map(starred).collect::<Vec<_>>()[..], pushed) {
            self.expr(*only)?;
        } else {
            is_tuple = self.late_arguments(pushed, args)?;
        }
        let has_mapping = keywords.iter().any(|keyword| keyword.arg.is_none());
        let count = pushed + args.len();
        if !is_tuple && (has_mapping || keywords.len() > MOST_ARGUMENTS) {
            match count {
                0 => self.push_constant(Constant::Tuple([].into())),
                _ => self.push_op(OpKind::Build(BuildKind::Tuple, count as u32), count),
            }
            is_tuple = true;
        }
        if is_tuple {
            if !keywords.is_empty() {
                self.late_keywords(keywords)?;
            }
            let has_keywords = !keywords.is_empty();
            self.push_op(OpKind::CallEx { keywords: has_keywords }, 2 + usize::from(has_keywords));
            return Ok(());
        }
        keywords.iter().try_for_each(|keyword| self.expr(keyword.value))?;
        let names: Vec<Name> = keywords.iter().filter_map(|keyword| keyword.arg.clone()).collect();
        self.push_op(OpKind::Call { positional: count as u32, keywords: names }, 1 + count + keywords.len());
        Ok(())
    }

    /// Positional arguments: whether a tuple was made of them.
    fn late_arguments(&mut self, pushed: usize, args: &[ExprId]) -> Result<bool, Stop> {
        let body = self.body;
        let (mut waiting, mut is_built) = (pushed, false);
        for &arg in args {
            let starred = match body.get_expr(arg) {
                Expr::Starred(value) => Some(*value),
                _ => None,
            };
            if !is_built && (starred.is_some() || waiting >= MOST_ARGUMENTS) {
                self.push_op(OpKind::Build(BuildKind::List, waiting as u32), waiting);
                is_built = true;
            }
            self.expr(starred.unwrap_or(arg))?;
            match (is_built, starred) {
                (_, Some(_)) => self.grow(OpKind::ListExtend),
                (true, None) => self.grow(OpKind::ListAppend),
                (false, None) => waiting += 1,
            }
        }
        if is_built {
            self.push_op(OpKind::ListToTuple, 1);
        }
        Ok(is_built)
    }

    /// A dict of keyword arguments, or a mapping that is the only one of them.
    fn late_keywords(&mut self, keywords: &[Keyword]) -> Lowered {
        if let [Keyword { arg: None, value }] = keywords {
            return self.expr(*value);
        }
        self.keywords(keywords, MOST_ARGUMENTS + 1)
    }

    /// Whether no tuple is made to bind so many values to targets: for names however many, for others up to three.
    pub(super) fn binds_without_tuple(&self, targets: &[ExprId], count: usize) -> bool {
        let body = self.body;
        let is_starred = |&id: &ExprId| matches!(body.get_expr(id), Expr::Starred(_));
        let are_names = targets.iter().all(|&id| matches!(body.get_expr(id), Expr::Name(_)));
        count > 0 && targets.len() == count && (are_names || count <= 3) && !targets.iter().any(is_starred)
    }

    /// `a, b = x, y`: names are bound from the last on, however many they are; one that comes twice is bound once.
    pub(super) fn bind_last_first(&mut self, targets: &[ExprId], values: &[ExprId]) -> Result<bool, Stop> {
        let body = self.body;
        let is_starred = |&id: &ExprId| matches!(body.get_expr(id), Expr::Starred(_));
        let are_names = targets.iter().all(|&id| matches!(body.get_expr(id), Expr::Name(_)));
        if !self.binds_without_tuple(targets, values.len()) || values.iter().any(is_starred) {
            return Ok(false);
        }
        self.exprs(values)?;
        if !are_names {
            let from = self.stack.len().saturating_sub(values.len());
            self.stack[from..].reverse();
            targets.iter().try_for_each(|&target| self.store(target))?;
            return Ok(true);
        }
        let mut bound: HashSet<&Name> = HashSet::new();
        for &target in targets.iter().rev() {
            match body.get_expr(target) {
                Expr::Name(name) if bound.insert(name) => self.store(target)?,
                _ => _ = self.pop(),
            }
        }
        Ok(true)
    }
}

/// What grows, by which operation for an item, by which for the items of one.
fn growth(kind: BuildKind) -> (BuildKind, OpKind, OpKind) {
    match kind {
        BuildKind::Set => (BuildKind::Set, OpKind::SetAdd, OpKind::SetUpdate),
        _ => (BuildKind::List, OpKind::ListAppend, OpKind::ListExtend),
    }
}
