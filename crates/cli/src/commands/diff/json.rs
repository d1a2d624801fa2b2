//! What differs, as JSON.

use pycxray::Pyc;
use pycxray_compare::diff::{self, Outcome, Totals, Verdict};
use pycxray_compare::schema::Difference;
use serde::Serialize;

/// A pair of files.
#[derive(Serialize)]
struct Pair<'t> {
    before: &'t str,
    after: &'t str,
    #[serde(flatten)]
    found: Found,
}

/// What was found of it: the verdict alone, or all.
#[derive(Serialize)]
#[serde(untagged)]
enum Found {
    Verdict { verdict: &'static str, summary: String },
    All(Difference),
}

/// A pair of what is no bytecode.
#[derive(Serialize)]
struct Other<'t> {
    before: &'t str,
    after: &'t str,
    verdict: &'static str,
    summary: &'t str,
}

/// All that two folders or containers hold.
#[derive(Serialize)]
struct All<'t> {
    before: &'t str,
    after: &'t str,
    verdict: &'static str,
    summary: &'t str,
    members: Members,
}

/// How many members came to each outcome.
#[derive(Serialize)]
struct Members {
    changed: usize,
    added: usize,
    removed: usize,
    same_program: usize,
    same: usize,
}

/// A file that has no counterpart.
#[derive(Serialize)]
struct Lone<'t> {
    before: Option<&'t str>,
    after: Option<&'t str>,
    verdict: &'static str,
    summary: String,
}

/// An object for a pair of files.
pub(super) fn pair(
    [before, after]: &[String; 2],
    files: [&Pyc; 2],
    said: &diff::Difference,
    has_details: bool,
) -> String {
    let found = match has_details {
        true => Found::All(Difference::of(files, said)),
        false => Found::Verdict { verdict: said.verdict.word(), summary: said.summary() },
    };
    written(&Pair { before, after, found })
}

/// An object for a pair of what is no bytecode.
pub(super) fn other([before, after]: &[String; 2], outcome: &Outcome) -> String {
    let (verdict, summary) = match outcome {
        Outcome::Changed(summary) => (Verdict::Different, summary.as_str()),
        _ => (Verdict::Identical, "the same bytes"),
    };
    written(&Other { before, after, verdict: verdict.word(), summary })
}

/// An object for all that two folders or containers hold.
pub(super) fn all([before, after]: &[String; 2], totals: &Totals, summary: &str) -> String {
    let &Totals { changed, added, removed, same_program, same, .. } = totals;
    let members = Members { changed, added, removed, same_program, same };
    written(&All { before, after, verdict: totals.verdict().word(), summary, members })
}

/// An object for a file that has no counterpart.
pub(super) fn lone(side: usize, title: &str) -> String {
    let title = |this: usize| (this == side).then_some(title);
    let summary = format!("in the {} alone", ["first", "second"][side]);
    written(&Lone { before: title(0), after: title(1), verdict: "alone", summary })
}

fn written(value: &impl Serialize) -> String {
    // Fails for what JSON has no word for, which none of this is.
    serde_json::to_string(value).unwrap_or_default()
}
