//! Which text of a source became which instructions, as the line tables tell it.

use std::ops::Range;

use pycxray::tables::SourcePosition;
use pycxray::{Field, Item, NodeId, Pyc, Span};

use super::source_file::Text;
use crate::protocol::TINTS;

/// So many entries of line tables are looked at: code objects may share a table, and then all of them together have far more
/// than the file.
const MOST: usize = 1 << 21;

/// Which text of a source became which instructions.
#[derive(Debug)]
pub(super) struct Ties {
    all: Vec<Tie>,
    /// By line of the text.
    pub(super) lines: Vec<TiedLine>,
}

/// Text, and the instructions that it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tie {
    /// The text, in bytes.
    pub(super) text: Range<usize>,
    pub(super) code: NodeId,
    /// The instructions, in bytes of the bytecode.
    pub(super) bytecode: Range<u32>,
}

impl Tie {
    /// Its first instruction.
    pub(super) fn item(&self) -> Item {
        Item::Instruction(self.code, self.bytecode.start)
    }
}

/// A line of the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TiedLine {
    /// The first instruction of the largest text that begins in it.
    pub(super) item: Option<Item>,
    pub(super) tint: Option<u8>,
}

impl Ties {
    pub(super) fn new(pyc: &Pyc, text: &Text) -> Self {
        let mut ties = Self { all: Vec::new(), lines: vec![TiedLine::default(); text.lines.len()] };
        let mut left = MOST;
        for &code in pyc.codes() {
            left = left.saturating_sub(ties.gather(pyc, code, text, left) + 1);
        }
        ties.place(text);
        ties
    }

    /// Gathers those of a code object. How many entries were looked at.
    fn gather(&mut self, pyc: &Pyc, code: NodeId, text: &Text, most: usize) -> usize {
        let Some(view) = pyc.code(code) else { return 0 };
        let entries = view.line_entries();
        let line = view.number(Field::Firstlineno).and_then(|line| i32::try_from(line).ok());
        // Up to 3.9 the first line needs no entry.
        let first = (0..entries.implied_size(), SourcePosition { line, ..SourcePosition::default() });
        let entries = entries.take(most).map(|entry| (entry.start..entry.end, entry.position));
        let mut count = 0;
        for (bytecode, position) in std::iter::once(first).chain(entries) {
            count += 1;
            let Some(range) = range_of(text, &position).filter(|_| !bytecode.is_empty()) else { continue };
            match self.all.last_mut() {
                Some(last) if last.code == code && last.text == range && last.bytecode.end == bytecode.start => {
                    last.bytecode.end = bytecode.end;
                }
                _ => self.all.push(Tie { text: range, code, bytecode }),
            }
        }
        count
    }

    /// Notes for each line what it became, and gives those that became anything a tint.
    fn place(&mut self, text: &Text) {
        let mut largest = vec![0; self.lines.len()];
        for tie in &self.all {
            let line = text.line_at(tie.text.start);
            if tie.text.len() > largest[line] {
                largest[line] = tie.text.len();
                self.lines[line].item = Some(tie.item());
            }
        }
        let tied = self.lines.iter_mut().filter(|line| line.item.is_some());
        for (line, tint) in tied.zip((0..TINTS).cycle()) {
            line.tint = Some(tint);
        }
    }

    /// The smallest text around a byte that became instructions.
    pub(super) fn around(&self, byte: usize) -> Option<&Tie> {
        self.all.iter().filter(|tie| tie.text.contains(&byte)).min_by_key(|tie| tie.text.len())
    }

    /// What became instructions within a text, in the order of the file.
    pub(super) fn within(&self, text: &Range<usize>) -> Vec<Tie> {
        let is_within = |tie: &&Tie| text.start <= tie.text.start && tie.text.end <= text.end;
        self.all.iter().filter(is_within).cloned().collect()
    }

    /// What else the same text became in a code object, and what it became there itself.
    pub(super) fn of_text(&self, text: &Range<usize>, code: NodeId) -> Vec<Tie> {
        self.all.iter().filter(|tie| tie.code == code && tie.text == *text).cloned().collect()
    }
}

/// The text at a position: its exact columns, else its line without what indents it.
pub(super) fn range_of(text: &Text, position: &SourcePosition) -> Option<Range<usize>> {
    let line = |number: i32| text.lines.get(usize::try_from(number).ok()?.checked_sub(1)?);
    let first = line(position.line?)?;
    let exact = || {
        let last = line(position.end_line?)?;
        let place = |line: &Range<usize>, column: u32| Some(line.start + column as usize).filter(|at| *at <= line.end);
        let range = place(first, position.column?)?..place(last, position.end_column?)?;
        let is_text = text.text.is_char_boundary(range.start) && text.text.is_char_boundary(range.end);
        (is_text && !range.is_empty()).then_some(range)
    };
    exact().or_else(|| {
        let whole = &text.text[first.clone()];
        let indent = whole.len() - whole.trim_start().len();
        (indent < whole.len()).then(|| first.start + indent..first.end)
    })
}

/// Instructions that are marked together: of text that was chosen, or of the same text as the chosen one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Together {
    ties: Vec<Tie>,
}

impl Together {
    pub(super) fn of(ties: Vec<Tie>) -> Self {
        Self { ties }
    }

    /// Whether an instruction is one of them, or a cache of one.
    pub(crate) fn has(&self, item: Item) -> bool {
        let (Item::Instruction(code, offset) | Item::Cache(code, offset)) = item else { return false };
        self.ties.iter().any(|tie| tie.code == code && tie.bytecode.contains(&offset))
    }

    /// Their bytes in a part of the file.
    pub(crate) fn within(&self, pyc: &Pyc, span: Span) -> Vec<Span> {
        let mut spans: Vec<Span> = self
            .ties
            .iter()
            .filter_map(|tie| {
                let start = pyc.code(tie.code)?.bytecode_start();
                let (start, end) = (start + tie.bytecode.start, start + tie.bytecode.end);
                let (start, end) = (start.max(span.start), end.min(span.end));
                (start < end).then(|| Span::new(start, end))
            })
            .collect();
        spans.sort_unstable_by_key(|span| (span.start, span.end));
        spans.dedup();
        spans
    }
}
