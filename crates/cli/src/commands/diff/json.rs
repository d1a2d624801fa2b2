//! What differs, as JSON.

use std::ffi::{OsStr, OsString};

use pycxray::Pyc;
use pycxray::schema::{JsonText, json_line};
use pycxray_compare::diff::{self, Outcome, Totals, Verdict};
use pycxray_compare::schema::Difference;
use serde::Serialize;

use crate::input::json_path;

/// A pair of files.
#[derive(Serialize)]
struct Pair<'t> {
    before: JsonText<'t>,
    after: JsonText<'t>,
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
    before: JsonText<'t>,
    after: JsonText<'t>,
    verdict: &'static str,
    summary: &'t str,
}

/// All that two folders or containers hold.
#[derive(Serialize)]
struct All<'t> {
    before: JsonText<'t>,
    after: JsonText<'t>,
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
    before: Option<JsonText<'t>>,
    after: Option<JsonText<'t>>,
    verdict: &'static str,
    summary: String,
}

/// An object for a pair of files.
pub(super) fn pair(paths: &[OsString; 2], files: [&Pyc; 2], said: &diff::Difference, has_details: bool) -> String {
    let found = match has_details {
        true => Found::All(Difference::of(files, said)),
        false => Found::Verdict { verdict: said.verdict.word(), summary: said.summary() },
    };
    let [before, after] = names(paths);
    json_line(&Pair { before, after, found })
}

/// An object for a pair of what is no bytecode.
pub(super) fn other(paths: &[OsString; 2], outcome: &Outcome) -> String {
    let (verdict, summary) = match outcome {
        Outcome::Changed(summary) => (Verdict::Different, summary.as_str()),
        _ => (Verdict::Identical, "the same bytes"),
    };
    let [before, after] = names(paths);
    json_line(&Other { before, after, verdict: verdict.word(), summary })
}

/// An object for all that two folders or containers hold.
pub(super) fn all(paths: [&OsStr; 2], totals: &Totals, summary: &str) -> String {
    let &Totals { changed, added, removed, same_program, same, .. } = totals;
    let members = Members { changed, added, removed, same_program, same };
    let [before, after] = paths.map(json_path);
    json_line(&All { before, after, verdict: totals.verdict().word(), summary, members })
}

/// An object for a file that has no counterpart.
pub(super) fn lone(side: usize, path: &OsStr) -> String {
    let path = |this: usize| (this == side).then(|| json_path(path));
    let summary = format!("in the {} alone", ["first", "second"][side]);
    json_line(&Lone { before: path(0), after: path(1), verdict: "alone", summary })
}

fn names(paths: &[OsString; 2]) -> [JsonText<'_>; 2] {
    [json_path(&paths[0]), json_path(&paths[1])]
}
