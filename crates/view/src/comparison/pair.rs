//! The instructions of two code objects, side by side or one side below the other.

use std::ops::Range;

use pycxray::{Item, NodeId, Pyc};
use pycxray_compare::diff::{Difference, Line, Row, RowKind, Rows};

use crate::protocol::{ItemKey, PairKind, PairLine, PairRow};
use crate::text::made_displayable;

/// How long an operand may be, in bytes.
const OPERAND: usize = 120;

/// Two code objects, or one that has no counterpart.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) ids: [Option<NodeId>; 2],
    /// Their names, displayable.
    pub(super) names: [Option<String>; 2],
    /// The row that was gone to.
    pub(super) row: Option<usize>,
    rows: Rows,
    /// Runs of rows that differ.
    runs: Vec<Range<usize>>,
    /// How many rows come before each, where the sides stand below each other: what is changed has two.
    below: Vec<u32>,
}

impl Pair {
    /// Those of a code object in which something differs.
    pub(super) fn new(difference: &Difference, files: [&Pyc; 2], code: usize) -> Self {
        let code = &difference.codes[code];
        let rows = difference.rows(files, code.compared_ids());
        let mut lines = 0;
        let mut below: Vec<u32> = Vec::with_capacity(rows.len() + 1);
        for row in 0..rows.len() {
            below.push(lines);
            lines += if rows.kind(row) == RowKind::Changed { 2 } else { 1 };
        }
        below.push(lines);
        let names = code.names.clone().map(|name| name.map(made_displayable));
        Self { ids: code.ids, names, row: None, runs: rows.changes(), rows, below }
    }

    /// What is shown, for who scrolls.
    pub(super) fn subject(&self) -> Option<ItemKey> {
        self.ids[1].or(self.ids[0]).map(|id| Item::Object(id).into())
    }

    /// How many rows there are.
    pub(super) fn len(&self, beside: bool) -> usize {
        if beside { self.rows.len() } else { self.below.last().map_or(0, |lines| *lines as usize) }
    }

    /// The row that was gone to, `side` being on screen.
    pub(super) fn selected(&self, beside: bool, side: usize) -> Option<usize> {
        let row = self.row?;
        if beside {
            return Some(row);
        }
        let is_second = side == 1 && self.rows.kind(row) == RowKind::Changed;
        self.below.get(row).map(|line| *line as usize + usize::from(is_second))
    }

    /// The row that is shown as one of this number.
    fn row_at(&self, shown: usize, beside: bool) -> usize {
        if beside { shown } else { self.below.partition_point(|line| *line as usize <= shown).saturating_sub(1) }
    }

    /// The row of an item of one side.
    pub(super) fn row_of(&self, side: usize, item: Item) -> Option<usize> {
        match item {
            Item::Instruction(code, offset) | Item::Cache(code, offset) if self.ids[side] == Some(code) => {
                self.rows.row_of(side, offset)
            }
            _ => None,
        }
    }

    /// The instructions of a row.
    pub(super) fn items(&self, files: [&Pyc; 2], row: usize) -> [Option<Item>; 2] {
        let row = self.rows.get(files, row..row + 1, 0).pop();
        row.map_or([None, None], |row| [row.before, row.after].map(|line| line.map(|line| line.item)))
    }

    /// The first row that differs.
    pub(super) fn first(&self) -> Option<usize> {
        self.runs.first().map(|run| run.start)
    }

    /// The first row of the last run that differs.
    pub(super) fn last(&self) -> Option<usize> {
        self.runs.last().map(|run| run.start)
    }

    /// The next run that differs behind the row that was gone to.
    pub(super) fn run_behind(&self) -> Option<Range<usize>> {
        let row = self.row?;
        self.runs.iter().find(|run| run.start > row).cloned()
    }

    /// The run that differs before it.
    pub(super) fn run_before(&self) -> Option<Range<usize>> {
        let row = self.row?;
        self.runs.iter().rev().find(|run| run.end <= row || run.contains(&row) && run.start < row).cloned()
    }

    /// Rows, as far as there are so many.
    pub(super) fn rows(&self, files: [&Pyc; 2], shown: Range<usize>, beside: bool) -> Vec<PairRow> {
        let shown = shown.start.min(self.len(beside))..shown.end.min(self.len(beside));
        if shown.is_empty() {
            return Vec::new();
        }
        let range = self.row_at(shown.start, beside)..self.row_at(shown.end - 1, beside) + 1;
        // The row above says which line is no news.
        let above = range.start.saturating_sub(1);
        let mut lines = [None; 2];
        let mut drawn = Vec::new();
        for (number, row) in (above..).zip(self.rows.get(files, above..range.end, OPERAND)) {
            let row = pair_row(number, row, &mut lines);
            if number < range.start {
                continue;
            }
            match (beside, row.kind) {
                (false, PairKind::Changed) => {
                    let [before, after] = row.sides;
                    drawn.push(PairRow { row: number, kind: PairKind::Removed, sides: [before, None] });
                    drawn.push(PairRow { row: number, kind: PairKind::Added, sides: [None, after] });
                }
                (false, PairKind::Same) => {
                    let [_, after] = row.sides;
                    drawn.push(PairRow { row: number, kind: PairKind::Same, sides: [None, after] });
                }
                _ => drawn.push(row),
            }
        }
        // Half of the first row may be above what is shown.
        let skipped = if beside { 0 } else { shown.start - self.below[range.start] as usize };
        drawn.into_iter().skip(skipped).take(shown.len()).collect()
    }
}

/// A row, with the source lines that it begins; `lines` are those of the row above.
fn pair_row(number: usize, row: Row, lines: &mut [Option<i32>; 2]) -> PairRow {
    let kind = match row.kind {
        RowKind::Same => PairKind::Same,
        RowKind::Changed => PairKind::Changed,
        RowKind::Removed => PairKind::Removed,
        RowKind::Added => PairKind::Added,
    };
    let [first, second] = lines;
    PairRow { row: number, kind, sides: [pair_line(row.before, first), pair_line(row.after, second)] }
}

fn pair_line(line: Option<Line>, last: &mut Option<i32>) -> Option<PairLine> {
    let line = line?;
    let number = line.line.filter(|_| *last != line.line);
    *last = line.line;
    let operand = |range: Range<usize>| made_displayable(line.operand.get(range).unwrap_or_default().to_owned());
    Some(PairLine {
        line: number,
        offset: line.offset,
        is_opname_changed: line.is_opcode_changed,
        before: operand(0..line.changed.start),
        changed: operand(line.changed.clone()),
        after: operand(line.changed.end..line.operand.len()),
        opname: line.opcode,
    })
}
