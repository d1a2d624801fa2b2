//! Headers and contents that do not belong together, as extractors, editors and transfers leave them: the contents are found and
//! read as what they are, one sentence says what is odd, and nothing is surely wrong.

mod fixtures;

use fixtures::Fixture;
use pycxray::{Basis, Diagnostic, Implementation, Options, Pyc, SectionKind, Transport, Version, magic, python};

/// The compiled files of CPython with their versions, from `first` on.
fn fixtures_from(first: Version) -> impl Iterator<Item = (Fixture, Version)> {
    fixtures::compiled().filter_map(move |fixture| {
        let (implementation, version) = fixture.python()?;
        (implementation == Implementation::CPython && version >= first).then_some((fixture, version))
    })
}

fn header_size(version: Version) -> usize {
    python::find(Implementation::CPython, version).expect("a known version").format.header.size() as usize
}

fn codes(pyc: &Pyc) -> Vec<&'static str> {
    pyc.diagnostics().iter().map(|said| said.code.as_str()).collect()
}

fn message<'p>(pyc: &'p Pyc, code: &str) -> &'p str {
    let said: Option<&Diagnostic> = pyc.diagnostics().iter().find(|said| said.code == code);
    said.map_or("", |said| said.message.as_str())
}

/// Whether the file is read as this version, or that version is openly among those that it could be.
fn is_right_or_open(pyc: &Pyc, version: Version) -> bool {
    let detection = pyc.detection();
    pyc.python().version == version
        || (!detection.certain && detection.candidates.iter().any(|python| python.version == version))
}

#[test]
fn headers_of_another_length_are_seen_as_what_they_are() {
    for (Fixture { name, bytes }, version) in fixtures_from(Version::new(2, 4)) {
        let (head, body) = bytes.split_at(header_size(version));
        let objects = Pyc::parse(&*bytes).tree().len();
        for length in [4, 8, 12, 16] {
            if length == head.len() {
                continue;
            }
            let mut odd = head[..4].to_vec();
            odd.resize(length, 1);
            let pyc = Pyc::parse([&odd, body].concat());
            let what = format!("{name} with {length} bytes: {:?}", pyc.diagnostics());
            assert_eq!((pyc.python().version, pyc.detection().basis), (version, Basis::Magic), "{what}");
            assert_eq!(pyc.tree().len(), objects, "{what}");
            assert_eq!(codes(&pyc), ["odd-header"], "{what}");
            assert_eq!(pyc.header().span().end.min(length as u32), pyc.header().span().end, "{what}");
        }
    }
    let bytes = fixtures::bytes("cpython-3.11/hello.pyc");
    let pyc = Pyc::parse([&bytes[..4], &[0; 8], &bytes[16..]].concat());
    assert_eq!(
        message(&pyc, "odd-header"),
        "The header has 12 bytes, the form of 3.3 – 3.6, where CPython 3.11 has 16."
    );
}

#[test]
fn headers_of_zeros_hide_nothing() {
    for (Fixture { name, bytes }, version) in fixtures_from(Version::new(2, 4)) {
        let body = &bytes[header_size(version)..];
        for length in [4, 8, 12, 16] {
            let pyc = Pyc::parse([&vec![0; length][..], body].concat());
            assert!(is_right_or_open(&pyc, version), "{name} behind {length} zeros: {:?}", pyc.detection());
            assert_eq!(pyc.tree().at(length as u32).map(|id| pyc.tree().node(id).span.start), Some(length as u32));
        }
    }
}

#[test]
fn a_second_header_is_seen() {
    for (Fixture { name, bytes }, version) in fixtures_from(Version::new(2, 7)) {
        let pyc = Pyc::parse([&bytes[..header_size(version)], &bytes].concat());
        assert_eq!(codes(&pyc), ["second-header"], "{name}");
        assert_eq!(pyc.python().version, version, "{name}");
        assert_eq!(pyc.header().span().start as usize, header_size(version), "{name}");
        assert_eq!(pyc.sections()[0].kind, SectionKind::Undecoded, "{name}");
    }
}

