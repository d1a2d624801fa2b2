//! Who refers to what.

use std::cell::OnceCell;

use pycxray::{NodeId, Pyc};

/// All references of a file, by what they lead to. Made when first asked for.
#[derive(Debug, Default)]
pub(crate) struct References(OnceCell<ByTarget>);

#[derive(Debug)]
struct ByTarget {
    /// The references, those to the same object together and in the order of the file.
    references: Vec<NodeId>,
    /// By an object's index, where its references begin in that list; they end where those of the next one begin.
    starts: Vec<u32>,
}

impl ByTarget {
    /// Puts them in order by counting, which takes time in proportion to the file where sorting takes more.
    fn new(pyc: &Pyc) -> Self {
        let tree = pyc.tree();
        let all = || tree.ids().filter_map(|id| Some((tree.target(id)?, id)));
        let mut starts = vec![0_u32; tree.len() + 2];
        for (target, _) in all() {
            starts[target.index() + 2] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        // One place ahead, so that each start has moved to where the next object's references begin once all are put.
        let mut references: Vec<NodeId> = all().map(|(_, id)| id).collect();
        for (target, id) in all() {
            let free = &mut starts[target.index() + 1];
            references[*free as usize] = id;
            *free += 1;
        }
        Self { references, starts }
    }
}

impl References {
    /// The references that lead to an object, in the order of the file.
    pub(crate) fn to<'d>(&'d self, pyc: &Pyc, target: NodeId) -> impl ExactSizeIterator<Item = NodeId> + use<'d> {
        let ByTarget { references, starts } = self.0.get_or_init(|| ByTarget::new(pyc));
        let at = target.index();
        references[starts[at] as usize..starts[at + 1] as usize].iter().copied()
    }
}
