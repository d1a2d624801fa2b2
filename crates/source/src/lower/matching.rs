//! `match` (`compiler_match_inner`, `compiler_pattern` and what these call in CPython's `compile.c`).
//!
//! The stack grows while a pattern is tried: values keep their places until the case is over, and names are bound from there.

use std::collections::HashSet;

use super::{Label, Lowered, Lowerer};
use crate::ast::{ExprId, MatchCase, Pattern, PatternId};
use crate::constant::{Constant, Name};
use crate::graph::{BinaryOp, BuildKind, CompareOp, OpKind, Origin, ValueId};
use crate::unit::Patterns;

/// A case that is being tried.
struct Attempt<'a> {
    /// Where it goes on if the pattern does not fit.
    fail: Label,
    /// The names that are bound, and where on the stack their values are.
    captures: Vec<(&'a Name, usize)>,
    /// How many of them stand before the last test.
    tested: usize,
}

impl Attempt<'_> {
    fn new(fail: Label) -> Self {
        Self { fail, captures: Vec::new(), tested: 0 }
    }
}

impl<'a> Lowerer<'a> {
    pub(super) fn match_stmt(&mut self, subject: ExprId, cases: &'a [MatchCase]) -> Lowered {
        let outside = self.stack.len();
        self.expr(subject)?;
        let mut end = self.label_at(outside);
        for case in cases {
            let mut attempt = Attempt::new(self.label_at(outside + 1));
            self.pattern(case.pattern, outside, &mut attempt)?;
            let mut bound = HashSet::new();
            if !attempt.captures.iter().all(|(name, _)| bound.insert(*name)) {
                return Err("a pattern binds a name twice".to_owned());
            }
            if self.units.compiler.patterns == Patterns::Unpacked {
                attempt.captures.rotate_left(attempt.tested);
            }
            for &(name, at) in &attempt.captures {
                self.push(self.stack[at]);
                self.store_name(name);
            }
            if let Some(guard) = case.guard {
                self.jump_if(guard, false, &mut attempt.fail)?;
            }
            self.stack.truncate(outside);
            self.stmts(&case.body)?;
            self.jump(&mut end);
            self.place_only(attempt.fail);
        }
        self.stack.truncate(outside);
        self.place(&mut end);
        Ok(())
    }

    /// Pops a value; the pattern does not fit if that is false.
    fn fail_unless(&mut self, attempt: &mut Attempt<'a>) {
        attempt.tested = attempt.captures.len();
        self.branch(false, &mut attempt.fail);
    }

    /// A label that is reached with so much on the stack.
    fn label_at(&mut self, depth: usize) -> Label {
        let block = self.graph.add_block(self.graph.blocks.len() as u32, None);
        (0..depth).for_each(|_| _ = self.graph.add_param(block));
        Label(Some(block))
    }

    /// Tries a pattern on the value at this place on the stack.
    fn pattern(&mut self, id: PatternId, at: usize, attempt: &mut Attempt<'a>) -> Lowered {
        self.descend()?;
        self.origin = Origin::Node(id.0);
        let body = self.body;
        match body.get_pattern(id) {
            Pattern::Value(value) => {
                self.push(self.stack[at]);
                self.expr(*value)?;
                self.push_op(OpKind::Compare(CompareOp::Eq), 2);
                self.fail_unless(attempt);
            }
            Pattern::Singleton(constant) => {
                self.push(self.stack[at]);
                self.push_constant(constant.clone());
                self.push_op(OpKind::Is { negated: false }, 2);
                self.fail_unless(attempt);
            }
            Pattern::As { pattern, name } => {
                pattern.iter().try_for_each(|&pattern| self.pattern(pattern, at, attempt))?;
                attempt.captures.extend(name.as_ref().map(|name| (name, at)));
            }
            Pattern::Star(name) => attempt.captures.extend(name.as_ref().map(|name| (name, at))),
            Pattern::Sequence(items) => self.sequence_pattern(items, at, attempt)?,
            Pattern::Mapping { items, rest } => self.mapping_pattern(items, rest.as_ref(), at, attempt)?,
            Pattern::Class { cls, patterns, keywords } => {
                self.class_pattern(*cls, (patterns, keywords), at, attempt)?;
            }
            Pattern::Or(alternatives) => self.or_pattern(alternatives, at, attempt)?,
        }
        self.depth -= 1;
        Ok(())
    }

    /// Whether a pattern fits anything and binds nothing: `_`, `*_`.
    fn is_wildcard(&self, id: PatternId) -> bool {
        matches!(self.body.get_pattern(id), Pattern::As { pattern: None, name: None } | Pattern::Star(None))
    }

