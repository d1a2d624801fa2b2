//! Which code object of one file is which of the other.
//!
//! By name first: those inside a matched pair are matched by their names, and where several bear one name, equal ones with each other,
//! then in order. Of what is left, equal code under another name was renamed or moved, and so was code that is alike: that uses mostly
//! the same names and constants.

use std::collections::HashMap;

use pycxray::Field;

use super::unit::Unit;
use super::values::{Objects, ValueId, Values};

/// Which is which, by position among the units of each file.
#[derive(Debug)]
pub(super) struct Matches {
    /// Of each unit before, the one after.
    pub(super) after: Vec<Option<usize>>,
    /// Of each unit after, the one before.
    pub(super) before: Vec<Option<usize>>,
}

/// How often what is left is looked through: each time may match what is inside what was matched.
const ROUNDS: usize = 8;
/// How many names and constants a code object has at the least, to be known again by them.
const LEAST_FEATURES: usize = 3;
/// Names and constants that more code objects have say little.
const MOST_OWNERS: usize = 8;

/// One of the two files.
pub(super) struct Party<'a, 'p> {
    pub(super) units: &'a [Unit],
    pub(super) objects: &'a mut Objects<'p>,
}

/// Matches the code objects of two files.
pub(super) fn matches<'p>(values: &mut Values<'p>, before: &mut Party<'_, 'p>, after: &mut Party<'_, 'p>) -> Matches {
    let mut matches = Matches { after: vec![None; before.units.len()], before: vec![None; after.units.len()] };
    let outermost =
        |units: &[Unit]| -> Vec<usize> { (0..units.len()).filter(|&unit| units[unit].parent.is_none()).collect() };
    let roots = (outermost(before.units), outermost(after.units));
    let (units, others) = (before.units, after.units);
    if let (&[root], &[other]) = (&roots.0[..], &roots.1[..]) {
        matches.pair(root, other);
        matches.inside(units, others, vec![(root, other)]);
    } else {
        let found = by_name(units, others, &roots.0, &roots.1);
        matches.take(units, others, found);
    }
    for _ in 0..ROUNDS {
        let equal = matches.equal(units, others);
        let found = if equal.is_empty() { matches.alike(values, before, after) } else { equal };
        if found.is_empty() {
            break;
        }
        matches.take(units, others, found);
    }
    matches
}

impl Matches {
    /// The pairs, in the order of the first file.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.after.iter().enumerate().filter_map(|(before, after)| Some((before, (*after)?)))
    }

    /// Whether units are each other's in order.
    pub(super) fn are_in_order(&self, before: &[usize], after: &[usize]) -> bool {
        before.len() == after.len() && before.iter().zip(after).all(|(&unit, &other)| self.after[unit] == Some(other))
    }

    fn pair(&mut self, before: usize, after: usize) {
        self.after[before] = Some(after);
        self.before[after] = Some(before);
    }

    /// Takes pairs over, and matches what is inside them by name.
    fn take(&mut self, units: &[Unit], others: &[Unit], pairs: Vec<(usize, usize)>) {
        for &(before, after) in &pairs {
            self.pair(before, after);
        }
        self.inside(units, others, pairs);
    }

    fn inside(&mut self, units: &[Unit], others: &[Unit], mut pairs: Vec<(usize, usize)>) {
        while let Some((before, after)) = pairs.pop() {
            let left = |children: &[usize], matched: &[Option<usize>]| -> Vec<usize> {
                children.iter().copied().filter(|&child| matched[child].is_none()).collect()
            };
            let children = (left(&units[before].children, &self.after), left(&others[after].children, &self.before));
            for (before, after) in by_name(units, others, &children.0, &children.1) {
                self.pair(before, after);
                pairs.push((before, after));
            }
        }
    }

    fn left(matched: &[Option<usize>]) -> impl Iterator<Item = usize> + '_ {
        matched.iter().enumerate().filter(|(_, other)| other.is_none()).map(|(unit, _)| unit)
    }

    /// Those left that do the same.
    fn equal(&self, units: &[Unit], others: &[Unit]) -> Vec<(usize, usize)> {
        let mut free: HashMap<ValueId, Vec<usize>> = HashMap::new();
        for unit in Self::left(&self.before) {
            free.entry(others[unit].content).or_default().push(unit);
        }
        free.values_mut().for_each(|units| units.reverse());
        let found = Self::left(&self.after).filter_map(|unit| Some((unit, free.get_mut(&units[unit].content)?.pop()?)));
        found.collect()
    }

    /// Those left that use mostly the same names and constants, the likest first.
    fn alike<'p>(
        &self,
        values: &mut Values<'p>,
        before: &mut Party<'_, 'p>,
        after: &mut Party<'_, 'p>,
    ) -> Vec<(usize, usize)> {
        let left: Vec<(usize, Vec<ValueId>)> =
            Self::left(&self.after).map(|unit| (unit, features(values, before, unit))).collect();
        let right: Vec<(usize, Vec<ValueId>)> =
            Self::left(&self.before).map(|unit| (unit, features(values, after, unit))).collect();
        let mut owners: HashMap<ValueId, [Vec<usize>; 2]> = HashMap::new();
        for (side, list) in [&left, &right].into_iter().enumerate() {
            for (position, (_, features)) in list.iter().enumerate() {
                for &feature in features {
                    let owners = &mut owners.entry(feature).or_default()[side];
                    if owners.len() <= MOST_OWNERS {
                        owners.push(position);
                    }
                }
            }
        }
        let mut shared: HashMap<(usize, usize), usize> = HashMap::new();
        for [ours, theirs] in owners.values().filter(|owners| owners.iter().all(|owners| owners.len() <= MOST_OWNERS)) {
            for pair in ours.iter().flat_map(|&our| theirs.iter().map(move |&their| (our, their))) {
                *shared.entry(pair).or_default() += 1;
            }
        }
        let mut likely: Vec<(usize, usize, usize)> = shared
            .into_iter()
            .filter_map(|((our, their), shared)| {
                let all = left[our].1.len() + right[their].1.len();
                (4 * shared >= all).then_some((2000 * shared / all.max(1), our, their))
            })
            .collect();
        likely.sort_unstable_by_key(|&(likeness, our, their)| (std::cmp::Reverse(likeness), our, their));
        let (mut taken, mut taken_after) = (vec![false; left.len()], vec![false; right.len()]);
        let mut found = Vec::new();
        for (_, our, their) in likely {
            if !taken[our] && !taken_after[their] {
                (taken[our], taken_after[their]) = (true, true);
                found.push((left[our].0, right[their].0));
            }
        }
        found
    }
}

