//! What must hold of any two files, and of any file and any text. The property tests and the fuzz targets call this.

#![allow(unreachable_pub, dead_code, reason = "the fuzz targets take it as a module of their own")]

use pycxray::{Pyc, Span};
use pycxray_compare::diff::{Change, Difference, Fate, Options, RowKind, Verdict, diff};
use pycxray_compare::verify::{self, Verification, verify};

/// Compares two files both ways, and the first one with itself.
pub fn compare(before: &Pyc, after: &Pyc, what: &str) {
    let (there, back) = (diff(before, after, Options::default()), diff(after, before, Options::default()));
    check_difference([before, after], &there, what);
    check_difference([after, before], &back, what);
    assert_eq!(there.verdict, back.verdict, "{what}: the verdict is the same both ways");
    let mirrored = |changes: &[Change]| {
        let text = |side: &Option<pycxray_compare::diff::Side>| side.as_ref().map(|side| side.text.clone());
        let of =
            |change: &Change| (change.class.word(), change.what.clone(), text(&change.after), text(&change.before));
        changes.iter().map(of).collect::<Vec<_>>()
    };
    let plain = |changes: &[Change]| {
        let swap = |(class, what, after, before)| (class, what, before, after);
        mirrored(changes).into_iter().map(swap).collect::<Vec<_>>()
    };
    let (mut one, mut other) = (plain(&there.changes), mirrored(&back.changes));
    one.sort();
    other.sort();
    assert_eq!(one, other, "{what}: what differs in the whole is the same both ways");
    assert_eq!(
        fates(&there).map(|[kept, changed, removed, added]| [kept, changed, added, removed]),
        fates(&back),
        "{what}"
    );
    let same = diff(before, before, Options::default());
    assert_eq!((same.verdict, same.codes.len()), (Verdict::Identical, 0), "{what}: a file is the same as itself");
}

/// How many code objects are kept, changed, removed, added; none where which belong together is a matter of likeness.
fn fates(difference: &Difference) -> Option<[usize; 4]> {
    let count = |fate| difference.codes.iter().filter(|code| code.fate == fate).count();
    let is_clear = difference.codes.iter().all(|code| !code.is_renamed && code.is_compared);
    is_clear.then(|| [Fate::Kept, Fate::Changed, Fate::Removed, Fate::Added].map(count))
}

fn check_difference(files: [&Pyc; 2], difference: &Difference, what: &str) {
    assert!(!difference.summary().is_empty(), "{what}");
    for change in &difference.changes {
        check_change(files, change, what);
    }
    for code in &difference.codes {
        code.changes.iter().for_each(|change| check_change(files, change, what));
        let rows = difference.rows(files, code.compared_ids());
        let count = |side: usize| {
            code.ids[side].and_then(|id| files[side].code(id)).map_or(0, |code| code.instructions().count())
        };
        // One instruction is two steps at the most.
        assert!(rows.len() <= 2 * (count(0) + count(1)), "{what}: {} rows", rows.len());
        let mut end = 0;
        for run in rows.changes().into_iter().take(100) {
            assert!(end <= run.start && run.start < run.end && run.end <= rows.len(), "{what}: {run:?}");
            end = run.end;
            for row in rows.get(files, run.start..run.end.min(run.start + 100), 40) {
                assert_ne!(row.kind, RowKind::Same, "{what}");
                assert!(row.before.is_some() || row.after.is_some(), "{what}");
            }
        }
    }
}

fn check_change(files: [&Pyc; 2], change: &Change, what: &str) {
    for (pyc, side) in files.into_iter().zip([&change.before, &change.after]) {
        if let Some(item) = side.as_ref().and_then(|side| side.item) {
            check_span(pyc, pyc.span(item), what);
        }
    }
}

fn check_span(pyc: &Pyc, span: Span, what: &str) {
    assert!(span.start <= span.end && span.end as usize <= pyc.bytes().len(), "{what}: {span:?} is in the file");
}

/// Holds a file against a text.
pub fn hold(pyc: &Pyc, source: &[u8], what: &str) -> Verification {
    let said = verify(pyc, source);
    for evidence in &said.evidence {
        check_span(pyc, evidence.span, what);
        assert!(!evidence.message.is_empty(), "{what}");
    }
    assert!(said.evidence.len() <= verify::MOST_EVIDENCE, "{what}");
    assert!(said.proofs.is_empty() || said.proofs.len() == pyc.codes().len(), "{what}");
    said.proofs.iter().for_each(|proof| check_span(pyc, proof.span, what));
    let is_proved = said.contents == verify::Verdict::Proved;
    assert!(!is_proved || said.proved() == pyc.codes().len() && said.evidence.is_empty(), "{what}");
    let sentences = said.reasons.iter().chain(&said.unproved);
    for sentence in sentences {
        let starts = sentence.chars().next().is_some_and(char::is_uppercase);
        assert!(starts && sentence.ends_with(['.', ']', '!', '?']), "{what}: {sentence:?} is a sentence");
    }
    said
}
