//! How the same objects are written: reference flags, references, interned strings, the order in sets.

use std::collections::HashMap;

use pycxray::{Item, Kind, NodeId, Pyc, Tree};

use super::change::{Change, Side};
use super::class::Class;
use super::values::ValueId;

/// How an object is written, as far as that may differ between equal ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `FLAG_REF` on its type code.
    ReferenceFlag,
    /// It is a reference.
    Reference,
    /// It is an interned string.
    Interned,
}

impl Form {
    const ALL: [Self; 3] = [Self::ReferenceFlag, Self::Reference, Self::Interned];

    const fn name(self) -> &'static str {
        match self {
            Self::ReferenceFlag => "reference flag",
            Self::Reference => "reference",
            Self::Interned => "interned string",
        }
    }

    fn holds(self, tree: &Tree, id: NodeId) -> bool {
        let node = tree.node(id);
        match self {
            Self::ReferenceFlag => node.has_flag_ref(),
            Self::Reference => matches!(node.kind, Kind::Ref | Kind::StringRef),
            Self::Interned => {
                matches!(node.kind, Kind::Interned | Kind::AsciiInterned | Kind::ShortAsciiInterned)
            }
        }
    }
}

/// What differs in how marshal wrote the objects: object by object where both files have as many, or else in number.
pub(super) fn references(files: [&Pyc; 2]) -> Vec<Change> {
    let trees = files.map(Pyc::tree);
    let is_alike = trees[0].len() == trees[1].len();
    let mut changes = Vec::new();
    for form in Form::ALL {
        let (mut differing, mut counts, mut first) = (0_u32, [0_usize; 2], None);
        if is_alike {
            for id in trees[0].ids().filter(|&id| form.holds(trees[0], id) != form.holds(trees[1], id)) {
                differing += 1;
                first = first.or(Some(id));
            }
        } else {
            counts = trees.map(|tree| tree.ids().filter(|&id| form.holds(tree, id)).count());
            differing = u32::try_from(counts[0].abs_diff(counts[1])).unwrap_or(u32::MAX);
        }
        if differing == 0 {
            continue;
        }
        let side = |side: usize| {
            Some(match first {
                Some(id) if form.holds(trees[side], id) => Side::at(form.name(), Item::Object(id)),
                Some(id) => Side::at(format!("no {}", form.name()), Item::Object(id)),
                None => Side::of(format!("{} in number", counts[side])),
            })
        };
        changes.push(Change {
            class: Class::References,
            what: format!("{}s", form.name()),
            before: side(0),
            after: side(1),
            count: differing,
        });
    }
    changes
}

/// Equal sets whose items are written in another order. Each set is given as a value, and as it is written.
pub(super) fn set_order(before: &[(ValueId, ValueId)], after: &[(ValueId, ValueId)]) -> Option<Change> {
    let mut written: HashMap<ValueId, Vec<ValueId>> = HashMap::new();
    for &(value, order) in before.iter().rev() {
        written.entry(value).or_default().push(order);
    }
    let differs = |&&(value, order): &&(ValueId, ValueId)| {
        written.get_mut(&value).and_then(Vec::pop).is_some_and(|other| other != order)
    };
    let count = after.iter().filter(differs).count() as u32;
    (count > 0).then(|| Change {
        class: Class::SetOrder,
        what: "order of items in sets".to_owned(),
        before: None,
        after: None,
        count,
    })
}