    /// Whether a part of a pattern is not even taken from what it is a part of.
    fn passes_over(&self, id: PatternId) -> bool {
        self.units.compiler.patterns == Patterns::CPython && self.is_wildcard(id)
    }

    /// Asks something of the value at this place, and pushes the answer.
    fn ask(&mut self, kind: OpKind, at: usize) {
        let value = self.op(kind, vec![self.stack[at]]);
        self.push(value);
    }

    fn sequence_pattern(&mut self, items: &[PatternId], at: usize, attempt: &mut Attempt<'a>) -> Lowered {
        self.ask(OpKind::MatchSequence, at);
        self.fail_unless(attempt);
        let star = items.iter().position(|&item| matches!(self.body.get_pattern(item), Pattern::Star(_)));
        match star {
            None => self.compare_length(at, CompareOp::Eq, items.len(), attempt),
            Some(_) if items.len() > 1 => self.compare_length(at, CompareOp::GtE, items.len() - 1, attempt),
            Some(_) => {}
        }
        let is_alone = star.is_some() && items.len() == 1;
        if items.iter().all(|&item| self.passes_over(item) || is_alone && self.is_wildcard(item)) {
            return Ok(());
        }
        match star {
            Some(star) if self.is_wildcard(items[star]) => self.items_by_index(items, star, at, attempt),
            star => {
                let kind = match star {
                    Some(before) => {
                        OpKind::UnpackEx { before: before as u32, after: (items.len() - before - 1) as u32 }
                    }
                    None => OpKind::Unpack(items.len() as u32),
                };
                self.unpacked_patterns(kind, self.stack[at], items, attempt)
            }
        }
    }

    fn compare_length(&mut self, at: usize, operator: CompareOp, length: usize, attempt: &mut Attempt<'a>) {
        self.ask(OpKind::GetLen, at);
        self.push_constant(Constant::Int(length as i64));
        self.push_op(OpKind::Compare(operator), 2);
        self.fail_unless(attempt);
    }

    /// Unpacks a value, and tries a pattern on each item.
    fn unpacked_patterns(
        &mut self,
        kind: OpKind,
        value: ValueId,
        items: &[PatternId],
        attempt: &mut Attempt<'a>,
    ) -> Lowered {
        let first = self.op(kind, vec![value]);
        let from = self.stack.len();
        self.stack.extend((0..items.len() as u32).map(|index| ValueId(first.0 + index)));
        (from..).zip(items).try_for_each(|(at, &item)| self.pattern(item, at, attempt))
    }

    /// Patterns around `*_`: each item is taken by its index (`pattern_helper_sequence_subscr`).
    fn items_by_index(
        &mut self,
        items: &[PatternId],
        star: usize,
        subject: usize,
        attempt: &mut Attempt<'a>,
    ) -> Lowered {
        for (index, &item) in items.iter().enumerate() {
            if index == star || self.passes_over(item) {
                continue;
            }
            self.push(self.stack[subject]);
            if index < star {
                self.push_constant(Constant::Int(index as i64));
            } else {
                self.ask(OpKind::GetLen, subject);
                self.push_constant(Constant::Int((items.len() - index) as i64));
                self.push_op(OpKind::Binary { op: BinaryOp::Sub, inplace: false }, 2);
            }
            self.push_op(OpKind::GetItem, 2);
            self.pattern(item, self.stack.len() - 1, attempt)?;
        }
        Ok(())
    }

    /// Tries patterns on the items of the tuple on top: by index in 3.10, unpacked since then.
    fn patterns_of_tuple(&mut self, items: &[PatternId], attempt: &mut Attempt<'a>) -> Lowered {
        let tuple = self.stack.len() - 1;
        let unpacks = match self.units.compiler.patterns {
            Patterns::CPython => self.since(11),
            Patterns::Indexed => false,
            Patterns::Unpacked => !items.is_empty(),
        };
        if unpacks {
            return self.unpacked_patterns(OpKind::Unpack(items.len() as u32), self.stack[tuple], items, attempt);
        }
        for (index, &item) in items.iter().enumerate() {
            if self.passes_over(item) {
                continue;
            }
            self.push(self.stack[tuple]);
            self.push_constant(Constant::Int(index as i64));
            self.push_op(OpKind::GetItem, 2);
            self.pattern(item, self.stack.len() - 1, attempt)?;
        }
        Ok(())
    }

