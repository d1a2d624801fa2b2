//! What is said unasked of a file: each finding by a file that calls for it, and none where nothing is to be said.

mod fixtures;
mod forge;

use std::collections::BTreeMap;

use forge::{HEADER, Parts, bytes, code, file, name, text, tuple};
use pycxray::{Finding, Inspection, Item, Pyc};

// Opcodes of 3.12.
const POP_TOP: u8 = 1;
const PUSH_NULL: u8 = 2;
const NOP: u8 = 9;
const RETURN_VALUE: u8 = 83;
const STORE_NAME: u8 = 90;
const LOAD_CONST: u8 = 100;
const LOAD_NAME: u8 = 101;
const BUILD_TUPLE: u8 = 102;
const JUMP_FORWARD: u8 = 110;
const RETURN_CONST: u8 = 121;
const LOAD_FAST: u8 = 124;
const EXTENDED_ARG: u8 = 144;
const RESUME: u8 = 151;
const COMPARE_OP: u8 = 107;
const BINARY_OP: u8 = 122;

fn inspect(bytes: Vec<u8>) -> (Pyc, Inspection) {
    let pyc = Pyc::parse(bytes);
    let inspection = pyc.inspect(Some(1_700_000_000));
    (pyc, inspection)
}

fn inspect_parts(parts: &Parts) -> Inspection {
    let (pyc, inspection) = inspect(file(code(parts)));
    assert_eq!(pyc.diagnostics(), [], "what decoding alone can see is fine");
    inspection
}

fn codes(inspection: &Inspection) -> (Vec<&str>, Vec<&str>) {
    let diagnostics = inspection.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    (diagnostics, inspection.findings.iter().map(|finding| finding.code.as_str()).collect())
}

fn find<'i>(inspection: &'i Inspection, code: &str) -> &'i Finding {
    let found = inspection.findings.iter().find(|finding| finding.code == code);
    found.unwrap_or_else(|| panic!("no {code} among {:?}", inspection.findings))
}

/// The diagnostics and findings of a bytecode with the constants None, 1.
fn of_bytecode(bytecode: &[u8]) -> Inspection {
    let one = b"i\x01\0\0\0".to_vec();
    inspect_parts(&Parts { consts: tuple(&[b"N".to_vec(), one]), stacksize: 4, ..Parts::of(bytecode) })
}

const USE_BOTH: [u8; 6] = [RESUME, 0, LOAD_CONST, 1, POP_TOP, 0];

fn with_both_used(bytecode: &[u8]) -> Inspection {
    of_bytecode(&[&USE_BOTH[..], bytecode].concat())
}

#[test]
fn nothing_where_nothing_is_to_be_said() {
    assert_eq!(codes(&with_both_used(&[RETURN_CONST, 0])), (vec![], vec![]));
}

/// What a fixture's own compiler left in it.
#[test]
fn in_fixtures_of_every_version_only_what_is_true() {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for fixture in fixtures::compiled() {
        let inspection = fixture.parse().inspect(Some(1_900_000_000));
        assert_eq!(inspection.diagnostics, [], "{}", fixture.name);
        for finding in &inspection.findings {
            match finding.code.as_str() {
                // They are true: the fixtures were compiled somewhere, and hold such names and code on purpose.
                "build-path" | "unchecked-hash" | "unreached-code" => {}
                _ => panic!("{}: {finding:?}", fixture.name),
            }
            *counts.entry(finding.code.as_str()).or_default() += 1;
        }
    }
    assert_eq!(counts.keys().collect::<Vec<_>>(), [&"build-path", &"unchecked-hash", &"unreached-code"]);
}

