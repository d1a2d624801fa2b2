//! What differs between two files, as plain values.

use pycxray::{Item, Pyc, Span};
use serde::Serialize;

use crate::diff;

/// How many bytes of an operand are written.
const OPERAND: usize = 1000;

/// What differs between two files.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// One of `identical`, `same`, `same-program`, `different`.
    pub verdict: &'static str,
    /// The same in a few words: `1 function changed; mtime differs`.
    pub summary: String,
    /// What differs in the files as a whole.
    pub changes: Vec<Change>,
    /// The code objects in which anything differs.
    pub codes: Vec<Code>,
}

/// Something that differs.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// The class of difference.
    pub class: &'static str,
    /// What differs, as the field calls it.
    pub what: String,
    /// How many of them do; the sides are those of the first.
    pub count: u32,
    /// What stands in the first file; `None` where it has none.
    pub before: Option<Side>,
    /// What stands in the second file, likewise.
    pub after: Option<Side>,
}

/// What stands in one file.
#[derive(Clone, Debug, Serialize)]
pub struct Side {
    /// It in words.
    pub text: String,
    /// Its bytes; `None` where it is no one thing in the file.
    pub span: Option<[u32; 2]>,
}

/// A code object of two files, or of one of them.
#[derive(Clone, Debug, Serialize)]
pub struct Code {
    /// Its qualified name in the first file; `None` where that has none.
    pub before: Option<String>,
    /// Its qualified name in the second file, likewise.
    pub after: Option<String>,
    /// What it is: `function`, `class`.
    pub sort: &'static str,
    /// What became of it: `kept`, `changed`, `removed`, `added`.
    pub fate: &'static str,
    /// Whether it has another name, or stands elsewhere.
    pub renamed: bool,
    /// Whether its instructions were compared: those of very large ones are not.
    pub compared: bool,
    /// What differs in it.
    pub changes: Vec<Change>,
    /// The instructions that differ.
    pub rows: Vec<Row>,
    /// How many more of them do, for which there was no room.
    pub more_rows: usize,
}

/// An instruction of both files, or of one.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// How it differs: `changed`, `removed`, `added`.
    pub kind: &'static str,
    /// It in the first file.
    pub before: Option<Line>,
    /// It in the second file.
    pub after: Option<Line>,
}

/// An instruction of one file.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Its offset in the bytecode, in bytes.
    pub offset: u32,
    /// Its line in the source.
    pub line: Option<i32>,
    /// The name of its opcode.
    pub opname: String,
    /// What its argument means.
    pub argrepr: String,
    /// Its bytes in the file.
    pub span: [u32; 2],
}

/// What a row takes besides its operands, in bytes: about.
const ROW: usize = 400;

impl Difference {
    /// Those of a comparison of these files.
    #[must_use]
    pub fn of(files: [&Pyc; 2], found: &diff::Difference) -> Self {
        Self::within(files, found, usize::MAX)
    }

    /// The same with as many rows as so many bytes of memory have room for, those that come first.
    #[must_use]
    pub fn within(files: [&Pyc; 2], found: &diff::Difference, mut room: usize) -> Self {
        Self {
            verdict: found.verdict.word(),
            summary: found.summary(),
            changes: found.changes.iter().map(|one| Change::of(files, one)).collect(),
            codes: found.codes.iter().map(|one| Code::of(files, found, one, &mut room)).collect(),
        }
    }
}

impl Change {
    fn of(files: [&Pyc; 2], change: &diff::Change) -> Self {
        Self {
            class: change.class.word(),
            what: change.what.clone(),
            count: change.count,
            before: change.before.as_ref().map(|side| Side::of(files[0], side)),
            after: change.after.as_ref().map(|side| Side::of(files[1], side)),
        }
    }
}

impl Side {
    fn of(pyc: &Pyc, side: &diff::Side) -> Self {
        Self { text: side.text.clone(), span: side.item.map(|item| span(pyc, item)) }
    }
}

impl Code {
    fn of(files: [&Pyc; 2], found: &diff::Difference, code: &diff::CodeDifference, room: &mut usize) -> Self {
        let (rows, more_rows) = rows(files, found, code, room);
        let [before, after] = code.names.clone();
        Self {
            before,
            after,
            sort: code.sort.word(),
            fate: code.fate.word(),
            renamed: code.is_renamed,
            compared: code.is_compared,
            changes: code.changes.iter().map(|one| Change::of(files, one)).collect(),
            rows,
            more_rows,
        }
    }
}

/// The rows of a code object that differ, as many as there is room for, and how many more there are.
fn rows(
    files: [&Pyc; 2],
    found: &diff::Difference,
    code: &diff::CodeDifference,
    room: &mut usize,
) -> (Vec<Row>, usize) {
    /// How many are made at a time.
    const SOME: usize = 1 << 10;
    let all = found.rows(files, code.compared_ids());
    let (mut rows, mut more) = (Vec::new(), 0);
    for run in all.changes() {
        let mut start = run.start;
        while start < run.end {
            let end = if *room == 0 { run.end } else { run.end.min(start + SOME) };
            if *room == 0 {
                more += end - start;
            } else {
                for row in all.get(files, start..end, OPERAND) {
                    if *room == 0 {
                        more += 1;
                        continue;
                    }
                    let operands = row.before.iter().chain(&row.after).map(|line| line.operand.len()).sum::<usize>();
                    *room = room.saturating_sub(ROW + operands);
                    rows.push(Row::of(files, &row));
                }
            }
            start = end;
        }
    }
    (rows, more)
}

impl Row {
    fn of(files: [&Pyc; 2], row: &diff::Row) -> Self {
        Self {
            kind: row.kind.word(),
            before: row.before.as_ref().map(|line| Line::of(files[0], line)),
            after: row.after.as_ref().map(|line| Line::of(files[1], line)),
        }
    }
}

impl Line {
    fn of(pyc: &Pyc, line: &diff::Line) -> Self {
        Self {
            offset: line.offset,
            line: line.line,
            opname: line.opcode.clone(),
            argrepr: line.operand.clone(),
            span: span(pyc, line.item),
        }
    }
}

fn span(pyc: &Pyc, item: Item) -> [u32; 2] {
    let Span { start, end } = pyc.span(item);
    [start, end]
}
