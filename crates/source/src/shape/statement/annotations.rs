//! Annotations of modules and classes: bound up to 3.13; since 3.14 a code object of their own makes them when they are asked for
//! (PEP 649), and only their places, if that, are told where they were written.

use super::asked::{Asked, asked_by};
use super::shaper::Shaper;
use crate::ast::{Annotation, Expr, Stmt, StmtId};
use crate::constant::{Constant, Name};
use crate::graph::{BuildKind, Op, OpKind, Origin, ValueId};
use crate::unit::{CodeId, Unit, UnitKind};

/// The set of the numbers of annotations that were reached, where some are under a condition.
const CONDITIONAL: &str = "__conditional_annotations__";

impl Shaper<'_> {
    /// The code object that makes the annotations of this one, and which these are.
    pub(super) fn find_asked(&self) -> Option<(CodeId, Vec<Asked>)> {
        if !(self.unit.kind.is_module() || self.unit.kind == UnitKind::Class) || !self.units.since(3, 14) {
            return None;
        }
        let stores = self.flow.ops.iter().filter_map(|op| match &op.kind {
            OpKind::Store(_, name) => self.makes_annotations(name, *op.operands.first()?),
            _ => None,
        });
        let code = stores.into_iter().next_back()?;
        Some((code, asked_by(&self.graphs[code.0 as usize])))
    }

    /// The code object of annotations that is bound to a name.
    pub(super) fn makes_annotations(&self, name: &Name, value: ValueId) -> Option<CodeId> {
        let is_it = matches!(&**name, "__annotate__" | "__annotate_func__");
        let code = self.flow.function_code(value).filter(|_| is_it)?;
        (self.units.get(code).kind == UnitKind::Annotate).then_some(code)
    }

    /// Whether a value is the set of annotations that were reached.
    pub(super) fn is_conditional_set(&self, value: ValueId) -> bool {
        self.flow
            .maker(value)
            .is_some_and(|(op, _)| matches!(&op.kind, OpKind::Load(_, name) if &**name == CONDITIONAL))
    }

    /// Whether this is the empty set of the annotations that are reached, bound before all else. Where annotations are texts nothing
    /// is entered into it.
    pub(super) fn binds_reached(&self, name: &Name, maker: &Op) -> bool {
        let is_needed = self.asked.is_some() || self.unit.has(Unit::FUTURE_ANNOTATIONS) && self.sets_up_annotations;
        &**name == CONDITIONAL && maker.kind == OpKind::Build(BuildKind::Set, 0) && is_needed
    }

    /// The annotation that is marked as reached here.
    pub(super) fn reached(&mut self, number: ValueId, stmts: &mut Vec<StmtId>) {
        let Some(Constant::Int(number)) = self.flow.constant(number).cloned() else { return };
        let Some((code, all)) = self.asked.clone() else { return };
        if let Some(index) = all.iter().position(|asked| asked.number == Some(number)) {
            self.annotate(code, index, &all[index], stmts);
        }
    }

    /// Puts annotations that are reached in any case where their lines tell.
    pub(super) fn place_asked(&mut self, stmts: &mut Vec<StmtId>) {
        let Some((code, all)) = self.asked.clone() else { return };
        let mut least = 0;
        for (index, asked) in all.iter().enumerate().filter(|(_, asked)| asked.number.is_none()) {
            let behind = |&stmt: &StmtId| self.body.origin(stmt.0).line() > asked.line;
            let at = stmts[least..].iter().position(behind).map_or(stmts.len(), |at| least + at);
            let mut before: Vec<StmtId> = stmts.drain(..at).collect();
            self.annotate(code, index, asked, &mut before);
            least = before.len();
            before.append(stmts);
            *stmts = before;
        }
    }

    /// Adds an annotation, or gives it to the assignment before it on its line.
    fn annotate(&mut self, code: CodeId, index: usize, asked: &Asked, stmts: &mut Vec<StmtId>) {
        let value = stmts.last().and_then(|&last| self.assigned(last, &asked.name, asked.line));
        if value.is_some() {
            stmts.pop();
        }
        let target = self.body.expr(Expr::Name(asked.name.clone()), Origin::None);
        let annotation = Annotation::Asked { code, index: index as u32 };
        let stmt = self.stmt(Stmt::AnnAssign { target, annotation, value, simple: true }, Origin::None);
        stmts.push(stmt);
    }

    /// The value that a statement of a line assigns to this name alone.
    fn assigned(&self, stmt: StmtId, name: &Name, line: Option<u32>) -> Option<crate::ast::ExprId> {
        let Stmt::Assign { targets, value } = self.body.get_stmt(stmt) else { return None };
        let &[target] = &targets[..] else { return None };
        let is_it = matches!(self.body.get_expr(target), Expr::Name(bound) if bound == name);
        (is_it && self.body.origin(stmt.0).line() == line).then_some(*value)
    }

    /// Makes one statement of an assignment and the annotation that is bound behind it (up to 3.13).
    pub(super) fn join_annotation(&mut self, stmts: &mut Vec<StmtId>) {
        let &[.., before, last] = &stmts[..] else { return };
        let line = self.body.origin(last.0).line();
        let Stmt::AnnAssign { target, annotation, value: None, simple: true } = *self.body.get_stmt(last) else {
            return;
        };
        let Expr::Name(name) = self.body.get_expr(target).clone() else { return };
        if let Some(value) = self.assigned(before, &name, line) {
            stmts.truncate(stmts.len() - 2);
            let origin = self.body.origin(before.0);
            let joined = Stmt::AnnAssign { target, annotation, value: Some(value), simple: true };
            self.push(joined, origin, stmts);
        }
    }

    /// Makes one statement of an assignment to what is no name and the annotation that is evaluated behind it on its line (up to 3.13).
    pub(super) fn join_evaluated(&mut self, stmts: &mut Vec<StmtId>) {
        let &[.., before, last] = &stmts[..] else { return };
        let (line, origin) = (self.body.origin(last.0).line(), self.body.origin(before.0));
        let Stmt::Expr(annotation) = *self.body.get_stmt(last) else { return };
        let (target, value) = match self.body.get_stmt(before) {
            Stmt::Assign { targets, value } if targets.len() == 1 => (targets[0], *value),
            _ => return,
        };
        let is_place =
            matches!(self.body.get_expr(target), Expr::Name(_) | Expr::Attribute { .. } | Expr::Subscript { .. });
        if self.sets_up_annotations && is_place && line.is_some() && origin.line() == line {
            stmts.truncate(stmts.len() - 2);
            let annotation = Annotation::Here(annotation);
            let joined = Stmt::AnnAssign { target, annotation, value: Some(value), simple: false };
            self.push(joined, origin, stmts);
        }
    }

    /// Drops what the compiler puts before code that is called to make a value: the formats that it does not know (3.14+).
    pub(super) fn drop_format_check(&self, stmts: &mut Vec<StmtId>) {
        let is_check = |&stmt: &StmtId| match self.body.get_stmt(stmt) {
            Stmt::If { body, orelse, .. } => {
                orelse.is_empty()
                    && matches!(body[..], [raise] if matches!(self.body.get_stmt(raise), Stmt::Raise { .. }))
            }
            _ => false,
        };
        if self.units.since(3, 14) && stmts.first().is_some_and(is_check) {
            stmts.remove(0);
        }
    }

    /// Leaves the annotations of a module or class, which are entered one by one into the dict that is returned.
    pub(super) fn drop_returned_dict(&self, stmts: &mut Vec<StmtId>) {
        let is_dict = |&stmt: &StmtId| match self.body.get_stmt(stmt) {
            Stmt::Return(Some(value)) => matches!(self.body.get_expr(*value), Expr::Dict(items) if items.is_empty()),
            _ => false,
        };
        if stmts.last().is_some_and(is_dict) {
            stmts.pop();
        }
    }
}
