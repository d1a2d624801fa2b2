//! Thousands of files whose structure is wrong while their bytes are right: made from the objects of the fixtures, each a whole
//! object put where it does not belong, doubled, left out, or given another length, count, reference or flag. Random bytes
//! hardly ever get past the first type code that they change; these do.

mod exercise;
mod fixtures;
mod misplace;

use fixtures::Fixture;
use misplace::{Random, change, misplaced};
use pycxray::{Kind, Pyc};

/// Rounds over all fixtures.
const ROUNDS: u64 = 12;
/// Larger fixtures are left out: they cost much and hold nothing that smaller ones do not.
const LARGEST: usize = 6_000;

fn small() -> Vec<Fixture> {
    fixtures::compiled().filter(|fixture| fixture.bytes.len() <= LARGEST).collect()
}

#[test]
fn objects_where_they_do_not_belong() {
    let seed = std::env::var("PYCXRAY_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0_u64);
    let files = small();
    assert!(files.len() > 100, "{} fixtures", files.len());
    let parsed: Vec<Pyc> = files.iter().map(Fixture::parse).collect();
    let mut damaged = 0;
    for (number, Fixture { name, .. }) in files.iter().enumerate() {
        if parsed[number].codes().is_empty() {
            continue;
        }
        for round in 0..ROUNDS {
            let mut random =
                Random((seed << 40 | (number as u64 + 1) << 16 | round).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
            let pyc = misplaced(&parsed[number], &parsed, 4 * LARGEST, &mut random);
            let bytes = pyc.bytes().to_vec();
            damaged += usize::from(!pyc.diagnostics().is_empty());
            let shown = std::panic::catch_unwind(|| {
                exercise::decoding(&bytes);
                exercise::inspection(&pyc);
                exercise::operands(&pyc);
                exercise::exports(&pyc);
            });
            assert!(shown.is_ok(), "{name}, seed {seed}, round {round}: {} bytes", bytes.len());
        }
    }
    assert!(damaged > files.len(), "{damaged} damaged files");
}

/// A test of the test: the changes reach every kind of object, and what they make is mostly still read.
#[test]
fn changes_are_of_all_sorts() {
    let files = small();
    let parsed: Vec<Pyc> = files.iter().map(Fixture::parse).collect();
    let mut random = Random(7);
    let mut kinds = std::collections::HashSet::new();
    for pyc in parsed.iter().filter(|pyc| !pyc.codes().is_empty()) {
        for _ in 0..20 {
            if let Some((start, ..)) = change(pyc, random.of(&parsed), &mut random) {
                kinds.insert(pyc.tree().at(start as u32).map(|id| pyc.tree().node(id).kind));
            }
        }
    }
    for kind in [Kind::Code, Kind::Tuple, Kind::Bytes, Kind::Ref, Kind::StringRef, Kind::None, Kind::SmallTuple] {
        assert!(kinds.contains(&Some(kind)), "{kind:?}");
    }
}
