//! `for` and `while`.

use std::collections::HashSet;

use super::place::{Loop, Place, Step};
use super::shaper::Shaper;
use crate::ast::{Stmt, StmtId};
use crate::constant::Constant;
use crate::graph::{BlockId, Edge, OpKind, Origin, Terminator};
use crate::shape::contexts::{Context, ContextId, HandlerKind};
use crate::shape::trouble::Shaped;

/// What a loop asks before each turn.
enum Head {
    /// `while True`
    Forever,
    /// `while`: the way into the body and out, and whether the body is the way if it is false.
    Condition { body: BlockId, out: BlockId, negated: bool },
    /// `for`
    Items { item: Edge, exhausted: BlockId },
}

impl Head {
    /// Where the loop leads when it has no more turns.
    fn out(&self) -> Option<BlockId> {
        match self {
            Self::Forever => None,
            Self::Condition { out, .. } => Some(*out),
            Self::Items { exhausted, .. } => Some(*exhausted),
        }
    }
}

impl Shaper<'_> {
    /// Whether a loop begins with a node.
    pub(super) fn begins_loop(&self, id: BlockId) -> bool {
        self.dominators.loop_at(id).is_some() || matches!(self.flow.node(id).end, Terminator::ForIter { .. })
    }

    /// Whether the loop that begins with a node is all inside of a context.
    pub(super) fn loop_is_inside(&self, id: BlockId, context: ContextId) -> bool {
        if let Context::Guarded(handler) = self.contexts.get(context)
            && !self.units.since(3, 11)
        {
            let path = self.contexts.path(self.contexts.of(id));
            let tries = path.take_while(|&outer| self.contexts.is_in(outer, context));
            let tries = tries.filter(|&outer| matches!(self.contexts.get(outer), Context::Guarded(_))).count();
            if self.kinds.get(&handler) != Some(&HandlerKind::With) && tries <= self.flow.tries_in_loop(id) {
                return false;
            }
        } else if let Context::Guarded(handler) = self.contexts.get(context) {
            let is_around = self.flow.loops_around.contains(&(id, handler));
            if is_around || self.kinds.get(&handler) == Some(&HandlerKind::Except) && !self.body_is_deeper(id, handler)
            {
                return false;
            }
        }
        self.dominators
            .loop_at(id)
            .is_none_or(|members| members.iter().all(|&member| self.contexts.is_in(self.contexts.of(member), context)))
    }

    /// Whether a node stands further right than what its handler catches: `except` is as far left as the `try` that it belongs to,
    /// and a loop around that stands between them. Where columns are not known, loops are taken to be around.
    fn body_is_deeper(&self, id: BlockId, handler: BlockId) -> bool {
        let Terminator::ForIter { .. } = self.flow.node(id).end else {
            let first = |id: BlockId| self.flow.node(id).ops.iter().find_map(|&op| self.flow.op(op).origin.column());
            return first(id).zip(first(handler)).is_some_and(|(body, caught)| body > caught);
        };
        true
    }

    /// The loop that begins with a node.
    pub(super) fn loop_statement(&mut self, id: BlockId, place: Place, stmts: &mut Vec<StmtId>) -> Shaped<Step> {
        self.begun.insert(id);
        let members = self.dominators.loop_at(id).cloned().unwrap_or_else(|| HashSet::from([id]));
        let head = self.head(id, &members);
        let behind = self.behind(id, &head, place);
        let follow = self.loop_follow(id, &members, (&head, behind), place);
        let around = Loop { head: id, follow, behind };
        // Where `while` asks at both ends, what leads back to where it asks first is `continue`.
        let continues = matches!(head, Head::Condition { .. }) && self.rotates() && !self.heads.contains(&id);
        let inner = Place { around: Some(around), ..place.inner((!continues).then_some(id))? };
        let origin = self.flow.node(id).origin;
        let (body, out) = match &head {
            Head::Forever => {
                // The first node is the head itself, which elsewhere is where `continue` leads.
                self.fresh = Some(id);
                let body = self.sequence(id, inner).stmts;
                let test = self.body.expr(crate::ast::Expr::Constant(Constant::Bool(true)), Origin::None);
                let body = self.or_pass(body);
                let stmt = self.stmt(Stmt::While { test, body, orelse: Vec::new() }, origin);
                stmts.push(stmt);
                return Ok(follow.map_or(Step::End, Step::To));
            }
            Head::Condition { body, out, .. } => (*body, *out),
            Head::Items { item, exhausted } => (item.target, *exhausted),
        };
        self.done[id.0 as usize] = true;
        let stmt = match head {
            Head::Condition { negated, .. } => {
                let Terminator::Branch { condition, .. } = self.flow.node(id).end else {
                    unreachable!("a condition branches")
                };
                let condition = if negated { self.flow.negate(condition) } else { condition };
                let mut before = Vec::new();
                self.straight(id, 0, &mut before)?;
                if !before.is_empty() {
                    return Err("the condition of a loop is more than one expression".to_owned());
                }
                let test = self.expr(condition)?;
                let body = self.sequence(body, inner).stmts;
                let (body, orelse) = (self.or_pass(body), self.orelse(out, follow, place)?);
                Stmt::While { test, body, orelse }
            }
            _ => self.for_statement(id, body, out, follow, inner, place)?,
        };
        let stmt = self.stmt(stmt, origin);
        stmts.push(stmt);
        Ok(follow.map_or(Step::End, Step::To))
    }

    /// The statements behind those of a first node.
    pub(super) fn rest(&mut self, step: Step, place: Place, mut stmts: Vec<StmtId>) -> Shaped<Vec<StmtId>> {
        match step {
            Step::To(next) => stmts.extend(self.sequence(next, place).stmts),
            Step::Else(branch, next) => {
                let orelse = self.sequence(next, place).stmts;
                let body = self.or_pass(branch.body);
                let stmt = self.stmt(Stmt::If { test: branch.test, body, orelse }, branch.origin);
                stmts.push(stmt);
            }
            Step::End | Step::Falls => {}
        }
        Ok(stmts)
    }

    fn for_statement(
        &mut self,
        id: BlockId,
        body: BlockId,
        out: BlockId,
        follow: Option<BlockId>,
        inner: Place,
        place: Place,
    ) -> Shaped<Stmt> {
        if !self.flow.node(id).ops.is_empty() {
            return Err("a loop asks for items amid a statement".to_owned());
        }
        let Terminator::ForIter { iterator, is_async, .. } = self.flow.node(id).end else {
            unreachable!("it asks for items")
        };
        let iter = self.expressions().iterated(iterator)?;
        let Some(&item) = self.flow.node(body).params.last() else { return Err("a loop drops its items".to_owned()) };
        if self.flow.node(body).preds > 1 || self.flow.node(body).params.len() > 1 {
            return Err("the items of a loop come from more than one place".to_owned());
        }
        let (target, behind) = self.expressions().target_of(body, item)?;
        self.done[body.0 as usize] = true;
        let mut stmts = Vec::new();
        let shaped = self.straight(body, behind, &mut stmts);
        let step = match shaped {
            Ok(()) => self.leave(body, inner, &mut stmts),
            Err(reason) => Err(reason),
        }?;
        let body = self.rest(step, inner, stmts)?;
        let (body, orelse) = (self.or_pass(body), self.orelse(out, follow, place)?);
        Ok(Stmt::For { target, iter, body, orelse, is_async })
    }

    fn orelse(&mut self, out: BlockId, follow: Option<BlockId>, place: Place) -> Shaped<Vec<StmtId>> {
        if Some(out) == follow {
            return Ok(Vec::new());
        }
        Ok(self.sequence(out, place.inner(follow)?).stmts)
    }

    fn head(&self, id: BlockId, members: &HashSet<BlockId>) -> Head {
        let node = self.flow.node(id);
        match &node.end {
            Terminator::ForIter { item, exhausted, .. } => {
                Head::Items { item: item.clone(), exhausted: exhausted.target }
            }
            Terminator::Branch { on_true, on_false, .. } if self.is_condition(id, members) => {
                let (yes, no) = (on_true.target, on_false.target);
                match (members.contains(&yes), members.contains(&no)) {
                    (true, false) => Head::Condition { body: yes, out: no, negated: false },
                    (false, true) => Head::Condition { body: no, out: yes, negated: true },
                    _ => Head::Forever,
                }
            }
            _ => Head::Forever,
        }
    }

    /// Whether a node asks the condition of a `while`: it does nothing else, and goes on behind it into the body.
    fn is_condition(&self, id: BlockId, members: &HashSet<BlockId>) -> bool {
        if self.heads.contains(&id) {
            return true;
        }
        let node = self.flow.node(id);
        let only_asks = node.ops.iter().all(|&op| {
            let op = self.flow.op(op);
            match op.kind {
                OpKind::Store(..) => self.flow.is_used(op.operands[0]) && self.flow.constant(op.operands[0]).is_none(),
                _ => op.results > 0 && op.results().all(|result| self.flow.is_used(result)),
            }
        });
        let Terminator::Branch { condition, on_true, on_false } = &node.end else { return false };
        if crate::shape::subjects::is_test(&self.flow, *condition) {
            return false;
        }
        let behind = node.falls.map(|falls| if falls { on_true.target } else { on_false.target });
        // `while True: if condition: break` goes on behind it to a jump out of the loop.
        only_asks && behind.is_none_or(|behind| members.contains(&behind))
    }

    /// Whether `while` asks its condition at both ends in this version.
    fn rotates(&self) -> bool {
        self.units.compiles_since(10) && !self.units.compiles_since(14)
    }

    /// Where what follows a loop begins, in the order of the code. If that is the loop around, nothing follows in that.
    fn behind(&self, id: BlockId, head: &Head, place: Place) -> Option<u32> {
        let offset = self.flow.node(head.out()?).offset;
        if offset > self.flow.node(id).offset { Some(offset) } else { place.around.and_then(|around| around.behind) }
    }

    /// Where a loop leads when it is over.
    fn loop_follow(
        &self,
        id: BlockId,
        members: &HashSet<BlockId>,
        (head, behind): (&Head, Option<u32>),
        place: Place,
    ) -> Option<BlockId> {
        let out = head.out();
        let left = self.region(id, members, behind).1;
        let Some(out) = out else {
            return left.iter().copied().min_by_key(|&target| self.order(target, place));
        };
        // `break` leads where the loop leads when it is over, unless there is an `else`.
        let others: Vec<BlockId> = left.iter().copied().filter(|&target| target != out).collect();
        if others.is_empty() || self.breaks_to(id, members, out, behind) {
            return Some(out);
        }
        others.into_iter().min_by_key(|&target| self.order(target, place))
    }

    /// What comes behind the place comes last, what is elsewhere last of all.
    fn order(&self, id: BlockId, place: Place) -> (bool, u32) {
        (Some(id) == place.next, self.flow.node(id).offset)
    }

    /// Whether anything in a loop but its head leads to a node.
    fn breaks_to(&self, id: BlockId, members: &HashSet<BlockId>, out: BlockId, behind: Option<u32>) -> bool {
        let (region, _) = self.region(id, members, behind);
        region.iter().any(|&member| member != id && self.flow.node(member).end.edges().any(|edge| edge.target == out))
    }

    /// Whether a node returns what is made in a region: it is a `return` there, as nothing but variables leaves a loop.
    fn returns_from(&self, id: BlockId, region: &HashSet<BlockId>) -> bool {
        let node = self.flow.node(id);
        let Terminator::Return(value) = node.end else { return false };
        node.ops.is_empty() && self.flow.home(value).is_some_and(|home| region.contains(&home))
    }

    /// Whether a node stands in a handler that the one which a loop begins with does not.
    fn is_handling(&self, id: BlockId, head: BlockId) -> bool {
        let outer = self.contexts.of(head);
        let mut path =
            self.contexts.path(self.contexts.of(id)).take_while(|&context| !self.contexts.is_in(outer, context));
        path.any(|context| matches!(self.contexts.get(context), Context::Handling(_)))
    }

    /// The nodes of a loop with the ways out that stand amid it, and where these lead.
    fn region(&self, id: BlockId, members: &HashSet<BlockId>, behind: Option<u32>) -> (HashSet<BlockId>, Vec<BlockId>) {
        let first = self.flow.node(id).offset;
        let is_warm = self.warm[id.0 as usize];
        let own = |member: BlockId| !is_warm || self.warm[member.0 as usize];
        let last =
            members.iter().copied().filter(|&member| own(member)).map(|member| self.flow.node(member).offset).max();
        let last = last.unwrap_or(0);
        let mut region: HashSet<BlockId> = members.clone();
        let mut todo: Vec<BlockId> = members.iter().copied().collect();
        let mut left = Vec::new();
        while let Some(member) = todo.pop() {
            let node = self.flow.node(member);
            let handler =
                node.guard.as_ref().map(|edge| edge.target).filter(|&handler| self.dominators.dominates(id, handler));
            for target in node.end.edges().map(|edge| edge.target).chain(handler) {
                if region.contains(&target) {
                    continue;
                }
                let offset = self.flow.node(target).offset;
                // What follows a loop stands behind all of it; what is reached in other ways, too, follows it.
                let is_before = offset < last
                    || behind.is_some_and(|behind| offset < behind) && self.dominators.dominates(id, target);
                let amid = offset > first && is_before && own(target);
                // A way out is jumped to: what stands right behind a branch is in the loop (up to 3.9).
                let is_next = node.origin.end() == Some(offset) && !self.units.compiles_since(10);
                let falls = node.falls.filter(|_| is_next);
                let follows = match (&node.end, falls) {
                    (Terminator::Branch { on_true, .. }, Some(true)) => on_true.target == target,
                    (Terminator::Branch { on_false, .. }, Some(false)) => on_false.target == target,
                    _ => false,
                };
                // Handlers belong to what they guard, and so does what is cold like them (3.11+).
                let handling = handler == Some(target) || self.dominators.dominates(id, target) && !own(target);
                let amid = amid || self.returns_from(target, &region) || self.is_handling(target, id);
                if amid || follows || handling {
                    region.insert(target);
                    todo.push(target);
                } else if !left.contains(&target) {
                    left.push(target);
                }
            }
        }
        (region, left)
    }
}
