//! Patterns of `case`, read from the operations that try them.
//!
//! A pattern is a run of tests on a value and its items; each leads on if it holds, and to where the next case begins if it does
//! not. Names are bound when all tests have held: which value each name is bound to tells which part of the pattern it stands at.

use std::collections::{HashMap, HashSet};

use super::conditions::is_expression;
use super::dominators::Dominators;
use super::flow::{Flow, OpId};
use crate::constant::{Constant, Name};
use crate::graph::{BinaryOp, BlockId, BuildKind, CompareOp, Edge, Op, OpKind, Terminator, ValueId};

/// A place in a node: before the operation of this index, or before the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub node: BlockId,
    pub at: usize,
}

/// What is tried on a value.
#[derive(Clone, Debug)]
pub(super) struct Tried {
    /// None for what is not even looked at.
    pub value: Option<ValueId>,
    pub by: Test,
}

/// How it is tried.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// Not at all: `_`, or a name.
    Nothing,
    /// `*_`, or `*name`
    Star,
    /// `==` this
    Value(ValueId),
    /// `is` this
    Singleton(Constant),
    Sequence(Vec<Tried>),
    Mapping {
        keys: Vec<Key>,
        items: Vec<Tried>,
        /// The dict of what is left.
        rest: Option<ValueId>,
    },
    Class {
        cls: ValueId,
        names: Vec<Name>,
        items: Vec<Tried>,
    },
    /// Alternatives, each with what it passes to these parameters.
    Or(Vec<(Tried, Vec<ValueId>)>, Vec<ValueId>),
}

/// A key of a mapping.
#[derive(Clone, Debug)]
pub(super) enum Key {
    Constant(Constant),
    /// What an expression makes.
    Made(ValueId),
}

/// Reads patterns.
pub(super) struct Reader<'f, 'g> {
    flow: &'f Flow<'g>,
    dominators: &'f Dominators,
    pub spot: Spot,
    /// Several ways lead to the node, with these arguments: the pattern, or an alternative in it, ends here.
    joined: Option<Vec<ValueId>>,
    /// Where failing tests lead.
    pub fails: Vec<BlockId>,
    /// Nodes whose ends belong to patterns: tests, and ends of alternatives.
    pub tests: Tests,
    /// Values that names may be bound to.
    values: HashSet<ValueId>,
    /// Where the alternatives lead that are being read.
    ends: Vec<BlockId>,
    budget: usize,
}

/// The state of a reader that may be gone back to: the place, the arguments there, where tests fail, how many tests there were.
type Before = (Spot, Option<Vec<ValueId>>, Vec<BlockId>, usize);

/// Nodes whose ends belong to patterns, in the order in which they were read.
#[derive(Default)]
pub(super) struct Tests {
    order: Vec<BlockId>,
    set: HashSet<BlockId>,
}

impl Tests {
    pub(super) fn add(&mut self, node: BlockId) {
        if self.set.insert(node) {
            self.order.push(node);
        }
    }

    fn len(&self) -> usize {
        self.order.len()
    }

    /// Forgets all but the first ones.
    fn cut(&mut self, len: usize) {
        for node in self.order.drain(len..) {
            self.set.remove(&node);
        }
    }

    fn set(&self) -> &HashSet<BlockId> {
        &self.set
    }

    pub(super) fn into_set(self) -> HashSet<BlockId> {
        self.set
    }
}

/// How deep patterns nest at the most.
const DEPTH: usize = 100;

