//! Two archives, programs or folders that are compared: which members both have, and what became of them. Members are compared one
//! after the other, between requests.

use pycxray_compare::diff::{Named, Options, Outcome, Totals, Verdict, diff, pair_names};

use super::sides::Sides;
use crate::document::Document;
use crate::file::File;
use crate::members::Members;
use crate::number::{counted, grouped};
use crate::placement::Placement;
use crate::protocol::{self, Action, ChangeRow, ComparisonAction, ComparisonVerdict, PairWindow, Part, Viewport};

/// Two opened containers side by side.
#[derive(Debug)]
pub(crate) struct Containers {
    pub(crate) sides: Sides,
    /// The members by name.
    pairs: Vec<Paired>,
    /// What became of them, as far as they have been compared.
    outcomes: Vec<Outcome>,
    /// Which of them are listed: those that differ.
    rows: Vec<usize>,
    /// The row that was gone to.
    row: Option<usize>,
    /// Counts what was gone to.
    choice: u64,
    /// Grows with each change that is none of the documents'.
    revision: u64,
}

/// A name that members of both have, or of one.
#[derive(Debug)]
struct Paired {
    name: String,
    /// The member in each.
    numbers: [Option<u32>; 2],
}

impl Containers {
    /// Holds two containers against each other, as if the first had become the second; `None` if one of them is none.
    pub(crate) fn new(documents: [Document; 2]) -> Option<Self> {
        let [before, after] = documents.each_ref().map(|document| {
            let innermost = document.file.members()?.innermost();
            Some(innermost.map(|(number, name)| (number, name.to_owned())).unzip::<_, _, Vec<u32>, Vec<String>>())
        });
        let ((before, names_before), (after, names_after)) = (before?, after?);
        let pair = |Named { name, positions: [one, other] }| Paired {
            name,
            numbers: [one.map(|position| before[position]), other.map(|position| after[position])],
        };
        Some(Self {
            pairs: pair_names(&names_before, &names_after).into_iter().map(pair).collect(),
            sides: Sides::new(documents),
            outcomes: Vec::new(),
            rows: Vec::new(),
            row: None,
            choice: 0,
            revision: 0,
        })
    }

    /// Grows with each change.
    pub(crate) fn revision(&self) -> u64 {
        self.sides.revision() + self.revision
    }

    /// Whether there are members that have not been compared yet.
    pub(crate) fn is_busy(&self) -> bool {
        self.outcomes.len() < self.pairs.len()
    }

    /// Compares the next two members.
    pub(crate) fn work(&mut self) {
        let Some(paired) = self.pairs.get(self.outcomes.len()) else { return };
        let outcome = match paired.numbers {
            [Some(before), Some(after)] => self.compare([before, after]),
            [Some(_), None] => Outcome::Removed,
            [None, _] => Outcome::Added,
        };
        if outcome != Outcome::Same {
            self.rows.push(self.outcomes.len());
        }
        self.outcomes.push(outcome);
        self.revision += 1;
    }

    fn members(&self, side: usize) -> Option<&Members> {
        self.sides.of(side).file.members()
    }

    fn compare(&self, numbers: [u32; 2]) -> Outcome {
        let [Some(before), Some(after)] = [0, 1].map(|side| self.members(side)?.read(numbers[side])) else {
            return Outcome::Same;
        };
        if before.bytes == after.bytes {
            return Outcome::Same;
        }
        let is_code = [0, 1].map(|side| self.members(side).is_some_and(|members| members.is_code(numbers[side])));
        if is_code != [true; 2] {
            let bytes = [&before, &after].map(|unpacked| unpacked.bytes.as_slice());
            return Outcome::of_bytes(bytes, |size| counted(size as u64, "byte"));
        }
        let [Some(before), Some(after)] = [0, 1].map(|side| self.members(side)?.decode(numbers[side])) else {
            return Outcome::Same;
        };
        Outcome::of_code(&diff(&before, &after, Options::default()))
    }

    /// Does what the user did.
    pub(crate) fn act(&mut self, action: Action) {
        self.revision += 1;
        match action {
            Action::Comparison(ComparisonAction::Change(row)) => self.go_to(row),
            Action::Comparison(ComparisonAction::Next) => self.go_to(self.row.map_or(0, |row| row + 1)),
            Action::Comparison(ComparisonAction::Previous) => {
                self.row.and_then(|row| row.checked_sub(1)).into_iter().for_each(|row| self.go_to(row));
            }
            Action::Comparison(ComparisonAction::Side(side)) => self.sides.show(side),
            // There are no instructions here, and no classes.
            Action::Comparison(ComparisonAction::Row(..) | ComparisonAction::Tell(..)) => {}
            action => self.sides.document_mut().act(action),
        }
    }

