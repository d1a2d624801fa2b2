//! What differs between two files.
//!
//! Two files of one source rarely have the same bytes: times, paths, reference flags and the order of constants come and go. [`diff`]
//! tells those apart from what the program does, class by class ([`Class`]). Code objects are matched by name, then by likeness; their
//! instructions are aligned, and compared by what they mean: a constant by its value wherever it stands, a jump by the instruction that
//! it leads to. Files of different Python versions are compared by the meaning of their opcodes.
//!
//! The outcome is plain data, with an [`Item`] for whatever has a place in a file. [`Difference::rows`] has two code
//! objects side by side.

mod align;
mod change;
mod class;
mod codes;
mod header;
mod matching;
mod names;
mod outcome;
mod pair;
mod rows;
mod steps;
mod summary;
mod unit;
mod values;
mod whole;
mod writing;

pub use change::{Change, Side};
pub use class::{Class, Classes};
pub use names::{Named, pair_names};
pub use outcome::{Outcome, Totals};
pub use rows::{Line, Row, RowKind, Rows};
pub use unit::Sort;

use pycxray::{Item, NodeId, Pyc};

use matching::{Matches, Party, matches};
use pair::Comparer;
use unit::{Unit, units};
use values::Numbers;

/// What is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The classes of difference that are told.
    pub classes: Classes,
}

impl Options {
    /// Those that tell these classes.
    #[must_use]
    pub fn of(classes: Classes) -> Self {
        Self { classes }
    }
}

/// How two files stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// They have the same bytes.
    Identical,
    /// They differ in nothing that was looked for.
    Same,
    /// They are the same program; what differs is how it is written.
    SameProgram,
    /// They are different programs.
    Different,
}

impl Verdict {
    /// A word for it, which stays the same from release to release.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::Same => "same",
            Self::SameProgram => "same-program",
            Self::Different => "different",
        }
    }
}

/// What became of a code object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It is in both files, and does the same.
    Kept,
    /// It is in both files, and does something else.
    Changed,
    /// The first file alone has it.
    Removed,
    /// The second file alone has it.
    Added,
}

impl Fate {
    /// A word for it, which stays the same from release to release.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Added => "added",
        }
    }
}

/// A code object of two files, and what differs in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeDifference {
    /// It in the first file and in the second.
    pub ids: [Option<NodeId>; 2],
    /// Its qualified name in each.
    pub names: [Option<String>; 2],
    /// What sort of code object it is.
    pub sort: Sort,
    /// What became of it.
    pub fate: Fate,
    /// Whether it has another name, or is inside another code object.
    pub is_renamed: bool,
    /// What differs.
    pub changes: Vec<Change>,
    /// Whether all of it was compared: very large ones are not, and tables that code objects share without end are not walked
    /// through for each of them.
    pub is_compared: bool,
}

impl CodeDifference {
    /// Its name: in the second file, if it is there.
    #[must_use]
    pub fn name(&self) -> &str {
        self.names[1].as_deref().or(self.names[0].as_deref()).unwrap_or("?")
    }

    /// The code objects whose instructions can be put side by side: none if they were not compared.
    #[must_use]
    pub fn compared_ids(&self) -> [Option<NodeId>; 2] {
        if self.is_compared { self.ids } else { [None, None] }
    }

    /// It in each file, as an item that can be chosen.
    #[must_use]
    pub fn items(&self) -> [Option<Item>; 2] {
        self.ids.map(|id| id.map(Item::Object))
    }
}

/// In which state a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Condition {
    /// It was decoded without an error.
    Whole,
    /// Some of it could not be decoded.
    Damaged,
    /// It has no bytes, as what git compares an added file with.
    Empty,
}

impl Condition {
    fn of(pyc: &Pyc) -> Self {
        let is_whole = || pyc.diagnostics().iter().all(|said| said.severity != pycxray::Severity::Error);
        match pyc.bytes() {
            [] => Self::Empty,
            _ if is_whole() => Self::Whole,
            _ => Self::Damaged,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Damaged => "damaged",
            Self::Empty => "empty",
        }
    }
}

