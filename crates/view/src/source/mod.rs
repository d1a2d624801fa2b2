//! The source: the file as Python, each line tied to the instructions that it stands for.

mod text;

use std::cell::OnceCell;
use std::ops::Range;

use pycxray::{Item, TokenKind};
use pycxray_source::{Options, Verdict, is_supported};

use crate::file::File;
use crate::moves::{Move, moved};
use crate::protocol::{RowKey, SourceRow, SourceVerdict, Style, Styled};
use crate::text::displayable;
use text::{Line, Text};

/// A line is drawn up to so many bytes.
const WIDTH: usize = 2_000;

/// The source of a file; made when it is looked at first.
#[derive(Debug, Default)]
pub(crate) struct Source(OnceCell<Option<Text>>);

impl Source {
    fn text(&self, file: &File) -> Option<&Text> {
        self.0.get_or_init(|| is_supported(&file.pyc).then(|| Text::new(file))).as_ref()
    }

    /// How many lines there are.
    pub(crate) fn len(&self, file: &File) -> usize {
        self.text(file).map_or(0, |text| text.lines.len())
    }

    /// How many code objects are proved, and how many there are.
    pub(crate) fn proved(&self, file: &File) -> (usize, usize) {
        let codes = self.text(file).map_or(&[][..], |text| &text.codes);
        (codes.iter().filter(|code| code.verdict == Verdict::Proved).count(), codes.len())
    }

    /// Which line stands for an item.
    pub(crate) fn row_of(&self, file: &File, item: Item) -> Option<usize> {
        let text = self.text(file)?;
        Some(text.line_at(text.range_of(file, item)?.start))
    }

    /// Lines, with the text that stands for what is chosen marked.
    pub(crate) fn rows(&self, file: &File, range: Range<usize>, chosen: Option<Item>) -> Vec<SourceRow> {
        let Some(text) = self.text(file) else { return Vec::new() };
        let chosen = chosen.filter(|item| matches!(item, Item::Instruction(..) | Item::Cache(..)));
        let chosen = chosen.and_then(|item| text.range_of(file, item)).unwrap_or_default();
        let lines = text.lines.get(range.start..range.end.min(text.lines.len())).unwrap_or(&[]);
        lines.iter().map(|line| row(text, line, &chosen)).collect()
    }

    /// Does what a key does, `page` rows being on screen. What is to be chosen then.
    pub(crate) fn key(&self, file: &File, chosen: Option<Item>, key: RowKey, page: usize) -> Option<Move> {
        let text = self.text(file)?;
        let last = text.lines.len().checked_sub(1)?;
        let row = chosen.and_then(|item| self.row_of(file, item)).unwrap_or(0);
        let to = moved(key, row, last, page)?;
        // The nearest line that stands for something, further on the same way; there is none beyond the ends.
        let below = || text.lines[to..].iter().find_map(|line| line.item);
        let above = || text.lines[..=to].iter().rev().find_map(|line| line.item);
        let item = if to < row && to > 0 || to == last { above() } else { below() };
        item.map(Move::Past)
    }
}

/// Why a file has no source, in a sentence; `None` where it has.
pub(crate) fn missing(file: &File) -> Option<String> {
    let python = file.pyc.python();
    let sentence =
        || format!("For {} {} there is a listing, and no source yet.", python.implementation, python.version);
    (!is_supported(&file.pyc)).then(sentence)
}

/// The source, to be saved; where there is none, a comment that says why.
pub(crate) fn written(file: &File) -> String {
    match missing(file) {
        Some(sentence) => format!("# {sentence}\n"),
        None => pycxray_source::source(&file.pyc, Options::default()).text,
    }
}

fn row(text: &Text, line: &Line, chosen: &Range<usize>) -> SourceRow {
    let Range { start, end } = line.text;
    let is_boundary = |at: &usize| text.text.is_char_boundary(*at);
    let end = (start..=end.min(start + WIDTH)).rev().find(is_boundary).unwrap_or(start);
    // What is chosen begins after the blanks that indent a line.
    let indent = text.text[start..end].find(|c| c != ' ').unwrap_or(0);
    let from = chosen.start.clamp(start + indent, end);
    let to = chosen.end.clamp(from, end);
    let (from, to) = if from < to { (from, to) } else { (end, end) };
    let mut after = styled(text, to..end);
    if end < line.text.end {
        after.push(Style::Muted, " …");
    }
    SourceRow {
        before: styled(text, start..from),
        chosen: styled(text, from..to),
        after,
        item: line.item.map(Into::into),
        verdict: line.code.map(|code| verdict(text, code)),
    }
}

fn verdict(text: &Text, code: usize) -> SourceVerdict {
    let code = &text.codes[code];
    let item = match &code.verdict {
        Verdict::Differs { offset, .. } => Item::Instruction(code.node, *offset),
        Verdict::NotReconstructed { bytecode, .. } => Item::Instruction(code.node, bytecode.start),
        _ => Item::Object(code.node),
    };
    let words = match &code.verdict {
        Verdict::Proved => "Proved: this means the same as the bytecode.".to_owned(),
        other => format!("{other}."),
    };
    SourceVerdict { proved: code.verdict == Verdict::Proved, words, item: item.into() }
}

/// A part of a line with its words in their colours.
fn styled(text: &Text, range: Range<usize>) -> Styled {
    let mut styled = Styled::default();
    let mut at = range.start;
    let first = text.tokens.partition_point(|(token, _)| token.end <= range.start);
    for (token, kind) in text.tokens[first..].iter().take_while(|(token, _)| token.start < range.end) {
        let (start, end) = (token.start.max(range.start), token.end.min(range.end));
        styled.push(Style::Plain, &displayable(&text.text[at..start]));
        // In source nearly all is names: those of the language stand out, others do not.
        let style = if *kind == TokenKind::Name { Style::Plain } else { Style::from(*kind) };
        styled.push(style, &displayable(&text.text[start..end]));
        at = end;
    }
    styled.push(Style::Plain, &displayable(&text.text[at..range.end]));
    styled
}
