//! What `docs/format-by-example.md` quotes, against the file that it quotes from.

mod fixtures;

use std::path::{Path, PathBuf};

use pycxray::{Implementation, Item, Pyc, Version, python};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page() -> String {
    std::fs::read_to_string(root().join("docs/format-by-example.md")).unwrap()
}

fn file() -> Pyc {
    Pyc::parse(fixtures::bytes("cpython-3.12/hello.pyc"))
}

/// A line of the page that quotes bytes: `0010  e3    what they are`.
struct Quote<'t> {
    offset: usize,
    bytes: Vec<u8>,
    says: &'t str,
}

fn quotes(page: &str) -> Vec<Quote<'_>> {
    let mut in_file = false;
    let mut quotes = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            in_file = line == "```pyc";
        } else if in_file {
            let (offset, rest) = line.split_once("  ").unwrap_or_else(|| panic!("{line}"));
            let (bytes, says) = rest.split_once("  ").unwrap_or_else(|| panic!("{line}"));
            let offset = usize::from_str_radix(offset, 16).unwrap_or_else(|error| panic!("{line}: {error}"));
            let byte = |byte: &str| u8::from_str_radix(byte, 16).unwrap_or_else(|error| panic!("{line}: {error}"));
            quotes.push(Quote { offset, bytes: bytes.split(' ').map(byte).collect(), says: says.trim() });
        }
    }
    quotes
}

#[test]
fn the_quoted_bytes_are_those_of_the_file_without_a_gap() {
    let (page, pyc) = (page(), file());
    let mut end = 0;
    for Quote { offset, bytes, says } in quotes(&page) {
        assert_eq!(offset, end, "{says}: it begins where the line above it ends");
        end += bytes.len();
        assert_eq!(pyc.bytes().get(offset..end), Some(&bytes[..]), "{offset:#06x} {says}");
    }
    assert_eq!(end, pyc.bytes().len(), "the page goes to the end of the file");
    assert!(page.contains(&format!("It has {end} bytes")));
}

#[test]
fn each_line_is_one_leaf_and_says_what_it_holds() {
    let (page, pyc) = (page(), file());
    let leaves: Vec<_> = pyc.leaves(0).collect();
    let quotes = quotes(&page);
    assert_eq!(quotes.len(), leaves.len());
    for (Quote { offset, bytes, says }, (span, leaf)) in quotes.iter().zip(leaves) {
        let what = format!("{offset:#06x} {says}: {leaf:?}");
        assert_eq!((*offset, offset + bytes.len()), (span.start as usize, span.end as usize), "{what}");
        let number = bytes.iter().rev().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        match leaf {
            Item::TypeCode(id) => {
                let node = pyc.tree().node(id);
                let letter = char::from(bytes[0] & 0x7f);
                assert!(says.starts_with(&format!("type code {letter}")), "{what}");
                match node.reference_index().filter(|_| node.has_flag_ref()) {
                    Some(index) => assert!(says.ends_with(&format!("FLAG_REF: reference {index}")), "{what}"),
                    None => assert!(!says.contains("FLAG_REF") || says.ends_with("no FLAG_REF"), "{what}"),
                }
            }
            Item::Length(_) if number == 0 => assert!(says.contains("0 bytes") || says.contains("no item"), "{what}"),
            Item::Length(_) => assert!(says.contains(&number.to_string()), "{what}"),
            Item::Number(_, field) => {
                assert!(says.starts_with(field.name()), "{what}");
                assert!(says.contains(&number.to_string()) || says.ends_with("none"), "{what}");
            }
            Item::Instruction(code, at) => {
                let instruction = pyc.instruction_at(code, at).unwrap();
                let opcode = pyc.python().opcode(instruction.opcode).unwrap();
                assert!(says.starts_with(&format!("{} {}", opcode.name, bytes[1])), "{what}");
            }
            Item::Cache(..) => assert!(says.contains("inline cache"), "{what}"),
            Item::Line(..) => {
                let units = (bytes[0] & 7) + 1;
                assert!(says.starts_with(&format!("{units} unit")), "{what}");
            }
            Item::Payload(id) => match pyc.text(id).map(String::from_utf8_lossy).filter(|_| !says.starts_with("to ")) {
                Some(text) => assert_eq!(says, &text, "{what}"),
                None => assert!(says.contains(&number.to_string()), "{what}"),
            },
            Item::HeaderField(_) => assert!(says.contains(&number.to_string()) || *offset == 0, "{what}"),
            _ => panic!("{what}: the file has no such thing"),
        }
    }
}

/// Links into the viewer name a sample that it has, and a place where something begins.
#[test]
fn links_into_the_viewer_lead_somewhere() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let samples = read("web/src/samples.rs");
    let mut links = 0;
    for path in ["docs/format-by-example.md", "README.md"] {
        for place in read(path).split("#sample=").skip(1) {
            let place = place.split([')', '`']).next().unwrap();
            let (id, offset) = place.split_once("&offset=0x").unwrap_or((place, "0"));
            assert!(samples.contains(&format!("sample!(\"{id}\"")), "{path}: {place}");
            let offset = usize::from_str_radix(offset, 16).unwrap();
            assert!(id != "hello" || quotes(&page()).iter().any(|quote| quote.offset == offset), "{path}: {place}");
            links += 1;
        }
    }
    assert!(links > 5, "{links} links");
}

#[test]
fn the_quoted_source_is_what_was_compiled() {
    let page = page();
    let source = String::from_utf8(fixtures::bytes("src/hello.py")).unwrap();
    assert!(page.contains(&format!("```python\n{source}```")));
    assert!(page.contains(&format!("the source has {} bytes", source.len())));
}

#[test]
fn what_is_said_of_other_versions_is_so() {
    for python in python::all().filter(|python| python.implementation == Implementation::CPython) {
        let name = python.opcode(100).unwrap().name;
        match python.version {
            version if version < Version::new(3, 13) => assert_eq!(name, "LOAD_CONST"),
            version if version == Version::new(3, 13) => assert_eq!(name, "POP_JUMP_IF_TRUE"),
            _ => {}
        }
    }
    assert_eq!(file().header().magic, Some(3531));
}