#[test]
fn bytes_behind_the_object() {
    let kinds: [(&[u8], &str); 10] = [
        (&[0; 300], "all of them zero"),
        (b"PK\x03\x04 and so on", "a ZIP archive"),
        (b"\x7fELF\x02\x01\x01", "an ELF program"),
        (b"These are words that nobody decoded.", "text"),
        (b"dGhpcyBpcyBzb21lIHRleHQgaW4gYmFzZTY0LCB5b3Uga25vdw==", "Base64"),
        (HEADER, "another .pyc file"),
        (b"\xe9\x02\0\0\0", "another marshalled object"),
        (b"\x01\x02\x03", "not known"),
        (b"\x78\x9c\x01\x02", "zlib data"),
        (b"#!/bin/sh", "a script"),
    ];
    for (trailing, expected) in kinds {
        let mut bytes = file(code(&Parts::default()));
        let end = bytes.len() as u32;
        bytes.extend(trailing);
        let (pyc, inspection) = inspect(bytes);
        let finding = find(&inspection, "trailing-data");
        assert!(finding.message.contains(expected), "{} is {expected}", finding.message);
        assert!(finding.message.contains(&trailing.len().to_string()), "{}", finding.message);
        assert_eq!((finding.span.start, finding.span.end), (end, pyc.bytes().len() as u32));
        assert!(matches!(finding.item, Item::Trailing(_)));
    }
    let program = [&b"MZ"[..], &[0x90; 62]].concat();
    let others: [(&[u8], &str); 5] = [
        (&code(&Parts::default()), "another code object"),
        (&program, "a Windows program"),
        (b"MZ\x90\0", "not known"),
        (b"MEI\x0c\x0b\x0a\x0b\x0e", "the end of a PyInstaller archive"),
        ("наполовину".as_bytes(), "text"),
    ];
    for (trailing, expected) in others {
        let (_, inspection) = inspect([&file(code(&Parts::default()))[..], trailing].concat());
        let message = &find(&inspection, "trailing-data").message;
        assert!(message.contains(expected), "{message} is {expected}");
    }
    let mut noise = file(code(&Parts::default()));
    let mut seed = 1_u64;
    noise.extend((0..5_000).map(|_| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 56) as u8
    }));
    let (_, inspection) = inspect(noise);
    assert!(find(&inspection, "trailing-data").message.contains("compressed or encrypted"));
}

#[test]
fn instructions_that_nothing_leads_to() {
    // Over a JUMP_FORWARD: what it skips calls a function.
    let hidden = [PUSH_NULL, 0, LOAD_NAME, 0, BUILD_TUPLE, 2, POP_TOP, 0];
    let bytecode = [&USE_BOTH[..], &[JUMP_FORWARD, 4], &hidden, &[RETURN_CONST, 0]].concat();
    let consts = tuple(&[b"N".to_vec(), b"T".to_vec()]);
    let inspection = inspect_parts(&Parts { consts, names: tuple(&[name("x")]), stacksize: 2, ..Parts::of(&bytecode) });
    let finding = find(&inspection, "unreached-code");
    assert!(finding.message.contains("4 instructions"), "{}", finding.message);
    assert!(matches!(finding.item, Item::Instruction(_, 8)), "{:?}", finding.item);
    assert_eq!(finding.span.len(), 8);
    assert_eq!(codes(&inspection), (vec![], vec!["unreached-code"]));
}

#[test]
fn a_way_out_that_is_left_behind_is_no_finding() {
    assert_eq!(codes(&with_both_used(&[RETURN_CONST, 0, LOAD_CONST, 0, RETURN_VALUE, 0])), (vec![], vec![]));
}

#[test]
fn jumps_into_caches_and_behind_prefixes() {
    // COMPARE_OP has a cache of two bytes: the jump leads to it.
    let inspection =
        with_both_used(&[JUMP_FORWARD, 3, LOAD_CONST, 0, LOAD_CONST, 0, COMPARE_OP, 0, 0, 0, RETURN_VALUE, 0]);
    assert_eq!(codes(&inspection).0, ["jump-into-instruction"]);
    find(&inspection, "jump-into-instruction");
    // An EXTENDED_ARG and the instruction it belongs to: the jump leads between them.
    let inspection = with_both_used(&[JUMP_FORWARD, 1, EXTENDED_ARG, 0, LOAD_CONST, 0, RETURN_VALUE, 0]);
    assert_eq!(codes(&inspection).0, [""; 0], "CPython runs it");
    find(&inspection, "jump-into-instruction");
}

#[test]
fn jumps_out_of_the_code() {
    let inspection = with_both_used(&[JUMP_FORWARD, 200, RETURN_CONST, 0]);
    assert_eq!(codes(&inspection).0, ["jump-out-of-code"]);
    let inspection = with_both_used(&[140, 200, RETURN_CONST, 0]); // JUMP_BACKWARD
    assert_eq!(codes(&inspection).0, ["jump-out-of-code"]);
    assert!(inspection.diagnostics[0].message.contains("before the start"));
}

#[test]
fn constants_names_and_code_objects_that_nothing_uses() {
    let inner = code(&Parts::default());
    let consts = tuple(&[b"N".to_vec(), b"T".to_vec(), text("never shown"), inner]);
    let names = tuple(&[name("seen"), name("unseen")]);
    let bytecode = [&USE_BOTH[..], &[LOAD_NAME, 0, RETURN_VALUE, 0]].concat();
    let inspection = inspect_parts(&Parts { consts, names, ..Parts::of(&bytecode) });
    assert_eq!(codes(&inspection), (vec![], vec!["unloaded-code", "unused-constant", "unused-name"]));
    assert!(find(&inspection, "unloaded-code").message.contains("1 code object "));
}

