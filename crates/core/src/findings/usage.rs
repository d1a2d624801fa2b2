//! Constants, names and code objects that no instruction uses.

use super::Subject;
use super::list::{Report, counted};
use crate::check::bytecode::Sweep;
use crate::diagnostic::Severity;
use crate::item::Item;
use crate::marshal::{Field, Kind, NodeId};
use crate::span::Span;
use crate::version::Version;

/// The first of several, and how many they are.
#[derive(Default)]
struct Unused {
    count: u64,
    first: Option<NodeId>,
}

impl Unused {
    fn add(&mut self, id: NodeId) {
        self.count += 1;
        self.first.get_or_insert(id);
    }

    fn place(&self, subject: &Subject<'_>) -> Option<(Span, Item)> {
        self.first.map(|id| (subject.code.pyc().tree().node(id).span, Item::Object(id)))
    }
}

/// Says which constants, names and code objects are not used. Where bytecode could not be read apart, nothing can be said.
pub(super) fn look_at(subject: &Subject<'_>, sweep: &Sweep, report: &mut Report) {
    if sweep.cut || sweep.unknown.count > 0 || subject.bytecode.is_empty() {
        return;
    }
    look_at_constants(subject, sweep, report);
    look_at_names(subject, sweep, report);
}

fn look_at_constants(subject: &Subject<'_>, sweep: &Sweep, report: &mut Report) {
    if subject.count(Field::Consts).is_none() {
        return;
    }
    let tree = subject.code.pyc().tree();
    let (mut constants, mut codes) = (Unused::default(), Unused::default());
    for (index, id) in subject.code.items(Field::Consts).enumerate() {
        if sweep.consts.contains(index) {
            continue;
        }
        let kind = tree.node(tree.resolve(id)).kind;
        if kind.is_code() {
            codes.add(id);
        } else if !is_left_over(subject, index, kind) {
            constants.add(id);
        }
    }
    if let Some(place) = codes.place(subject) {
        report.findings.push(Severity::Warning, "unloaded-code", place, || {
            let count = counted(codes.count, "code object", "code objects");
            format!("{}: {count} among the constants that no instruction loads.", subject.name())
        });
    }
    if let Some(place) = constants.place(subject) {
        report.findings.push(Severity::Note, "unused-constant", place, || {
            let count = counted(constants.count, "constant", "constants");
            format!("{}: {count} that no instruction loads.", subject.name())
        });
    }
}

/// Whether compilers leave such a constant unused.
fn is_left_over(subject: &Subject<'_>, index: usize, kind: Kind) -> bool {
    let version = subject.python().version;
    // The docstring, or None in its place.
    let _ = version;
    index == 0 || kind == Kind::None
}

fn look_at_names(subject: &Subject<'_>, sweep: &Sweep, report: &mut Report) {
    if subject.count(Field::Names).is_none() || subject.python().version < Version::new(1, 5) {
        return;
    }
    let mut names = Unused::default();
    for (index, id) in subject.code.items(Field::Names).enumerate() {
        if !sweep.names.contains(index) {
            names.add(id);
        }
    }
    if let Some(place) = names.place(subject) {
        report.findings.push(Severity::Note, "unused-name", place, || {
            let count = counted(names.count, "name", "names");
            format!("{}: {count} in co_names that no instruction uses.", subject.name())
        });
    }
}
