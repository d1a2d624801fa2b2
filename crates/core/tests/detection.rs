//! Files without a header, or with one that says nothing: the right Python is among the candidates, and never surely wrong.

mod fixtures;
mod forge;

use fixtures::Fixture;
use forge::{Parts, code, tuple};
use pycxray::{Basis, Implementation, Pyc, Version, python};

/// The compiled files with the Python that wrote them.
fn fixtures() -> impl Iterator<Item = (Fixture, Implementation, Version)> {
    fixtures::compiled().filter_map(|fixture| {
        let (implementation, version) = fixture.python()?;
        Some((fixture, implementation, version))
    })
}

/// The ways in which an extractor leaves a file: what stands in place of the header.
fn without_header(bytes: &[u8], header: usize) -> Vec<(&'static str, Vec<u8>)> {
    let body = &bytes[header..];
    let with = |head: &[u8]| [head, body].concat();
    let mut zeroed_magic = bytes.to_vec();
    zeroed_magic[..4].fill(0);
    vec![
        ("no header", body.to_vec()),
        ("a magic number of zeros alone", with(&[0; 4])),
        ("a header of zeros", with(&vec![0; header])),
        ("a magic number of zeros", zeroed_magic),
        ("an unknown magic number", with(&[&[0xee, 0xee, b'\r', b'\n'][..], &vec![0; header - 4]].concat())),
        ("bytes of something else before it", with(b"7 bytes")),
    ]
}

#[test]
fn the_right_python_is_among_the_candidates() {
    for (Fixture { name, bytes }, implementation, version) in fixtures() {
        let header = Pyc::parse(&*bytes).header().span().end as usize;
        for (how, stripped) in without_header(&bytes, header) {
            let pyc = Pyc::parse(stripped);
            let detection = pyc.detection();
            let what = format!("{name} with {how}");
            assert_eq!(detection.basis, Basis::Evidence, "{what}");
            let is_right =
                |python: &python::Python| (python.implementation, python.version) == (implementation, version);
            // Two of 1.3's files use calls that only 1.4's `dis` knows; so much speaks for 1.4 that they are not told apart.
            let is_early = version < Version::new(1, 5);
            assert!(is_early || detection.candidates.iter().any(|python| is_right(python)), "{what}: {detection:?}");
            assert!(!detection.certain || is_right(detection.python), "{what}: surely wrong: {detection:?}");
        }
    }
}

#[test]
fn newer_versions_are_told_for_sure() {
    for (Fixture { name, bytes }, implementation, version) in fixtures() {
        if implementation != Implementation::CPython || version < Version::new(3, 10) {
            continue;
        }
        let pyc = Pyc::parse(&bytes[16..]);
        assert!(pyc.detection().certain, "{name}: {:?}", pyc.detection());
        assert_eq!(pyc.python().version, version, "{name}");
    }
}

#[test]
fn bare_marshal_is_read_whatever_it_holds() {
    for fixture in fixtures::all().into_iter().filter(|fixture| fixture.name.ends_with(".bin")) {
        let pyc = fixture.parse();
        let name = fixture.name;
        assert_eq!(pyc.detection().basis, Basis::Evidence, "{name}");
        let written_by = name.split('-').nth(1).expect("a version").trim_end_matches(".bin").to_owned();
        let candidates: Vec<String> =
            pyc.detection().candidates.iter().map(|python| python.version.to_string()).collect();
        assert!(candidates.contains(&written_by), "{name}: {candidates:?}");
    }
}

#[test]
fn what_is_no_pyc_is_not_taken_for_one() {
    for bytes in
        [&b""[..], b"\x7fELF\x02\x01\x01\0\0\0\0", b"import os\n", b"PK\x03\x04\x14\0\0\0", &[0xff; 64], &[0; 64]]
    {
        let pyc = Pyc::parse(bytes);
        assert_eq!(pyc.detection().basis, Basis::Nothing, "{bytes:?}");
        assert!(!pyc.detection().certain, "{bytes:?}");
        assert!(!pyc.diagnostics().is_empty(), "{bytes:?}");
    }
}

#[test]
fn the_users_word_is_taken() {
    let bytes = fixtures::bytes("cpython-3.12/three.pyc");
    let chosen = python::find(Implementation::CPython, Version::new(3, 8)).expect("3.8 is known");
    let options = pycxray::Options { python: Some(chosen), ..pycxray::Options::default() };
    let pyc = Pyc::parse_with(std::sync::Arc::new(bytes), options);
    assert_eq!((pyc.detection().basis, pyc.python().version), (Basis::Choice, Version::new(3, 8)));
    assert_eq!(pyc.detection().magic.map(|magic| magic.version), Some(Version::new(3, 12)));
}

/// What CPython 3.12 loads is CPython's, however little it looks like it: without FLAG_REF on its code object, with flags and
/// numbers that no compiler writes, with no bytecode at all, with more objects than are tried.
#[test]
fn what_cpython_runs_is_never_taken_for_anothers() {
    let parts = |bytecode: &[u8], flags: u32, stacksize: u32| Parts { flags, stacksize, ..Parts::of(bytecode) };
    let many = Parts { consts: tuple(&vec![vec![b'N']; 200_000]), ..Parts::default() };
    let odd = [
        code(&Parts::default()),
        code(&parts(&[151, 0, 121, 0], 0x1000_0000, 1)),
        code(&parts(&[151, 0, 121, 0], 0x7fff_ffff, 0x7fff_ffff)),
        code(&parts(&[], 0, 0)),
        code(&parts(&[100, 0, 83, 0], 0xffff_0000, 9_999)),
        // Behind the return stands what 3.12 has not, never run.
        code(&parts(&[&[151, 0, 121, 0][..], &[255, 0].repeat(400)].concat(), 0, 1)),
        code(&many),
    ];
    for object in odd {
        let file = [forge::HEADER, &object].concat();
        let pyc = Pyc::parse(file);
        let magic = pyc.detection().magic.map(|magic| (magic.implementation, magic.version));
        assert_eq!(magic, Some((Implementation::CPython, Version::new(3, 12))));
        assert_eq!((pyc.python().version, pyc.codes().len()), (Version::new(3, 12), 1));
        assert!(pyc.detection().foreign().is_none());
    }
}

#[test]
fn rustpythons_3531_is_told_from_cpythons() {
    let header = [0xcb, 0x0d, b'\r', b'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let rustpython = [&header[..], b"c\x05\0\0\0\x97\0\0\0"].concat();
    let pyc = Pyc::parse(rustpython);
    assert_eq!(pyc.detection().magic.map(|magic| magic.implementation), Some(Implementation::RustPython));
    let codes: Vec<&str> = pyc.diagnostics().iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(codes, ["foreign-implementation", "foreign-code"]);
    let cpython = fixtures::bytes("cpython-3.12/hello.pyc");
    assert_eq!(Pyc::parse(cpython).detection().magic.map(|magic| magic.implementation), Some(Implementation::CPython));
}

#[test]
fn a_bare_tuple_is_read_from_its_start() {
    let mut bytes = b"(\xe0\x93\x04\x00".to_vec();
    for number in 0..300_000_i32 {
        bytes.push(b'i');
        bytes.extend(number.to_le_bytes());
    }
    let pyc = Pyc::parse(bytes);
    assert_eq!(pyc.tree().len(), 300_001);
    assert!(pyc.header().fields.is_empty() && pyc.diagnostics().len() == 1, "{:?}", pyc.diagnostics());
}
