//! The source: the file as Python, each line tied to the instructions that it stands for.

mod text;

use std::ops::Range;

use pycxray::Item;
use pycxray_source::is_supported;

use crate::file::File;
use crate::moves::{Move, moved};
use crate::protocol::{QuestionId, RowKey, SourceRow, SourceText, SourceWindow, Window};
use crate::python_text::cut;
use text::{Line, Text};

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

    /// How many lines there are.
    pub(crate) fn len(&self) -> usize {
        self.text().map_or(0, |text| text.lines.len())
    }

    /// What its view shows: `window` has its lines.
    pub(crate) fn window(&self, window: Window<SourceRow>) -> SourceWindow {
        let codes = self.text().map_or(&[][..], |text| &text.codes);
        let proved = codes.iter().filter(|code| code.verdict.proved).count();
        let (missing, can_retry) = match &self.state {
            State::Missing(why, can_retry) => (Some(why.clone()), *can_retry),
            _ => (None, false),
        };
        SourceWindow { window, proved, codes: codes.len(), missing, can_retry }
    }

    /// Which line stands for an item.
    pub(crate) fn row_of(&self, file: &File, item: Item) -> Option<usize> {
        let text = self.text()?;
        Some(text.line_at(text.range_of(file, item)?.start))
    }

    /// Lines, with the text that stands for what is chosen marked.
    pub(crate) fn rows(&self, file: &File, range: Range<usize>, chosen: Option<Item>) -> Vec<SourceRow> {
        let Some(text) = self.text() else { return Vec::new() };
        let chosen = chosen.filter(|item| matches!(item, Item::Instruction(..) | Item::Cache(..)));
        let chosen = chosen.and_then(|item| text.range_of(file, item)).unwrap_or_default();
        let lines = text.lines.get(range.start..range.end.min(text.lines.len())).unwrap_or(&[]);
        lines.iter().map(|line| row(text, line, &chosen)).collect()
    }

    /// Does what a key does, `page` rows being on screen. What is to be chosen then.
    pub(crate) fn key(&self, file: &File, chosen: Option<Item>, key: RowKey, page: usize) -> Option<Move> {
        let text = self.text()?;
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

fn unsupported(file: &File) -> String {
    let python = file.pyc.python();
    format!("For {} {} there is a listing, and no source yet.", python.implementation, python.version)
}

fn row(text: &Text, line: &Line, chosen: &Range<usize>) -> SourceRow {
    let [before, chosen, after] = cut(&text.text, &text.words, &line.text, chosen);
    SourceRow {
        before,
        chosen,
        after,
        item: line.item.map(Into::into),
        verdict: line.code.map(|code| text.codes[code].verdict.clone()),
    }
}
