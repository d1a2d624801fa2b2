//! The steps of two code objects, side by side.

use std::collections::HashMap;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, Token};

use super::steps::{Act, Step};

/// How two rows of steps lie side by side: `None` where one has no counterpart.
pub(super) type Pairs = Vec<(Option<u32>, Option<u32>)>;

/// The steps of two code objects, aligned.
#[derive(Clone, Debug, Default)]
pub(super) struct Alignment {
    /// In order; those that have a counterpart may differ from it.
    pub(super) pairs: Pairs,
    /// Which of them do not differ.
    pub(super) is_same: Vec<bool>,
}

impl Alignment {
    /// Aligns them. The time is bounded: by Myers' algorithm, which gives up looking for the shortest way where that takes long.
    pub(super) fn new(before: &[Step], after: &[Step]) -> Self {
        let mut tokens: HashMap<&Act, u32> = HashMap::new();
        let mut token = |step| {
            let next = tokens.len() as u32;
            Token(*tokens.entry(step).or_insert(next))
        };
        let left: Vec<Token> = before.iter().map(|step| token(&step.act)).collect();
        let right: Vec<Token> = after.iter().map(|step| token(&step.act)).collect();
        let mut diff = Diff::default();
        diff.compute_with(Algorithm::Myers, &left, &right, tokens.len() as u32);
        let mut alignment = Self::default();
        let (mut at, mut other) = (0, 0);
        for hunk in diff.hunks() {
            alignment.add_same(at..hunk.before.start, other);
            alignment.add_hunk(before, after, hunk.before.clone(), hunk.after.clone());
            (at, other) = (hunk.before.end, hunk.after.end);
        }
        alignment.add_same(at..before.len() as u32, other);
        alignment.check_jumps(before, after);
        alignment
    }

    /// The steps of a code object that has no counterpart.
    pub(super) fn one_sided(count: u32, is_before: bool) -> Self {
        let pairs = (0..count).map(|step| if is_before { (Some(step), None) } else { (None, Some(step)) });
        Self { pairs: pairs.collect(), is_same: vec![false; count as usize] }
    }

    fn add_same(&mut self, before: Range<u32>, after: u32) {
        self.is_same.resize(self.is_same.len() + before.len(), true);
        self.pairs.extend(before.zip(after..).map(|(before, after)| (Some(before), Some(after))));
    }

    /// Puts steps that differ side by side where they are the same instruction with another operand.
    fn add_hunk(&mut self, before: &[Step], after: &[Step], left: Range<u32>, right: Range<u32>) {
        let (mut at, mut other) = (left.start, right.start);
        let word = |steps: &[Step], step: u32| steps[step as usize].act.word.clone();
        let evenly = left.len() == right.len();
        while at < left.end && other < right.end {
            let ahead = (0..LOOK_AHEAD).flat_map(|sum| (0..=sum).map(move |skip| (skip, sum - skip)));
            let mut ahead = ahead.filter(|(skip, over)| at + skip < left.end && other + over < right.end);
            let found = ahead.find(|(skip, over)| word(before, at + skip) == word(after, other + over));
            let (skip, over) = match found {
                Some(found) => found,
                None if evenly && left.end - at == right.end - other => (0, 0),
                None => break,
            };
            self.add_lone(at..at + skip, other..other + over);
            self.pairs.push((Some(at + skip), Some(other + over)));
            (at, other) = (at + skip + 1, other + over + 1);
        }
        self.add_lone(at..left.end, other..right.end);
        self.is_same.resize(self.pairs.len(), false);
    }

    fn add_lone(&mut self, before: Range<u32>, after: Range<u32>) {
        self.pairs.extend(before.map(|step| (Some(step), None)));
        self.pairs.extend(after.map(|step| (None, Some(step))));
    }

    /// Of each step of each code object, how many pairs precede it: steps in one gap between two pairs have the same place.
    pub(super) fn places(&self) -> [Places; 2] {
        let [mut left, mut right] = [const { Vec::new() }; 2];
        let mut pairs = 0;
        for &(step, other) in &self.pairs {
            left.extend(step.map(|_| pairs));
            right.extend(other.map(|_| pairs));
            pairs += u32::from(step.is_some() && other.is_some());
        }
        [left, right].map(|places| Places { places, end: pairs })
    }

    /// Jumps are the same if they lead to the same place.
    fn check_jumps(&mut self, before: &[Step], after: &[Step]) {
        let [places, other_places] = self.places();
        let place = |steps: &[Step], places: &Places, step: u32| Some(places.of(steps, steps[step as usize].target?));
        for (pair, same) in self.pairs.iter().zip(&mut self.is_same).filter(|(_, same)| **same) {
            if let &(Some(step), Some(other)) = pair {
                *same = place(before, &places, step) == place(after, &other_places, other);
            }
        }
    }
}

/// Where steps stand, in a way that holds for both code objects.
#[derive(Debug)]
pub(super) struct Places {
    places: Vec<u32>,
    end: u32,
}

impl Places {
    /// The place of what begins at `offset` in the bytecode.
    pub(super) fn of(&self, steps: &[Step], offset: u32) -> u32 {
        let step = steps.partition_point(|step| step.offset < offset);
        self.places.get(step).copied().unwrap_or(self.end)
    }
}

/// How many steps ahead the same instruction is looked for.
const LOOK_AHEAD: u32 = 6;
