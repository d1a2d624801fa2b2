//! `match`.

use std::collections::{HashMap, HashSet};

use super::patterns::{Key, Reader, Spot, Test, Tried};
use super::place::{Place, Step};
use super::shaper::Shaper;
use crate::ast::{MatchCase, Pattern, PatternId, Stmt, StmtId};
use crate::constant::Name;
use crate::graph::{BlockId, OpKind, Origin, Terminator, ValueId};
use crate::shape::subjects::{begins_match, is_test};
use crate::shape::trouble::Shaped;

/// A case that was found.
struct Case {
    tried: Tried,
    captures: HashMap<ValueId, Vec<Name>>,
    /// What is asked besides, and whether it must be false.
    guard: Option<(ValueId, bool)>,
    body: Spot,
}

/// The cases of a statement.
struct Cases {
    list: Vec<Case>,
    /// Where control goes on if none of them fits.
    rest: Option<BlockId>,
    /// Nodes whose ends belong to patterns and guards.
    tests: HashSet<BlockId>,
    /// Nodes that begin a case or its body.
    starts: HashSet<BlockId>,
}

impl Shaper<'_> {
    /// The `match` that a node ends in: its cases. None if it is no such statement.
    fn cases(&self, id: BlockId) -> Option<(ValueId, Cases)> {
        let (subject, at) = begins_match(&self.flow, id)?;
        let mut reader = Reader::new((&self.flow, &self.dominators), Spot { node: id, at });
        let mut cases = Cases { list: Vec::new(), rest: Some(id), tests: HashSet::new(), starts: HashSet::new() };
        while let Some(node) = cases.rest {
            if !cases.list.is_empty() {
                reader.go_to(node);
            }
            let Some((case, fail)) = self.case(&mut reader, subject) else { break };
            cases.starts.extend([node, case.body.node]);
            cases.list.push(case);
            cases.rest = fail;
        }
        cases.tests = reader.tests.into_set();
        (!cases.list.is_empty()).then_some((subject, cases))
    }

    /// One case, and where control goes on if it does not fit. None if there is none here.
    fn case(&self, reader: &mut Reader<'_, '_>, subject: ValueId) -> Option<(Case, Option<BlockId>)> {
        let tried = reader.pattern(subject, 0)?;
        let captures = reader.captures();
        let fail = reader.fails.first().copied();
        if reader.fails.iter().any(|&other| Some(other) != fail) {
            return None;
        }
        let fits_all = matches!(tried.by, Test::Nothing);
        if let Some((guard, negated, body, failed)) = self.guard(reader, fail, subject) {
            reader.tests.add(reader.spot.node);
            let body = Spot { node: body, at: 0 };
            return Some((Case { tried, captures, guard: Some((guard, negated)), body }, Some(failed)));
        }
        // `case _` at the end is what comes behind the other cases.
        if fits_all && captures.is_empty() {
            return None;
        }
        Some((Case { tried, captures, guard: None, body: reader.spot }, fail))
    }

    /// The guard that follows a pattern: what is asked, whether it must be false, the body, and where it fails.
    fn guard(
        &self,
        reader: &mut Reader<'_, '_>,
        fail: Option<BlockId>,
        subject: ValueId,
    ) -> Option<(ValueId, bool, BlockId, BlockId)> {
        let flow = &self.flow;
        let Terminator::Branch { condition, on_true, on_false } = &flow.node(reader.spot.node).end else { return None };
        let only_asks = reader.ops_left().iter().all(|&op| {
            let op = flow.op(op);
            crate::shape::pure::is_expression(flow, &op.kind, &op.operands)
                && (op.results == 0 || op.results().any(|result| flow.is_used(result)))
        });
        let (yes, no) = (on_true.target, on_false.target);
        let condition = *condition;
        if !only_asks || is_test(flow, condition) || yes == no {
            return None;
        }
        match fail {
            Some(fail) if fail == no => Some((condition, false, yes, no)),
            Some(fail) if fail == yes => Some((condition, true, no, yes)),
            Some(_) => None,
            None if self.goes_on_matching(reader, no, subject) => Some((condition, false, yes, no)),
            None if self.goes_on_matching(reader, yes, subject) => Some((condition, true, no, yes)),
            None => None,
        }
    }

    /// Whether a node begins with a further case: it tries something on the subject, or binds it.
    fn goes_on_matching(&self, reader: &mut Reader<'_, '_>, node: BlockId, subject: ValueId) -> bool {
        let first = self.flow.node(node).ops.first().map(|&op| self.flow.op(op));
        let binds = first.is_some_and(|op| {
            matches!(op.kind, OpKind::Store(..)) && self.flow.resolve(op.operands[0]) == self.flow.resolve(subject)
        });
        binds || reader.tries(node, subject)
    }

    /// Where the operations of a node end that belong to statements before a `match`.
    pub(super) fn match_start(&self, id: BlockId) -> Option<usize> {
        let (_, at) = begins_match(&self.flow, id)?;
        self.cases(id).map(|_| at)
    }

    /// The `match` that a node ends in.
    pub(super) fn match_statement(
        &mut self,
        id: BlockId,
        place: Place,
        stmts: &mut Vec<StmtId>,
    ) -> Shaped<Option<Step>> {
        let Some((subject, cases)) = self.cases(id) else { return Ok(None) };
        let origin = self.flow.node(id).origin;
        let subject = self.expr(subject)?;
        for &test in &cases.tests {
            self.done[test.0 as usize] = true;
        }
        let (follow, default) = self.behind_match(id, &cases, place);
        let inner = place.inner(follow.or(place.next))?;
        let mut list = Vec::new();
        let mut falls = false;
        for case in &cases.list {
            let pattern = self.case_pattern(case)?;
            let guard = match case.guard {
                Some((value, true)) => {
                    let value = self.flow.negate(value);
                    Some(self.expr(value)?)
                }
                Some((value, false)) => Some(self.expr(value)?),
                None => None,
            };
            let (body, goes_on) = self.case_body(case.body, inner)?;
            falls |= goes_on;
            list.push(MatchCase { pattern, guard, body });
        }
        // Where nothing tells what follows, it is what no case fits, unless a case leads elsewhere.
        let default = default || follow.is_none() && falls;
        if let Some(rest) = cases.rest.filter(|_| default) {
            let body = self.sequence(rest, inner).stmts;
            let body = self.or_pass(body);
            let pattern = self.body.pattern(Pattern::As { pattern: None, name: None }, Origin::None);
            list.push(MatchCase { pattern, guard: None, body });
        }
        let stmt = self.stmt(Stmt::Match { subject, cases: list }, origin);
        stmts.push(stmt);
        Ok(Some(match follow {
            Some(follow) => Step::To(follow),
            None if default || cases.rest.is_none() => {
                if falls {
                    Step::Falls
                } else {
                    Step::End
                }
            }
            None => cases.rest.map_or(Step::End, Step::To),
        }))
    }

    /// Where control goes on behind all cases, if that is told by the ways that meet, and whether there is a `case _`.
    fn behind_match(&self, id: BlockId, cases: &Cases, place: Place) -> (Option<BlockId>, bool) {
        if let Some(rest) = cases.rest {
            let is_empty = cases.list.iter().any(|case| case.body == Spot { node: rest, at: 0 });
            let is_behind = is_empty || self.dominators.is_reached_without(rest, &cases.tests);
            if is_behind || Some(rest) == place.next || self.jump_to(rest, place).is_some() {
                return (Some(rest), false);
            }
        }
        let tests = cases.tests.iter().copied().chain([id]);
        let meeting = tests
            .flat_map(|test| self.dominators.children(test))
            .copied()
            .filter(|&child| {
                Some(child) != cases.rest
                    && Some(child) != place.next
                    && !cases.tests.contains(&child)
                    && (!cases.starts.contains(&child) || self.dominators.is_reached_without(child, &cases.tests))
                    && self.is_meeting(child, place)
            })
            .min_by_key(|&child| self.flow.node(child).offset);
        (meeting, meeting.is_some() && cases.rest.is_some())
    }

    /// The statements of a case, and whether control goes on behind them.
    fn case_body(&mut self, body: Spot, place: Place) -> Shaped<(Vec<StmtId>, bool)> {
        if body.at == 0 {
            let sequence = self.sequence(body.node, place);
            return Ok((self.or_pass(sequence.stmts), sequence.falls));
        }
        self.done[body.node.0 as usize] = true;
        let mut stmts = Vec::new();
        self.straight(body.node, body.at, &mut stmts)?;
        let step = self.leave(body.node, place, &mut stmts)?;
        let falls = match &step {
            Step::To(next) => Some(*next) == place.next,
            Step::Falls | Step::Else(..) => true,
            Step::End => false,
        };
        let stmts = self.rest(step, place, stmts)?;
        Ok((self.or_pass(stmts), falls))
    }

    fn case_pattern(&mut self, case: &Case) -> Shaped<PatternId> {
        let mut captures = case.captures.clone();
        pass_on(&case.tried, &mut captures);
        self.tried(&case.tried, &captures)
    }

    fn tried(&mut self, tried: &Tried, captures: &HashMap<ValueId, Vec<Name>>) -> Shaped<PatternId> {
        let value = tried.value.map(|value| self.flow.resolve(value));
        let names = value.and_then(|value| captures.get(&value)).cloned().unwrap_or_default();
        self.named(tried, names, captures)
    }

    /// A pattern, with the names that its whole value is bound to.
    fn named(&mut self, tried: &Tried, names: Vec<Name>, captures: &HashMap<ValueId, Vec<Name>>) -> Shaped<PatternId> {
        let mut names = names.into_iter();
        if matches!(tried.by, Test::Star) {
            return Ok(self.body.pattern(Pattern::Star(names.next()), Origin::None));
        }
        let mut pattern = self.tested_pattern(tried, captures)?.map(|test| self.body.pattern(test, Origin::None));
        if pattern.is_none() {
            let name = names.next();
            pattern = Some(self.body.pattern(Pattern::As { pattern: None, name }, Origin::None));
        }
        for name in names {
            pattern = Some(self.body.pattern(Pattern::As { pattern, name: Some(name) }, Origin::None));
        }
        pattern.ok_or_else(|| "a pattern is none".to_owned())
    }

    fn tested_pattern(&mut self, tried: &Tried, captures: &HashMap<ValueId, Vec<Name>>) -> Shaped<Option<Pattern>> {
        Ok(Some(match &tried.by {
            Test::Nothing => return Ok(None),
            Test::Star => Pattern::Star(None),
            Test::Value(value) => Pattern::Value(self.expr(*value)?),
            Test::Singleton(constant) => Pattern::Singleton(constant.clone()),
            Test::Sequence(items) => Pattern::Sequence(self.all_tried(items, captures)?),
            Test::Mapping { keys, items, rest } => {
                let mut list = Vec::new();
                for (key, item) in keys.iter().zip(items) {
                    let key = match key {
                        Key::Constant(constant) => self.constant(constant.clone()),
                        Key::Made(value) => self.expr(*value)?,
                    };
                    list.push((key, self.tried(item, captures)?));
                }
                let rest = rest.and_then(|rest| captures.get(&self.flow.resolve(rest))?.first().cloned());
                Pattern::Mapping { items: list, rest }
            }
            Test::Class { cls, names, items } => {
                let cls = self.expr(*cls)?;
                let mut patterns = self.all_tried(items, captures)?;
                let named = patterns.split_off(patterns.len().saturating_sub(names.len()));
                Pattern::Class { cls, patterns, keywords: names.iter().cloned().zip(named).collect() }
            }
            // A name for the whole value stands behind all alternatives, unless it is something else in others: then behind each.
            Test::Or(alternatives, params) => {
                let mut list = Vec::new();
                for (alternative, args) in alternatives {
                    let whole = params.iter().zip(args).filter(|(_, arg)| Some(**arg) == alternative.value);
                    let names = whole.filter_map(|(param, _)| captures.get(param)).flatten().cloned().collect();
                    list.push(self.named(alternative, names, captures)?);
                }
                Pattern::Or(list)
            }
        }))
    }

    fn all_tried(&mut self, items: &[Tried], captures: &HashMap<ValueId, Vec<Name>>) -> Shaped<Vec<PatternId>> {
        items.iter().map(|item| self.tried(item, captures)).collect()
    }
}

/// Gives the names that are bound to what alternatives pass on to what each of them passes, but for the whole value that they try.
fn pass_on(tried: &Tried, captures: &mut HashMap<ValueId, Vec<Name>>) {
    let mut todo = vec![tried];
    while let Some(tried) = todo.pop() {
        match &tried.by {
            Test::Sequence(items) | Test::Mapping { items, .. } | Test::Class { items, .. } => todo.extend(items),
            Test::Or(alternatives, params) => {
                for (alternative, args) in alternatives {
                    for (param, arg) in params.iter().zip(args) {
                        let is_part = param != arg && Some(*arg) != alternative.value;
                        if let Some(names) = captures.get(param).filter(|_| is_part).cloned() {
                            let known = captures.entry(*arg).or_default();
                            let new: Vec<Name> = names.into_iter().filter(|name| !known.contains(name)).collect();
                            known.extend(new);
                        }
                    }
                    todo.push(alternative);
                }
            }
            Test::Nothing | Test::Star | Test::Value(_) | Test::Singleton(_) => {}
        }
    }
}