#[test]
fn opcodes_that_do_not_exist_or_are_never_written() {
    let inspection = with_both_used(&[6, 0, RETURN_CONST, 0]);
    assert_eq!(codes(&inspection).0, ["unknown-opcode"]);
    assert!(find(&inspection, "unknown-opcodes").message.contains("CPython 3.12"));
    let inspection = with_both_used(&[0, 0, RETURN_CONST, 0]); // CACHE
    assert_eq!(codes(&inspection), (vec![], vec!["unwritten-opcodes"]));
}

#[test]
fn arguments_to_what_is_not_there() {
    for (opcode, arg) in [(LOAD_CONST, 2), (LOAD_NAME, 0), (LOAD_FAST, 0), (COMPARE_OP, 0x60)] {
        let inspection = with_both_used(&[opcode, arg, RETURN_VALUE, 0, 0, 0]);
        assert!(codes(&inspection).0.contains(&"argument-out-of-range"), "{opcode}: {:?}", inspection.diagnostics);
        find(&inspection, "arguments-out-of-range");
    }
}

#[test]
fn caches_and_arguments_that_hold_something() {
    let loads = [LOAD_CONST, 0, LOAD_CONST, 0];
    let inspection = with_both_used(&[&loads[..], &[BINARY_OP, 0, 7, 0, RETURN_VALUE, 0]].concat());
    assert_eq!(codes(&inspection), (vec![], vec!["cache-not-zero"]));
    let inspection = with_both_used(&[LOAD_CONST, 0, RETURN_VALUE, 65]);
    assert_eq!(codes(&inspection), (vec![], vec!["unused-argument"]));
    let inspection = with_both_used(&[NOP, 65, LOAD_CONST, 0, RETURN_VALUE, 0]);
    assert_eq!(codes(&inspection), (vec![], vec![]), "compilers leave it in a NOP");
}

#[test]
fn a_stack_that_does_not_hold() {
    assert_eq!(codes(&with_both_used(&[POP_TOP, 0, RETURN_CONST, 0])).1, ["stack-underflow"]);
    assert_eq!(codes(&with_both_used(&[RETURN_VALUE, 0])).1, ["stack-underflow"]);
    let pushes = [LOAD_CONST, 0].repeat(5);
    let inspection = with_both_used(&[&pushes[..], &[RETURN_VALUE, 0]].concat());
    assert_eq!(codes(&inspection).1, ["stack-overflow"]);
    assert!(find(&inspection, "stack-overflow").message.contains("grows to 5, but co_stacksize is 4"));
    let inspection = inspect_parts(&Parts { stacksize: 10_000, ..Parts::default() });
    assert_eq!(codes(&inspection).1, ["stacksize-too-large"]);
    // POP_JUMP_IF_TRUE over a LOAD_CONST.
    let branches = [LOAD_CONST, 0, 115, 1, LOAD_CONST, 0, RETURN_CONST, 0];
    assert_eq!(codes(&with_both_used(&branches)).1, ["stack-conflict"]);
}

#[test]
fn code_that_runs_out() {
    let inspection = with_both_used(&[NOP, 0]);
    assert_eq!(codes(&inspection), (vec![], vec!["code-runs-out"]));
    let inspection = of_bytecode(&[RESUME, 0, LOAD_CONST]);
    assert!(codes(&inspection).0.contains(&"cut-instruction"));
    let inspection = with_both_used(&[RETURN_CONST, 0, EXTENDED_ARG, 1]);
    assert_eq!(codes(&inspection).0, ["cut-instruction"]);
}

