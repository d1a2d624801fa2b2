//! Who refers to what.

use pycxray::{NodeId, Tree};

/// All references of a file, by what they lead to.
#[derive(Debug, Default)]
pub(crate) struct References {
    /// The references, those to the same object together and in the order of the file.
    references: Vec<NodeId>,
    /// By an object's index, where its references begin in that list; they end where those of the next one begin. Empty where
    /// there are no references: most large files have none, and need no room for this.
    starts: Vec<u32>,
}

impl References {
    /// Puts the references of a file in order by counting, which takes time in proportion to the file where sorting takes more.
    pub(crate) fn new(tree: &Tree) -> Self {
        let references = || tree.ids().filter_map(|id| Some((tree.target(id)?, id)));
        let count = references().count();
        let Some(first) = references().map(|(_, id)| id).next() else { return Self::default() };
        // Counted two places ahead, then summed up, so that each start moves to its own place while references are put.
        let mut starts = vec![0_u32; tree.len() + 2];
        references().for_each(|(target, _)| starts[target.index() + 2] += 1);
        for at in 2..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut ordered = vec![first; count];
        for (target, id) in references() {
            let free = &mut starts[target.index() + 1];
            ordered[*free as usize] = id;
            *free += 1;
        }
        Self { references: ordered, starts }
    }

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
    fn the_references_to_each_object_are_found_in_the_order_of_the_file() {
        let pyc = referring(300);
        let tree = pyc.tree();
        let mut expected: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
        for id in tree.ids() {
            if let Some(target) = tree.target(id) {
                expected.entry(target).or_default().push(id);
            }
        }
        assert_eq!(expected.values().map(Vec::len).sum::<usize>(), 900);
        let references = References::new(tree);
        for id in tree.ids() {
            assert_eq!(references.to(id).collect::<Vec<_>>(), expected.remove(&id).unwrap_or_default(), "{id:?}");
        }
        let none = referring(0);
        let tuple = none.tree().id(0).expect("a tuple without items");
        assert_eq!(References::new(none.tree()).to(tuple).len(), 0);
    }
}
