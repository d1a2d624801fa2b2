//! Whether the fields of code objects are what they must be.

use std::collections::HashSet;

use crate::Pyc;
use crate::code::Code;
use crate::diagnostic::Diagnostics;
use crate::marshal::{Field, Kind, NodeId};
use crate::version::Version;

/// Looks at code objects one by one, and says so where a field is of a type that no interpreter accepts.
#[derive(Debug, Default)]
pub(crate) struct CodeCheck {
    /// Tuples of names that others refer to: one look at each is enough, however many code objects share it.
    looked_at: HashSet<NodeId>,
}

impl CodeCheck {
    /// Looks at one.
    pub(crate) fn look_at(&mut self, pyc: &Pyc, id: NodeId, problems: &mut Diagnostics) {
        if let Some(code) = pyc.code(id) {
            check_code(&code, &mut self.looked_at, problems);
        }
    }
}

fn check_code(code: &Code<'_>, looked_at: &mut HashSet<NodeId>, problems: &mut Diagnostics) {
    for (field, span) in code.fields() {
        let Some(object) = code.object(field) else {
            check_number(code, field, span, problems);
            continue;
        };
        let Some(expected) = expected(field) else { continue };
        let tree = code.pyc().tree();
        let target = tree.resolve(object);
        let node = tree.node(target);
        if !node.is_complete() || matches!(node.kind, Kind::Ref | Kind::StringRef | Kind::Invalid) {
            continue; // said already where it was read
        }
        if !expected.accepts(code, target) {
            let name = node.kind.name();
            problems.error(
                "wrong-field-type",
                span,
                format_args!("co_{} is no {}: it is {name}.", field.name(), expected.name()),
            );
        } else if expected == Expected::Names && (object == target || looked_at.insert(target)) {
            let odd = tree.children(target).find(|&item| !tree.node(tree.resolve(item)).kind.is_string());
            if let Some(odd) = odd {
                let name = tree.node(tree.resolve(odd)).kind.name();
                problems.error(
                    "wrong-field-type",
                    tree.node(odd).span,
                    format_args!("co_{} holds something that is no name: {name}.", field.name()),
                );
            }
        }
    }
}

fn check_number(code: &Code<'_>, field: Field, span: crate::Span, problems: &mut Diagnostics) {
    if let Some(number) = code.number(field).filter(|&number| number < 0 && field != Field::Flags) {
        problems.error("negative-field", span, format_args!("co_{} is {number}: it cannot be below 0.", field.name()));
    }
}

/// What a field of a code object must be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Bytes,
    Tuple,
    Names,
    Text,
}

impl Expected {
    fn name(self) -> &'static str {
        match self {
            Self::Bytes => "byte string",
            Self::Tuple => "tuple",
            Self::Names => "tuple of names",
            Self::Text => "text",
        }
    }

    fn accepts(self, code: &Code<'_>, id: NodeId) -> bool {
        let kind = code.pyc().tree().node(id).kind;
        match self {
            Self::Bytes => matches!(kind, Kind::Bytes | Kind::Interned),
            // Python 1.0 – 1.2 wrote lists.
            Self::Tuple | Self::Names => {
                let lists = code.python().version < Version::new(1, 5);
                matches!(kind, Kind::Tuple | Kind::SmallTuple) || (lists && kind == Kind::List)
            }
            // Python 1.0 – 1.2 named a module None.
            Self::Text => kind.is_string() || (kind == Kind::None && code.python().version < Version::new(1, 3)),
        }
    }
}

/// Whether this is what nearly all files have in this field. Where all fields are so, looking at them has nothing to tell.
#[inline]
pub(crate) fn is_usual(field: Field, kind: Kind) -> bool {
    match expected(field) {
        Some(Expected::Bytes) => kind == Kind::Bytes,
        Some(Expected::Tuple | Expected::Names) => matches!(kind, Kind::SmallTuple | Kind::Tuple),
        Some(Expected::Text) => kind.is_string(),
        None => true,
    }
}

fn expected(field: Field) -> Option<Expected> {
    Some(match field {
        Field::Code | Field::Localspluskinds | Field::Linetable | Field::Exceptiontable => Expected::Bytes,
        Field::Consts => Expected::Tuple,
        Field::Names | Field::Varnames | Field::Freevars | Field::Cellvars | Field::Localsplusnames => Expected::Names,
        Field::Filename | Field::Name | Field::Qualname => Expected::Text,
        _ => return None,
    })
}
