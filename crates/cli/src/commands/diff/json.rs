//! What differs, as JSON.

use pycxray::{Item, Pyc, Span};
use pycxray_compare::diff::{Change, CodeDifference, Difference, Line, RowKind, Side};
use serde_json::{Value, json};

/// How many bytes of an operand are written.
const OPERAND: usize = 1000;

/// An object for a pair of files.
pub(super) fn object(titles: &[String; 2], files: [&Pyc; 2], said: &Difference, has_details: bool) -> Value {
    let mut object = json!({
        "before": titles[0],
        "after": titles[1],
        "verdict": said.verdict.word(),
        "summary": said.summary(),
    });
    if has_details {
        object["changes"] = said.changes.iter().map(|one| change(files, one)).collect();
        object["codes"] = said.codes.iter().map(|one| code(files, said, one)).collect();
    }
    object
}

/// An object for a file that has no counterpart.
pub(super) fn lone(side: usize, title: &str) -> Value {
    let title = |this: usize| (this == side).then_some(title);
    let summary = format!("in the {} alone", ["first", "second"][side]);
    json!({"before": title(0), "after": title(1), "verdict": "alone", "summary": summary})
}

fn change(files: [&Pyc; 2], change: &Change) -> Value {
    json!({
        "class": change.class.word(),
        "what": change.what,
        "count": change.count,
        "before": change.before.as_ref().map(|one| side(files[0], one)),
        "after": change.after.as_ref().map(|one| side(files[1], one)),
    })
}

fn side(pyc: &Pyc, side: &Side) -> Value {
    json!({"text": side.text, "span": side.item.map(|item| span(pyc, item))})
}

fn span(pyc: &Pyc, item: Item) -> [u32; 2] {
    let Span { start, end } = pyc.span(item);
    [start, end]
}

fn code(files: [&Pyc; 2], said: &Difference, code: &CodeDifference) -> Value {
    let rows = said.rows(files, if code.is_compared { code.ids } else { [None, None] });
    let runs: Vec<Value> = rows
        .changes()
        .into_iter()
        .flat_map(|run| rows.get(files, run, OPERAND))
        .filter(|row| row.kind != RowKind::Same)
        .map(|row| {
            json!({
                "kind": row.kind.word(),
                "before": row.before.as_ref().map(|one| line(files[0], one)),
                "after": row.after.as_ref().map(|one| line(files[1], one)),
            })
        })
        .collect();
    json!({
        "before": code.names[0],
        "after": code.names[1],
        "sort": code.sort.word(),
        "fate": code.fate.word(),
        "renamed": code.is_renamed,
        "compared": code.is_compared,
        "changes": code.changes.iter().map(|one| change(files, one)).collect::<Vec<_>>(),
        "rows": runs,
    })
}

fn line(pyc: &Pyc, line: &Line) -> Value {
    json!({
        "offset": line.offset,
        "line": line.line,
        "opname": line.opcode,
        "argrepr": line.operand,
        "span": span(pyc, line.item),
    })
}
