//! Two code objects side by side: rows of instructions, with what differs in each.

use std::ops::Range;

use pycxray::tables::LineIndex;
use pycxray::{Item, Labels, Meaning, NodeId, Operands, Pyc};

use super::align::Alignment;
use super::pair::Comparer;
use super::steps::{Part, Step, Stepper};
use super::values::Numbers;

/// How a row differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// Not at all.
    Same,
    /// The instruction is another on each side, or its operand is.
    Changed,
    /// The first file alone has it.
    Removed,
    /// The second file alone has it.
    Added,
}

impl RowKind {
    /// A word for it, which stays the same from release to release.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Added => "added",
        }
    }
}

/// An instruction of each side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// How they differ.
    pub kind: RowKind,
    /// That of the first file.
    pub before: Option<Line>,
    /// That of the second file.
    pub after: Option<Line>,
}

/// An instruction in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is in the file.
    pub item: Item,
    /// Where it begins in the bytecode, in bytes.
    pub offset: u32,
    /// Its line in the source.
    pub line: Option<i32>,
    /// The name of its opcode.
    pub opcode: String,
    /// What its argument means; empty where there is none.
    pub operand: String,
    /// Whether the other side has another opcode.
    pub is_opcode_changed: bool,
    /// What of the operand is different on the other side, in bytes.
    pub changed: Range<usize>,
}

/// Two code objects, or one that has no counterpart, side by side. Texts are made when rows are asked for.
#[derive(Clone, Debug)]
pub struct Rows {
    ids: [Option<NodeId>; 2],
    steps: [Vec<Step>; 2],
    alignment: Alignment,
    lines: [LineIndex; 2],
}

impl Rows {
    /// The rows of two code objects, of which one may be absent.
    pub(super) fn new(files: [&Pyc; 2], numbers: &[Numbers; 2], ids: [Option<NodeId>; 2]) -> Self {
        let codes = [0, 1].map(|side: usize| files[side].code(ids[side]?));
        let mut comparer = Comparer::new(files);
        for (objects, numbers) in comparer.objects.iter_mut().zip(numbers) {
            objects.numbers = Numbers::clone(numbers);
        }
        let mut stepper = Stepper { values: &mut comparer.values, by_meaning: comparer.by_meaning };
        let objects = &mut comparer.objects;
        let steps = [0, 1]
            .map(|side: usize| codes[side].map_or_else(Vec::new, |code| stepper.steps(&mut objects[side], &code)));
        let alignment = match codes {
            [Some(_), Some(_)] => Alignment::new(&steps[0], &steps[1]),
            [before, _] => {
                let count = steps[0].len() + steps[1].len();
                Alignment::one_sided(count as u32, before.is_some())
            }
        };
        let lines = codes.map(|code| code.map_or_else(LineIndex::default, |code| LineIndex::new(&code)));
        Self { ids, steps, alignment, lines }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.alignment.pairs.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.alignment.pairs.is_empty()
    }

    /// How a row differs.
    #[must_use]
    pub fn kind(&self, row: usize) -> RowKind {
        match self.alignment.pairs.get(row) {
            Some((Some(_), Some(_))) if self.alignment.is_same[row] => RowKind::Same,
            Some((Some(_), Some(_))) => RowKind::Changed,
            Some((Some(_), None)) => RowKind::Removed,
            _ => RowKind::Added,
        }
    }

    /// The row of an instruction of one side: 0 for the first file, 1 for the second.
    #[must_use]
    pub fn row_of(&self, side: usize, offset: u32) -> Option<usize> {
        let steps = self.steps.get(side)?;
        let step = steps.partition_point(|step| step.offset < offset) as u32;
        self.alignment.pairs.iter().position(|pair| [pair.0, pair.1][side] == Some(step))
    }

