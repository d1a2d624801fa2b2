//! From the changes to the tables: every release known, and how a version is built from them.

use std::sync::OnceLock;

use super::bound::Bound;
use super::form::Form;
use super::opcode::Opcode;
use super::release::Release;
use super::shape::Shape;
use super::table::Table;
use super::{Format, Python, cpython_1_0};
use crate::version::{Implementation, Version};

/// Every release known: CPython's in order, then PyPy's.
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
static BUILT: OnceLock<Vec<Vec<OnceLock<Python>>>> = OnceLock::new();

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

/// The same, and the earlier releases of a version that wrote another magic number, each behind the last one (PyPy).
pub(crate) fn released() -> impl Iterator<Item = &'static Python> {
    RELEASES.iter().enumerate().flat_map(|(index, release)| {
        let rows = release.prereleases.iter().enumerate();
        let earlier = rows.filter(|(_, row)| row.released).map(|(before, _)| before + 1);
        std::iter::once(0).chain(earlier).map(move |rows| get(index, rows))
    })
}

/// The Python of this version as it was when it wrote this magic number; `None` where the version has no table of its own.
pub(crate) fn of_number(implementation: Implementation, version: Version, magic: u32) -> Option<&'static Python> {
    let index = position(implementation, version)?;
    Some(get(index, rows_for(RELEASES[index], magic)))
}

/// The Pythons whose final releases write this magic number.
pub(crate) fn with_number(implementation: Implementation, number: u32) -> impl Iterator<Item = &'static Python> {
    let writes = move |release: &Release| release.implementation == implementation && release.magic == number;
    RELEASES.iter().enumerate().filter(move |(_, release)| writes(release)).map(|(index, _)| get(index, 0))
}

/// How many rows of pre-release changes hold for files of this magic number. PyPy's own are below 1,000, those of CPython that it
/// wrote before are older.
fn rows_for(release: &Release, magic: u32) -> usize {
    let is_older = release.implementation == Implementation::PyPy && (1_000..u32::from(u16::MAX)).contains(&magic);
    let magic = if is_older && release.magic < 1_000 { 0 } else { magic };
    release.prereleases.iter().take_while(|row| magic < row.before).count()
}

fn position(implementation: Implementation, version: Version) -> Option<usize> {
    RELEASES.iter().position(|release| release.implementation == implementation && release.version == version)
}

/// The Python of `RELEASES[index]` with that many of its pre-release rows.
fn get(index: usize, rows: usize) -> &'static Python {
    let slots = |release: &&Release| (0..=release.prereleases.len()).map(|_| OnceLock::new()).collect();
    let built = BUILT.get_or_init(|| RELEASES.iter().map(slots).collect());
    built[index][rows].get_or_init(|| build(RELEASES[index], rows))
}

fn build(release: &'static Release, rows: usize) -> Python {
    let mut lineage: Vec<&Release> = std::iter::successors(release.base, |older| older.base).collect();
    lineage.reverse();
    let (mut format, mut base) = (cpython_1_0::FORMAT, Table::default());
    for older in lineage {
        older.format.iter().for_each(|change| change.apply(&mut format));
        base.apply(older.opcodes, &Table::default());
    }
    let mut table = base.clone();
    table.apply(release.opcodes, &base);
    release.format.iter().for_each(|change| change.apply(&mut format));
    // Pre-releases are told backwards, and may restore what the release started from.
    for row in &release.prereleases[..rows] {
        table.apply(row.opcodes, &base);
        row.format.iter().for_each(|change| change.apply(&mut format));
    }
    if rows > 0 {
        // What they specialized is not known.
        format.specializations = &[];
    }
    let opcodes = table.by_number();
    Python {
        implementation: release.implementation,
        version: release.version,
        magic: release.magic,
        exact: release.prereleases[..rows].last().is_none_or(|row| row.exact),
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