#[test]
fn foreign_bytes_before_a_file_are_named() {
    for (Fixture { name, bytes }, version) in fixtures_from(Version::new(2, 7)) {
        for foreign in [&b"\n"[..], b"two\n", &[0xfe; 300]] {
            let pyc = Pyc::parse([foreign, &bytes].concat());
            assert_eq!(codes(&pyc), ["foreign-bytes"], "{name}");
            assert_eq!((pyc.python().version, pyc.detection().basis), (version, Basis::Magic), "{name}");
            assert_eq!(pyc.header().span().start as usize, foreign.len(), "{name}");
        }
    }
}

/// Each version's files under the magic number of each other one that has a header of the same length.
#[test]
fn contents_of_another_version_are_read_as_what_they_are() {
    let numbers: Vec<(Version, [u8; 4])> = magic::all()
        .filter(|magic| magic.implementation == Implementation::CPython && magic.version >= Version::new(3, 7))
        .filter(|magic| magic.python().exact && magic.python().magic == magic.number)
        .map(|magic| (magic.version, magic.bytes()))
        .collect();
    assert!(numbers.len() >= 9, "{numbers:?}");
    for (Fixture { name, bytes }, version) in fixtures_from(Version::new(3, 7)) {
        for &(other, number) in numbers.iter().filter(|(other, _)| *other != version) {
            let pyc = Pyc::parse([&number[..], &bytes[4..]].concat());
            let what = format!("{name} as {other}: {:?}", pyc.detection());
            if pyc.detection().basis == Basis::Magic {
                // The other runs just this; if its compiler writes it otherwise, that is said, and nothing is sure.
                let is_open = codes(&pyc) == ["other-version"] && !pyc.detection().certain;
                assert!(is_open || codes(&pyc).is_empty(), "{what}: {:?}", pyc.diagnostics());
                let chosen = Options { python: python::find(Implementation::CPython, other), ..Options::default() };
                assert_eq!(Pyc::parse_with(bytes.clone().into(), chosen).damage(), [], "{what}");
                continue;
            }
            assert!(is_right_or_open(&pyc, version), "{what}");
            assert!(!pyc.detection().certain, "{what}");
            assert!(pyc.detection().candidates.iter().any(|python| python.version == other), "{what}");
            assert_eq!(codes(&pyc), ["other-version"], "{what}");
        }
    }
}

/// A single instruction of 3.8 that 3.9 has not, wherever it stands in a large file that names 3.9.
#[test]
fn one_instruction_of_another_version_is_found() {
    let code = |bytecode: &[u8], consts: &[u8]| {
        let mut code = b"c".to_vec();
        code.extend([[0; 4], [0; 4], [0; 4], [0; 4], [2, 0, 0, 0], [0x40, 0, 0, 0]].concat());
        code.extend(
            [&[b's', bytecode.len() as u8, 0, 0, 0], bytecode, b")", consts, b")\0)\0)\0)\0z\x01fz\x01n"].concat(),
        );
        code.extend(b"\x01\0\0\0s\0\0\0\0");
        code
    };
    // LOAD_CONST, LOAD_CONST, COMPARE_OP `is`, RETURN_VALUE.
    let (plain, odd) = (code(b"d\0S\0", b"\x01N"), code(b"d\0d\0k\x08S\0", b"\x01N"));
    for at in (0..200).step_by(7) {
        let inner: Vec<u8> = (0..200).flat_map(|one| if one == at { odd.clone() } else { plain.clone() }).collect();
        let file = |number: &[u8; 2]| {
            [number, &b"\r\n\0\0\0\0\0\0\0\0\0\0\0\0"[..], &code(b"d\0S\0", &[b"\xc8", &inner[..]].concat())].concat()
        };
        let (own, other) = (Pyc::parse(file(b"U\r")), Pyc::parse(file(b"a\r")));
        assert_eq!((codes(&own), own.codes().len(), own.detection().certain), (vec![], 201, true));
        assert_eq!(codes(&other), ["other-version"], "{at}: {:?}", other.diagnostics());
        assert_eq!((other.python().version, other.detection().certain), (Version::new(3, 8), false), "{at}");
    }
}

