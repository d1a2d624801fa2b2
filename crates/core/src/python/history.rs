//! From the changes to the tables: every release known, and how a version is built from them.

use std::sync::OnceLock;

use super::bound::Bound;
use super::form::Form;
use super::opcode::Opcode;
use super::packed::{PACKED, Packed, ROWS};
use super::release::Release;
use super::shape::Shape;
use super::table::Table;
use super::{Format, Python, cpython_1_0};
use crate::version::{Implementation, Version};

/// Every release known: CPython's in order, then PyPy's. What each states is packed into the program in this order.
pub(super) const RELEASES: &[&Release] = &[
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
    let newest = PACKED.iter().rposition(|release| release.implementation == Implementation::CPython);
    get(newest.unwrap_or_default(), 0)
}

/// Every Python known, as finally released: CPython's in order, then PyPy's.
pub fn all() -> impl Iterator<Item = &'static Python> {
    (0..PACKED.len()).map(|index| get(index, 0))
}

/// The Python of this version as it was when it wrote this magic number; `None` where the version has no table of its own.
pub(crate) fn of_number(implementation: Implementation, version: Version, magic: u32) -> Option<&'static Python> {
    let index = position(implementation, version)?;
    Some(get(index, rows_for(&PACKED[index], magic)))
}

/// The Pythons whose final releases write this magic number.
pub(crate) fn with_number(implementation: Implementation, number: u32) -> impl Iterator<Item = &'static Python> {
    let writes = move |release: &Packed| release.implementation == implementation && release.magic == number;
    PACKED.iter().enumerate().filter(move |(_, release)| writes(release)).map(|(index, _)| get(index, 0))
}

/// How many rows of pre-release changes hold for files of this magic number.
fn rows_for(release: &Packed, magic: u32) -> usize {
    release.prereleases().iter().take_while(|row| magic < row.before.into()).count()
}

fn position(implementation: Implementation, version: Version) -> Option<usize> {
    PACKED.iter().position(|release| release.implementation == implementation && release.version == version)
}

/// The Python of `PACKED[index]` with that many of its pre-release rows.
fn get(index: usize, rows: usize) -> &'static Python {
    let release = &PACKED[index];
    let built = BUILT.get_or_init(|| (0..PACKED.len() + ROWS.len()).map(|_| OnceLock::new()).collect());
    built[index + release.rows_before() + rows].get_or_init(|| build(release, rows))
}

fn build(release: &'static Packed, rows: usize) -> Python {
    let mut lineage = vec![release];
    while let Some(base) = lineage[lineage.len() - 1].base {
        lineage.push(&PACKED[usize::from(base)]);
    }
    let mut format = cpython_1_0::FORMAT;
    // Pre-releases alone need what the release started from: they are told backwards.
    let (mut table, mut base) = (Table::default(), Table::default());
    while let Some(release) = lineage.pop() {
        let (mut changes, is_last) = (release.changes(), lineage.is_empty());
        if is_last && rows > 0 {
            base.clone_from(&table);
        }
        for _ in 0..if is_last { 1 + rows } else { 1 } {
            changes.formats().iter().for_each(|change| change.apply(&mut format));
            table.apply(&mut changes, &base);
        }
    }
    let opcodes = table.by_number();
    Python {
        implementation: release.implementation,
        version: release.version,
        magic: release.magic,
        exact: release.prereleases()[..rows].last().is_none_or(|row| row.exact),
        shapes: shapes(&opcodes, format.have_argument),
        bounds: Box::new(std::array::from_fn(|number| Bound::of(opcodes[number].as_ref()))),
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
    let form = |number: usize| match &opcodes[number] {
        Some(opcode) => Form::of(opcode, version, format),
        None => Form::Nothing,
    };
    Box::new(std::array::from_fn(form))
}
