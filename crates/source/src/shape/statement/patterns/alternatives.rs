//! Patterns with their alternatives: where one fails, others are tried on the same value, and lead to the same place.

use super::reader::{Reader, Spot};
use super::tried::{Test, Tried};
use crate::graph::{BlockId, ValueId};

/// How deep patterns nest at the most.
const DEPTH: usize = 100;

impl Reader<'_, '_> {
    /// The pattern that is tried on a value from here on. `None` if it is none that a compiler makes.
    pub(in crate::shape::statement) fn pattern(&mut self, value: ValueId, depth: usize) -> Option<Tried> {
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
        let mut list = vec![(first.clone(), args)];
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
            list.push((tried, args));
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
}
