//! Which values of two graphs are the same.

use std::collections::HashMap;

use crate::graph::ValueId;

/// For values of the right graph, the values of the left one that are the same. Of constants of the right one, the parameters of the
/// left one that are the same: constants of both need no word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Relation(HashMap<ValueId, Vec<ValueId>>);

impl Relation {
    pub(super) fn set(&mut self, right: ValueId, left: Vec<ValueId>) {
        self.0.insert(right, left);
    }

    /// Notes one more value of the left graph.
    pub(super) fn add(&mut self, right: ValueId, left: ValueId) {
        let known = self.0.entry(right).or_default();
        if !known.contains(&left) {
            known.push(left);
        }
    }

    /// The values of the right graph that one of the left is the same as.
    pub(super) fn rights_of(&self, left: ValueId) -> impl Iterator<Item = ValueId> + '_ {
        self.0.iter().filter(move |(_, lefts)| lefts.contains(&left)).map(|(&right, _)| right)
    }

    pub(super) fn get(&self, right: ValueId) -> &[ValueId] {
        self.0.get(&right).map_or(&[], Vec::as_slice)
    }

    pub(super) fn has(&self, right: ValueId, left: ValueId) -> bool {
        self.get(right).contains(&left)
    }

    /// Keeps what is the same by both. Whether that is less than it was.
    pub(super) fn restrict(&mut self, other: &Self) -> bool {
        let mut is_less = false;
        for (&right, left) in &mut self.0 {
            let len = left.len();
            left.retain(|&left| other.has(right, left));
            is_less |= left.len() < len;
        }
        is_less
    }

    /// The left graph goes on to a block with these parameters, passing them these arguments. Constants stay what they are.
    pub(super) fn pass_left(&mut self, params: &[ValueId], args: &[ValueId], is_constant: impl Fn(ValueId) -> bool) {
        for left in self.0.values_mut() {
            let passed = params.iter().zip(args).filter(|(_, arg)| left.contains(arg)).map(|(param, _)| *param);
            *left = left.iter().copied().filter(|&value| is_constant(value)).chain(passed).collect();
        }
    }
}