    /// Runs of rows that differ, in order.
    #[must_use]
    pub fn changes(&self) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for row in (0..self.len()).filter(|&row| !self.alignment.is_same[row]) {
            match runs.last_mut() {
                Some(run) if run.end == row => run.end += 1,
                _ => runs.push(row..row + 1),
            }
        }
        runs
    }

    /// Some rows in words: operands of more than `limit` bytes are cut. The files are those that the rows were made of.
    #[must_use]
    pub fn get(&self, files: [&Pyc; 2], rows: Range<usize>, limit: usize) -> Vec<Row> {
        let rows = rows.start.min(self.len())..rows.end.min(self.len());
        let mut writers = [0, 1].map(|side: usize| Writer::new(files[side], self.ids[side]?, &self.lines[side], limit));
        let row = |row: usize| {
            let (before, after) = self.alignment.pairs[row];
            let line = |writer: &mut Option<Writer<'_>>, steps: &[Step], step: Option<u32>| {
                writer.as_mut()?.line(&steps[step? as usize])
            };
            let [first, second] = &mut writers;
            let mut row = Row {
                kind: self.kind(row),
                before: line(first, &self.steps[0], before),
                after: line(second, &self.steps[1], after),
            };
            row.mark();
            row
        };
        rows.map(row).collect()
    }
}

impl Row {
    /// Marks what differs.
    fn mark(&mut self) {
        let (RowKind::Changed, Some(before), Some(after)) = (self.kind, &mut self.before, &mut self.after) else {
            return;
        };
        let is_other = before.opcode != after.opcode;
        (before.is_opcode_changed, after.is_opcode_changed) = (is_other, is_other);
        let (one, other) = (before.operand.as_bytes(), after.operand.as_bytes());
        let mut start = one.iter().zip(other).take_while(|(one, other)| one == other).count();
        while !before.operand.is_char_boundary(start) {
            start -= 1;
        }
        let ends = one[start..].iter().rev().zip(other[start..].iter().rev());
        let mut end = ends.take_while(|(one, other)| one == other).count();
        while !before.operand.is_char_boundary(before.operand.len() - end) {
            end -= 1;
        }
        before.changed = start..before.operand.len() - end;
        after.changed = start..after.operand.len() - end;
    }
}

/// Writes the instructions of one code object.
struct Writer<'p> {
    pyc: &'p Pyc,
    id: NodeId,
    operands: Operands,
    lines: &'p LineIndex,
    /// How long an operand may be, in bytes.
    limit: usize,
}

impl<'p> Writer<'p> {
    fn new(pyc: &'p Pyc, id: NodeId, lines: &'p LineIndex, limit: usize) -> Option<Self> {
        let operands = Operands::new(&pyc.code(id)?, limit);
        Some(Self { pyc, id, operands, lines, limit })
    }

    fn line(&mut self, step: &Step) -> Option<Line> {
        let python = self.pyc.python();
        let instruction = step.instruction;
        let opcode = python.opcode(instruction.opcode);
        let opcode = opcode.map_or_else(|| format!("<{}>", instruction.opcode), |opcode| opcode.name.to_owned());
        let mut operand = String::new();
        match (step.target, step.part) {
            (_, Part::Rest) => {}
            (_, Part::Name(which)) => {
                if let Meaning::Variables { names, .. } = self.operands.meaning(self.pyc, &instruction)
                    && let Some(name) = names[which].and_then(|name| self.pyc.text(name))
                {
                    operand = pycxray::shown(name, self.limit);
                }
            }
            (Some(target), Part::Whole) => operand = format!("to {target}"),
            (None, Part::Whole) => {
                self.operands.write(&mut operand, self.pyc, &instruction, &Labels::default());
                if let Some(arg) = instruction.arg.filter(|_| operand.is_empty()) {
                    operand = arg.to_string();
                }
            }
        }
        let entries = self.pyc.code(self.id)?.line_entries();
        Some(Line {
            item: Item::Instruction(self.id, step.offset),
            offset: step.offset,
            line: self.lines.position(&entries, step.offset).line,
            opcode,
            operand,
            is_opcode_changed: false,
            changed: 0..0,
        })
    }
}