#[test]
fn shuffled_opcodes_are_told_once() {
    let bytes = fixtures::bytes("cpython-3.8/three.pyc");
    let pyc = Pyc::parse(&*bytes);
    let mut shuffled = bytes.clone();
    for &id in pyc.codes() {
        let code = pyc.code(id).expect("a code object");
        let start = code.bytecode_start() as usize;
        for at in (start..start + code.bytecode().len()).step_by(2) {
            shuffled[at] = shuffled[at].wrapping_mul(91).wrapping_add(77);
        }
    }
    let pyc = Pyc::parse(shuffled);
    assert!(pyc.detection().is_shuffled);
    assert_eq!(codes(&pyc), ["shuffled-opcodes"]);
    let said = pyc.inspect(None);
    assert!(
        said.diagnostics.is_empty() && said.findings.iter().all(|found| found.code != "unknown-opcodes"),
        "{said:?}"
    );
}

#[test]
fn several_objects_in_a_row_are_all_read() {
    let body = &fixtures::bytes("cpython-3.12/three.pyc")[16..];
    let list = [&b"[\x02\0\0\0z\x01x"[..], body].concat();
    let pyc = Pyc::parse(&*list);
    assert_eq!((pyc.detection().basis, pyc.python().version), (Basis::Evidence, Version::new(3, 12)));
    assert_eq!(pyc.sections().len(), 1);
    let row = [&b"i\x07\0\0\0"[..], &list, body].concat();
    let pyc = Pyc::parse(row);
    let roots = pyc.sections().iter().filter(|section| matches!(section.kind, SectionKind::Root(_)));
    assert_eq!(roots.count(), 3);
    assert_eq!(codes(&pyc), ["no-header"]);
}

#[test]
fn what_a_transfer_did_is_said_and_undone() {
    let is_known = |pyc: &Pyc| codes(pyc).contains(&"spoiled-in-transport");
    for (Fixture { name, bytes }, version) in fixtures_from(Version::new(2, 7)) {
        let latin: String = bytes.iter().map(|&byte| char::from(byte)).collect();
        let with_cr: Vec<u8> =
            bytes.iter().flat_map(|&byte| if byte == b'\n' { vec![b'\r', b'\n'] } else { vec![byte] }).collect();
        let bom = [&b"\xef\xbb\xbf"[..], &bytes].concat();
        for (how, spoiled) in [("utf-8", latin.into_bytes()), ("crlf", with_cr)] {
            let transport = Transport::of(&spoiled).unwrap_or_else(|| panic!("{name} {how}"));
            let before: Vec<Version> = transport.pythons(&spoiled).iter().map(|python| python.version).collect();
            assert_eq!(before, [version], "{name} {how}");
            assert_eq!(transport.repaired(&spoiled).as_ref(), Some(&bytes), "{name} {how}");
            assert!(is_known(&Pyc::parse(spoiled)), "{name} {how}");
        }
        assert_eq!(Transport::of(&bom).and_then(|transport| transport.repaired(&bom)), Some(bytes.clone()), "{name}");
        assert_eq!(codes(&Pyc::parse(bom)), ["foreign-bytes"], "{name}");
        let is_cr = |at: usize| bytes[at..].starts_with(b"\r\n");
        let without_cr: Vec<u8> = (0..bytes.len()).filter(|&at| !is_cr(at)).map(|at| bytes[at]).collect();
        let pyc = Pyc::parse(&*without_cr);
        assert!(is_known(&pyc), "{name} lf: {:?}", pyc.diagnostics());
        assert_eq!(Transport::of(&without_cr).and_then(|transport| transport.repaired(&without_cr)), None, "{name}");
        let lossy = String::from_utf8_lossy(&bytes).into_owned().into_bytes();
        if lossy.windows(3).filter(|window| window == b"\xef\xbf\xbd").count() >= 3 {
            let pyc = Pyc::parse(lossy);
            assert!(is_known(&pyc) && is_right_or_open(&pyc, version), "{name} lossy: {:?}", pyc.detection());
        }
    }
}

