//! The source: the file as Python, each line tied to the instructions that it stands for.

mod folds;
mod text;

use std::ops::Range;

use pycxray::Item;
use pycxray_source::is_supported;

use crate::file::File;
use crate::moves::{Move, moved};
use crate::protocol::{
    Definition, QuestionId, RowKey, SourceRow, SourceText, SourceVerdict, SourceWindow, Style, Styled, Window,
};
use crate::python_text::cut;
use text::Text;

/// How far below a line what it stands for is looked for, in lines.
const LOOKED_AHEAD: usize = 8;

/// The source of a file, which the prover makes when it is wanted first.
#[derive(Debug)]
pub(crate) struct Source {
    state: State,
    /// The exports that wait for it.
    exports: Vec<QuestionId>,
}

#[derive(Debug)]
enum State {
    /// Nobody wanted it yet.
    Unwanted,
    /// Somebody waits for it, and the prover does not know it yet.
    Wanted,
    /// The prover makes it.
    Coming,
    Made(Text),
    /// Why there is none, in a sentence, and whether trying once more may help.
    Missing(String, bool),
}

impl Source {
    /// That of a file of which it was not wanted yet.
    pub(crate) fn of(file: &File) -> Self {
        let state = match is_supported(&file.pyc) {
            true => State::Unwanted,
            false => State::Missing(unsupported(file), false),
        };
        Self { state, exports: Vec::new() }
    }

    /// Somebody wants to see it.
    pub(crate) fn want(&mut self) {
        if matches!(self.state, State::Unwanted) {
            self.state = State::Wanted;
        }
    }

    /// Somebody wants it once more, after it was not made.
    pub(crate) fn retry(&mut self) {
        if matches!(self.state, State::Missing(_, true)) {
            self.state = State::Wanted;
        }
    }

    /// Whether the prover is to be told that it is wanted, which it is from now on.
    pub(crate) fn hand_on(&mut self) -> bool {
        let is_wanted = matches!(self.state, State::Wanted);
        if is_wanted {
            self.state = State::Coming;
        }
        is_wanted
    }

    /// Takes what the prover made. The exports that waited for it.
    pub(crate) fn take(&mut self, file: &File, made: Result<SourceText, String>) -> Vec<QuestionId> {
        self.state = match made {
            Ok(source) => State::Made(Text::new(file, source)),
            Err(why) => State::Missing(why, true),
        };
        std::mem::take(&mut self.exports)
    }

    /// Whether an export has to wait for it. If so, it is one of those that [`Source::take`] tells of.
    pub(crate) fn waits(&mut self, export: QuestionId) -> bool {
        self.want();
        let waits = matches!(self.state, State::Wanted | State::Coming);
        if waits {
            self.exports.push(export);
        }
        waits
    }

    /// All of it, to be saved; where there is none, a comment that says why.
    pub(crate) fn written(&self) -> String {
        match &self.state {
            State::Made(text) => text.text.clone(),
            State::Missing(why, _) => format!("# {why}\n"),
            _ => String::new(),
        }
    }

    fn text(&self) -> Option<&Text> {
        match &self.state {
            State::Made(text) => Some(text),
            _ => None,
        }
    }

    fn text_mut(&mut self) -> Option<&mut Text> {
        match &mut self.state {
            State::Made(text) => Some(text),
            _ => None,
        }
    }

    /// How many lines are in sight.
    pub(crate) fn len(&self) -> usize {
        self.text().map_or(0, |text| text.folds.len())
    }

    /// The text of a line, and what it stands for: it, or the next one that stands for anything. `None` behind the last.
    pub(crate) fn line(&self, line: usize) -> Option<(&str, Option<Item>)> {
        let text = self.text()?;
        let found = text.lines.get(line)?;
        let item = text.lines[line..].iter().take(LOOKED_AHEAD).find_map(|line| line.item);
        Some((&text.text[found.text.clone()], item))
    }

    /// Folds what begins in a row, or unfolds it.
    pub(crate) fn toggle(&mut self, row: usize) {
        let Some(text) = self.text_mut() else { return };
        let Some(&line) = text.folds.lines(row..row + 1).first() else { return };
        if let Some(is_unfolded) = text.folds.is_unfolded(line) {
            text.folds.fold(line, is_unfolded);
        }
    }

