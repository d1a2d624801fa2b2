//! `all(…)`, `any(…)` and `tuple(…)` of a generator expression (3.14+), and `list(…)` and `set(…)` (3.15+): a loop does it, if the
//! name is the builtin (`maybe_optimize_function_call` in CPython's `codegen.c`).

use super::{Label, Lowered, Lowerer};
use crate::ast::{Expr, ExprId, Keyword};
use crate::constant::{Constant, Name};
use crate::graph::{BuildKind, OpKind};
use crate::unit::UnitKind;

impl<'a> Lowerer<'a> {
    /// The builtin that a call is first tried as.
    pub(super) fn builtin_of(&self, func: ExprId, args: &[ExprId], keywords: &[Keyword]) -> Option<&'a Name> {
        let body = self.body;
        let (Expr::Name(name), [only]) = (body.get_expr(func), args) else { return None };
        let Expr::OwnComp { code, .. } = body.get_expr(*only) else { return None };
        let is_generator = self.units.units.get(code.0 as usize)?.kind == UnitKind::GeneratorExp;
        let is_builtin = match &**name {
            "all" | "any" | "tuple" => self.since(14),
            "list" | "set" => self.since(15),
            _ => false,
        };
        (is_builtin && keywords.is_empty() && is_generator).then_some(name)
    }

    /// The loop, if the callee on the stack is the builtin of this name: what it gives is on the stack at `end`. If it is another,
    /// the callee is left.
    pub(super) fn builtin_loop(&mut self, name: &Name, generator: ExprId, end: &mut Label) -> Lowered {
        let callee = self.peek(1);
        let builtin = self.op(OpKind::CommonConstant(name.clone()), vec![]);
        let is_it = self.op(OpKind::Is { negated: false }, vec![callee, builtin]);
        let mut is_other = Label::default();
        self.branch_on(is_it, false, &mut is_other);
        self.pop();
        match &**name {
            "all" | "any" => self.search(generator, &**name == "any")?,
            "set" => self.fill(generator, BuildKind::Set, OpKind::SetAdd)?,
            _ => self.fill(generator, BuildKind::List, OpKind::ListAppend)?,
        }
        if &**name == "tuple" {
            self.push_op(OpKind::ListToTuple, 1);
        }
        self.jump(end);
        self.place_only(is_other);
        Ok(())
    }

    fn fill(&mut self, generator: ExprId, kind: BuildKind, add: OpKind) -> Lowered {
        self.push_op(OpKind::Build(kind, 0), 0);
        self.expr(generator)?;
        let mut start = Label::default();
        self.place(&mut start);
        let exhausted = self.for_iter(false);
        let (item, container) = (self.pop(), self.peek(2));
        self.op(add, vec![container, item]);
        self.jump(&mut start);
        self.place_only(exhausted);
        Ok(())
    }

    /// Goes through the items until one is `sought`: the outcome is whether there is one, or, of `all`, whether there is none.
    fn search(&mut self, generator: ExprId, sought: bool) -> Lowered {
        self.expr(generator)?;
        let (mut start, mut end) = (Label::default(), Label::default());
        self.place(&mut start);
        let exhausted = self.for_iter(false);
        self.branch(!sought, &mut start);
        self.pop();
        self.push_constant(Constant::Bool(sought));
        self.jump(&mut end);
        self.place_only(exhausted);
        self.push_constant(Constant::Bool(!sought));
        self.place(&mut end);
        Ok(())
    }
}
