//! Tables that code objects share by reference: any number of them may refer to one bytecode, one tuple of names. Whoever walks
//! through all code objects walks through such a table for each of them; what that may cost is bounded here.

use crate::{Code, Pyc};

/// How many bytes and objects of shared tables are looked at, for each byte of the file.
const SHARE: u64 = 1;
/// How many of them at least. Compilers share what is equal, and what is equal is small.
const LEAST: u64 = 1 << 16;

/// How much of shared tables may still be walked through.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sharing {
    allowance: u64,
}

impl Sharing {
    /// All that a walk through the code objects of this file may spend.
    pub(crate) fn new(pyc: &Pyc) -> Self {
        Self { allowance: (pyc.bytes().len() as u64).saturating_mul(SHARE).max(LEAST) }
    }

    /// Whether the tables of this code object may be walked through. If so, that is spent.
    pub(crate) fn admits(&mut self, code: &Code<'_>) -> bool {
        match self.allowance.checked_sub(shared_size(code)) {
            Some(left) => {
                self.allowance = left;
                true
            }
            None => false,
        }
    }
}

/// How much there is to look at in tables that do not stand in this code object, but that it refers to.
fn shared_size(code: &Code<'_>) -> u64 {
    let tree = code.pyc().tree();
    tree.children(code.id())
        .filter_map(|object| tree.target(object))
        .map(|target| {
            let node = tree.node(target);
            let objects = tree.behind(target).saturating_sub(target.index()) as u64;
            if node.kind.is_string() { node.span.len().into() } else { objects }
        })
        .sum()
}
