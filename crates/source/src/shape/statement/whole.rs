//! The statements of a whole code object.

use super::place::Place;
use super::shaper::Shaper;
use crate::ast::{Body, Expr, Stmt, StmtId};
use crate::constant::Constant;
use crate::graph::{BlockId, Graph, OpKind, Origin};
use crate::shape::contexts::Contexts;
use crate::unit::{Unit, UnitKind};

impl Shaper<'_> {
    /// The statements of its code object.
    pub(in crate::shape) fn body(mut self) -> Body {
        self.run();
        self.body
    }

    fn run(&mut self) {
        if self.unit.kind.is_comprehension() {
            if let Err(reason) = self.own_comprehension_body() {
                self.body = unshaped(self.flow.graph, &reason);
            }
            return;
        }
        if self.unit.kind == UnitKind::TypeParameters {
            if let Err(reason) = self.type_parameters_body() {
                self.body = unshaped(self.flow.graph, &reason);
            }
            return;
        }
        let place = Place { context: Contexts::OUTSIDE, next: self.flow.exit, around: None, depth: 0 };
        self.asked = self.find_asked();
        self.sets_up_annotations = self.flow.ops.iter().any(|op| op.kind == OpKind::SetupAnnotations);
        let mut stmts = self.sequence(BlockId(0), place).stmts;
        if matches!(self.unit.kind, UnitKind::Annotate | UnitKind::TypeValue) {
            self.drop_format_check(&mut stmts);
            self.drop_returned_dict(&mut stmts);
        }
        if self.unit.kind.is_module() || self.unit.kind == UnitKind::Class {
            super::definitions::drop_what_compilers_add(&mut self.body, &mut stmts, (self.unit, self.units));
            self.place_asked(&mut stmts);
        }
        if self.unit.kind.is_module() || matches!(self.unit.kind, UnitKind::Class | UnitKind::Function) {
            self.declare(&mut stmts);
        }
        if self.unit.kind == UnitKind::Function && !self.units.compiles_since(10) && self.has_dead_end() {
            self.nest_last_branch(&mut stmts);
        }
        if self.unit.kind == UnitKind::Function && self.unit.has(Unit::GENERATOR | Unit::ASYNC_GENERATOR) {
            self.yield_somewhere(&mut stmts);
        }
        if matches!(self.unit.kind, UnitKind::Lambda | UnitKind::Expression | UnitKind::TypeValue) {
            self.return_one_value(&mut stmts);
        }
        self.body.stmts = stmts;
    }

    /// A generator whose `yield` is never reached has one all the same.
    fn yield_somewhere(&mut self, stmts: &mut Vec<StmtId>) {
        let yields = |op: &crate::graph::Op| matches!(op.kind, OpKind::Yield | OpKind::YieldFrom);
        if self.flow.ops.iter().any(yields) {
            return;
        }
        let value = self.body.expr(Expr::Yield(None), Origin::None);
        let stmt = self.stmt(Stmt::Expr(value), Origin::None);
        if self.ends(stmts, 0) {
            stmts.push(stmt);
            return;
        }
        let test = self.constant(Constant::Bool(false));
        let never = self.stmt(Stmt::If { test, body: vec![stmt], orelse: Vec::new() }, Origin::None);
        stmts.insert(0, never);
    }
}

/// The body of a code object that has no shape at all.
pub(in crate::shape) fn unshaped(graph: &Graph, reason: &str) -> Body {
    let ends = graph.blocks.iter().filter_map(|block| block.origin.end());
    Body::of_one(Stmt::Unshaped { start: 0, end: ends.max().unwrap_or(0), reason: reason.to_owned() })
}
