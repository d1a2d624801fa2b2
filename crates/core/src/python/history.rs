//! From the changes to the tables: every release known, and how a version is built from them.

use std::sync::OnceLock;

use super::opcode::{Opcode, Operand};
use super::release::{Change, Prerelease, Release};
use super::{Format, Python, cpython_1_0};
use crate::check::Bound;
use crate::instruction::Shape;
use crate::magic::Magic;
use crate::operand::Form;
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

/// The Python of a name as people write it, as finally released.
///
/// ```
/// use pycxray::{Implementation, Version, python};
///
/// for name in ["PyPy 3.9", "pypy3.9", "pypy-3.9"] {
///     assert_eq!(python::named(name).map(|python| python.implementation), Some(Implementation::PyPy));
/// }
/// for name in ["3.9", "CPython 3.9", "python3.9"] {
///     assert_eq!(python::named(name).map(|python| python.version), Some(Version::new(3, 9)));
/// }
/// assert!(python::named("3.9 or so").is_none() && python::named("snake 3.9").is_none());
/// ```
#[must_use]
pub fn named(name: &str) -> Option<&'static Python> {
    let (implementation, version) = name.trim().split_at(name.trim().find(|c: char| c.is_ascii_digit())?);
    let implementation = match implementation.trim_end_matches([' ', '-']).to_ascii_lowercase().as_str() {
        "" | "python" | "cpython" => Implementation::CPython,
        "pypy" => Implementation::PyPy,
        _ => return None,
    };
    let (major, minor) = version.split_once('.')?;
    find(implementation, Version::new(major.parse().ok()?, minor.parse().ok()?))
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

/// The Pythons whose final releases write this magic number: more than one for that of 1.1 and 1.2 alone.
pub fn sharing(magic: &Magic) -> impl Iterator<Item = &'static Python> {
    let (implementation, number) = (magic.implementation, magic.number);
    let writes = move |release: &Release| release.implementation == implementation && release.magic == number;
    RELEASES.iter().enumerate().filter(move |(_, release)| writes(release)).map(|(index, _)| get(index, 0))
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
    // Pre-releases alone need what the release started from: they are told backwards.
    let (mut table, mut base) = (Table::default(), Table::default());
    while let Some(release) = lineage.pop() {
        if lineage.is_empty() && !prereleases.is_empty() {
            base.clone_from(&table);
        }
        release.format.iter().for_each(|change| change.apply(&mut format));
        table.apply(release.opcodes, &base);
    }
    for row in prereleases {
        row.format.iter().for_each(|change| change.apply(&mut format));
        table.apply(row.opcodes, &base);
    }
    let opcodes = table.by_number();
    Python {
        implementation: release.implementation,
        version: release.version,
        magic: release.magic,
        exact: prereleases.last().is_none_or(|row| row.exact),
        shapes: shapes(&opcodes, format.have_argument),
        bounds: Box::new(opcodes.each_ref().map(|opcode| Bound::of(opcode.as_ref()))),
        forms: forms(&opcodes, release.version, &format),
        format,
        opcodes,
    }
}

/// How instructions are laid out, by opcode. One that the version does not have has an argument from `have_argument` on.
fn shapes(opcodes: &[Option<Opcode>; 256], have_argument: u16) -> Box<[Shape; 256]> {
    let shape = |number: usize| match &opcodes[number] {
        Some(opcode) => Shape::of(opcode),
        None => Shape::unknown(number >= usize::from(have_argument)),
    };
    Box::new(std::array::from_fn(shape))
}

/// How what arguments mean is written, by opcode.
fn forms(opcodes: &[Option<Opcode>; 256], version: Version, format: &Format) -> Box<[Form; 256]> {
    let form =
        |opcode: &Option<Opcode>| opcode.as_ref().map_or(Form::Nothing, |opcode| Form::of(opcode, version, format));
    Box::new(opcodes.each_ref().map(form))
}

/// The opcodes while changes are applied to them. A change that names an opcode which is not there is a mistake in a
/// version's file: tests build every version and stop at it; a released build skips it.
#[derive(Clone, Default)]
struct Table {
    opcodes: Vec<Opcode>,
    /// The key of each one's name. Names are looked for some 1,500 times a version, and telling keys apart takes a tenth of
    /// the time that telling names apart takes.
    keys: Vec<u32>,
}

