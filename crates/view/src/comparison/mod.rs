//! Two opened files side by side. Each is a document of its own, with what is chosen in it; one of them is on screen, beside what
//! differs.

mod containers;
mod entries;
mod pair;
mod sides;

use std::ops::Range;

use pycxray::{Item, Pyc};
use pycxray_compare::diff::{Change, Class, Classes, Difference, Options, Verdict, diff};

use crate::document::Document;
use crate::placement::Placement;
use crate::protocol::{
    self, Action, ChangeRow, ComparisonAction, ComparisonVerdict, DifferenceClass, PairWindow, Part, Viewport,
};
pub(crate) use containers::Containers;
use entries::{Entry, entries};
use pair::Pair;
use sides::Sides;

/// Two opened files side by side.
#[derive(Debug)]
pub(crate) struct Comparison {
    pub(crate) sides: Sides,
    /// All that differs.
    whole: Difference,
    /// What of it is told.
    told: Difference,
    classes: Classes,
    /// The rows of the list of changes.
    entries: Vec<Entry>,
    /// Which of them was gone to.
    entry: Option<usize>,
    /// The code objects whose instructions are shown.
    pair: Option<Pair>,
    /// Counts what was gone to.
    choice: u64,
    /// Grows with each change that is none of the documents'.
    revision: u64,
}

/// The classes as they are called on screen, in the order of their switches.
const CLASSES: [(Class, &str); 9] = [
    (Class::Program, "Program"),
    (Class::Header, "Header"),
    (Class::Positions, "Lines and columns"),
    (Class::Filename, "File name"),
    (Class::References, "Reference flags"),
    (Class::SetOrder, "Order in sets"),
    (Class::ConstantOrder, "Order of constants"),
    (Class::Encoding, "Encoding"),
    (Class::Python, "Python version"),
];

impl Comparison {
    /// Holds two files against each other, as if the first had become the second.
    pub(crate) fn new(documents: [Document; 2]) -> Self {
        let classes = Classes::all();
        let whole = diff(documents[0].pyc(), documents[1].pyc(), Options::of(classes));
        let mut comparison = Self {
            told: whole.clone(),
            entries: entries(&whole),
            sides: Sides::new(documents),
            whole,
            classes,
            entry: None,
            pair: None,
            choice: 0,
            revision: 0,
        };
        comparison.next();
        comparison
    }

    fn files(&self) -> [&Pyc; 2] {
        [0, 1].map(|side| self.sides.of(side).pyc())
    }

    /// Grows with each change.
    pub(crate) fn revision(&self) -> u64 {
        self.sides.revision() + self.revision
    }

    /// Does what the user did.
    pub(crate) fn act(&mut self, action: Action) {
        self.revision += 1;
        match action {
            Action::Comparison(ComparisonAction::Change(entry)) => self.go_to_entry(entry),
            Action::Comparison(ComparisonAction::Row(row, side)) => self.go_to_row(row, Some(side)),
            Action::Comparison(ComparisonAction::Next) => self.next(),
            Action::Comparison(ComparisonAction::Previous) => self.previous(),
            Action::Comparison(ComparisonAction::Side(side)) => self.sides.show(side),
            Action::Comparison(ComparisonAction::Tell(class, is_told)) => self.tell(class, is_told),
            action => {
                self.sides.document_mut().act(action);
                self.follow();
            }
        }
    }

    fn tell(&mut self, class: usize, is_told: bool) {
        let Some(&(class, _)) = CLASSES.get(class) else { return };
        self.classes = if is_told { self.classes.with(class) } else { self.classes.without(class) };
        self.told = self.whole.of(self.classes);
        self.entries = entries(&self.told);
        (self.entry, self.pair) = (None, None);
        self.next();
    }

    /// The change of a row, if it is none of a heading.
    fn change(&self, entry: usize) -> Option<&Change> {
        match *self.entries.get(entry)? {
            Entry::File(change) => self.told.changes.get(change),
            Entry::Code(_) => None,
            Entry::InCode(code, change) => self.told.codes.get(code)?.changes.get(change),
        }
    }

    /// Shows what a row of the list is about, and chooses it in both files.
    fn go_to_entry(&mut self, entry: usize) {
        let Some(&at) = self.entries.get(entry) else { return };
        (self.entry, self.choice) = (Some(entry), self.choice + 1);
        let code = match at {
            Entry::File(_) => None,
            Entry::Code(code) | Entry::InCode(code, _) => Some(code),
        };
        if let Some(code) = code {
            let ids = self.told.codes[code].ids;
            if self.pair.as_ref().is_none_or(|pair| pair.ids != ids) {
                self.pair = Some(Pair::new(&self.told, self.files(), code));
            }
        }
        let items = self.items(entry);
        match (code, self.pair.as_ref().and_then(Pair::first)) {
            (Some(_), Some(first)) if items == [None, None] => self.go_to_row(first, None),
            (Some(code), _) if items == [None, None] => self.choose(self.told.codes[code].items()),
            _ => {
                if let Some(pair) = &mut self.pair {
                    pair.row = items[1].and_then(|item| pair.row_of(1, item));
                }
                self.choose(items);
            }
        }
    }

    /// What a row of the list is about in each file, where that is one thing: changes in instructions are many.
    fn items(&self, entry: usize) -> [Option<Item>; 2] {
        let change = self.change(entry);
        change.map_or([None, None], |change| [&change.before, &change.after].map(|side| side.as_ref()?.item))
    }

    /// Whether there are instructions to step through: those of the row of the list that was gone to.
    fn has_steps(&self) -> bool {
        self.entry
            .is_some_and(|entry| !matches!(self.entries[entry], Entry::File(_)) && self.items(entry) == [None, None])
    }