    /// Folds all functions and classes, or unfolds them.
    pub(crate) fn fold_all(&mut self, folds: bool) {
        if let Some(text) = self.text_mut() {
            text.folds.fold_all(folds);
        }
    }

    /// How true the source of a code object is: a term of its card. `None` for other items, and before there is any source.
    pub(crate) fn definition(&self, file: &File, item: Item) -> Option<Definition> {
        let code = self.text()?.codes.iter().find(|code| code.node.map(Item::Object) == Some(item))?;
        let SourceVerdict { proved, words, item } = &code.verdict;
        let mut value = Styled::default();
        match item.item(&file.pyc).filter(|_| !proved) {
            Some(place) => value.push_link(Style::Damage, words.clone(), place),
            None => value.push(Style::Plain, words),
        };
        Some(Definition { term: "as source".to_owned(), value })
    }

    /// Unfolds what an item is in.
    pub(crate) fn reveal(&mut self, file: &File, item: Item) {
        let line = self.text().and_then(|text| Some(text.line_at(text.range_of(file, item)?.start)));
        if let Some((line, text)) = line.zip(self.text_mut()) {
            text.folds.reveal(line);
        }
    }

    /// What its view shows: `window` has its lines.
    pub(crate) fn window(&self, window: Window<SourceRow>) -> SourceWindow {
        let codes = self.text().map_or(&[][..], |text| &text.codes);
        let proved = codes.iter().filter(|code| code.verdict.proved).count();
        let (missing, can_retry) = match &self.state {
            State::Missing(why, can_retry) => (Some(why.clone()), *can_retry),
            _ => (None, false),
        };
        let is_folded = self.text().and_then(|text| text.folds.state());
        SourceWindow { window, proved, codes: codes.len(), missing, can_retry, is_folded }
    }

    /// The row of the line that stands for an item, or of that to which it is folded.
    pub(crate) fn row_of(&self, file: &File, item: Item) -> Option<usize> {
        let text = self.text()?;
        Some(text.folds.row_of(text.line_at(text.range_of(file, item)?.start)))
    }

    /// Lines in sight, with the text that stands for what is chosen marked.
    pub(crate) fn rows(&self, file: &File, range: Range<usize>, chosen: Option<Item>) -> Vec<SourceRow> {
        let Some(text) = self.text() else { return Vec::new() };
        let chosen = chosen.filter(|item| matches!(item, Item::Instruction(..) | Item::Cache(..)));
        let chosen = chosen.and_then(|item| text.range_of(file, item)).unwrap_or_default();
        text.folds.lines(range).iter().map(|&line| row(text, line, &chosen)).collect()
    }

    /// Does what a key does, `page` rows being on screen. What is to be chosen then.
    pub(crate) fn key(&mut self, file: &File, chosen: Option<Item>, key: RowKey, page: usize) -> Option<Move> {
        let row = chosen.and_then(|item| self.row_of(file, item)).unwrap_or(0);
        let text = self.text_mut()?;
        let &line = text.folds.lines(row..row + 1).first()?;
        match key {
            RowKey::Left => text.folds.fold(line, true),
            RowKey::Right => text.folds.fold(line, false),
            RowKey::Toggle => self.toggle(row),
            _ => {}
        }
        let text = self.text()?;
        let last = text.folds.len().checked_sub(1)?;
        let to = moved(key, row, last, page)?;
        // The nearest line that stands for something, further on the same way; there is none beyond the ends.
        let item_of = |line: &usize| text.lines[*line].item;
        let below = || text.folds.lines(to..last + 1).iter().find_map(item_of);
        let above = || text.folds.lines(0..to + 1).iter().rev().find_map(item_of);
        let item = if to < row && to > 0 || to == last { above() } else { below() };
        item.map(Move::Past)
    }
}

fn unsupported(file: &File) -> String {
    let python = file.pyc.python();
    format!("For {} {} there is a listing, and no source yet.", python.implementation, python.version)
}

fn row(text: &Text, number: usize, chosen: &Range<usize>) -> SourceRow {
    let line = &text.lines[number];
    let [before, chosen, after] = cut(&text.text, &text.words, &line.text, chosen);
    SourceRow {
        before,
        chosen,
        after,
        line: number + 1,
        item: line.item.map(Into::into),
        is_unfolded: text.folds.is_unfolded(number),
        verdict: line.code.map(|code| text.codes[code].verdict.clone()),
    }
}
