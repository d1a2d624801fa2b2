//! Who refers to what.

use pycxray::{NodeId, Tree};

use crate::Document;

/// All references of a file, by what they lead to.
#[derive(Debug, Default)]
pub(crate) struct References {
    /// The references, those to the same object together and in the order of the file.
    references: Vec<NodeId>,
    /// By an object's index, where its references begin in that list; they end where those of the next one begin.
    starts: Vec<u32>,
}

impl References {
    /// The references that lead to an object, in the order of the file.
    pub(crate) fn to(&self, target: NodeId) -> impl ExactSizeIterator<Item = NodeId> + use<'_> {
        let at = target.index();
        let range = match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&start), Some(&end)) => start as usize..end as usize,
            _ => 0..0,
        };
        self.references[range].iter().copied()
    }
}

impl Document {
    pub(crate) fn references(&self) -> &References {
        self.references.get_or_init(|| {
            let mut indexer = ReferenceIndexer::default();
            while !indexer.step(self.pyc.tree(), u32::MAX) {}
            indexer.finish()
        })
    }
}

/// How many objects are passed for the price of one that is decoded.
const PASSED: usize = 8;

/// Puts the references of a file in order by counting, which takes time in proportion to the file where sorting takes more.
#[derive(Debug, Default)]
pub(crate) struct ReferenceIndexer {
    stage: Stage,
    /// The object that the stage has come to.
    at: usize,
    /// How many references there are.
    found: usize,
    made: References,
}

/// What is done with each object.
#[derive(Clone, Copy, Debug, Default)]
enum Stage {
    /// It is a reference or not: most large files have few, and need no room for more.
    #[default]
    Find,
    /// There must be a place for the number of its references.
    Room,
    /// It is counted for what it refers to.
    Count,
    /// Its references begin behind those to what stands before it.
    Begin,
    /// It is listed if it refers to something, in the order of the file.
    List,
    /// It is put where it belongs.
    Put,
    Done,
}

impl ReferenceIndexer {
    /// Goes on for about `budget` objects. `true` when all is in order.
    pub(crate) fn step(&mut self, tree: &Tree, budget: u32) -> bool {
        let References { references, starts } = &mut self.made;
        let from = self.at;
        let end = from.saturating_add((budget.max(1) as usize).saturating_mul(PASSED)).min(tree.len());
        let ids = || (from..end).filter_map(|index| tree.id(index));
        let pairs = || ids().filter_map(|id| Some((tree.target(id)?, id)));
        let next = match self.stage {
            Stage::Find => {
                self.found += pairs().count();
                if self.found == 0 { Stage::Done } else { Stage::Room }
            }
            Stage::Room => {
                starts.reserve_exact(if from == 0 { tree.len() + 2 } else { 0 });
                starts.resize(end + 2, 0);
                Stage::Count
            }
            Stage::Count => {
                pairs().for_each(|(target, _)| starts[target.index() + 2] += 1);
                Stage::Begin
            }
            Stage::Begin => {
                ids().for_each(|id| starts[id.index() + 2] += starts[id.index() + 1]);
                Stage::List
            }
            Stage::List => {
                references.reserve_exact(if from == 0 { self.found } else { 0 });
                references.extend(pairs().map(|(_, id)| id));
                Stage::Put
            }
            // One place ahead, so that each start has moved to where the next object's references begin once all are put.
            Stage::Put => {
                for (target, id) in pairs() {
                    let free = &mut starts[target.index() + 1];
                    references[*free as usize] = id;
                    *free += 1;
                }
                Stage::Done
            }
            Stage::Done => return true,
        };
        (self.stage, self.at) = if end < tree.len() { (self.stage, end) } else { (next, 0) };
        matches!(self.stage, Stage::Done)
    }

    /// How far it has come, from 0 to 1.
    pub(crate) fn progress(&self, tree: &Tree) -> f64 {
        let stage = f64::from(self.stage as u8);
        (stage + self.at as f64 / tree.len().max(1) as f64) / f64::from(Stage::Done as u8)
    }

    /// The outcome, once all is in order.
    pub(crate) fn finish(self) -> References {
        self.made
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use pycxray::Pyc;

    use super::*;

    /// A tuple of `count` tuples, each of which holds a number and refers to the one before it, to itself and to the first.
    fn referring(count: u32) -> Pyc {
        let mut bytes = vec![0xcb, 0x0d, 0x0d, 0x0a];
        bytes.extend([0; 12]);
        bytes.push(b'(');
        bytes.extend(count.to_le_bytes());
        for own in 0..count {
            bytes.extend([b')' | 0x80, 4, b'N']);
            for to in [own.saturating_sub(1), own, 0] {
                bytes.push(b'r');
                bytes.extend(to.to_le_bytes());
            }
        }
        Pyc::parse(bytes)
    }

    #[test]
    fn the_references_to_each_object_are_found_in_any_number_of_steps() {
        let pyc = referring(300);
        let tree = pyc.tree();
        let mut expected: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
        for id in tree.ids() {
            if let Some(target) = tree.target(id) {
                expected.entry(target).or_default().push(id);
            }
        }
        assert_eq!(expected.values().map(Vec::len).sum::<usize>(), 900);
        for budget in [1, 7, u32::MAX] {
            let mut indexer = ReferenceIndexer::default();
            while !indexer.step(tree, budget) {}
            let references = indexer.finish();
            for id in tree.ids() {
                assert_eq!(references.to(id).collect::<Vec<_>>(), expected.remove(&id).unwrap_or_default(), "{id:?}");
                expected.insert(id, references.to(id).collect());
            }
        }
    }

    #[test]
    fn no_step_passes_more_objects_than_its_budget_allows() {
        let pyc = referring(1000);
        let tree = pyc.tree();
        let mut indexer = ReferenceIndexer::default();
        let (mut steps, mut progress) = (1, 0.0);
        while !indexer.step(tree, 10) {
            steps += 1;
            assert!(indexer.progress(tree) > progress && indexer.progress(tree) < 1.0);
            progress = indexer.progress(tree);
        }
        assert_eq!(steps, 6 * tree.len().div_ceil(10 * PASSED), "six passes");
    }
}
