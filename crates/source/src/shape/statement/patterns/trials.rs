//! Tests of one value and of its items.

use super::reader::Reader;
use super::tried::{Key, Test, Tried};
use crate::constant::{Constant, Name};
use crate::graph::{BinaryOp, BuildKind, CompareOp, Op, OpKind, ValueId};
use crate::shape::pure::is_expression;

impl Reader<'_, '_> {
    /// The operation that tries something on a value: the next one, but for those that make what it is tried with.
    pub(super) fn next_test(&self, value: ValueId) -> Option<(usize, Op)> {
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

    pub(super) fn test(&mut self, value: ValueId, op: &Op, depth: usize) -> Option<Test> {
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
}

/// Whether an operation takes so many items out of a value.
fn unpacks(op: &Op, count: usize) -> bool {
    op.kind == OpKind::Unpack(count as u32) || count == 1 && op.kind == OpKind::Only
}

fn text_of(constant: &Constant) -> Option<Name> {
    match constant {
        Constant::Str(text) => std::str::from_utf8(text).ok().map(Into::into),
        _ => None,
    }
}
