//! Files that real interpreters made, held against the sources that they made them of, and against others.

use std::path::{Path, PathBuf};

use pycxray::{Pyc, Version};
use pycxray_compare::verify::{HeaderVerdict, Verdict, verify};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures")
}

fn source(name: &str) -> Vec<u8> {
    std::fs::read(fixtures().join(format!("src/{name}.py"))).expect("the source is there")
}

fn bytes(folder: &str, name: &str) -> Vec<u8> {
    std::fs::read(fixtures().join(format!("{folder}/{name}.pyc"))).expect("the fixture is there")
}

/// Every file of Python 3 among the fixtures, with the name of its source.
fn files() -> Vec<(String, String, Vec<u8>)> {
    let mut found = Vec::new();
    for folder in std::fs::read_dir(fixtures()).expect("the folder is there").map_while(Result::ok) {
        let folder = folder.file_name().to_string_lossy().into_owned();
        if !folder.starts_with("cpython-3") && !folder.starts_with("pypy-3") {
            continue;
        }
        for file in std::fs::read_dir(fixtures().join(&folder)).expect("the folder is there").map_while(Result::ok) {
            let name = file.file_name().to_string_lossy().into_owned();
            if let Some(stem) =
                name.strip_suffix(".pyc").filter(|stem| fixtures().join(format!("src/{stem}.py")).exists())
            {
                found.push((folder.clone(), stem.to_owned(), bytes(&folder, stem)));
            }
        }
    }
    assert!(found.len() > 60, "only {} files were found", found.len());
    found
}

#[test]
fn no_file_is_said_to_be_inconsistent_with_its_own_source() {
    let (mut consistent, mut proved, mut wrong) = (0, 0, Vec::new());
    for (folder, name, bytes) in files() {
        let said = verify(&Pyc::parse(bytes), &source(&name));
        proved += usize::from(said.contents == Verdict::Proved);
        if said.contents == Verdict::Inconsistent {
            let messages = said.evidence.iter().map(|evidence| format!("\n  {}", evidence.message));
            wrong.push(format!("{folder}/{name}:{}", messages.collect::<String>()));
        }
        consistent += usize::from(said.contents.is_good());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(consistent > 60, "only {consistent} are said to be consistent");
    assert!(proved > 40, "only {proved} are proved");
}

#[test]
fn the_source_of_another_file_is_told_apart() {
    for (folder, name, bytes) in files() {
        let other = if name == "hello" { "three" } else { "hello" };
        let said = verify(&Pyc::parse(bytes), &source(other));
        assert_eq!(said.contents, Verdict::Inconsistent, "{folder}/{name} against {other}");
        assert!(said.evidence.iter().all(|evidence| !evidence.message.is_empty()));
    }
}

/// Of constants that are sliced (3.14+), comments in `{value=}` (3.12+), starred annotations as text and an `__annotate__` beside the
/// compiler's, `pairs/rare.py` has one each.
#[test]
fn what_compilers_seldom_make_is_no_evidence() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pairs");
    let read = |name: &str| std::fs::read(folder.join(name)).expect("the file is there");
    let source = read("rare.py");
    for version in ["312", "313", "314", "315"] {
        let file = read(&format!("rare.{version}.pyc"));
        let said = verify(&Pyc::parse(file.clone()), &source);
        assert_eq!(said.verdict(), Verdict::Consistent, "{version}: {said:#?}");
        let tampered = changed(file, b"InterpreterPool", b"InterpreterPoor");
        assert_eq!(verify(&Pyc::parse(tampered), &source).verdict(), Verdict::Inconsistent, "{version}");
    }
}

#[test]
fn a_source_may_be_in_another_encoding() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pairs");
    let read = |name: &str| std::fs::read(folder.join(name)).expect("the file is there");
    let (pyc, source) = (Pyc::parse(read("koi8.312.pyc")), read("koi8.py"));
    let said = verify(&pyc, &source);
    assert_eq!(said.verdict(), Verdict::Proved, "{said:?}");
    assert!(matches!(said.header, HeaderVerdict::HashFits { .. }), "{:?}", said.header);
    // The same bytes in another encoding are another source.
    let cookie = b"# -*- coding: koi8-r -*-".len();
    let cp1251 = [b"# -*- coding: cp1251 -*-", &source[cookie..]].concat();
    assert_eq!(verify(&pyc, &cp1251).contents, Verdict::Inconsistent);
    let unknown = [&b"# -*- coding: klingon -*-\n"[..], &source].concat();
    let said = verify(&pyc, &unknown);
    assert_eq!(said.contents, Verdict::CannotTell);
    assert_eq!(said.reasons, ["The source is in an encoding that is not known here: klingon."]);
}

/// Changes the first place at which `old` stands; both are of the same length, so that nothing moves.
fn changed(mut bytes: Vec<u8>, old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let at = bytes.windows(old.len()).position(|window| window == old).expect("it stands in the file");
    bytes[at..at + old.len()].copy_from_slice(new);
    bytes
}