    /// Shows a member's bytes in the container that has it, the second first.
    fn go_to(&mut self, row: usize) {
        let Some(&pair) = self.rows.get(row) else { return };
        (self.row, self.choice) = (Some(row), self.choice + 1);
        for side in [0, 1] {
            let Some(number) = self.pairs[pair].numbers[side] else { continue };
            self.sides.show(side);
            self.sides.of_mut(side).go_to_member(number);
        }
    }

    /// Both members of a pair as files, if they are bytecode.
    pub(crate) fn files_of(&self, pair: usize) -> Option<[File; 2]> {
        let Paired { numbers, .. } = self.pairs.get(pair)?;
        let file = |side: usize| {
            let (document, number) = (self.sides.of(side), numbers[side]?);
            let members = document.file.members().filter(|members| members.is_code(number))?;
            let name = format!("{}!{}", document.file.name, members.name(number)?.name);
            Some(File::new(&name, members.decode(number)?, None))
        };
        Some([file(0)?, file(1)?])
    }

    /// The parts that are told of whatever is on screen.
    pub(crate) fn parts(&self) -> Vec<Part> {
        let mut parts = self.sides.document().parts();
        parts.push(Part::Comparison(self.state()));
        parts
    }

    fn state(&self) -> protocol::Comparison {
        let verdict = match Totals::of(&self.outcomes).verdict() {
            Verdict::Identical | Verdict::Same => ComparisonVerdict::Same,
            Verdict::SameProgram => ComparisonVerdict::SameProgram,
            Verdict::Different => ComparisonVerdict::Different,
        };
        protocol::Comparison {
            names: self.sides.names(),
            side: self.sides.shown(),
            verdict,
            sentence: self.sentence(),
            classes: Vec::new(),
            at: self.row.map(|row| row + 1),
            changes: self.rows.len(),
            has_instructions: false,
        }
    }

    fn sentence(&self) -> String {
        let parts = Totals::of(&self.outcomes).words(|count| grouped(count as u64));
        let (done, all) = (self.outcomes.len() as u64, self.pairs.len() as u64);
        let of = counted(all, "member");
        match self.is_busy() {
            true => format!("Comparing: {} of {of}. {parts}", grouped(done)),
            false => format!("Of {of}: {parts}."),
        }
    }

    /// Where the rows of a view are.
    pub(crate) fn placement(&self, viewport: &Viewport) -> Placement {
        match *viewport {
            Viewport::Changes(_) => {
                Placement { total: self.rows.len(), selected: self.row, choice: self.choice, ..Placement::default() }
            }
            Viewport::Pair { .. } => Placement::default(),
            _ => self.sides.placement(viewport),
        }
    }

    /// What a view shows.
    pub(crate) fn view(&self, viewport: Viewport) -> Part {
        let placement = self.placement(&viewport);
        match viewport {
            Viewport::Changes(rows) => {
                let shown = rows.start.min(self.rows.len())..rows.range().end.min(self.rows.len());
                Part::Changes(placement.window(rows, shown.map(|row| self.row(self.rows[row])).collect()))
            }
            Viewport::Pair { rows, beside } => Part::Pair(PairWindow {
                window: placement.window(rows, Vec::new()),
                names: [None, None],
                is_beside: beside,
            }),
            viewport => self.sides.view(viewport),
        }
    }

    fn row(&self, pair: usize) -> ChangeRow {
        let Paired { name, numbers } = &self.pairs[pair];
        let (fate, is_program) = match &self.outcomes[pair] {
            Outcome::Same => (String::new(), false),
            Outcome::SameProgram(summary) => (summary.clone(), false),
            Outcome::Changed(summary) => (summary.clone(), true),
            Outcome::Removed => ("removed".to_owned(), true),
            Outcome::Added => ("added".to_owned(), true),
        };
        let is_code = |side: usize| {
            numbers[side].zip(self.members(side)).is_some_and(|(number, members)| members.is_code(number))
        };
        let pair = (is_code(0) && is_code(1)).then_some(pair);
        ChangeRow::Member { name: name.clone(), fate, is_program, pair }
    }
}
