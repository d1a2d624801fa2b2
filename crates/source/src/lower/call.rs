//! Calls and attributes.

use super::display::LARGE;
use super::{Label, Lowered, Lowerer};
use crate::ast::{Expr, ExprId, Keyword};
use crate::constant::{Constant, Name};
use crate::graph::{BuildKind, OpKind};

impl Lowerer<'_> {
    pub(super) fn call(&mut self, func: ExprId, args: &[ExprId], keywords: &[Keyword]) -> Lowered {
        self.expr(func)?;
        if self.is_python2() {
            return self.old_call(args, keywords);
        }
        if let Some(name) = self.builtin_of(func, args, keywords) {
            let mut end = Label::default();
            self.builtin_loop(name, args[0], &mut end)?;
            self.call_with((0, false), args, keywords)?;
            self.place(&mut end);
            return Ok(());
        }
        let is_method = matches!(self.body.get_expr(func), Expr::Attribute { .. });
        self.call_with((0, is_method), args, keywords)
    }

    /// Whether arguments take more of the stack than compilers want (`STACK_USE_GUIDELINE`, 3.10+).
    fn is_large(&self, is_method: bool, args: &[ExprId], keywords: &[Keyword]) -> bool {
        if is_method && self.since(11) && args.len() + keywords.len() + usize::from(!keywords.is_empty()) < LARGE {
            return false;
        }
        self.since(10) && args.len() + keywords.len() * 2 > LARGE
    }

    /// Calls what is on the stack, with so many arguments above it already, which may be a method.
    pub(super) fn call_with(
        &mut self,
        (pushed, is_method): (usize, bool),
        args: &[ExprId],
        keywords: &[Keyword],
    ) -> Lowered {
        if self.units.compiler.grows_late {
            return self.late_call(pushed, args, keywords);
        }
        let body = self.body;
        let has_star = args.iter().any(|&arg| matches!(body.get_expr(arg), Expr::Starred(_)));
        if has_star || keywords.iter().any(|keyword| keyword.arg.is_none()) || self.is_large(is_method, args, keywords)
        {
            return self.call_unpacked(pushed, args, keywords);
        }
        self.exprs(args)?;
        keywords.iter().try_for_each(|keyword| self.expr(keyword.value))?;
        let names: Vec<Name> = keywords.iter().filter_map(|keyword| keyword.arg.clone()).collect();
        let positional = pushed + args.len();
        self.push_op(OpKind::Call { positional: positional as u32, keywords: names }, 1 + positional + keywords.len());
        Ok(())
    }

    fn call_unpacked(&mut self, pushed: usize, args: &[ExprId], keywords: &[Keyword]) -> Lowered {
        let body = self.body;
        match args {
            [only] if pushed == 0 => match body.get_expr(*only) {
                Expr::Starred(value) => self.expr(*value)?,
                _ => self.star_items(BuildKind::Tuple, pushed, args, true)?,
            },
            [] if pushed == 0 => self.push_constant(Constant::Tuple([].into())),
            _ => self.star_items(BuildKind::Tuple, pushed, args, true)?,
        }
        if !keywords.is_empty() {
            if self.since(9) { self.keywords(keywords, usize::MAX)? } else { self.keywords_3_8(keywords)? }
        }
        let count = 2 + usize::from(!keywords.is_empty());
        self.push_op(OpKind::CallEx { keywords: !keywords.is_empty() }, count);
        Ok(())
    }

    /// A dict of keyword arguments, grown in the order of writing (3.9+), at the most so many named ones at once.
    pub(super) fn keywords(&mut self, keywords: &[Keyword], most: usize) -> Lowered {
        let mut has_dict = false;
        let mut at = 0;
        while at < keywords.len() {
            let named = keywords[at..].iter().take_while(|keyword| keyword.arg.is_some()).count();
            if named > 0 {
                let named = named.min(most);
                self.named(&keywords[at..at + named])?;
                at += named;
            } else {
                if !has_dict {
                    self.push_op(OpKind::Build(BuildKind::Dict, 0), 0);
                    has_dict = true;
                }
                self.expr(keywords[at].value)?;
                at += 1;
            }
            if has_dict {
                self.grow(OpKind::DictMerge);
            }
            has_dict = true;
        }
        Ok(())
    }

    /// The same up to 3.8: all dicts first, then one of them all.
    fn keywords_3_8(&mut self, keywords: &[Keyword]) -> Lowered {
        let (mut at, mut dicts) = (0, 0);
        while at < keywords.len() {
            let named = keywords[at..].iter().take_while(|keyword| keyword.arg.is_some()).count();
            if named > 0 {
                self.named(&keywords[at..at + named])?;
            } else {
                self.expr(keywords[at].value)?;
            }
            at += named.max(1);
            dicts += 1;
        }
        if dicts > 1 {
            self.push_op(OpKind::BuildUnpackWithCall(BuildKind::Dict, dicts), dicts as usize);
        }
        Ok(())
    }

    /// A dict of named arguments.
    pub(super) fn named(&mut self, keywords: &[Keyword]) -> Lowered {
        let is_large = self.since(10) && !self.units.compiler.grows_late && keywords.len() * 2 > LARGE;
        if is_large {
            self.push_op(OpKind::Build(BuildKind::Dict, 0), 0);
        }
        for keyword in keywords {
            let name = self.graph.constant(Constant::text(keyword.arg.as_deref().unwrap_or_default()));
            if !is_large {
                self.push(name);
            }
            self.expr(keyword.value)?;
            if is_large {
                let (value, dict) = (self.pop(), self.peek(1));
                self.op(OpKind::MapAdd, vec![dict, name, value]);
            }
        }
        if is_large {
            return Ok(());
        }
        self.push_op(OpKind::Build(BuildKind::Dict, keywords.len() as u32), keywords.len() * 2);
        Ok(())
    }

    pub(super) fn attribute(&mut self, value: ExprId, attr: &Name) -> Lowered {
        if self.super_attribute(value, attr)? {
            return Ok(());
        }
        self.expr(value)?;
        self.push_op(OpKind::LoadAttr(attr.clone()), 1);
        Ok(())
    }

    /// `super().attr` and `super(class, self).attr` are one operation from 3.12 on, if `super` is the builtin as far as the compiler
    /// sees (`can_optimize_super_call` in CPython's `compile.c`).
    fn super_attribute(&mut self, value: ExprId, attr: &Name) -> Result<bool, super::Stop> {
        let body = self.body;
        let Expr::Call { func, args, keywords } = body.get_expr(value) else { return Ok(false) };
        let Expr::Name(name) = body.get_expr(*func) else { return Ok(false) };
        if !self.since(12)
            || &**name != "super"
            || !keywords.is_empty()
            || &**attr == "__class__"
            || self.is_shadowed(name)
        {
            return Ok(false);
        }
        let unit = self.unit;
        let is_starred = |&arg: &ExprId| matches!(body.get_expr(arg), Expr::Starred(_));
        match (&args[..], unit.varnames.first().filter(|_| unit.argcount > 0)) {
            ([class, object], _) if !args.iter().any(is_starred) => {
                self.load_name(name);
                self.exprs(&[*class, *object])?;
            }
            ([], Some(first)) if unit.freevars.iter().any(|name| &**name == "__class__") => {
                self.load_name(name);
                self.load_name(&"__class__".into());
                self.load_name(first);
            }
            _ => return Ok(false),
        }
        self.push_op(OpKind::SuperAttr { name: attr.clone(), two_arguments: !args.is_empty() }, 3);
        Ok(true)
    }

    /// Whether a name is one of the code object or of the module.
    fn is_shadowed(&self, name: &Name) -> bool {
        let unit = self.unit;
        let is_here = [&unit.varnames, &unit.cellvars, &unit.freevars].iter().any(|names| names.contains(name));
        let is_in_module = self.units.units.first().is_some_and(|module| module.names.contains(name));
        is_here || is_in_module || unit.kind.is_module() || self.is_declared_global(name)
    }
}