    /// Chooses something in each file; the second is on screen where it has it.
    fn choose(&mut self, items: [Option<Item>; 2]) {
        for (side, item) in items.into_iter().enumerate() {
            if let Some(item) = item {
                self.sides.of_mut(side).go_to(item);
            }
        }
        if let Some(side) = items.iter().rposition(Option::is_some) {
            self.sides.show(side);
        }
    }

    /// Goes to a row of instructions: on one side, or that which has it.
    fn go_to_row(&mut self, row: usize, side: Option<usize>) {
        let files = [0, 1].map(|side| self.sides.of(side).pyc());
        let Some(pair) = &mut self.pair else { return };
        let items = pair.items(files, row);
        pair.row = Some(row);
        self.choice += 1;
        self.choose(items);
        if let Some(side) = side.filter(|&side| items.get(side).is_some_and(Option::is_some)) {
            self.sides.show(side);
        }
    }

    /// What was chosen elsewhere is shown among the instructions, where they have it, and chosen in the other file too.
    fn follow(&mut self) {
        let side = self.sides.shown();
        let Some(item) = self.sides.document().chosen().item else { return };
        let Some(pair) = &mut self.pair else { return };
        if let Some(row) = pair.row_of(side, item)
            && pair.row != Some(row)
        {
            pair.row = Some(row);
            self.choice += 1;
            let files = [0, 1].map(|side| self.sides.of(side).pyc());
            let other = 1 - side;
            if let Some(item) = pair.items(files, row)[other] {
                self.sides.of_mut(other).go_to(item);
            }
        }
    }

    /// Goes to the next change: among the instructions on screen, or else in the list.
    fn next(&mut self) {
        if let Some(run) = self.pair.as_ref().filter(|_| self.has_steps()).and_then(Pair::run_behind) {
            return self.go_to_row(run.start, None);
        }
        let behind = self.entry.map_or(0, |entry| entry + 1);
        self.go_to_first(behind..self.entries.len());
    }

    /// Goes to the change before.
    fn previous(&mut self) {
        if let Some(run) = self.pair.as_ref().filter(|_| self.has_steps()).and_then(Pair::run_before) {
            return self.go_to_row(run.start, None);
        }
        let Some(entry) = self.entry else { return };
        let before = (0..entry).rev().find(|&entry| self.is_stop(entry));
        if let Some(entry) = before {
            self.go_to_entry(entry);
            if let Some(last) = self.pair.as_ref().filter(|_| self.has_steps()).and_then(Pair::last) {
                self.go_to_row(last, None);
            }
        }
    }

    fn go_to_first(&mut self, mut entries: Range<usize>) {
        if let Some(entry) = entries.find(|&entry| self.is_stop(entry)) {
            self.go_to_entry(entry);
        }
    }

    /// Whether stepping from change to change comes by a row of the list: by headings alone where nothing is below them.
    fn is_stop(&self, entry: usize) -> bool {
        !matches!(self.entries[entry], Entry::Code(_))
            || !matches!(self.entries.get(entry + 1), Some(Entry::InCode(..)))
    }

    /// The parts that are told of whatever is on screen.
    pub(crate) fn parts(&self) -> Vec<Part> {
        let mut parts = self.sides.document().parts();
        parts.push(Part::Comparison(self.state()));
        parts
    }

    fn state(&self) -> protocol::Comparison {
        let stops = |entries: Range<usize>| entries.filter(|&entry| self.is_stop(entry)).count();
        protocol::Comparison {
            names: self.sides.names(),
            side: self.sides.shown(),
            verdict: match self.told.verdict {
                Verdict::Identical | Verdict::Same => ComparisonVerdict::Same,
                Verdict::SameProgram => ComparisonVerdict::SameProgram,
                Verdict::Different => ComparisonVerdict::Different,
            },
            sentence: self.told.sentence(),
            classes: CLASSES
                .iter()
                .map(|&(class, title)| DifferenceClass { title: title.to_owned(), is_told: self.classes.has(class) })
                .collect(),
            at: self.entry.map(|entry| stops(0..entry + 1)),
            changes: stops(0..self.entries.len()),
            has_instructions: true,
        }
    }

    /// Where the rows of a view are.
    pub(crate) fn placement(&self, viewport: &Viewport) -> Placement {
        let placement = |total, selected| Placement { total, selected, choice: self.choice, ..Placement::default() };
        match *viewport {
            Viewport::Changes(_) => placement(self.entries.len(), self.entry),
            Viewport::Pair { beside, .. } => match &self.pair {
                Some(pair) => Placement {
                    subject: pair.subject(),
                    ..placement(pair.len(beside), pair.selected(beside, self.sides.shown()))
                },
                None => placement(0, None),
            },
            _ => self.sides.placement(viewport),
        }
    }

    /// What a view shows.
    pub(crate) fn view(&self, viewport: Viewport) -> Part {
        let placement = self.placement(&viewport);
        match viewport {
            Viewport::Changes(rows) => {
                let shown = rows.start.min(self.entries.len())..rows.range().end.min(self.entries.len());
                let drawn: Vec<ChangeRow> = shown.map(|entry| self.entries[entry].row(&self.told)).collect();
                Part::Changes(placement.window(rows, drawn))
            }
            Viewport::Pair { rows, beside } => {
                let drawn = self.pair.as_ref().map(|pair| pair.rows(self.files(), rows.range(), beside));
                let names = self.pair.as_ref().map_or([None, None], |pair| pair.names.clone());
                let window = placement.window(rows, drawn.unwrap_or_default());
                Part::Pair(PairWindow { window, names, is_beside: beside })
            }
            viewport => self.sides.view(viewport),
        }
    }
}
