//! `global` and `nonlocal`, told from where variables are bound.

use std::collections::BTreeSet;

use super::shaper::Shaper;
use crate::ast::{Expr, Stmt, StmtId};
use crate::constant::{Constant, Name};
use crate::graph::{OpKind, Origin, Scope};
use crate::unit::{CodeId, UnitKind};

/// How deep functions nest at the most.
const DEPTH: usize = 100;

impl Shaper<'_> {
    /// Puts the declarations that the code needs before its statements, behind a docstring.
    pub(super) fn declare(&mut self, stmts: &mut Vec<StmtId>) {
        let (mut globals, mut nonlocals) = (BTreeSet::new(), BTreeSet::new());
        for id in self.flow.ids().filter(|&id| !self.flow.node(id).dead) {
            for &op in &self.flow.node(id).ops {
                self.declared(&self.flow.op(op).kind, &mut globals, &mut nonlocals);
            }
        }
        let mut at = usize::from(stmts.first().is_some_and(|&stmt| self.is_docstring(stmt)));
        for (names, make) in [(globals, Stmt::Global as fn(Vec<Name>) -> Stmt), (nonlocals, Stmt::Nonlocal)] {
            if !names.is_empty() {
                let stmt = self.stmt(make(names.into_iter().collect()), Origin::None);
                stmts.insert(at, stmt);
                at += 1;
            }
        }
    }

    fn declared(&self, kind: &OpKind, globals: &mut BTreeSet<Name>, nonlocals: &mut BTreeSet<Name>) {
        match kind {
            // A declaration in a function is one for the module as well.
            OpKind::Store(Scope::Global, name) | OpKind::Delete(Scope::Global, name)
                if !self.unit.kind.is_module() || !self.is_bound_globally_elsewhere(name) =>
            {
                globals.insert(name.clone());
            }
            // In the body of a class all other names are looked for there first, but not in its comprehensions.
            OpKind::Load(Scope::Global, name)
                if self.unit.kind == UnitKind::Class && self.flow.comprehensions.is_empty() =>
            {
                globals.insert(name.clone());
            }
            // Without a declaration it would be the variable of a function around.
            OpKind::Load(Scope::Global, name) if self.unit.kind == UnitKind::Function && self.is_local_around(name) => {
                globals.insert(name.clone());
            }
            OpKind::Store(Scope::Deref, name) | OpKind::Delete(Scope::Deref, name)
                if self.unit.freevars.contains(name) =>
            {
                nonlocals.insert(name.clone());
            }
            _ => {}
        }
    }

    /// Whether a function around has a variable of this name.
    fn is_local_around(&self, name: &Name) -> bool {
        let around = |code: &CodeId| self.units.get(*code).parent;
        let around = std::iter::successors(around(&self.unit.id), around);
        around.take(DEPTH).any(|code| self.units.get(code).seen_inside.contains(name))
    }

    fn is_bound_globally_elsewhere(&self, name: &Name) -> bool {
        let binds = |kind: &OpKind| match kind {
            OpKind::Store(Scope::Global, bound) | OpKind::Delete(Scope::Global, bound) => bound == name,
            _ => false,
        };
        let others = self.graphs.iter().filter(|graph| !std::ptr::eq(*graph, self.flow.graph));
        others.flat_map(|graph| &graph.blocks).flat_map(|block| &block.ops).any(|op| binds(&op.kind))
    }

    fn is_docstring(&self, stmt: StmtId) -> bool {
        match self.body.get_stmt(stmt) {
            Stmt::Expr(value) => matches!(self.body.get_expr(*value), Expr::Constant(Constant::Str(_))),
            _ => false,
        }
    }
}