impl<'f, 'g> Reader<'f, 'g> {
    pub(super) fn new((flow, dominators): (&'f Flow<'g>, &'f Dominators), spot: Spot) -> Self {
        let budget = flow.ops.len() * 4 + 1000;
        let (tests, values) = (Tests::default(), HashSet::new());
        Self { flow, dominators, spot, joined: None, fails: Vec::new(), tests, values, ends: Vec::new(), budget }
    }

    /// Forgets what was read since.
    fn go_back(&mut self, (spot, joined, fails, tests): Before) {
        (self.spot, self.joined, self.fails) = (spot, joined, fails);
        self.tests.cut(tests);
    }

    /// Goes on reading from the start of a node.
    pub(super) fn go_to(&mut self, node: BlockId) {
        (self.spot, self.joined) = (Spot { node, at: 0 }, None);
        self.fails.clear();
    }

    /// The pattern that is tried on a value from here on. `None` if it is none that a compiler makes.
    pub(super) fn pattern(&mut self, value: ValueId, depth: usize) -> Option<Tried> {
        self.budget = self.budget.checked_sub(1)?;
        if depth > DEPTH {
            return None;
        }
        let value = self.flow.resolve(value);
        self.values.insert(value);
        let around = std::mem::take(&mut self.fails);
        let first = self.alternative(value, depth)?;
        let own = std::mem::replace(&mut self.fails, around);
        match self.alternatives(value, &first, &own, depth) {
            Some(or) => Some(or),
            None => {
                self.fails.extend(own);
                Some(first)
            }
        }
    }

    /// Further alternatives behind a first one, if there are any: where that fails, others are tried on the same value, and lead to
    /// the same place.
    fn alternatives(&mut self, value: ValueId, first: &Tried, fails: &[BlockId], depth: usize) -> Option<Tried> {
        let (&next, others) = fails.split_first()?;
        if others.iter().any(|&other| other != next) || self.flow.node(next).entry {
            return None;
        }
        let before = (self.spot, self.joined.clone(), self.fails.clone(), self.tests.len());
        let found = self.read_alternatives(value, first, next, depth);
        if found.is_none() {
            self.go_back(before);
        }
        found
    }

    fn read_alternatives(&mut self, value: ValueId, first: &Tried, next: BlockId, depth: usize) -> Option<Tried> {
        let (end, args) = self.land()?;
        let mut list = vec![passing(first.clone(), args)];
        let around = std::mem::take(&mut self.fails);
        let mut next = Some(next);
        while let Some(node) = next.take() {
            self.budget = self.budget.checked_sub(1)?;
            (self.spot, self.joined, self.fails) = (Spot { node, at: 0 }, None, Vec::new());
            let spot = self.spot;
            self.ends.push(end);
            let tried = self.alternative(value, depth);
            self.ends.pop();
            let tried = tried?;
            let (landed, args) = self.land()?;
            if landed != end || spot == self.spot {
                return None;
            }
            list.push(passing(tried, args));
            let failed = self.fails.first().copied().filter(|&failed| self.fails.iter().all(|&other| other == failed));
            if failed.is_some_and(|failed| self.tries(failed, value) && self.would_land(failed, value, end, depth)) {
                next = failed;
            }
        }
        let last = std::mem::replace(&mut self.fails, around);
        self.fails.extend(last);
        // Alternatives that these are part of may lead there as well.
        let passed = &list[0].1;
        let is_shared = (self.ends.contains(&end) || self.dominators.is_reached_without(end, self.tests.set()))
            && list.iter().all(|(_, args)| args == passed);
        (self.spot, self.joined) = (Spot { node: end, at: 0 }, is_shared.then(|| passed.clone()));
        if is_shared {
            return Some(Tried { value: Some(value), by: Test::Or(list, Vec::new()) });
        }
        let params = self.resolved(&self.flow.node(end).params);
        self.values.extend(params.iter().copied());
        Some(Tried { value: Some(value), by: Test::Or(list, params) })
    }

    /// Whether an alternative that begins with a node leads to this place.
    fn would_land(&mut self, node: BlockId, value: ValueId, end: BlockId, depth: usize) -> bool {
        let before = (self.spot, self.joined.clone(), self.fails.clone(), self.tests.len());
        (self.spot, self.joined) = (Spot { node, at: 0 }, None);
        self.ends.push(end);
        let lands = self.alternative(value, depth).is_some() && self.landing().is_some_and(|(landed, _)| landed == end);
        self.ends.pop();
        self.go_back(before);
        lands
    }

    /// Whether the first thing that a node does is to try something on a value.
    pub(super) fn tries(&mut self, node: BlockId, value: ValueId) -> bool {
        let before = (self.spot, self.joined.take());
        self.spot = Spot { node, at: 0 };
        let tries = self.next_test(value).is_some();
        (self.spot, self.joined) = before;
        tries
    }

    /// Where control goes on from here, if several ways lead there, and with which arguments.
    fn landing(&self) -> Option<(BlockId, Vec<ValueId>)> {
        if let Some(args) = &self.joined {
            return Some((self.spot.node, self.resolved(args)));
        }
        let node = self.flow.node(self.spot.node);
        match &node.end {
            Terminator::Jump(edge) if self.spot.at == node.ops.len() && self.flow.node(edge.target).preds > 1 => {
                Some((edge.target, self.resolved(&edge.args)))
            }
            _ => None,
        }
    }

    /// Ends an alternative.
    fn land(&mut self) -> Option<(BlockId, Vec<ValueId>)> {
        if self.joined.is_none() {
            self.tests.add(self.spot.node);
        }
        self.landing()
    }

    fn resolved(&self, values: &[ValueId]) -> Vec<ValueId> {
        values.iter().map(|&value| self.flow.resolve(value)).collect()
    }

    fn op_at(&self, at: usize) -> Option<&Op> {
        self.joined.is_none().then(|| self.flow.node(self.spot.node).ops.get(at)).flatten().map(|&op| self.flow.op(op))
    }

    /// Whether an operation is on this value first.
    fn is_on(&self, op: &Op, value: ValueId) -> bool {
        op.operands.first().is_some_and(|&first| self.flow.resolve(first) == self.flow.resolve(value))
    }

    /// The operation that tries something on a value: the next one, but for those that make what it is tried with.
    fn next_test(&self, value: ValueId) -> Option<(usize, Op)> {
        use OpKind::{Compare, Is, MatchClass, MatchMapping, MatchSequence};
        let mut at = self.spot.at;
        loop {
            let op = self.op_at(at)?;
            match op.kind {
                MatchSequence | MatchMapping | MatchClass { .. } => {
                    return self.is_on(op, value).then(|| (at, op.clone()));
                }
                Compare(CompareOp::Eq) | Is { .. } if self.is_on(op, value) && self.asks(op.first) => {
                    return Some((at, op.clone()));
                }
                _ if is_expression(self.flow, &op.kind, &op.operands) && !matches!(op.kind, OpKind::Store(..)) => {
                    at += 1;
                }
                _ => return None,
            }
        }
    }

    /// Whether the node ends in a branch on this value.
    fn asks(&self, value: ValueId) -> bool {
        let end = &self.flow.node(self.spot.node).end;
        matches!(end, Terminator::Branch { condition, .. } if self.flow.resolve(*condition) == value)
    }

    /// Follows the branch on a value that the node ends in, to where it is so.
    fn follow(&mut self, condition: ValueId, holds: bool) -> Option<()> {
        let Terminator::Branch { condition: asked, on_true, on_false } = &self.flow.node(self.spot.node).end else {
            return None;
        };
        if self.flow.resolve(*asked) != condition {
            return None;
        }
        let (to, fail) = if holds { (on_true.clone(), on_false) } else { (on_false.clone(), on_true) };
        self.fails.push(fail.target);
        self.tests.add(self.spot.node);
        self.enter(&to);
        Some(())
    }

    fn enter(&mut self, edge: &Edge) {
        let target = self.flow.node(edge.target);
        self.joined = (target.preds > 1 || target.entry).then(|| edge.args.clone());
        self.spot = Spot { node: edge.target, at: 0 };
    }

    fn alternative(&mut self, value: ValueId, depth: usize) -> Option<Tried> {
        let by = match self.next_test(value) {
            None => Test::Nothing,
            Some((at, op)) => {
                self.spot.at = at + 1;
                self.test(value, &op, depth)?
            }
        };
        Some(Tried { value: Some(value), by })
    }

    fn test(&mut self, value: ValueId, op: &Op, depth: usize) -> Option<Test> {
        Some(match &op.kind {
            OpKind::Compare(_) => {
                self.follow(op.first, true)?;
                Test::Value(op.operands[1])
            }
            OpKind::Is { negated } => {
                let constant = self.flow.constant(op.operands[1])?.clone();
                if !matches!(constant, Constant::None | Constant::Bool(_)) {
                    return None;
                }
                self.follow(op.first, !negated)?;
                Test::Singleton(constant)
            }
            OpKind::MatchSequence => {
                self.follow(op.first, true)?;
                Test::Sequence(self.sequence(value, depth)?)
            }
            OpKind::MatchMapping => {
                self.follow(op.first, true)?;
                self.mapping(value, depth)?
            }
            OpKind::MatchClass { positional } => {
                let names = match self.flow.constant(op.operands[2])? {
                    Constant::Tuple(names) => names.iter().map(text_of).collect::<Option<Vec<Name>>>()?,
                    _ => return None,
                };
                self.is_not_none(op.first)?;
                let items = self.items(op.first, *positional as usize + names.len(), depth)?;
                Test::Class { cls: op.operands[1], names, items }
            }
            _ => return None,
        })
    }

    /// The test that a value is not None.
    fn is_not_none(&mut self, value: ValueId) -> Option<()> {
        let op = self.op_at(self.spot.at)?;
        let OpKind::Is { negated } = op.kind else { return None };
        let is_it = self.is_on(op, value) && self.flow.constant(op.operands[1]) == Some(&Constant::None);
        let asked = op.first;
        if !is_it {
            return None;
        }
        self.follow(asked, negated)
    }

    /// The test of a length: how long, and whether more fits.
    fn length(&mut self, value: ValueId) -> Option<(usize, bool)> {
        let len = self.op_at(self.spot.at).filter(|op| op.kind == OpKind::GetLen && self.is_on(op, value))?.first;
        let op = self.op_at(self.spot.at + 1).filter(|op| self.is_on(op, len))?;
        let more = match op.kind {
            OpKind::Compare(CompareOp::Eq) => false,
            OpKind::Compare(CompareOp::GtE) => true,
            _ => return None,
        };
        let count = self.index(op.operands[1])?;
        let asked = op.first;
        self.follow(asked, true)?;
        Some((count, more))
    }

    fn index(&self, value: ValueId) -> Option<usize> {
        match self.flow.constant(value)? {
            Constant::Int(value) => usize::try_from(*value).ok().filter(|&value| value < 10_000),
            _ => None,
        }
    }

    fn sequence(&mut self, value: ValueId, depth: usize) -> Option<Vec<Tried>> {
        let (least, has_star) = self.length(value).unwrap_or((0, true));
        let unpacked = self.op_at(self.spot.at).filter(|op| self.is_on(op, value)).and_then(|op| match op.kind {
            OpKind::Unpack(_) | OpKind::Only => Some((None, op.clone())),
            OpKind::UnpackEx { before, .. } => Some((Some(before as usize), op.clone())),
            _ => None,
        });
        if let Some((star, op)) = unpacked {
            self.spot.at += 1;
            return op.results().enumerate().map(|(index, item)| self.item(item, Some(index) == star, depth)).collect();
        }
        let mut items: Vec<Tried> = (0..least).map(|_| Tried { value: None, by: Test::Nothing }).collect();
        let mut behind = 0;
        while let Some((item, index, from_end)) = self.indexed(value) {
            let at = if from_end { least.checked_sub(index)? } else { index };
            behind = if from_end { behind.max(index) } else { behind };
            *items.get_mut(at)? = self.pattern(item, depth + 1)?;
        }
        if has_star {
            items.insert(least.checked_sub(behind)?, Tried { value: None, by: Test::Star });
        }
        Some(items)
    }

    fn item(&mut self, item: ValueId, is_star: bool, depth: usize) -> Option<Tried> {
        if is_star {
            self.values.insert(item);
            return Some(Tried { value: Some(item), by: Test::Star });
        }
        self.pattern(item, depth + 1)
    }

    /// The next item that is taken by an index, from the start or from the end.
    fn indexed(&mut self, value: ValueId) -> Option<(ValueId, usize, bool)> {
        let op = self.op_at(self.spot.at).filter(|op| self.is_on(op, value))?;
        match op.kind {
            OpKind::GetItem => {
                let found = (op.first, self.index(op.operands[1])?, false);
                self.spot.at += 1;
                Some(found)
            }
            OpKind::GetLen => {
                let len = op.first;
                let minus = OpKind::Binary { op: BinaryOp::Sub, inplace: false };
                let sub = self.op_at(self.spot.at + 1).filter(|op| op.kind == minus && self.is_on(op, len))?;
                let (place, back) = (sub.first, self.index(sub.operands[1])?);
                let get = self.op_at(self.spot.at + 2).filter(|op| op.kind == OpKind::GetItem)?;
                if !self.is_on(get, value) || get.operands[1] != place {
                    return None;
                }
                let item = get.first;
                self.spot.at += 3;
                Some((item, back, true))
            }
            _ => None,
        }
    }

    /// Patterns of the items of a tuple of values, which are unpacked (3.11+) or taken by their index.
    fn items(&mut self, tuple: ValueId, count: usize, depth: usize) -> Option<Vec<Tried>> {
        let unpack = self.op_at(self.spot.at).filter(|op| unpacks(op, count));
        if let Some(op) = unpack.filter(|op| self.is_on(op, tuple)).cloned() {
            self.spot.at += 1;
            return op.results().map(|item| self.item(item, false, depth)).collect();
        }
        let mut items: Vec<Tried> = (0..count).map(|_| Tried { value: None, by: Test::Nothing }).collect();
        while let Some((item, index, false)) = self.indexed(tuple) {
            *items.get_mut(index)? = self.pattern(item, depth + 1)?;
        }
        Some(items)
    }

    fn mapping(&mut self, value: ValueId, depth: usize) -> Option<Test> {
        _ = self.length(value);
        let mut at = self.spot.at;
        let keys = loop {
            let Some(op) = self.op_at(at) else { break None };
            if op.kind == OpKind::MatchKeys && self.is_on(op, value) {
                break Some((op.first, op.operands[1]));
            }
            if !is_expression(self.flow, &op.kind, &op.operands) {
                break None;
            }
            at += 1;
        };
        let Some((found, tuple)) = keys else {
            return Some(Test::Mapping { keys: Vec::new(), items: Vec::new(), rest: None });
        };
        let keys = self.keys(tuple)?;
        self.spot.at = at + 1;
        self.is_not_none(found)?;
        let items = self.items(found, keys.len(), depth)?;
        let rest = self.rest(value, tuple, keys.len());
        self.values.extend(rest);
        Some(Test::Mapping { keys, items, rest })
    }

    fn keys(&self, tuple: ValueId) -> Option<Vec<Key>> {
        if let Some(Constant::Tuple(keys)) = self.flow.constant(tuple) {
            return Some(keys.iter().cloned().map(Key::Constant).collect());
        }
        let (op, _) = self.flow.maker(tuple)?;
        let is_tuple = matches!(op.kind, OpKind::Build(BuildKind::Tuple, _));
        is_tuple.then(|| op.operands.iter().map(|&key| self.key(key)).collect())
    }

    fn key(&self, value: ValueId) -> Key {
        self.flow.constant(value).map_or(Key::Made(value), |constant| Key::Constant(constant.clone()))
    }

    /// The dict of what a mapping has besides these keys: `**rest`.
    fn rest(&mut self, value: ValueId, keys: ValueId, count: usize) -> Option<ValueId> {
        let at = self.spot.at;
        let first = self.op_at(at)?;
        let rest = first.first;
        if first.kind == OpKind::CopyDictWithoutKeys {
            self.spot.at += 1;
            return Some(rest);
        }
        if first.kind != OpKind::Build(BuildKind::Dict, 0) {
            return None;
        }
        let filled = self.op_at(at + 1).filter(|op| op.kind == OpKind::DictUpdate && self.is_on(op, rest))?;
        let unpacked = self.op_at(at + 2).filter(|op| unpacks(op, count))?;
        if self.flow.resolve(filled.operands[1]) != value || !self.is_on(unpacked, keys) {
            return None;
        }
        let deletes = |index: usize| self.op_at(at + 3 + index).is_some_and(|op| op.kind == OpKind::DelItem);
        if !(0..count).all(deletes) {
            return None;
        }
        self.spot.at += 3 + count;
        Some(rest)
    }

    /// The names that are bound now, by the value that each is bound to.
    pub(super) fn captures(&mut self) -> HashMap<ValueId, Vec<Name>> {
        let mut captures: HashMap<ValueId, Vec<Name>> = HashMap::new();
        // A pattern without names may lead to where other ways lead, too.
        while let Some((value, name)) = self.capture() {
            captures.entry(value).or_default().push(name);
            self.spot.at += 1;
        }
        captures
    }

    fn capture(&self) -> Option<(ValueId, Name)> {
        let op = self.op_at(self.spot.at)?;
        let OpKind::Store(_, name) = &op.kind else { return None };
        let value = self.flow.resolve(op.operands[0]);
        self.values.contains(&value).then(|| (value, name.clone()))
    }

    /// The operations of the node from here on.
    pub(super) fn ops_left(&self) -> &[OpId] {
        self.flow.node(self.spot.node).ops.get(self.spot.at..).unwrap_or_default()
    }
}

/// Whether an operation takes so many items out of a value.
fn unpacks(op: &Op, count: usize) -> bool {
    op.kind == OpKind::Unpack(count as u32) || count == 1 && op.kind == OpKind::Only
}

/// An alternative. A name for the whole stands behind all alternatives, unless each passes the value on by itself.
fn passing(mut tried: Tried, args: Vec<ValueId>) -> (Tried, Vec<ValueId>) {
    tried.value = tried.value.filter(|value| args.contains(value));
    (tried, args)
}

fn text_of(constant: &Constant) -> Option<Name> {
    match constant {
        Constant::Str(text) => std::str::from_utf8(text).ok().map(Into::into),
        _ => None,
    }
}