#[test]
fn tables_that_do_not_fit() {
    let inspection = inspect_parts(&Parts { lines: bytes(&[0xff]), ..Parts::default() });
    assert_eq!(codes(&inspection), (vec!["line-range-out-of-code"], vec!["line-table-misfit"]));
    let inspection = inspect_parts(&Parts { lines: bytes(&[0xf8]), ..Parts::default() });
    assert_eq!(codes(&inspection), (vec![], vec!["line-table-misfit"]), "the last instruction has no line");
    let inspection = inspect_parts(&Parts { lines: bytes(&[0xf0]), ..Parts::default() });
    assert_eq!(codes(&inspection).0, ["bad-line-entry"]);
    for (entry, code) in [([0x80, 9, 0, 0], "exception-range-out-of-code"), ([0x80, 1, 9, 0], "handler-out-of-code")] {
        let inspection = inspect_parts(&Parts { exceptions: bytes(&entry), ..Parts::default() });
        assert_eq!(codes(&inspection).0, [code], "{entry:?}");
        let finding = find(&inspection, "exception-table-misfit");
        assert_eq!(finding.span.len(), 4, "the entry alone");
    }
    let inspection = inspect_parts(&Parts { exceptions: bytes(&[0x80, 1, 0x80, 0]), ..Parts::default() });
    assert!(codes(&inspection).0.contains(&"bad-exception-entry"), "{:?}", inspection.diagnostics);
    // The cache of COMPARE_OP is unit 4; the last RETURN_VALUE, unit 6, is the handler's.
    let compares = [RESUME, 0, LOAD_CONST, 0, LOAD_CONST, 0, COMPARE_OP, 0, 0, 0, RETURN_VALUE, 0, RETURN_VALUE, 0];
    let with_entries =
        |entries: &[u8]| inspect_parts(&Parts { exceptions: bytes(entries), stacksize: 4, ..Parts::of(&compares) });
    assert_eq!(codes(&with_entries(&[0x80, 1, 6, 0])), (vec![], vec![]));
    assert_eq!(
        codes(&with_entries(&[0x80, 1, 4, 0])),
        (vec!["handler-in-instruction"], vec!["exception-table-misfit"])
    );
    assert_eq!(
        codes(&with_entries(&[0x81, 1, 6, 0, 0x80, 1, 6, 0])),
        (vec!["exception-order"], vec!["exception-table-misfit"])
    );
    let inspection = inspect_parts(&Parts { kinds: bytes(&[0x20]), ..Parts::default() });
    assert_eq!(codes(&inspection).0, ["kinds-mismatch"]);
}

/// CPython refuses them: "co_varnames is too small", "bad argument to internal function".
#[test]
fn parameters_that_there_are_no_variables_for() {
    let with = |parameters: [u32; 3], flags: u32| {
        let (variables, kinds) = (tuple(&[name("a"), name("b")]), bytes(&[0x20, 0x20]));
        inspect_parts(&Parts { parameters, flags, variables, kinds, ..Parts::default() })
    };
    for (parameters, flags) in [([2, 0, 0], 3), ([1, 1, 1], 3), ([1, 0, 0], 7), ([0, 0, 1], 11), ([0, 0, 0], 15)] {
        assert_eq!(codes(&with(parameters, flags)), (vec![], vec![]), "{parameters:?} {flags}");
    }
    for (parameters, flags) in [([3, 0, 0], 3), ([1, 0, 2], 3), ([2, 0, 0], 7), ([1, 2, 0], 3)] {
        assert_eq!(codes(&with(parameters, flags)).0, ["too-many-parameters"], "{parameters:?} {flags}");
    }
    let inspection = with([3, 0, 0], 3);
    assert!(
        inspection.diagnostics[0].message.contains("3 parameters, but there are 2 local"),
        "{:?}",
        inspection.diagnostics
    );
}

#[test]
fn a_stack_that_no_code_needs() {
    let with = |stacksize| inspect_parts(&Parts { stacksize, ..Parts::default() });
    // Odd, and told as that; but no interpreter minds.
    assert_eq!(codes(&with(1 << 16)), (vec![], vec!["stacksize-too-large"]));
    for stacksize in [(1 << 16) + 1, 100_000_000] {
        assert_eq!(codes(&with(stacksize)), (vec!["stacksize-too-large"], vec![]), "{stacksize}");
    }
    let pyc = Pyc::parse(file(code(&Parts { stacksize: 100_000_000, ..Parts::default() })));
    assert_eq!(pyc.damage().len(), 1, "it takes no walk along the ways through the code");
}

/// In Python 3 the interned strings of a file are text, which no interpreter takes for bytecode or a table.
#[test]
fn text_in_the_place_of_bytes() {
    for parts in [
        Parts { code: b"t\x04\0\0\0\x97\0\x79\0".to_vec(), ..Parts::default() },
        Parts { lines: b"t\x01\0\0\0\xf9".to_vec(), ..Parts::default() },
    ] {
        let pyc = Pyc::parse(file(code(&parts)));
        let said: Vec<_> = pyc.diagnostics().iter().map(|said| said.code.as_str()).collect();
        assert_eq!(said, ["wrong-field-type"]);
    }
}