    /// Fails if the value on top, which stays, is None.
    fn fail_if_none(&mut self, attempt: &mut Attempt<'a>) {
        let value = self.peek(1);
        self.push(value);
        self.push_constant(Constant::None);
        self.push_op(OpKind::Is { negated: true }, 2);
        self.fail_unless(attempt);
    }

    fn class_pattern(
        &mut self,
        cls: ExprId,
        (patterns, keywords): (&'a [PatternId], &'a [(Name, PatternId)]),
        at: usize,
        attempt: &mut Attempt<'a>,
    ) -> Lowered {
        self.push(self.stack[at]);
        self.expr(cls)?;
        let names: Vec<Constant> = keywords.iter().map(|(name, _)| Constant::text(name)).collect();
        self.push_constant(Constant::Tuple(names.into()));
        self.push_op(OpKind::MatchClass { positional: patterns.len() as u32 }, 3);
        self.fail_if_none(attempt);
        let items: Vec<PatternId> = patterns.iter().copied().chain(keywords.iter().map(|(_, item)| *item)).collect();
        self.patterns_of_tuple(&items, attempt)
    }

    fn mapping_pattern(
        &mut self,
        items: &[(ExprId, PatternId)],
        rest: Option<&'a Name>,
        at: usize,
        attempt: &mut Attempt<'a>,
    ) -> Lowered {
        self.ask(OpKind::MatchMapping, at);
        self.fail_unless(attempt);
        let asks_no_keys = self.units.compiler.patterns == Patterns::CPython;
        if items.is_empty() && rest.is_none() && asks_no_keys {
            return Ok(());
        }
        if !items.is_empty() {
            self.compare_length(at, CompareOp::GtE, items.len(), attempt);
        }
        items.iter().try_for_each(|(key, _)| self.expr(*key))?;
        self.push_op(OpKind::Build(BuildKind::Tuple, items.len() as u32), items.len());
        let keys = self.stack.len() - 1;
        let values = self.op(OpKind::MatchKeys, vec![self.stack[at], self.stack[keys]]);
        self.push(values);
        self.fail_if_none(attempt);
        let patterns: Vec<PatternId> = items.iter().map(|(_, pattern)| *pattern).collect();
        self.patterns_of_tuple(&patterns, attempt)?;
        let Some(rest) = rest else { return Ok(()) };
        let place = self.stack.len();
        if !self.since(11) {
            let left = self.op(OpKind::CopyDictWithoutKeys, vec![self.stack[at], self.stack[keys]]);
            self.push(left);
            if self.units.compiler.patterns != Patterns::CPython {
                attempt.tested = attempt.captures.len();
                self.push(left);
                self.store_name(rest);
                return Ok(());
            }
        } else {
            self.push_op(OpKind::Build(BuildKind::Dict, 0), 0);
            self.op(OpKind::DictUpdate, vec![self.stack[place], self.stack[at]]);
            let first = self.op(OpKind::Unpack(items.len() as u32), vec![self.stack[keys]]);
            for index in 0..items.len() as u32 {
                self.op(OpKind::DelItem, vec![self.stack[place], ValueId(first.0 + index)]);
            }
        }
        attempt.captures.push((rest, place));
        Ok(())
    }

    /// Alternatives bind the same names, in the order of the first.
    fn or_pattern(&mut self, alternatives: &[PatternId], at: usize, attempt: &mut Attempt<'a>) -> Lowered {
        let base = self.stack.len();
        let mut end = Label::default();
        let mut bound: Vec<&'a Name> = Vec::new();
        for (index, &alternative) in alternatives.iter().enumerate() {
            let mut own = Attempt::new(self.label_at(base));
            self.pattern(alternative, at, &mut own)?;
            if index == 0 {
                bound = own.captures.iter().map(|&(name, _)| name).collect();
            }
            let place = |name: &&Name| own.captures.iter().find(|(other, _)| other == name).map(|&(_, at)| at);
            let places: Option<Vec<usize>> = bound.iter().map(place).collect();
            let places = places.filter(|places| places.len() == own.captures.len());
            let places = places.ok_or("alternatives of a pattern bind different names")?;
            let values: Vec<ValueId> = places.into_iter().map(|at| self.stack[at]).collect();
            self.stack.truncate(base);
            self.stack.extend(values);
            self.jump(&mut end);
            self.place_only(own.fail);
        }
        attempt.tested = attempt.captures.len();
        self.jump(&mut attempt.fail);
        self.place_only(end);
        attempt.captures.extend(bound.into_iter().zip(base..));
        Ok(())
    }
}
