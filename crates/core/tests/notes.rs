//! What files that interpreters wrote import and use, and the strings that they hold: of `notes/loader.py`, compiled by several.

use std::path::Path;

use pycxray::{Field, Look, NoteSubject, Notes, Pyc, strings};

const VERSIONS: [&str; 6] = ["27", "36", "38", "310", "312", "313"];

fn loader(version: &str) -> Pyc {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/notes/loader.{version}.pyc"));
    Pyc::parse(std::fs::read(path).expect("the file is there"))
}

/// Names with the code object and line that they are used in.
fn uses(pyc: &Pyc) -> Vec<(String, String, i32)> {
    let notes = Notes::of(pyc);
    let place = |noted: &pycxray::Noted| {
        let code = pyc.code(noted.code).expect("a code object");
        let name = String::from_utf8_lossy(code.text(Field::Name).unwrap_or_default()).into_owned();
        let opcode = pyc.instruction_at(noted.code, noted.offset).expect("an instruction").opcode;
        assert!(pyc.python().opcode(opcode).is_some_and(|opcode| opcode.name.starts_with("LOAD_")));
        (noted.name.clone(), name, noted.line.expect("a line"))
    };
    notes.uses.iter().map(place).collect()
}

#[test]
fn dotted_names_are_followed_in_every_version() {
    for version in VERSIONS {
        let mut found = uses(&loader(version));
        found.sort_by_key(|(_, _, line)| *line);
        let found: Vec<(&str, &str, i32)> =
            found.iter().map(|(name, code, line)| (name.as_str(), code.as_str(), *line)).collect();
        let expected = [
            ("eval", "start", 13),
            ("os.system", "start", 14),
            ("os.system", "start", 15),
            ("subprocess.Popen", "start", 16),
            ("marshal.loads", "load", 20),
            ("zlib.decompress", "load", 20),
            ("base64.b64decode", "load", 20),
        ];
        for one in expected {
            assert!(found.contains(&one), "{version}: {one:?} is not in {found:?}");
        }
        assert_eq!(found.len(), expected.len(), "{version}: {found:?}");
    }
}

#[test]
fn imports_are_listed() {
    for version in VERSIONS {
        let notes = Notes::of(&loader(version));
        let imports: Vec<&str> = notes.imports.iter().map(|noted| noted.name.as_str()).collect();
        assert_eq!(imports, ["os", "os.path", "zlib", "base64", "os", "subprocess", "marshal"], "{version}");
        assert_eq!(notes.imports[5].subject, NoteSubject::Processes);
        assert_eq!(notes.imports[0].subject, NoteSubject::Module);
    }
}

#[test]
fn strings_are_found_with_what_they_look_like() {
    for version in VERSIONS {
        let pyc = loader(version);
        let found: Vec<_> = strings(&pyc).collect();
        let of = |look: Look| -> Vec<String> {
            let found = found.iter().filter(|found| found.look == look && !found.is_name);
            found.map(|found| String::from_utf8_lossy(pyc.text(found.id).unwrap_or_default()).into_owned()).collect()
        };
        assert_eq!(of(Look::Url), ["http://example.org/tool"], "{version}");
        assert_eq!(of(Look::Host), ["203.0.113.9"], "{version}");
        assert!(of(Look::Path).contains(&"/etc/hosts".to_owned()), "{version}: {:?}", of(Look::Path));
        assert_eq!(of(Look::Encoded).len(), 1, "{version}");
        assert!(found.iter().all(|found| found.code.is_some()), "{version}");
        assert!(found.iter().any(|found| found.is_name && pyc.text(found.id) == Some(b"eval")), "{version}");
    }
}

#[test]
fn a_name_that_is_bound_to_something_else_is_no_longer_followed() {
    let python = pycxray::python::named("3.12").expect("it is known");
    // Bytecode alone has no names: nothing is found, and nothing breaks.
    let pyc = Pyc::of_bytecode(&[101, 0, 106, 2, 90, 1, 255, 255, 90], python);
    assert_eq!(Notes::of(&pyc), Notes::default());
}
