//! Constants, names and code objects that no instruction uses.

use crate::DiagnosticCode;
use crate::counted;
use std::collections::HashSet;

use crate::code::Item;
use crate::diagnostic::Severity;
use crate::file::Pyc;
use crate::inspect::Report;
use crate::inspect::Subject;
use crate::inspect::check::bytecode::Sweep;
use crate::marshal::{Field, Kind, NodeId};
use crate::span::Span;
use crate::version::{Implementation, Version};

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
/// `compared` is how many bytes of constants were compared in this file up to now.
pub(super) fn look_at(subject: &Subject<'_>, sweep: &Sweep, compared: &mut usize, report: &mut Report) {
    if sweep.cut || sweep.unknown.count > 0 || subject.bytecode.is_empty() {
        return;
    }
    look_at_constants(subject, sweep, compared, report);
    look_at_names(subject, sweep, report);
}

fn look_at_constants(subject: &Subject<'_>, sweep: &Sweep, compared: &mut usize, report: &mut Report) {
    if subject.count(Field::Consts).is_none() {
        return;
    }
    let tree = subject.code.pyc().tree();
    let (mut constants, mut codes) = (Unused::default(), Unused::default());
    let mut folded = Folded { operands: None, compared };
    for (index, id) in subject.code.items(Field::Consts).enumerate() {
        if sweep.consts.contains(index) {
            continue;
        }
        let target = tree.resolve(id);
        if tree.node(target).kind.is_code() {
            codes.add(id);
        } else if index > 0 && !is_left_over(subject, target, &mut folded) {
            // The first one is the docstring, or stands in its place.
            constants.add(id);
        }
    }
    if let Some(place) = codes.place(subject) {
        report.findings.push(
            Severity::Warning,
            DiagnosticCode::UnloadedCode,
            place,
            format_args!(
                "{}: {} among the constants that no instruction loads.",
                subject.name(),
                counted(codes.count, "code object")
            ),
        );
    }
    if let Some(place) = constants.place(subject) {
        report.findings.push(
            Severity::Note,
            DiagnosticCode::UnusedConstant,
            place,
            format_args!("{}: {} that no instruction loads.", subject.name(), counted(constants.count, "constant")),
        );
    }
}

/// Whether compilers leave such a constant unused. From 3.12 on they leave none; from 3.7 on the conditions of `while 1` and
/// `if True`, and what was folded into a tuple; before, the operands of all that was folded.
fn is_left_over<'p>(subject: &Subject<'p>, id: NodeId, folded: &mut Folded<'p, '_>) -> bool {
    let python = subject.python();
    if python.version >= Version::new(3, 12) {
        return false;
    }
    if python.version < Version::new(3, 7) || python.implementation != Implementation::CPython {
        return true;
    }
    let pyc = subject.code.pyc();
    match pyc.tree().node(id).kind {
        Kind::None | Kind::True | Kind::False | Kind::Int | Kind::Long => true,
        _ => folded.may_have(subject, id),
    }
}

/// What the tuples and frozensets among the constants of a code object are made of.
struct Folded<'p, 'c> {
    /// The bodies of all that is in them; `None` until somebody asks.
    operands: Option<HashSet<&'p [u8]>>,
    /// How many bytes were compared in this file. References may lead to one long constant again and again, and tuples may be
    /// nested: so there is a limit to it.
    compared: &'c mut usize,
}

/// So many bytes are compared, and so many for each byte of the file.
const COMPARED: (usize, usize) = (1 << 20, 4);

impl<'p> Folded<'p, '_> {
    /// Whether such an object is in one of them, or nobody knows because there is too much to compare.
    fn may_have(&mut self, subject: &Subject<'p>, id: NodeId) -> bool {
        let pyc = subject.code.pyc();
        let operands = match self.operands.take().or_else(|| self.gather(subject)) {
            Some(operands) if self.admits(pyc, body(pyc, id).len()) => operands,
            _ => return true,
        };
        let has = operands.contains(body(pyc, id));
        self.operands = Some(operands);
        has
    }

    /// Whether so much more may be compared. If so, that is spent.
    fn admits(&mut self, pyc: &Pyc, bytes: usize) -> bool {
        *self.compared = self.compared.saturating_add(bytes + 1);
        *self.compared <= pyc.bytes().len().saturating_mul(COMPARED.1).saturating_add(COMPARED.0)
    }

    fn gather(&mut self, subject: &Subject<'p>) -> Option<HashSet<&'p [u8]>> {
        let pyc = subject.code.pyc();
        let tree = pyc.tree();
        let (mut containers, mut inside, mut operands) = (HashSet::new(), HashSet::new(), HashSet::new());
        for container in subject.code.items(Field::Consts).map(|id| tree.resolve(id)) {
            if !tree.node(container).kind.is_container() || !containers.insert(container) {
                continue;
            }
            for at in container.index() + 1..tree.behind(container) {
                let operand = tree.resolve(tree.id(at)?);
                let is_new = inside.insert(operand);
                let body = if is_new { body(pyc, operand) } else { &[] };
                if !self.admits(pyc, body.len()) {
                    return None;
                }
                if is_new {
                    operands.insert(body);
                }
            }
        }
        Some(operands)
    }
}

/// The bytes of an object without its type code, which may have FLAG_REF or not.
fn body(pyc: &Pyc, id: NodeId) -> &[u8] {
    let span = pyc.tree().node(id).span;
    pyc.bytes().get(span.start as usize + 1..span.end as usize).unwrap_or_default()
}

fn look_at_names(subject: &Subject<'_>, sweep: &Sweep, report: &mut Report) {
    // Earlier compilers leave the names of local variables and of what they take for constants.
    if subject.count(Field::Names).is_none() || subject.python().version < Version::new(3, 4) {
        return;
    }
    let mut names = Unused::default();
    for (index, id) in subject.code.items(Field::Names).enumerate() {
        if !sweep.names.contains(index) {
            names.add(id);
        }
    }
    if let Some(place) = names.place(subject) {
        report.findings.push(
            Severity::Note,
            DiagnosticCode::UnusedName,
            place,
            format_args!("{}: {} in co_names that no instruction uses.", subject.name(), counted(names.count, "name")),
        );
    }
}