#[test]
fn a_file_that_was_filled_with_zeros_says_from_where() {
    let mut bytes = fixtures::bytes("cpython-3.12/three.pyc");
    let length = bytes.len();
    bytes[1000..].fill(0);
    let pyc = Pyc::parse(bytes);
    let data =
        length - message(&pyc, "zero-filled").split(' ').nth(2).expect("a number").parse::<usize>().expect("it is");
    assert!((990..=1000).contains(&data), "{:?}", pyc.diagnostics());
}

/// What CPython would load is shown as CPython's, whatever it takes to look like another's: marshal of version 2, without
/// references, with a bit in `co_flags` that has no meaning, without bytecode.
#[test]
fn what_cpython_loads_is_shown_as_cpythons() {
    let header = [0xcb, 0x0d, b'\r', b'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (flags, bytecode) in [(0x1000_0000_u32, &b"\x97\0d\0S\0"[..]), (0, b""), (0x7fff_ffff, b"")] {
        let string = |bytes: &[u8]| [&b"s"[..], &(bytes.len() as u32).to_le_bytes(), bytes].concat();
        let mut body = b"c".to_vec();
        body.extend([0; 16]);
        body.extend(flags.to_le_bytes());
        body.extend(string(bytecode));
        body.extend(b"(\x01\0\0\0N(\0\0\0\0(\0\0\0\0");
        body.extend(string(b""));
        for text in [&b"x.py"[..], b"<module>", b"<module>"] {
            body.extend([&b"u"[..], &(text.len() as u32).to_le_bytes(), text].concat());
        }
        body.extend(1_u32.to_le_bytes());
        body.extend([string(b""), string(b"")].concat());
        let pyc = Pyc::parse([&header[..], &body].concat());
        assert_eq!(
            pyc.detection().magic.map(|magic| magic.implementation),
            Some(Implementation::CPython),
            "{flags:#x}"
        );
        assert_eq!((pyc.python().version, pyc.codes().len()), (Version::new(3, 12), 1), "{flags:#x}");
    }
}

#[test]
fn rustpython_without_a_line_end_in_its_number() {
    let bytes = [&b"9f3c"[..], &[0; 12], b"c\x02\0\0\0\x01\x02\x03\x04"].concat();
    let pyc = Pyc::parse(bytes);
    assert_eq!(pyc.detection().magic.map(|magic| magic.implementation), Some(Implementation::RustPython));
    let first = |number: u16| [number.to_le_bytes(), *b"\r\n"].concat().try_into().expect("four bytes");
    for (number, writer) in [(2994, Implementation::RustPython), (21300, Implementation::GraalPy)] {
        assert_eq!(magic::of(first(number)).map(|found| found.magic.implementation), Some(writer));
    }
}

#[test]
fn many_pythons_are_named_in_few_words() {
    let pyc = Pyc::parse(&b"[\x02\0\0\0\xe9\x01\0\0\0N"[..]);
    assert_eq!(pyc.detection().writers(), "any Python from 3.4 on");
    let pyc = Pyc::parse(&b"(\x02\0\0\0t\x01\0\0\0xR\0\0\0\0"[..]);
    assert_eq!(pyc.detection().writers(), "CPython 2.4 – 3.3 or PyPy 2.7 – 3.3");
}
