//! `if` and `assert`.

use super::place::{OpenIf, Place, Sequence, Step};
use super::shaper::Shaper;
use crate::ast::{Stmt, StmtId};
use crate::graph::{BlockId, OpKind, Origin, Scope, Terminator, ValueId, WrittenJump};
use crate::shape::pure::is_pure;
use crate::shape::trouble::Shaped;

impl Shaper<'_> {
    /// The branch that a node ends with.
    pub(super) fn branch(&mut self, id: BlockId, place: Place, stmts: &mut Vec<StmtId>) -> Shaped<Step> {
        let Terminator::Branch { condition, on_true, on_false } = self.flow.node(id).end.clone() else {
            return Err("no branch".to_owned());
        };
        if !on_true.args.is_empty() || !on_false.args.is_empty() {
            return Err("a value is one of several".to_owned());
        }
        let origin = self.flow.node(id).origin;
        let (yes, no) = (on_true.target, on_false.target);
        for (raised, next, negated) in [(no, yes, false), (yes, no, true)] {
            if let Some(message) = self.assertion(raised, id) {
                self.done[raised.0 as usize] = true;
                let condition = if negated { self.negate(condition) } else { condition };
                let test = self.expr(condition)?;
                let msg = message.map(|value| self.expr(value)).transpose()?;
                let stmt = self.stmt(Stmt::Assert { test, msg }, origin);
                stmts.push(stmt);
                return Ok(Step::To(next));
            }
        }
        let falls = self.flow.node(id).falls.unwrap_or_else(|| self.flow.node(yes).offset <= self.flow.node(no).offset);
        // A jump back to the start of a loop is one that goes on behind the branch since 3.12: `if condition:` at the end of a loop.
        let goes_back = |to: BlockId| place.around.is_some_and(|around| around.head == to) && Some(to) == place.next;
        let falls = match self.units.since(3, 12) {
            true if goes_back(no) => true,
            // `if a not in b:` there.
            true if goes_back(yes) && self.flow.node(id).negated => false,
            _ => falls,
        };
        let (body, other, test) = if falls { (yes, no, condition) } else { (no, yes, self.negate(condition)) };
        self.if_statement(id, (body, other), test, place, stmts)
    }

    fn if_statement(
        &mut self,
        id: BlockId,
        (body, other): (BlockId, BlockId),
        test: ValueId,
        place: Place,
        stmts: &mut Vec<StmtId>,
    ) -> Shaped<Step> {
        let origin = self.flow.node(id).origin;
        let meeting = self
            .meeting(id, place)
            .or_else(|| self.behind_else(body, other, place))
            .or_else(|| self.end_of_else(id, other, place));
        let test = self.expr(test)?;
        let Some(meeting) = meeting else {
            let mut inner = self.sequence(body, place.inner(place.next)?);
            if inner.stmts.is_empty() && place.around.is_some_and(|around| around.head == body) {
                inner = Sequence { stmts: vec![self.stmt(Stmt::Continue, origin)], falls: false };
            }
            if self.leads_to_its_else(&mut inner, other, place) {
                let body = self.or_pass(inner.stmts);
                let stmt = self.stmt(Stmt::If { test, body, orelse: Vec::new() }, origin);
                stmts.push(stmt);
                return Ok(Step::To(other));
            }
            let left = self
                .left
                .filter(|_| !inner.falls && !self.units.compiles_since(10) && self.jump_to(other, place).is_some());
            if left.is_some_and(|left| self.flow.jumps_before_else(left)) {
                let body = inner.stmts;
                return Ok(Step::Else(OpenIf { before: Vec::new(), test, body, falls: false, origin }, other));
            }
            if let Some(jump) = self.dead_jump(other, place) {
                self.end_before_else(&mut inner, jump, place);
                let Sequence { stmts: body, falls } = inner;
                return Ok(Step::Else(OpenIf { before: Vec::new(), test, body, falls, origin }, other));
            }
            if inner.falls
                && Some(other) == place.next
                && self.left.take().is_some_and(|left| self.flow.jumps_over_nothing(left))
            {
                let (body, orelse) = (self.or_pass(inner.stmts), self.or_pass(Vec::new()));
                let stmt = self.stmt(Stmt::If { test, body, orelse }, origin);
                stmts.push(stmt);
                return Ok(Step::To(other));
            }
            if inner.falls {
                let body = inner.stmts;
                return Ok(Step::Else(OpenIf { before: Vec::new(), test, body, falls: true, origin }, other));
            }
            let body = self.or_pass(inner.stmts);
            let stmt = self.stmt(Stmt::If { test, body, orelse: Vec::new() }, origin);
            stmts.push(stmt);
            return Ok(Step::To(other));
        };
        let inner = place.inner(Some(meeting))?;
        let body = self.sequence(body, inner).stmts;
        let left = self.left.take();
        let mut orelse = self.sequence(other, inner).stmts;
        let body = self.or_pass(body);
        if orelse.is_empty() && left.is_some_and(|left| self.flow.jumps_over_nothing(left)) {
            orelse = self.or_pass(orelse);
        }
        let stmt = self.stmt(Stmt::If { test, body, orelse }, origin);
        stmts.push(stmt);
        Ok(Step::To(meeting))
    }

    /// Whether the body of an `if` ends with the `break` or `continue` that stands behind it: one is written, not two. It is taken from
    /// the body.
    fn leads_to_its_else(&self, body: &mut Sequence, other: BlockId, place: Place) -> bool {
        let Some(jump) = self.jump_to(other, place).filter(|_| body.stmts.len() > 1 && !self.flow.is_python2) else {
            return false;
        };
        let is_same = body.stmts.last().is_some_and(|&last| *self.body.get_stmt(last) == jump);
        let is_one = is_same && self.left.is_some_and(|left| !self.flow.is_jump_repeated(left));
        if is_one {
            body.stmts.pop();
        }
        is_one
    }

    /// Where the body of an `if` goes on behind an `else` that ends: it jumps over that.
    fn behind_else(&self, body: BlockId, other: BlockId, place: Place) -> Option<BlockId> {
        let offset = self.flow.node(other).offset;
        if !self.warm[other.0 as usize] || offset < self.flow.node(body).offset {
            return None;
        }
        let leaves = |id: BlockId| Some(id) == place.next || self.jump_to(id, place).is_some();
        let only_jumps = |id: BlockId| {
            let node = self.flow.node(id);
            node.ops.is_empty() && matches!(node.end, Terminator::Jump(_))
        };
        if leaves(body) || only_jumps(other) {
            return None;
        }
        let is_behind = |id: BlockId| self.flow.node(id).offset > offset && self.warm[id.0 as usize] && !leaves(id);
        // What stands behind the `else` is reached through the body alone.
        let mut todo = vec![body];
        let mut found: Option<BlockId> = None;
        while let Some(at) = todo.pop() {
            for &next in self.dominators.children(at) {
                if self.contexts.is_in(self.contexts.of(next), place.context) && is_behind(next) {
                    let is_first = |known: BlockId| self.flow.node(next).offset < self.flow.node(known).offset;
                    found = if found.is_none_or(is_first) { Some(next) } else { found };
                } else {
                    todo.push(next);
                }
            }
        }
        found.filter(|_| self.never_falls(other, place))
    }

    /// Whether no way from a node leads to what comes behind the place: as of an `else` that is jumped over.
    fn never_falls(&self, id: BlockId, place: Place) -> bool {
        /// How many nodes an `else` has at the most, of which that is asked.
        const MOST: usize = 2_000;
        let Some(behind) = place.next.filter(|&next| self.jump_to(next, place).is_none()) else { return true };
        let (mut todo, mut count) = (vec![id], 0);
        while let Some(at) = todo.pop() {
            count += 1;
            if count > MOST || self.flow.node(at).end.edges().any(|edge| edge.target == behind) {
                return false;
            }
            todo.extend(self.dominators.children(at));
        }
        true
    }

    /// The jump before a node that nothing leads to: the one over an `else` (up to 3.9).
    fn dead_jump(&self, id: BlockId, place: Place) -> Option<WrittenJump> {
        // Before what comes behind a loop there is the jump back of its body.
        let is_elsewhere = Some(id) == place.next || self.jump_to(id, place).is_some();
        self.flow.over_else_before(id).filter(|_| !is_elsewhere)
    }

    /// Ends the body of an `if` whose jump over the `else` nothing leads to: another one was before it, or a `return` that ends an `else`
    /// of its own, as compilers leave out all else behind one.
    fn end_before_else(&mut self, body: &mut Sequence, jump: WrittenJump, place: Place) {
        let jump = place.next.filter(|_| body.falls && jump.is_second).and_then(|next| self.jump_to(next, place));
        if let Some(jump) = jump {
            let jump = self.stmt(jump, Origin::None);
            body.stmts.push(jump);
            body.falls = false;
        }
        self.nest_last_branch(&mut body.stmts);
    }

    /// Where an `else` ends, if the jump over it tells, which nothing leads to.
    fn end_of_else(&self, id: BlockId, other: BlockId, place: Place) -> Option<BlockId> {
        let target = self.flow.over_else_before(other)?.target;
        self.flow.else_ends.get(&target)?.iter().copied().find(|&end| {
            let is_behind = Some(end) != place.next && end != other && self.jump_to(end, place).is_none();
            let is_own =
                self.contexts.is_in(self.contexts.of(end), place.context) && self.dominators.dominates(id, end);
            is_behind && is_own && !self.flow.node(end).dead
        })
    }

    /// Whether a `return None` that nothing leads to stands at the end of the code: the last statement is none that ends it, though
    /// nothing comes behind it (up to 3.9).
    pub(super) fn has_dead_end(&self) -> bool {
        let graph = self.flow.graph;
        let ends = graph.blocks.iter().flat_map(|block| block.ops.iter().map(|op| op.origin).chain([block.origin]));
        ends.filter_map(Origin::end).max().is_some_and(|last| last < self.unit.code_size)
    }

    /// Makes an `else` of what stands behind the last `if` or `try` of some statements, which end in a `return`.
    pub(super) fn nest_last_branch(&mut self, stmts: &mut Vec<StmtId>) {
        let returns = |&last: &StmtId| matches!(self.body.get_stmt(last), Stmt::Return(_));
        if !stmts.last().is_some_and(returns) {
            return;
        }
        let is_open = |&stmt: &StmtId| match self.body.get_stmt(stmt) {
            // Behind anything else than a `return` the jump over an `else` would be left.
            Stmt::If { body, orelse, .. } => orelse.is_empty() && body.last().is_some_and(returns),
            Stmt::Try { handlers, orelse, finalbody, .. } => {
                let all_end = handlers.iter().all(|handler| self.ends(&handler.body, 0));
                orelse.is_empty() && finalbody.is_empty() && !handlers.is_empty() && all_end
            }
            _ => false,
        };
        let Some(at) = stmts.iter().rposition(is_open).filter(|&at| at + 1 < stmts.len()) else { return };
        let behind = stmts.split_off(at + 1);
        if let Stmt::If { orelse, .. } | Stmt::Try { orelse, .. } = self.body.get_stmt_mut(stmts[at]) {
            *orelse = behind;
        }
    }

    /// Whether nothing comes behind statements because they return or raise.
    pub(super) fn ends(&self, stmts: &[StmtId], depth: u32) -> bool {
        match stmts.last().map(|&stmt| self.body.get_stmt(stmt)) {
            Some(Stmt::Return(_) | Stmt::Raise { .. }) => true,
            Some(Stmt::If { body, orelse, .. }) if depth < 50 => {
                self.ends(body, depth + 1) && self.ends(orelse, depth + 1)
            }
            _ => false,
        }
    }

    /// Where the ways of a branch meet, if that is not what comes behind the place anyway.
    fn meeting(&self, id: BlockId, place: Place) -> Option<BlockId> {
        let candidates = self
            .dominators
            .children(id)
            .iter()
            .copied()
            .filter(|&child| Some(child) != place.next && self.is_meeting(child, place));
        candidates.min_by_key(|&child| self.flow.node(child).offset)
    }

    /// Whether several ways meet in a node, other than those by which a loop goes on.
    pub(super) fn is_meeting(&self, id: BlockId, place: Place) -> bool {
        let node = self.flow.node(id);
        let leads = |member: &BlockId| self.flow.node(*member).end.edges().filter(|edge| edge.target == id).count();
        let back: usize = self.dominators.loop_at(id).into_iter().flatten().map(leads).sum();
        node.preds as usize > back + 1
            && !node.entry
            && self.jump_to(id, place).is_none()
            && self.contexts.is_in(self.contexts.of(id), place.context)
    }

    /// The message of the `AssertionError` that a node raises, if that is all it does.
    fn assertion(&self, id: BlockId, from: BlockId) -> Option<Option<ValueId>> {
        let node = self.flow.node(id);
        let Terminator::Raise { exception: Some(exception), cause: None } = node.end else { return None };
        let is_sole = self.flow.sole_pred(id) == Some(from);
        // `message = …; raise AssertionError(message)` may stand in the place of an `assert` up to 3.8.
        let is_all = self.units.since(3, 9) || is_pure(&self.flow, id, &[exception]);
        self.asserted(exception).filter(|message| is_sole && is_all && (message.is_some() || node.ops.len() == 1))
    }

    /// The message of what `assert` raises; none if the exception is another one.
    pub(super) fn asserted(&self, exception: ValueId) -> Option<Option<ValueId>> {
        let is_error = |value: ValueId| {
            self.flow.maker(value).is_some_and(|(op, _)| match &op.kind {
                OpKind::CommonConstant(name) => &**name == "AssertionError",
                // Up to 3.8 the name is looked up like any other.
                OpKind::Load(Scope::Global, name) => &**name == "AssertionError" && !self.units.since(3, 9),
                _ => false,
            })
        };
        if is_error(exception) {
            return Some(None);
        }
        let (call, _) = self.flow.maker(exception)?;
        match (&call.kind, &call.operands[..]) {
            (OpKind::Call { positional: 1, keywords }, &[error, message]) if keywords.is_empty() && is_error(error) => {
                Some(Some(message))
            }
            _ => None,
        }
    }

    fn negate(&mut self, value: ValueId) -> ValueId {
        self.flow.negate(value)
    }
}
