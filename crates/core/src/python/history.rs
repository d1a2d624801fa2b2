//! From the changes to the tables: every release known, and how a version is built from them.

use std::sync::OnceLock;

use super::opcode::Opcode;
use super::release::{Change, Prerelease, Release};
use super::{Python, cpython_1_0};
use crate::magic::Magic;
use crate::version::{Implementation, Version};

/// Every release known: CPython's in order, then PyPy's.
static RELEASES: &[&Release] = &[
    &super::cpython_1_0::RELEASE,
    &super::cpython_1_1::RELEASE,
    &super::cpython_1_2::RELEASE,
    &super::cpython_1_3::RELEASE,
    &super::cpython_1_4::RELEASE,
    &super::cpython_1_5::RELEASE,
    &super::cpython_1_6::RELEASE,
    &super::cpython_2_0::RELEASE,
    &super::cpython_2_1::RELEASE,
    &super::cpython_2_2::RELEASE,
    &super::cpython_2_3::RELEASE,
    &super::cpython_2_4::RELEASE,
    &super::cpython_2_5::RELEASE,
    &super::cpython_2_6::RELEASE,
    &super::cpython_2_7::RELEASE,
    &super::cpython_3_0::RELEASE,
    &super::cpython_3_1::RELEASE,
    &super::cpython_3_2::RELEASE,
    &super::cpython_3_3::RELEASE,
    &super::cpython_3_4::RELEASE,
    &super::cpython_3_5::RELEASE,
    &super::cpython_3_6::RELEASE,
    &super::cpython_3_7::RELEASE,
    &super::cpython_3_8::RELEASE,
    &super::cpython_3_9::RELEASE,
    &super::cpython_3_10::RELEASE,
    &super::cpython_3_11::RELEASE,
    &super::cpython_3_12::RELEASE,
    &super::cpython_3_13::RELEASE,
    &super::cpython_3_14::RELEASE,
    &super::cpython_3_15::RELEASE,
    &super::pypy_2_7::RELEASE,
    &super::pypy_3_2::RELEASE,
    &super::pypy_3_3::RELEASE,
    &super::pypy_3_5::RELEASE,
    &super::pypy_3_6::RELEASE,
    &super::pypy_3_7::RELEASE,
    &super::pypy_3_8::RELEASE,
    &super::pypy_3_9::RELEASE,
    &super::pypy_3_10::RELEASE,
    &super::pypy_3_11::RELEASE,
];

/// What is said of a form that [`Change::Specialized`] adds.
const SPECIALIZED: &str = "A faster form of the instruction it is named after, put in its place while the program \
    runs, once the types it meets are known. Files do not hold it.";

/// What is said of a form that [`Change::Instrumented`] adds.
const INSTRUMENTED: &str = "The instruction it is named after, put in its place while a debugger, profiler or \
    coverage tool listens to it. Files do not hold it.";

/// One slot for each final release and each of its pre-release rows, filled when first asked for.
static BUILT: OnceLock<Vec<OnceLock<Python>>> = OnceLock::new();

/// The Python of this version, as finally released.
#[must_use]
pub fn find(implementation: Implementation, version: Version) -> Option<&'static Python> {
    position(implementation, version).map(|index| get(index, 0))
}

/// The newest CPython known.
#[must_use]
pub fn latest() -> &'static Python {
    let newest = RELEASES.iter().rposition(|release| release.implementation == Implementation::CPython);
    get(newest.unwrap_or_default(), 0)
}

/// Every Python known, as finally released: CPython's in order, then PyPy's.
pub fn all() -> impl Iterator<Item = &'static Python> {
    (0..RELEASES.len()).map(|index| get(index, 0))
}

/// The Python that wrote files of this magic number: layouts, and as far as they are known opcodes, as they were in
/// that very pre-release. For implementations that have no table of their own, CPython's of the version they follow.
#[must_use]
pub fn for_magic(magic: &Magic) -> &'static Python {
    let own = position(magic.implementation, magic.version);
    let Some(index) = own.or_else(|| position(Implementation::CPython, magic.version)) else {
        return latest();
    };
    let rows = if own.is_some() { rows_for(RELEASES[index], magic.number) } else { 0 };
    get(index, rows)
}

/// How many rows of pre-release changes hold for files of this magic number.
fn rows_for(release: &Release, magic: u32) -> usize {
    release.prereleases.iter().take_while(|row| magic < row.before).count()
}

fn position(implementation: Implementation, version: Version) -> Option<usize> {
    RELEASES.iter().position(|release| release.implementation == implementation && release.version == version)
}

/// The Python of `RELEASES[index]` with that many of its pre-release rows.
fn get(index: usize, rows: usize) -> &'static Python {
    let slots = |release: &&Release| 1 + release.prereleases.len();
    let built = BUILT.get_or_init(|| (0..RELEASES.iter().map(slots).sum()).map(|_| OnceLock::new()).collect());
    let slot = RELEASES[..index].iter().map(slots).sum::<usize>() + rows;
    built[slot].get_or_init(|| build(RELEASES[index], &RELEASES[index].prereleases[..rows]))
}

