//! `try` with `except` and `finally`.

use std::collections::HashSet;

use super::place::{Guarded, Place, Step};
use super::shaper::Shaper;
use crate::ast::{ExceptHandler, ExprId, Stmt, StmtId};
use crate::graph::{BlockId, Op, OpKind, Terminator, ValueId};
use crate::shape::contexts::{Context, ContextId, HandlerKind, ends_handling, is_unbinding};
use crate::shape::trouble::Shaped;

impl Shaper<'_> {
    /// The `try` or `with` whose body begins with a node.
    pub(super) fn guarded_statement(&mut self, guarded: Guarded, stmts: &mut Vec<StmtId>) -> Shaped<Step> {
        match self.kinds.get(&guarded.handler) {
            Some(HandlerKind::With) => self.with_statement(guarded, stmts),
            Some(HandlerKind::Finally) => self.finally_statement(guarded, stmts),
            Some(HandlerKind::Except) => self.except_statement(guarded, stmts, false),
            Some(HandlerKind::ExceptStar) => self.except_statement(guarded, stmts, true),
            Some(HandlerKind::StarClause) => Err("a clause of except* is elsewhere".to_owned()),
            Some(HandlerKind::Unbind) => Err("a name of an exception is bound elsewhere".to_owned()),
            Some(HandlerKind::Restore) => Err("a comprehension is amid a statement".to_owned()),
            None => Err("a handler that is none".to_owned()),
        }
    }

    fn finally_statement(&mut self, guarded: Guarded, stmts: &mut Vec<StmtId>) -> Shaped<Step> {
        let Guarded { body: first, handler, context, place } = guarded;
        let follow = self.main_exit(guarded, None).or_else(|| self.loop_around(guarded));
        let inner = Place { context, ..place.inner(follow)? };
        let mut body = self.sequence(first, inner).stmts;
        self.nest_before_dead(&mut body);
        let handling = self.handling(handler);
        let inner = Place { context: handling, ..place.inner(None)? };
        let finalbody = self.sequence(handler, inner).stmts;
        let finalbody = self.or_pass(finalbody);
        let stmt = match self.only_try(&body) {
            Some(Stmt::Try { body, handlers, orelse, is_star, .. }) => {
                Stmt::Try { body, handlers, orelse, finalbody, is_star }
            }
            _ => {
                let body = self.or_pass(body);
                Stmt::Try { body, handlers: Vec::new(), orelse: Vec::new(), finalbody, is_star: false }
            }
        };
        let stmt = self.stmt(stmt, self.flow.node(first).origin);
        stmts.push(stmt);
        Ok(follow.map_or(Step::End, Step::To))
    }

    /// The `try … except` that is all of the body of a `try … finally`: they are written as one.
    fn only_try(&self, body: &[StmtId]) -> Option<Stmt> {
        let [only] = body else { return None };
        match self.body.get_stmt(*only) {
            stmt @ Stmt::Try { finalbody, handlers, .. } if finalbody.is_empty() && !handlers.is_empty() => {
                Some(stmt.clone())
            }
            _ => None,
        }
    }

    fn except_statement(&mut self, guarded: Guarded, stmts: &mut Vec<StmtId>, is_star: bool) -> Shaped<Step> {
        let Guarded { body: first, handler, context, place } = guarded;
        let handling = self.handling(handler);
        let follow = self.handlers_exit(guarded);
        let main = self.main_exit(guarded, follow).or_else(|| self.head_inside(guarded));
        let has_else = follow.is_none() && main.is_some_and(|main| self.is_else(main, handler));
        let behind_else = main.filter(|_| follow.is_none()).and_then(|main| self.behind_else_of_try(main, guarded));
        let follow = if has_else { place.next } else { follow.or(behind_else).or(main) };
        let inner = Place { context, ..place.inner(main.or(follow))? };
        let mut body = self.sequence(first, inner).stmts;
        self.nest_before_dead(&mut body);
        let inner = Place { context: handling, ..place.inner(follow)? };
        let handlers = if is_star { self.star_clauses(handler, inner)? } else { self.except_clauses(handler, inner)? };
        let orelse = match main {
            Some(main) if Some(main) != follow => self.sequence(main, place.inner(follow)?).stmts,
            _ => Vec::new(),
        };
        let body = self.or_pass(body);
        let stmt = Stmt::Try { body, handlers, orelse, finalbody: Vec::new(), is_star };
        let stmt = self.stmt(stmt, self.flow.node(first).origin);
        stmts.push(stmt);
        Ok(follow.map_or(Step::End, Step::To))
    }

    /// Whether what the body leads to is an `else`, if all handlers end the code: it stands before them (3.11; later handlers are
    /// moved behind all else, before `else` stood behind them as well).
    fn is_else(&self, main: BlockId, handler: BlockId) -> bool {
        self.units.compiles_since(11)
            && !self.units.compiles_since(12)
            && self.flow.node(main).offset < self.flow.node(handler).offset
    }

    /// Where the `else` ends that the body leads to, if all handlers end the code: their ends would lead there (up to 3.9).
    fn behind_else_of_try(&self, main: BlockId, Guarded { handler, place, .. }: Guarded) -> Option<BlockId> {
        if self.units.compiles_since(10) {
            return None;
        }
        let target = self.flow.behind_clauses(handler, self.flow.node(main).offset)?;
        let ends = self.flow.else_ends.get(&target)?;
        ends.iter().copied().find(|&end| Some(end) == place.next || self.dominators.dominates(main, end) && end != main)
    }

    /// Makes an `else` of what ends the body of a `try` with a `return`, if something stands behind that which nothing leads to (up to 3.9).
    fn nest_before_dead(&mut self, body: &mut Vec<StmtId>) {
        if !self.units.compiles_since(10) && self.left.is_some_and(|left| self.flow.is_before_dead(left)) {
            self.nest_last_branch(body);
        }
    }

    /// The context of a handler.
    pub(super) fn handling(&self, handler: BlockId) -> ContextId {
        self.contexts.of(handler)
    }

    /// Where the body of a `try` leads at its end: not where `return`, `break` and `continue` in it lead.
    pub(super) fn main_exit(&self, guarded: Guarded, follow: Option<BlockId>) -> Option<BlockId> {
        let Guarded { context, place, .. } = guarded;
        let exits = self.exits.get(&context)?;
        let targets = || exits.iter().map(|&(_, to)| to);
        let known = targets().find(|&to| Some(to) == follow || Some(to) == place.next);
        let others = targets().filter(|&to| self.jump_to(to, place).is_none() && !self.is_return(to, context));
        others
            .max_by_key(|&to| self.flow.node(to).offset)
            .filter(|&to| known.is_none() || self.does_something(to))
            .or(known)
    }

    /// What comes behind a place, if that is the loop around it that begins with a `try`, whose body leads back to it.
    fn head_inside(&self, Guarded { context, place, .. }: Guarded) -> Option<BlockId> {
        place.next.filter(|&next| self.begun.contains(&next) && self.contexts.is_in(self.contexts.of(next), context))
    }

    /// What comes behind a place, if that is the loop around a statement, which its handler guards as well.
    pub(super) fn loop_around(&self, Guarded { handler, place, .. }: Guarded) -> Option<BlockId> {
        place.next.filter(|&next| self.flow.loops_around.contains(&(next, handler)))
    }

    fn does_something(&self, id: BlockId) -> bool {
        !self.flow.node(id).ops.is_empty()
    }

    /// Whether a node that the body leads to is a `return` in it: it does nothing but return.
    fn is_return(&self, id: BlockId, context: ContextId) -> bool {
        let node = self.flow.node(id);
        let Terminator::Return(value) = node.end else { return false };
        let made_inside =
            self.flow.home(value).is_some_and(|home| self.contexts.is_in(self.contexts.of(home), context));
        node.ops.is_empty() && (made_inside || !self.is_behind_handler(id, context))
    }

    /// Whether the end of a node stands behind the handler of a context, as what follows the `try` does.
    fn is_behind_handler(&self, id: BlockId, context: ContextId) -> bool {
        let Context::Guarded(handler) = self.contexts.get(context) else { return false };
        if self.kinds.get(&handler) != Some(&HandlerKind::Except) {
            return false;
        }
        let first = self.flow.node(handler);
        let line = first.ops.iter().find_map(|&op| self.flow.op(op).origin.line()).or(first.origin.line());
        let behind_line = self.flow.node(id).origin.line().zip(line).is_some_and(|(own, line)| own > line);
        if self.units.compiles_since(11) { behind_line } else { self.flow.node(id).offset > first.offset }
    }

    /// Where handlers lead at their ends.
    fn handlers_exit(&self, guarded: Guarded) -> Option<BlockId> {
        let Guarded { handler, context, place, .. } = guarded;
        let handling = self.handling(handler);
        let exits = self.exits.get(&handling)?;
        let targets = || exits.iter().map(|&(_, to)| to);
        if let Some(next) = targets().find(|&to| Some(to) == place.next) {
            // At the end of a loop, handlers end in `continue`, unless there is an `else`: up to 3.9 the jump behind it tells.
            let is_written =
                |&(from, to): &(BlockId, BlockId)| to == next && self.is_jump_out_of_clause(from, handling);
            // Where a clause leads on as the body does, what leads back is one as well.
            let leads_on = |to: BlockId| {
                let mut bodys = self.exits.get(&context).into_iter().flatten();
                to != next && self.jump_to(to, place).is_none() && bodys.any(|&(_, other)| other == to)
            };
            let continues = place.around.is_some_and(|around| around.head == next)
                && (self.units.compiles_since(10) || exits.iter().any(is_written) || targets().any(leads_on));
            let goes_on = self.exits.get(&context).into_iter().flatten().any(|&(_, to)| {
                self.jump_to(to, place).is_none()
                    && !self.is_return(to, context)
                    && !self.has_handler_before(to, handler)
            });
            return (!continues || !goes_on).then_some(next);
        }
        let bodys: Vec<BlockId> =
            self.exits.get(&context).map(|exits| exits.iter().map(|&(_, to)| to).collect()).unwrap_or_default();
        let others = || targets().filter(|&to| self.jump_to(to, place).is_none());
        let joined = others().filter(|&to| self.flow.node(to).preds > 1 && !self.leaves_by_return(to, handler));
        if let Some(joined) =
            joined.clone().find(|to| bodys.contains(to)).or(joined.clone().max_by_key(|&to| self.flow.node(to).offset))
        {
            return Some(joined);
        }
        others().filter(|&to| !self.leaves_by_return(to, handler)).max_by_key(|&to| self.flow.node(to).offset)
    }

    /// Whether a node, in which a clause ends, ends with a jump that is written (up to 3.9).
    fn is_jump_out_of_clause(&self, id: BlockId, handling: ContextId) -> bool {
        let unbinds = |context: ContextId| match self.contexts.get(context) {
            Context::Guarded(handler) => self.kinds.get(&handler) == Some(&HandlerKind::Unbind),
            _ => false,
        };
        let mut inside = self.contexts.path(self.contexts.of(id)).take_while(|&context| context != handling);
        self.flow.jumps_out_of_clause(id) || inside.any(unbinds) && self.flow.jumps_out_of_named_clause(id)
    }

    /// Whether what follows a node has handlers that stand before another one: an `else` has, what follows the statement has not
    /// (3.11+, where handlers are moved behind all other code, in order).
    fn has_handler_before(&self, id: BlockId, handler: BlockId) -> bool {
        let first = self.flow.node(handler).offset;
        let before = |&other: &BlockId| {
            let offset = self.flow.node(other).offset;
            offset < first && offset > self.flow.node(id).offset && self.dominators.dominates(id, other)
        };
        self.units.compiles_since(11) && self.kinds.keys().any(before)
    }

    /// Whether a node ends the code, and only one node leads to it.
    fn leaves_by_return(&self, id: BlockId, handler: BlockId) -> bool {
        let node = self.flow.node(id);
        // What follows the statement is as far left as `except`, which the class stands behind.
        let caught = self.flow.node(handler).ops.iter().find_map(|&op| self.flow.op(op).origin.column());
        let is_left = node.origin.column().zip(caught).is_some_and(|(own, caught)| own + 7 <= caught);
        // What is returned was evaluated while the exception was handled; what is raised there stands there.
        !is_left && node.preds == 1 && node.ops.is_empty() && matches!(node.end, Terminator::Return(_))
    }

    fn except_clauses(&mut self, handler: BlockId, place: Place) -> Shaped<Vec<ExceptHandler>> {
        let Some(&exception) = self.flow.node(handler).params.last() else {
            return Err("a handler without exception".to_owned());
        };
        let exception = self.flow.resolve(exception);
        let mut handlers = Vec::new();
        let mut at = handler;
        let mut checked = HashSet::new();
        loop {
            if !checked.insert(at) {
                return Err("its except clauses lead to each other".to_owned());
            }
            let node = self.flow.node(at);
            if let Terminator::Reraise(value) = node.end {
                if node.ops.is_empty() && self.flow.resolve(value) == exception {
                    return Ok(handlers);
                }
            }
            let Some((typ, body, next)) = self.exception_check(at, exception) else {
                handlers.push(self.clause(None, at, exception, place)?);
                return Ok(handlers);
            };
            self.done[at.0 as usize] = true;
            let typ = self.expr(typ)?;
            handlers.push(self.clause(Some(typ), body, exception, place)?);
            at = next;
        }
    }

    /// The class that a node checks the exception for, the node if it is of it, and that if it is not.
    fn exception_check(&self, id: BlockId, exception: ValueId) -> Option<(ValueId, BlockId, BlockId)> {
        let node = self.flow.node(id);
        let Terminator::Branch { condition, on_true, on_false } = &node.end else { return None };
        let (Op { kind: OpKind::CheckExcMatch, operands, .. }, _) = self.flow.maker(*condition)? else { return None };
        let &[checked, typ] = &operands[..] else { return None };
        (self.flow.resolve(checked) == exception).then_some((typ, on_true.target, on_false.target))
    }

    fn clause(&mut self, typ: Option<ExprId>, id: BlockId, exception: ValueId, place: Place) -> Shaped<ExceptHandler> {
        if !self.units.since(3, 0) {
            let (target, body) = self.old_clause_body(id, exception, place)?;
            return Ok(ExceptHandler { typ, name: None, target, body });
        }
        let (name, body) = self.clause_body(id, exception, place)?;
        Ok(ExceptHandler { typ, name, target: None, body })
    }

    fn clause_body(
        &mut self,
        id: BlockId,
        exception: ValueId,
        place: Place,
    ) -> Shaped<(Option<crate::constant::Name>, Vec<StmtId>)> {
        let first = self.flow.node(id).ops.first().map(|&op| self.flow.op(op));
        let name = match first {
            Some(Op { kind: OpKind::Store(_, name), operands, .. }) if self.flow.resolve(operands[0]) == exception => {
                name.clone()
            }
            _ => {
                let body = self.sequence(id, place.inner(place.next)?).stmts;
                return Ok((None, self.or_pass(body)));
            }
        };
        self.done[id.0 as usize] = true;
        let (mut at, mut index) = (id, 1);
        let mut passed = HashSet::new();
        // What the name guards may be empty; then only the unbinding is left of it.
        loop {
            let node = self.flow.node(at);
            let Some(&op) = node.ops.get(index) else {
                let Terminator::Jump(edge) = &node.end else { break };
                if at != id && !ends_handling(&self.flow, at) {
                    break;
                }
                let target = edge.target;
                if Some(target) == place.next {
                    return Ok((Some(name), self.or_pass(Vec::new())));
                }
                if let Some(context) = self.inner_context(target, place.context) {
                    let guards = match self.contexts.get(context) {
                        Context::Guarded(handler) => self.kinds.get(&handler) == Some(&HandlerKind::Unbind),
                        _ => false,
                    };
                    if guards {
                        let inner = Place { context, ..place.inner(place.next)? };
                        let body = self.sequence(target, inner).stmts;
                        return Ok((Some(name), self.or_pass(body)));
                    }
                    break;
                }
                if !passed.insert(target) {
                    return Err("an except clause leads nowhere".to_owned());
                }
                (at, index) = (target, 0);
                continue;
            };
            if self.flow.op(op).kind == OpKind::PopExcept {
                index += 1;
                continue;
            }
            match node.ops.get(index + 1) {
                Some(&next) if is_unbinding(&self.flow, op, next) => index += 2,
                _ => break,
            }
        }
        // The body did nothing that is guarded.
        let mut stmts = Vec::new();
        self.done[at.0 as usize] = true;
        let inner = place.inner(place.next)?;
        self.straight(at, index, &mut stmts)?;
        let step = self.leave(at, inner, &mut stmts)?;
        let stmts = self.rest(step, inner, stmts)?;
        Ok((Some(name), self.or_pass(stmts)))
    }
}
