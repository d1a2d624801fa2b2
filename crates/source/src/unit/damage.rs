//! Which code objects are damaged: what an interpreter makes of those, nobody can say.

use pycxray::{Code, Diagnostic, DiagnosticCode, Field, Item, NodeId, Pyc, Severity, Span};

/// What is told of each code object, by its place in [`Pyc::codes`].
pub(super) fn told(pyc: &Pyc) -> Vec<Option<String>> {
    let found: Vec<&Diagnostic> = pyc.diagnostics().iter().chain(pyc.damage()).filter(|said| matters(said)).collect();
    let mut told = vec![None; pyc.codes().len()];
    if found.is_empty() {
        return told;
    }
    // Any code object may be what the rest is about.
    if let Some(more) = found.iter().find(|found| found.more_of.is_some()) {
        told.fill(Some(more.message.clone()));
        return told;
    }
    let parts: Vec<Vec<Span>> = pyc.codes().iter().map(|&id| pyc.code(id).map_or_else(Vec::new, parts)).collect();
    for found in found {
        let holds = |spans: &Vec<Span>| spans.iter().any(|span| holds(*span, found.span));
        let mut is_told = false;
        for (at, _) in parts.iter().enumerate().filter(|(_, spans)| holds(spans)) {
            told[at].get_or_insert_with(|| found.message.clone());
            is_told = true;
        }
        // Of the object itself: the innermost, which comes last.
        let around = |&at: &usize| pyc.codes().get(at).is_some_and(|&id| holds_whole(pyc, id, found.span));
        if let Some(at) = (0..told.len()).rev().find(around).filter(|_| !is_told) {
            told[at].get_or_insert_with(|| found.message.clone());
        }
    }
    told
}

/// Whether it is about what runs: lines are for tracebacks alone, and of what is only odd an interpreter thinks nothing.
fn matters(found: &Diagnostic) -> bool {
    use DiagnosticCode::{
        BadLineEntry, CacheNotZero, LineRangeOutOfCode, LineTableMisfit, ReservedFlags, UnusedArgument,
    };
    let is_harmless = matches!(
        found.more_of.unwrap_or(found.code),
        BadLineEntry | LineRangeOutOfCode | LineTableMisfit | CacheNotZero | ReservedFlags | UnusedArgument
    );
    found.severity != Severity::Note && !is_harmless
}

/// Where its tables are, which it may share with others.
fn parts(code: Code<'_>) -> Vec<Span> {
    let tables = [Field::Code, Field::Exceptiontable, Field::Localspluskinds];
    tables.into_iter().filter_map(|table| code.data(table).map(|(_, span)| span)).collect()
}

fn holds_whole(pyc: &Pyc, code: NodeId, part: Span) -> bool {
    holds(pyc.span(Item::Object(code)), part)
}

fn holds(whole: Span, part: Span) -> bool {
    whole.start <= part.start && part.end <= whole.end
}