#[test]
fn headers() {
    let object = &file(code(&Parts::default()))[HEADER.len()..];
    let with_header = |flags: u32, rest: [u8; 8]| {
        let mut bytes = HEADER[..4].to_vec();
        bytes.extend(flags.to_le_bytes());
        bytes.extend(rest);
        bytes.extend(object);
        inspect(bytes).1
    };
    assert_eq!(codes(&with_header(1, [7; 8])).1, ["unchecked-hash"]);
    assert_eq!(codes(&with_header(3, [7; 8])).1, [""; 0]);
    // Told where the header is read.
    assert_eq!(codes(&with_header(0x80, [0; 8])).1, [""; 0]);
    let future = (2_000_000_000_u64).to_le_bytes();
    assert_eq!(codes(&with_header(0, future)).1, ["future-mtime"]);
    let pyc = Pyc::parse([&HEADER[..8], &future, object].concat());
    assert_eq!(pyc.inspect(None).findings, [], "without a clock there is no future");
    assert_eq!(codes(&inspect_parts(&Parts { flags: 0x4000_0000, ..Parts::default() })).1, ["reserved-flags"]);
}

#[test]
fn names_that_no_compiler_writes() {
    let stores = [RESUME, 0, LOAD_CONST, 0, STORE_NAME, 0, RETURN_CONST, 0];
    let of_name =
        |text_of_name: &str| inspect_parts(&Parts { names: tuple(&[text(text_of_name)]), ..Parts::of(&stores) });
    for (name, expected) in [
        ("not an identifier", "odd-name"),
        ("1st", "odd-name"),
        ("a;b", "odd-name"),
        ("lambda", "odd-name"),
        ("async", "odd-name"),
        ("a.if.b", "odd-name"),
        ("<script>", "odd-name"),
        ("\u{1b}[31m", "odd-name"),
        ("ﬁx", "odd-name"),
        ("𝐱", "odd-name"),
        ("pаssword", "mixed-script-name"),
        ("сору", "mixed-script-name"),
        ("get_Αccount", "mixed-script-name"),
        ("user\u{200b}", "invisible-name"),
        ("x\u{202e}y", "invisible-name"),
        ("x\u{e0100}", "invisible-name"),
        ("שם", "right-to-left-name"),
    ] {
        let inspection = of_name(name);
        assert_eq!(codes(&inspection).1, [expected], "{name:?}");
        let message = &inspection.findings[0].message;
        assert!(!message.contains(['\u{1b}', '\u{202e}', '\u{200b}', '\u{e0100}']), "{message:?} cannot lie");
    }
    for name in [
        "",
        "x",
        "_",
        "a.b.c",
        "naïve",
        "переменная",
        "рост",
        "Δx",
        "θ_max",
        "變數",
        "변수",
        "μs",
        "x2",
        "é",
        "हिन्दी",
        "__name__",
        ".0",
        "<lambda>",
        "<genexpr>",
        "<generic parameters of f>",
        ".type_params",
        "print",
        "match",
        "iff",
    ] {
        assert_eq!(codes(&of_name(name)).1, [""; 0], "{name:?}");
    }
    let message = &of_name("nonlocal").findings[0].message;
    assert!(message.ends_with("it is a keyword."), "{message}");
}

/// Each field with names, and what may stand in it alone.
#[test]
fn names_of_all_fields() {
    let of_variable = |name: &str| Parts { variables: tuple(&[text(name)]), kinds: bytes(&[0x20]), ..Parts::default() };
    let of_code = |name: &str| Parts { name: text(name), ..Parts::default() };
    for odd in ["is odd", "x\u{202e}y", "pаssword", "while"] {
        for parts in [of_variable(odd), of_code(odd)] {
            let findings = inspect_parts(&parts).findings;
            assert!(!findings.is_empty(), "{odd:?}");
            assert!(findings.iter().all(|finding| finding.code.as_str().ends_with("-name")), "{findings:?}");
        }
    }
    for (parts, is_odd) in [
        (of_variable("a.b"), true),
        (of_variable(".0"), false),
        (of_variable("x"), false),
        (of_code("a.b"), true),
        (of_code("<module>"), false),
    ] {
        assert_eq!(codes(&inspect_parts(&parts)).1.contains(&"odd-name"), is_odd);
    }
}

#[test]
fn build_paths() {
    for (path, is_told) in [
        ("/home/someone/src/f.py", true),
        (r"C:\Users\someone\f.py", true),
        (r"\\server\share\f.py", true),
        ("f.py", false),
        ("<string>", false),
        ("lib/f.py", false),
    ] {
        let inspection = inspect_parts(&Parts { filename: name(path), ..Parts::default() });
        assert_eq!(codes(&inspection).1.contains(&"build-path"), is_told, "{path}");
    }
}
