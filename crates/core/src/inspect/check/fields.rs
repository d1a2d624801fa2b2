//! Whether the fields of code objects are what they must be.

use crate::DiagnosticCode;
use std::collections::HashSet;

use crate::Pyc;
use crate::code::Code;
use crate::diagnostic::Diagnostics;
use crate::marshal::{Expected, Field, Kind, NodeId, expected};

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
        if !expected.accepts(node.kind, code.python().version) {
            let name = node.kind.name();
            problems.error(
                DiagnosticCode::WrongFieldType,
                span,
                format_args!("co_{} is no {}: it is {name}.", field.name(), expected.name()),
            );
        } else if expected == Expected::Names && (object == target || looked_at.insert(target)) {
            let odd = tree.children(target).find(|&item| !tree.node(tree.resolve(item)).kind.is_string());
            if let Some(odd) = odd {
                let name = tree.node(tree.resolve(odd)).kind.name();
                problems.error(
                    DiagnosticCode::WrongFieldType,
                    tree.node(odd).span,
                    format_args!("co_{} holds something that is no name: {name}.", field.name()),
                );
            }
        }
    }
}

fn check_number(code: &Code<'_>, field: Field, span: crate::Span, problems: &mut Diagnostics) {
    if let Some(number) = code.number(field).filter(|&number| number < 0 && field != Field::Flags) {
        problems.error(
            DiagnosticCode::NegativeField,
            span,
            format_args!("co_{} is {number}: it cannot be below 0.", field.name()),
        );
    }
}