/// Pairs of the same name among some units of each file.
fn by_name(units: &[Unit], others: &[Unit], before: &[usize], after: &[usize]) -> Vec<(usize, usize)> {
    let mut named: HashMap<ValueId, Vec<usize>> = HashMap::new();
    for &unit in after {
        named.entry(others[unit].name).or_default().push(unit);
    }
    let mut groups: HashMap<ValueId, Vec<usize>> = HashMap::new();
    for &unit in before {
        groups.entry(units[unit].name).or_default().push(unit);
    }
    let mut pairs = Vec::new();
    for (name, ours) in groups {
        let Some(theirs) = named.remove(&name) else { continue };
        pairs.extend(in_order(units, others, &ours, theirs));
    }
    pairs
}

/// Pairs of units of one name: those that do the same, then whatever is left in order.
fn in_order(units: &[Unit], others: &[Unit], ours: &[usize], theirs: Vec<usize>) -> Vec<(usize, usize)> {
    let mut free: HashMap<ValueId, Vec<usize>> = HashMap::new();
    for &unit in theirs.iter().rev() {
        free.entry(others[unit].content).or_default().push(unit);
    }
    let (mut pairs, mut left) = (Vec::new(), Vec::new());
    for &unit in ours {
        match free.get_mut(&units[unit].content).and_then(Vec::pop) {
            Some(other) => pairs.push((unit, other)),
            None => left.push(unit),
        }
    }
    let mut rest: Vec<usize> = free.into_values().flatten().collect();
    rest.sort_unstable();
    pairs.extend(left.into_iter().zip(rest));
    pairs
}

/// What a code object is known again by: its names and constants, each once. None where they are few.
fn features<'p>(values: &mut Values<'p>, party: &mut Party<'_, 'p>, unit: usize) -> Vec<ValueId> {
    let Some(code) = party.objects.pyc.code(party.units[unit].id) else { return Vec::new() };
    let fields = [Field::Names, Field::Consts, Field::Varnames, Field::Localsplusnames];
    // A tuple that others share says nothing of this one, and may be walked through for each of them.
    let own = fields.into_iter().filter(|&field| code.object(field) == code.tuple(field));
    let items = own.flat_map(|field| code.items(field));
    let mut features: Vec<ValueId> = items.map(|item| party.objects.value(values, item)).collect();
    features.sort_unstable();
    features.dedup();
    if features.len() < LEAST_FEATURES {
        features.clear();
    }
    features
}