fn build(release: &'static Release, prereleases: &'static [Prerelease]) -> Python {
    let mut lineage = vec![release];
    while let Some(base) = lineage[lineage.len() - 1].base {
        lineage.push(base);
    }
    let mut format = cpython_1_0::FORMAT;
    let mut table = Table { opcodes: Box::new([None; 256]), base: Box::new([None; 256]) };
    for release in lineage.into_iter().rev() {
        table.base.clone_from(&table.opcodes);
        release.format.iter().for_each(|change| change.apply(&mut format));
        release.opcodes.iter().for_each(|change| table.apply(change));
    }
    for row in prereleases {
        row.format.iter().for_each(|change| change.apply(&mut format));
        row.opcodes.iter().for_each(|change| table.apply(change));
    }
    table.complete_forms();
    Python {
        implementation: release.implementation,
        version: release.version,
        magic: release.magic,
        exact: prereleases.last().is_none_or(|row| row.exact),
        format,
        opcodes: table.opcodes,
    }
}

/// The opcodes while changes are applied to them. A change that names an opcode which is not there is a mistake in a
/// version's file: tests build every version and stop at it; a released build skips it.
struct Table {
    opcodes: Box<[Option<Opcode>; 256]>,
    /// As the base of the last release had them.
    base: Box<[Option<Opcode>; 256]>,
}

impl Table {
    fn number_of(&self, name: &str) -> Option<usize> {
        let number = self.opcodes.iter().position(|opcode| opcode.is_some_and(|opcode| opcode.name == name));
        debug_assert!(number.is_some(), "no opcode {name} to change");
        number
    }

    fn edit(&mut self, name: &str, change: impl FnOnce(&mut Opcode)) {
        if let Some(opcode) = self.number_of(name).and_then(|number| self.opcodes[number].as_mut()) {
            change(opcode);
        }
    }

    fn put(&mut self, number: u8, opcode: Opcode) {
        let slot = &mut self.opcodes[usize::from(number)];
        debug_assert!(slot.is_none_or(|old| old.name == opcode.name), "{} takes the place of {slot:?}", opcode.name);
        *slot = Some(Opcode { number, ..opcode });
    }

    fn apply(&mut self, change: &Change) {
        match *change {
            Change::Add(opcode) => self.put(opcode.number, opcode),
            Change::Remove(names) => {
                for name in names.split_whitespace() {
                    if let Some(number) = self.number_of(name) {
                        self.opcodes[number] = None;
                    }
                }
            }
            Change::Restore(names) => {
                for slot in self.opcodes.iter_mut().filter(|slot| slot.is_some_and(|old| is_among(old.name, names))) {
                    *slot = None;
                }
                for name in names.split_whitespace() {
                    let old = self.base.iter().flatten().find(|old| old.name == name).copied();
                    debug_assert!(old.is_some(), "the base has no opcode {name}");
                    if let Some(old) = old {
                        self.put(old.number, old);
                    }
                }
            }
            Change::RestoreAll => self.opcodes.clone_from(&self.base),
            Change::Renumber(runs) => {
                let moved: Vec<(u8, Option<Opcode>)> = numbered(runs)
                    .map(|(number, name)| (number, self.number_of(name).and_then(|old| self.opcodes[old].take())))
                    .collect();
                for (number, opcode) in moved {
                    if let Some(opcode) = opcode {
                        self.put(number, opcode);
                    }
                }
            }
            Change::Rename(old, new) => self.edit(old, |opcode| opcode.name = new),
            Change::Operand(name, operand) => self.edit(name, |opcode| opcode.operand = operand),
            Change::Caches(name, caches) => self.edit(name, |opcode| opcode.caches = caches),
            Change::Effect(name, effect) => self.edit(name, |opcode| opcode.effect = effect),
            Change::Doc(name, doc) => self.edit(name, |opcode| opcode.doc = doc),
            Change::Specialized(base, first, names) => {
                for (number, name) in numbered(&[(first, names)]) {
                    self.put_form(number, name, base, SPECIALIZED);
                }
            }
            Change::Instrumented(first, names) => {
                for (number, name) in numbered(&[(first, names)]) {
                    self.put_form(number, name, name.trim_start_matches("INSTRUMENTED_"), INSTRUMENTED);
                }
            }
        }
    }

    fn put_form(&mut self, number: u8, name: &'static str, base: &'static str, doc: &'static str) {
        if let Some(opcode) = self.number_of(base).and_then(|base| self.opcodes[base]) {
            self.put(number, Opcode { name, doc, form_of: Some(base), ..opcode });
        }
    }

    /// Gives each form what its base has become, since a base may change after its forms were added; a form without a
    /// base goes with it.
    fn complete_forms(&mut self) {
        for number in 0..self.opcodes.len() {
            let Some((form, base)) = self.opcodes[number].and_then(|form| Some((form, form.form_of?))) else {
                continue;
            };
            self.opcodes[number] = self.opcodes.iter().flatten().find(|opcode| opcode.name == base).map(|base| {
                let &Opcode { number: _, name: _, doc: _, form_of: _, operand, caches, effect, flow } = base;
                Opcode { operand, caches, effect, flow, ..form }
            });
        }
    }
}

fn is_among(name: &str, names: &str) -> bool {
    names.split_whitespace().any(|other| other == name)
}

/// The names of each run with the number each gets.
fn numbered(runs: &[(u8, &'static str)]) -> impl Iterator<Item = (u8, &'static str)> {
    runs.iter().flat_map(|&(first, names)| (first..=u8::MAX).zip(names.split_whitespace()))
}
