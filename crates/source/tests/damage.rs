//! What is damage to a proof: what an interpreter does is at stake, and nothing else.

use pycxray::{DiagnosticCode, Field, Limits, Pyc};
use pycxray_source::unit::Units;
use pycxray_source::{Options, Verdict, source};

/// A file of 3.12 with functions.
fn whole() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/cpython-3.12/three.pyc")).unwrap()
}

/// The same with these bytes for this field of its module.
fn with(field: Field, bytes: &[u8]) -> Pyc {
    let whole = whole();
    let pyc = Pyc::parse(whole.clone());
    let (_, span) = pyc.code(pyc.codes()[0]).unwrap().data(field).unwrap();
    let (start, end) = (span.start as usize, span.end as usize);
    // Its length stands before it.
    let size = (bytes.len() as u32).to_le_bytes();
    Pyc::parse([&whole[..start - 4], &size, bytes, &whole[end..]].concat())
}

/// The kinds of which there is more than is listed.
fn more(pyc: &Pyc) -> Vec<DiagnosticCode> {
    pyc.damage().iter().filter_map(|said| said.more_of).collect()
}

/// One more than is listed of a kind.
fn too_many() -> usize {
    Limits::default().diagnostics as usize + 1
}

#[test]
fn any_number_of_broken_lines_leaves_proofs_alone() {
    // Each is of a form that a number belongs to, which is missing.
    let pyc = with(Field::Linetable, &vec![0xe8; too_many()]);
    assert_eq!(more(&pyc), [DiagnosticCode::BadLineEntry]);
    let source = source(&pyc, Options::default());
    assert!(source.verdicts.len() > 1);
    for (_, verdict) in &source.verdicts {
        assert_eq!(*verdict, Verdict::Proved);
    }
}

#[test]
fn a_stack_that_there_may_be_no_memory_for_is_damage() {
    let mut bytes = whole();
    let pyc = Pyc::parse(bytes.clone());
    let span = pyc.code(pyc.codes()[1]).unwrap().field_span(Field::Stacksize).unwrap();
    bytes[span.start as usize..span.end as usize].copy_from_slice(&100_000_000_u32.to_le_bytes());
    let proved: Vec<bool> = source(&Pyc::parse(bytes), Options::default())
        .verdicts
        .iter()
        .map(|(_, verdict)| *verdict == Verdict::Proved)
        .collect();
    assert_eq!(proved.iter().position(|is_proved| !is_proved), Some(1), "{proved:?}");
    assert_eq!(proved.iter().filter(|is_proved| !**is_proved).count(), 1, "{proved:?}");
}

#[test]
fn where_not_all_damage_is_listed_nothing_is_proved() {
    // LOAD_FAST of a variable that a module does not have.
    let pyc = with(Field::Code, &[124, 200].repeat(too_many()));
    assert_eq!(more(&pyc), [DiagnosticCode::ArgumentOutOfRange]);
    let units = Units::read(&pyc).units;
    assert!(units.len() > 1 && units.iter().all(|unit| unit.damage.is_some()));
}