#[test]
fn a_changed_text_name_or_line_is_evidence_that_points_at_its_bytes() {
    let whole = bytes("cpython-3.12", "py38");
    for (old, new) in [(&b"walrus"[..], &b"walrux"[..]), (b"append", b"system"), (b"print", b"exec_")] {
        let Some(at) = whole.windows(old.len()).position(|window| window == old) else { continue };
        let said = verify(&Pyc::parse(changed(whole.clone(), old, new)), &source("py38"));
        assert_eq!(said.verdict(), Verdict::Inconsistent, "{}", String::from_utf8_lossy(new));
        let points = said.evidence.iter().any(|evidence| {
            let span = evidence.span.start as usize..evidence.span.end as usize;
            span.contains(&at) || span.start > at
        });
        assert!(points, "{:#?}", said.evidence);
    }
    let moved = [b"\n\n\n".to_vec(), source("py38")].concat();
    assert_eq!(verify(&Pyc::parse(whole), &moved).contents, Verdict::Inconsistent);
}

#[test]
fn what_the_source_has_and_the_file_has_not_is_evidence() {
    let said = verify(
        &Pyc::parse(bytes("cpython-3.12", "hello")),
        &[source("hello"), b"\ndef backdoor():\n    return open('secret')\n".to_vec()].concat(),
    );
    assert_eq!(said.contents, Verdict::Inconsistent);
    assert!(said.evidence.iter().any(|evidence| evidence.message.contains("backdoor")), "{:#?}", said.evidence);
}

/// A file with a header that holds a hash of the source, made of one with a time.
fn hashed(bytes: &[u8], checked: bool, hash: [u8; 8]) -> Vec<u8> {
    let flags = if checked { 3_u32 } else { 1 };
    [&bytes[..4], &flags.to_le_bytes(), &hash, &bytes[16..]].concat()
}

#[test]
fn the_hash_in_a_header_is_worked_out_as_each_version_does() {
    // `_imp.source_hash(importlib.util._RAW_MAGIC_NUMBER, b"print(1)\n")`.
    let known = [
        ("cpython-3.10", 3439, [0x28, 0x76, 0x5e, 0x52, 0xed, 0x78, 0x22, 0x14]),
        ("cpython-3.12", 3531, [0xbf, 0x71, 0xf3, 0x61, 0xa5, 0xf8, 0xcd, 0x69]),
    ];
    for (folder, magic, hash) in known {
        let file = bytes(folder, "hello");
        assert_eq!(u16::from_le_bytes([file[0], file[1]]), magic);
        let pyc = Pyc::parse(hashed(&file, false, hash));
        let header = |source: &[u8]| verify(&pyc, source).header;
        assert_eq!(header(b"print(1)\n"), HeaderVerdict::HashFits { checked: false, other_line_endings: false });
        assert_eq!(header(b"print(1)\r\n"), HeaderVerdict::HashFits { checked: false, other_line_endings: true });
        assert_eq!(header(b"print(2)\n"), HeaderVerdict::HashDiffers { checked: false });
        assert!(header(b"print(2)\n").sentence().contains("never compares it"));
    }
}

#[test]
fn a_header_of_another_source_makes_the_whole_inconsistent() {
    let file = bytes("cpython-3.12", "hello");
    let said = verify(&Pyc::parse(hashed(&file, true, [7; 8])), &source("hello"));
    assert_eq!((said.contents, said.verdict()), (Verdict::Proved, Verdict::Inconsistent));
}

#[test]
fn where_it_cannot_be_told_the_reason_is_said() {
    let cases: [(&str, &str, &[u8], &str); 4] = [
        ("cpython-3.12", "hello", b"print 'two'\n", "not Python 3"),
        ("cpython-3.12", "hello", b"# coding: klingon\nx = 1\n", "klingon"),
        ("cpython-3.12", "hello", b"x = '\xff'\n", "byte 5"),
        ("cpython-2.7", "hello", b"x = 1\n", "Python 3"),
    ];
    for (folder, name, source, reason) in cases {
        let said = verify(&Pyc::parse(bytes(folder, name)), source);
        assert_eq!(said.contents, Verdict::CannotTell);
        assert!(said.reasons.iter().any(|said| said.contains(reason)), "{:?}", said.reasons);
    }
    let cut = Pyc::parse(&bytes("cpython-3.12", "hello")[..60]);
    assert_eq!(verify(&cut, &source("hello")).contents, Verdict::CannotTell);
    assert_eq!(cut.python().version, Version::new(3, 12));
}

#[test]
fn sources_made_to_break_a_parser_end_with_a_sentence() {
    let pyc = Pyc::parse(bytes("cpython-3.12", "hello"));
    for source in
        ["(".repeat(100_000), "x = 1".to_owned() + &"+1".repeat(100_000), "not ".repeat(50_000), "if x:\n ".repeat(200)]
    {
        assert_eq!(verify(&pyc, source.as_bytes()).contents, Verdict::CannotTell);
    }
}
