//! Who refers to what.

use std::cell::OnceCell;

use pycxray::{NodeId, Pyc};

/// All references of a file, by what they lead to. Made when first asked for.
#[derive(Debug, Default)]
pub(crate) struct References(OnceCell<Vec<(NodeId, NodeId)>>);

impl References {
    /// Target and reference, sorted.
    fn all(&self, pyc: &Pyc) -> &[(NodeId, NodeId)] {
        self.0.get_or_init(|| {
            let tree = pyc.tree();
            let mut all: Vec<_> = tree.ids().filter_map(|id| Some((tree.target(id)?, id))).collect();
            all.sort_unstable();
            all
        })
    }

    /// The references that lead to an object, in the order of the file.
    pub(crate) fn to<'d>(&'d self, pyc: &Pyc, target: NodeId) -> impl ExactSizeIterator<Item = NodeId> + use<'d> {
        let all = self.all(pyc);
        let start = all.partition_point(|(known, _)| *known < target);
        let count = all[start..].partition_point(|(known, _)| *known == target);
        all[start..start + count].iter().map(|(_, reference)| *reference)
    }
}
