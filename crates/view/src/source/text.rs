//! The source as it was written: its lines, what its words are, which instructions its parts stand for.

use std::ops::Range;

use pycxray::{Item, NodeId};

use crate::file::File;
use crate::protocol::{OwnedText, SourceText, SourceVerdict};
use crate::python_text::{self, Words};
use crate::source::folds::Folds;

/// The source of a file.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) lines: Vec<Line>,
    /// Where words begin and end, in bytes, and how they look; in order.
    pub(super) words: Words,
    /// By code object; an inner range before the one around it.
    owned: Vec<OwnedText>,
    /// By code object, in the order of the file.
    pub(super) codes: Vec<CodeLines>,
    /// Which lines are in sight.
    pub(super) folds: Folds,
}

/// A line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its text, in bytes, without its end.
    pub(super) text: Range<usize>,
    /// The first instruction that it stands for.
    pub(super) item: Option<Item>,
    /// The code object that begins in it, by its place in the file.
    pub(super) code: Option<usize>,
}

/// A code object in the source.
#[derive(Debug)]
pub(super) struct CodeLines {
    pub(super) node: Option<NodeId>,
    pub(super) verdict: SourceVerdict,
    /// The line on which it begins.
    pub(super) line: Option<usize>,
}

impl Text {
    pub(super) fn new(file: &File, source: SourceText) -> Self {
        let code = |code: crate::protocol::CodeVerdict| CodeLines {
            node: code.code.item(&file.pyc).and_then(Item::object),
            verdict: code.verdict,
            line: None,
        };
        let SourceText { text, words, owned, verdicts } = source;
        let codes = verdicts.into_iter().map(code).collect();
        let mut text = Self { lines: lines(&text), words, owned, codes, text, folds: Folds::default() };
        text.place_instructions();
        text.place_codes();
        let indents: Vec<Option<usize>> = text.lines.iter().map(|line| text.indent(line)).collect();
        // The first line is the module's.
        text.folds = Folds::new(&indents, |line| line > 0 && text.lines[line].code.is_some());
        // What is chosen is looked for with each key, in one code object: its text comes in one piece.
        text.owned.sort_by_key(|owned| owned.code);
        text
    }

    /// The line that a byte of the text is in.
    pub(super) fn line_at(&self, byte: usize) -> usize {
        self.lines.partition_point(|line| line.text.start <= byte).saturating_sub(1)
    }

    fn node(&self, owned: &OwnedText) -> Option<NodeId> {
        self.codes.get(owned.code)?.node
    }

    /// Notes for each line the first instruction of the largest range that begins in it.
    fn place_instructions(&mut self) {
        let mut largest = vec![0; self.lines.len()];
        for owned in &self.owned {
            let (line, length) = (self.line_at(owned.text.start), owned.text.len());
            let Some(node) = self.node(owned).filter(|_| length > largest[line]) else { continue };
            largest[line] = length;
            self.lines[line].item = Some(Item::Instruction(node, owned.bytecode.start));
        }
    }

    /// Finds the line on which each code object begins: where the first of its instructions is, or for what has a body of
    /// lines, the line with less indentation above that.
    fn place_codes(&mut self) {
        let mut first = vec![usize::MAX; self.codes.len()];
        for owned in &self.owned {
            if let Some(first) = first.get_mut(owned.code) {
                *first = owned.text.start.min(*first);
            }
        }
        // The module begins the text; where all of it is a function's, so does that.
        for (code, first) in first.into_iter().enumerate() {
            let line = match first {
                _ if code == 0 => Some(0),
                usize::MAX => None,
                byte => Some(self.heading_of(byte)),
            };
            self.codes[code].line = line.filter(|line| *line < self.lines.len());
            if let Some(line) = self.codes[code].line {
                self.lines[line].code.get_or_insert(code);
            }
        }
    }

    /// The line above a byte that is indented less, if the byte begins a line; else its own.
    fn heading_of(&self, byte: usize) -> usize {
        let line = self.line_at(byte);
        let text = &self.lines[line].text;
        let Some(indent) = self.indent(&self.lines[line]).filter(|indent| byte <= text.start + indent) else {
            return line;
        };
        let above = self.lines[..line].iter().rposition(|above| self.indent(above).is_some_and(|above| above < indent));
        above.unwrap_or(line)
    }

    /// How far a line is indented, in bytes; `None` where it is empty, or inside a string.
    fn indent(&self, line: &Line) -> Option<usize> {
        let text = &self.text[line.text.clone()];
        let indent = text.find(|c| c != ' ')?;
        let word = self.words.partition_point(|(range, _)| range.end <= line.text.start);
        let is_inside = self.words.get(word).is_some_and(|(range, _)| range.start < line.text.start);
        (!is_inside).then_some(indent)
    }

    /// The innermost text that stands for an item: an instruction, or a code object as a whole.
    pub(super) fn range_of(&self, file: &File, item: Item) -> Option<Range<usize>> {
        let (node, offset) = match item {
            Item::Instruction(node, offset) => (node, Some(offset)),
            Item::Cache(node, offset) => match file.instruction_item(node, offset)? {
                Item::Instruction(_, offset) => (node, Some(offset)),
                _ => (node, None),
            },
            item => (crate::labels::code_of(&file.pyc, item)?, None),
        };
        let code = self.codes.iter().position(|code| code.node == Some(node))?;
        let first = self.owned.partition_point(|owned| owned.code < code);
        let own = self.owned[first..].iter().take_while(|owned| owned.code == code);
        let owned = own
            .filter(|owned| offset.is_some_and(|offset| owned.bytecode.contains(&offset)))
            .min_by_key(|owned| (owned.text.len(), owned.bytecode.len()));
        let line = || Some(self.lines[self.codes[code].line?].text.clone());
        owned.map(|owned| owned.text.clone()).or_else(line)
    }
}

fn lines(text: &str) -> Vec<Line> {
    python_text::lines(text).map(|text| Line { text, item: None, code: None }).collect()
}