/// What differs between two files.
#[derive(Clone, Debug)]
pub struct Difference {
    /// How they stand to each other.
    pub verdict: Verdict,
    /// What differs in the files as a whole.
    pub changes: Vec<Change>,
    /// The code objects in which something differs: in the order of the second file, then those that it no longer has.
    pub codes: Vec<CodeDifference>,
    /// How many code objects each file has.
    pub counts: [usize; 2],
    /// In which state each file is.
    pub conditions: [Condition; 2],
    numbers: [Numbers; 2],
}

/// Compares two files.
#[must_use]
pub fn diff(before: &Pyc, after: &Pyc, options: Options) -> Difference {
    let files = [before, after];
    let mut difference = Difference {
        verdict: Verdict::Identical,
        changes: Vec::new(),
        codes: Vec::new(),
        counts: files.map(|pyc| pyc.codes().len()),
        conditions: files.map(Condition::of),
        numbers: Default::default(),
    };
    if before.bytes() == after.bytes() && std::ptr::eq(before.python(), after.python()) {
        return difference;
    }
    let mut comparer = Comparer::new(files);
    let units = comparer.units();
    let matches = comparer.matches(&units);
    difference.numbers = numbers(&units, &matches);
    for (objects, numbers) in comparer.objects.iter_mut().zip(&difference.numbers) {
        objects.numbers = Numbers::clone(numbers);
    }
    difference.changes = comparer.whole(&units, &matches);
    difference.codes = comparer.codes(&units, &matches);
    difference.keep(options.classes);
    difference
}

/// Gives numbers to the code objects of each file: the same one to those that are matched.
fn numbers(units: &[Vec<Unit>; 2], matches: &Matches) -> [Numbers; 2] {
    let before = units[0].iter().enumerate().map(|(number, unit)| (unit.id, number as u32));
    let after = units[1].iter().enumerate().map(|(position, unit)| {
        let number = matches.before[position].unwrap_or(units[0].len() + position);
        (unit.id, number as u32)
    });
    [Numbers::new(before.collect()), Numbers::new(after.collect())]
}

impl Difference {
    /// Two code objects of the files side by side, such as those of a [`CodeDifference`]; one alone, if the other is absent.
    #[must_use]
    pub fn rows(&self, files: [&Pyc; 2], ids: [Option<NodeId>; 2]) -> Rows {
        Rows::new(files, &self.numbers, ids)
    }

    /// The same, told of these classes alone. It tells no more than it was made to tell.
    #[must_use]
    pub fn of(&self, classes: Classes) -> Self {
        let mut difference = self.clone();
        if self.verdict != Verdict::Identical {
            difference.keep(classes);
        }
        difference
    }

    /// Leaves out what is of none of these classes, and says what is left.
    fn keep(&mut self, classes: Classes) {
        self.changes.retain(|change| classes.has(change.class));
        for code in &mut self.codes {
            code.changes.retain(|change| classes.has(change.class));
        }
        let is_told = |code: &CodeDifference| !code.changes.is_empty() || !code.is_compared;
        self.codes.retain(|code| {
            is_told(code) || (classes.has(Class::Program) && (code.fate != Fate::Kept || code.is_renamed))
        });
        let is_program = |change: &Change| change.class == Class::Program;
        let differs = self.changes.iter().any(is_program)
            || self.codes.iter().any(|code| code.fate != Fate::Kept || code.is_renamed || !code.is_compared);
        self.verdict = match (differs, self.changes.is_empty() && self.codes.is_empty()) {
            (true, _) => Verdict::Different,
            (false, false) => Verdict::SameProgram,
            (false, true) => Verdict::Same,
        };
    }
}

impl<'p> Comparer<'p> {
    /// The code objects of each file.
    fn units(&mut self) -> [Vec<Unit>; 2] {
        let [before, after] = &mut self.objects;
        [units(&mut self.values, before), units(&mut self.values, after)]
    }

    fn matches(&mut self, [before, after]: &[Vec<Unit>; 2]) -> Matches {
        let [objects, other_objects] = &mut self.objects;
        let mut party = Party { units: before, objects };
        let mut other = Party { units: after, objects: other_objects };
        matches(&mut self.values, &mut party, &mut other)
    }
}
