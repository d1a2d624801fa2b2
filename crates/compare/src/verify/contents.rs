//! What a code object holds, as its source would have to say it.

use std::collections::HashSet;

use pycxray::{Code, Field, NodeId, Pyc};

use super::constant::Constant;

/// The constants, names and code objects of one code object.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// The constants that are not made of others, those inside tuples and frozensets among them, with where they stand.
    pub(super) constants: Vec<(Constant, NodeId)>,
    /// `co_names`.
    pub(super) names: Vec<(String, NodeId)>,
    /// The names of variables: local, cell, free.
    pub(super) variables: Vec<(String, NodeId)>,
    /// The code objects among the constants.
    pub(super) codes: Vec<NodeId>,
}

/// How many objects inside constants are looked at, in a code object.
const MOST_OBJECTS: usize = 1 << 20;

impl Contents {
    /// Those of `code`.
    pub(super) fn of(code: &Code<'_>) -> Self {
        let mut contents = Self::default();
        contents.gather(code);
        contents.names = named(code, &[Field::Names]);
        let variables = [Field::Varnames, Field::Cellvars, Field::Freevars, Field::Localsplusnames];
        contents.variables = named(code, &variables);
        contents
    }

    fn gather(&mut self, code: &Code<'_>) {
        let (pyc, tree) = (code.pyc(), code.pyc().tree());
        let mut left: Vec<NodeId> = code.items(Field::Consts).collect();
        let mut seen = HashSet::new();
        while let Some(id) = left.pop() {
            let target = tree.resolve(id);
            if !seen.insert(target) || seen.len() > MOST_OBJECTS {
                continue;
            }
            let kind = tree.node(target).kind;
            if kind.is_code() {
                self.codes.push(target);
            } else if kind.is_container() {
                left.extend(tree.children(target));
            } else if let Some(constant) = Constant::of_object(pyc, target) {
                self.constants.push((constant, id));
            }
        }
        // In the order of the file, which is that of the source for most.
        self.codes.sort_unstable_by_key(|&id| tree.node(id).span.start);
    }

    /// All names.
    pub(super) fn all_names(&self) -> impl Iterator<Item = &(String, NodeId)> {
        self.names.iter().chain(&self.variables)
    }
}

/// The names in these fields.
fn named(code: &Code<'_>, fields: &[Field]) -> Vec<(String, NodeId)> {
    let ids = fields.iter().flat_map(|&field| code.items(field));
    ids.filter_map(|id| Some((text(code.pyc(), id)?, id))).collect()
}

/// The text of an object that is one.
pub(super) fn text(pyc: &Pyc, id: NodeId) -> Option<String> {
    Some(String::from_utf8_lossy(pyc.text(id)?).into_owned())
}

/// The text of a field of a code object; nothing where it has none.
pub(super) fn field(code: &Code<'_>, field: Field) -> String {
    code.text(field).map(|text| String::from_utf8_lossy(text).into_owned()).unwrap_or_default()
}
