//! Statements one behind the other.

use super::place::{Guarded, OpenIf, Place, Sequence, Step};
use super::shaper::Shaper;
use crate::ast::{Stmt, StmtId};
use crate::constant::Constant;
use crate::graph::{BlockId, Origin, Terminator};
use crate::shape::contexts::{Context, ContextId, ends_handling};
use crate::shape::trouble::Shaped;
use crate::unit::UnitKind;

impl Shaper<'_> {
    /// Statements from `start` on, until what comes behind the place or until nothing follows. What has no shape is among them.
    pub(super) fn sequence(&mut self, start: BlockId, place: Place) -> Sequence {
        let mut stmts = Vec::new();
        let mut open: Vec<OpenIf> = Vec::new();
        let mut falls = false;
        let mut at = start;
        loop {
            match self.step(at, place, &mut stmts) {
                Ok(Step::To(next)) => at = next,
                Ok(Step::Else(mut branch, next)) => {
                    branch.before = std::mem::take(&mut stmts);
                    open.push(branch);
                    at = next;
                }
                Ok(Step::End) => break,
                Ok(Step::Falls) => {
                    falls = true;
                    break;
                }
                Err(reason) => {
                    let stmt = self.unshaped(at, place, reason);
                    stmts.push(stmt);
                    break;
                }
            }
        }
        falls |= open.iter().any(|branch| branch.falls);
        while let Some(branch) = open.pop() {
            let body = self.or_pass(branch.body);
            let stmt = Stmt::If { test: branch.test, body, orelse: std::mem::replace(&mut stmts, branch.before) };
            let stmt = self.stmt(stmt, branch.origin);
            stmts.push(stmt);
        }
        Sequence { stmts, falls }
    }

    /// Statements, or `pass` if there are none.
    pub(super) fn or_pass(&mut self, mut stmts: Vec<StmtId>) -> Vec<StmtId> {
        if stmts.is_empty() {
            stmts.push(self.stmt(Stmt::Pass, Origin::None));
        }
        stmts
    }

    /// The statement that leads from a place to a node, if that is where `break` or `continue` lead.
    pub(super) fn jump_to(&self, id: BlockId, place: Place) -> Option<Stmt> {
        let around = place.around?;
        if id == around.head {
            return Some(Stmt::Continue);
        }
        (Some(id) == around.follow).then_some(Stmt::Break)
    }

    /// One node, or a statement that begins with it.
    fn step(&mut self, id: BlockId, place: Place, stmts: &mut Vec<StmtId>) -> Shaped<Step> {
        let fresh = self.fresh == Some(id);
        if !fresh && Some(id) == place.next {
            return Ok(Step::Falls);
        }
        let inside = self.inner_context(id, place.context);
        let begins = self.begins_loop(id) && !self.begun.contains(&id);
        if !fresh {
            if let Some(jump) = self.jump_to(id, place) {
                let jump = self.stmt(jump, Origin::None);
                stmts.push(jump);
                return Ok(Step::End);
            }
        }
        if begins && inside.is_none_or(|inside| !self.loop_is_inside(id, inside)) {
            return self.loop_statement(id, place, stmts);
        }
        if let Some(context) = inside {
            if !self.entered.insert((id, context)) {
                return Err("control goes on where it was already".to_owned());
            }
            return match self.contexts.get(context) {
                Context::Guarded(handler) => {
                    self.guarded_statement(Guarded { body: id, handler, context, place }, stmts)
                }
                _ => Err("a handler is reached from elsewhere".to_owned()),
            };
        }
        if self.done[id.0 as usize] && !self.is_repeatable(id) {
            return Err("control goes on where it was already".to_owned());
        }
        self.done[id.0 as usize] = true;
        if fresh {
            self.fresh = None;
        }
        self.straight(id, 0, stmts)?;
        self.leave(id, place, stmts)
    }

    /// The context right inside of `outer` that a node stands in, if it is deeper.
    pub(super) fn inner_context(&self, id: BlockId, outer: ContextId) -> Option<ContextId> {
        let own = self.contexts.of(id);
        self.contexts.child_towards(own, outer).filter(|&child| child != outer)
    }

    /// Whether a node may be made statements of more than once: it ends the code without doing anything.
    fn is_repeatable(&self, id: BlockId) -> bool {
        let node = self.flow.node(id);
        node.ops.is_empty() && matches!(node.end, Terminator::Return(value) if self.flow.constant(value).is_some())
    }

    /// The end of a node.
    pub(super) fn leave(&mut self, id: BlockId, place: Place, stmts: &mut Vec<StmtId>) -> Shaped<Step> {
        if let Some(step) = self.match_statement(id, place, stmts)? {
            return Ok(step);
        }
        let origin = self.flow.node(id).origin;
        match self.flow.node(id).end.clone() {
            Terminator::Jump(edge) if edge.args.is_empty() || self.is_entered(edge.target) => {
                self.left = Some(id);
                if self.is_last_continue(id, edge.target, place) {
                    let stmt = self.stmt(Stmt::Continue, Origin::None);
                    stmts.push(stmt);
                    return Ok(Step::End);
                }
                Ok(Step::To(edge.target))
            }
            Terminator::Jump(_) => Err("a value is one of several".to_owned()),
            Terminator::Branch { .. } => self.branch(id, place, stmts),
            Terminator::ForIter { .. } => Err("a loop begins amid a statement".to_owned()),
            Terminator::Return(_)
                if matches!(self.unit.kind, UnitKind::Module | UnitKind::Interactive | UnitKind::Class) =>
            {
                Err("what is no function returns amid its code".to_owned())
            }
            Terminator::Return(value)
                if self.yields && !self.units.since(3, 0) && self.flow.constant(value) != Some(&Constant::None) =>
            {
                Err("a generator of Python 2 returns a value".to_owned())
            }
            Terminator::Return(value) => {
                self.left = Some(id);
                let value = match self.flow.constant(value) {
                    Some(Constant::None) => None,
                    _ => Some(self.expr(value)?),
                };
                let stmt = self.stmt(Stmt::Return(value), origin);
                stmts.push(stmt);
                Ok(Step::End)
            }
            Terminator::Raise { exception: Some(exception), cause: None }
                if self.units.since(3, 9) && self.asserted(exception).is_some() =>
            {
                // `assert False`: nothing asks.
                let msg = self.asserted(exception).flatten().map(|value| self.expr(value)).transpose()?;
                let test = self.constant(Constant::Bool(false));
                let stmt = self.stmt(Stmt::Assert { test, msg }, origin);
                stmts.push(stmt);
                Ok(Step::End)
            }
            Terminator::Raise { exception, cause } => {
                let exc = exception.map(|value| self.expr(value)).transpose()?;
                let (cause, tback) = match cause.map(|value| self.with_traceback(value)) {
                    Some(Some((value, traceback))) => (Some(self.expr(value)?), Some(self.expr(traceback)?)),
                    Some(None) => (cause.map(|value| self.expr(value)).transpose()?, None),
                    None => (None, None),
                };
                let stmt = self.stmt(Stmt::Raise { exc, cause, tback }, origin);
                stmts.push(stmt);
                Ok(Step::End)
            }
            Terminator::Reraise(_) => match self.contexts.get(place.context) {
                Context::Handling(_) => Ok(Step::Falls),
                _ => Err("an exception is raised again outside of its handler".to_owned()),
            },
            Terminator::Unknown(reason) => Err(reason),
            Terminator::Unfinished => Ok(Step::Falls),
        }
    }

    /// Whether a node ends with a `continue` that is written where the loop would go on anyway (up to 3.9).
    fn is_last_continue(&self, id: BlockId, target: BlockId, place: Place) -> bool {
        let is_head = place.next == Some(target) && place.around.is_some_and(|around| around.head == target);
        let leaves_clause = || ends_handling(&self.flow, id) && self.flow.jumps_out_of_clause(id);
        is_head && !self.units.compiles_since(10) && (self.flow.is_continue_written(id, target) || leaves_clause())
    }

    fn is_entered(&self, id: BlockId) -> bool {
        self.flow.node(id).params.is_empty()
    }

    fn unshaped(&mut self, id: BlockId, place: Place, reason: String) -> StmtId {
        let node = self.flow.node(id);
        let first = node.ops.first().and_then(|&op| self.flow.op(op).origin.start());
        let from = first.or(node.origin.start()).unwrap_or(node.offset);
        let behind = place.next.map(|next| self.flow.node(next).offset).filter(|&next| next > from);
        let to = behind.or(node.origin.end()).unwrap_or(from).max(from);
        self.stmt(Stmt::Unshaped { start: from, end: to, reason }, Origin::None)
    }
}
