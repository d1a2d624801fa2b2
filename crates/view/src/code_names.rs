//! Code objects by their qualified names.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use pycxray::{NodeId, Pyc};

use crate::labels;

/// The code objects of a file, in order of a hash of their qualified names: the names themselves would be as large as the file.
#[derive(Debug)]
pub(crate) struct CodeNames(Vec<(u64, NodeId)>);

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

impl CodeNames {
    pub(crate) fn new(pyc: &Pyc) -> Self {
        let mut names: Vec<(u64, NodeId)> =
            pyc.codes().iter().map(|&code| (hash(&labels::qualname(pyc, code)), code)).collect();
        names.sort_unstable();
        Self(names)
    }

    /// The code objects of this qualified name, in the order of the file.
    pub(crate) fn named<'n>(&'n self, pyc: &'n Pyc, name: &'n str) -> impl Iterator<Item = NodeId> + 'n {
        let hash = hash(name);
        let start = self.0.partition_point(|(known, _)| *known < hash);
        let same = self.0[start..].iter().take_while(move |(known, _)| *known == hash);
        same.map(|(_, code)| *code).filter(move |&code| labels::qualname(pyc, code) == name)
    }
}