/// A number that is nearly always another for another name (FNV-1a).
fn key(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |key, byte| (key ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

impl Table {
    fn position(&self, name: &str) -> Option<usize> {
        let key = key(name);
        let mut from = 0;
        loop {
            let found = from + self.keys[from..].iter().position(|&other| other == key)?;
            if self.opcodes[found].name == name {
                return Some(found);
            }
            from = found + 1;
        }
    }

    fn find(&self, name: &str) -> Option<Opcode> {
        self.position(name).map(|position| self.opcodes[position])
    }

    fn edit(&mut self, name: &str, change: impl FnOnce(&mut Opcode)) {
        let found = self.position(name);
        debug_assert!(found.is_some(), "no opcode {name} to change");
        if let Some(position) = found {
            change(&mut self.opcodes[position]);
        }
    }

    /// Adds an opcode, or puts it in the place of the one of its name.
    fn put(&mut self, new: Opcode) {
        match self.position(new.name) {
            Some(position) => self.opcodes[position] = new,
            None => {
                self.opcodes.push(new);
                self.keys.push(key(new.name));
            }
        }
    }

    fn remove(&mut self, name: &str) {
        let found = self.position(name);
        debug_assert!(found.is_some(), "no opcode {name} to remove");
        if let Some(position) = found {
            self.opcodes.swap_remove(position);
            self.keys.swap_remove(position);
        }
    }

    fn rename(&mut self, old: &str, new: &'static str) {
        let found = self.find(old);
        debug_assert!(found.is_some(), "no opcode {old} to rename");
        if let Some(opcode) = found {
            self.remove(old);
            self.put(Opcode { name: new, ..opcode });
        }
    }

    /// Applies the changes of a release, or of a row of pre-releases: then `base` is what the release started from.
    fn apply(&mut self, changes: &[Change], base: &Self) {
        changes.iter().for_each(|change| self.change(change, base));
    }

    fn change(&mut self, change: &Change, base: &Self) {
        match *change {
            Change::Add(opcode) => self.put(opcode),
            Change::Remove(names) => names.split_whitespace().for_each(|name| self.remove(name)),
            Change::Restore(names) => {
                for name in names.split_whitespace() {
                    let old = base.find(name);
                    debug_assert!(old.is_some(), "the base has no opcode {name}");
                    old.into_iter().for_each(|old| self.put(old));
                }
            }
            Change::RestoreAll => self.clone_from(base),
            Change::Renumber(runs) => {
                for (number, name) in numbered(runs) {
                    self.edit(name, |opcode| opcode.number = number);
                }
            }
            Change::DealOut(specialized) => self.deal_out(specialized),
            Change::Rename(old, new) => self.rename(old, new),
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
                    self.put_form(number, name, name.strip_prefix("INSTRUMENTED_").unwrap_or(name), INSTRUMENTED);
                }
            }
        }
    }

    fn put_form(&mut self, number: u8, name: &'static str, base: &'static str, doc: &'static str) {
        let found = self.find(base);
        debug_assert!(found.is_some(), "no opcode {base} to have a form");
        if let Some(opcode) = found {
            self.put(Opcode { number, name, doc, form_of: Some(base), ..opcode });
        }
    }

    fn deal_out(&mut self, specialized: u8) {
        /// BINARY_OP_INPLACE_ADD_UNICODE's, which came before there was a rule.
        const IN_PLACE_ADDITION_OF_TEXTS: u8 = 3;
        /// From here on numbers are set by hand.
        const FIRST_OF_INTERPRETER: u8 = 254;
        let stays = |opcode: &Opcode| {
            is_among(opcode.name, "CACHE RESERVED RESUME")
                || opcode.name.starts_with("INSTRUMENTED_")
                || opcode.number >= FIRST_OF_INTERPRETER
                || opcode.form_of.is_some() && opcode.number == IN_PLACE_ADDITION_OF_TEXTS
        };
        let mut taken = [false; 256];
        taken[usize::from(IN_PLACE_ADDITION_OF_TEXTS)] = true;
        self.opcodes.iter().filter(|opcode| stays(opcode)).for_each(|opcode| taken[usize::from(opcode.number)] = true);
        let is_after = |one: &Opcode, other: &Opcode| {
            let of = |opcode: &Opcode| opcode.form_of.is_none() && opcode.operand != Operand::Unused;
            (of(one), one.name) > (of(other), other.name)
        };
        let (mut plain, mut forms) = (Vec::new(), Vec::new());
        for opcode in self.opcodes.iter_mut().filter(|opcode| !stays(opcode)) {
            let dealt: &mut Vec<&mut Opcode> = if opcode.form_of.is_some() { &mut forms } else { &mut plain };
            dealt.insert(dealt.partition_point(|known| is_after(opcode, known)), opcode);
        }
        for (opcodes, first) in [(plain, 1), (forms, specialized)] {
            let free = (first..=u8::MAX).filter(|&number| !taken[usize::from(number)]);
            opcodes.into_iter().zip(free).for_each(|(opcode, number)| opcode.number = number);
        }
    }

    /// The outcome. Each form gets what its base has become, since a base may change after its forms were added; a form
    /// without a base goes with it.
    fn by_number(&self) -> Box<[Option<Opcode>; 256]> {
        let mut by_number = Box::new([None; 256]);
        for &opcode in &self.opcodes {
            let opcode = match opcode.form_of {
                None => Some(opcode),
                Some(base) => self.find(base).map(|base| {
                    let Opcode { number: _, name: _, doc: _, form_of: _, operand, caches, effect, flow } = base;
                    Opcode { operand, caches, effect, flow, ..opcode }
                }),
            };
            let Some(opcode) = opcode else { continue };
            let slot: &mut Option<Opcode> = &mut by_number[usize::from(opcode.number)];
            debug_assert!(slot.is_none(), "{} takes the place of {slot:?}", opcode.name);
            *slot = Some(opcode);
        }
        by_number
    }
}

fn is_among(name: &str, names: &str) -> bool {
    names.split_whitespace().any(|other| other == name)
}

/// The names of each run with the number each gets.
fn numbered(runs: &[(u8, &'static str)]) -> impl Iterator<Item = (u8, &'static str)> {
    runs.iter().flat_map(|&(first, names)| (first..=u8::MAX).zip(names.split_whitespace()))
}
