//! Every version's table against what that version's own `opcode` module says (`tests/fixtures/opcodes`).

mod fixtures;

use std::collections::{BTreeMap, BTreeSet};

use pycxray::magic;
use pycxray::python::{self, CodeLayout, Flow, HeaderLayout, InstructionLayout, LineTable, Meaning, Operand, Python};
use pycxray::{Implementation, Version};
use serde_json::Value;

/// Which table tells what a version is. CPython 1.5.1 and 1.5.2 share a magic number; the older one's table has all that
/// the other has. PyPy 3.3 was never tabled; PyPy 3.11 has two magic numbers, and a table for each.
fn tables() -> Vec<(&'static Python, Value)> {
    let tables: Vec<_> = python::all()
        .chain([of_magic(416)])
        .filter(|python| !(python.implementation == Implementation::PyPy && python.version == Version::new(3, 3)))
        .map(|python| {
            let version = match python.version {
                Version { major: 1, minor: 5 } => "1.5.1".to_owned(),
                _ if std::ptr::eq(python, of_magic(416)) => "3.11.11".to_owned(),
                _ if std::ptr::eq(python, of_magic(432)) => "3.11.17".to_owned(),
                version => version.to_string(),
            };
            let name = format!("{}-{version}.json", python.implementation.name().to_lowercase());
            (python, serde_json::from_slice(&fixtures::bytes(&format!("opcodes/{name}"))).unwrap())
        })
        .collect();
    assert!(tables.len() >= 41, "all of 1.0 – 3.15, and of PyPy");
    tables
}

fn label(python: &Python) -> String {
    format!("{} {}", python.implementation, python.version)
}

fn numbers(table: &Value, key: &str) -> Option<BTreeSet<u8>> {
    // Numbers over 255 are the compiler's own and never reach bytecode.
    Some(table.get(key)?.as_array()?.iter().filter_map(|number| number.as_u64()?.try_into().ok()).collect())
}

fn strings(table: &Value, key: &str) -> Option<Vec<String>> {
    let string = |value: &Value| value.as_str().or_else(|| value.get(1)?.as_str()).unwrap().to_owned();
    Some(table.get(key)?.as_array()?.iter().map(string).collect())
}

#[test]
fn names_and_numbers() {
    for (python, table) in tables() {
        let expected: BTreeMap<u8, &str> = table["opcodes"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(number, name)| (number.parse().unwrap(), name.as_str().unwrap()))
            .collect();
        // What a version can do but its `dis` has no name for is listed there by number: `<62>`.
        let named = python.opcodes().filter(|opcode| !opcode.name.starts_with('<'));
        let ours: BTreeMap<u8, &str> = named.map(|opcode| (opcode.number, opcode.name)).collect();
        assert_eq!(ours, expected, "{}", label(python));
        for opcode in python.opcodes().filter(|opcode| opcode.name.starts_with('<')) {
            assert_eq!(opcode.name, format!("<{}>", opcode.number));
        }
    }
}

/// The lists `hasconst`, `hasname`, … and the operands that answer them. 1.0 – 1.3 had no `haslocal`, 1.0 – 1.4 no
/// `hascompare`: where a version lacks a list, its arguments are what they are all the same.
#[test]
fn operands() {
    type List = (&'static str, fn(Operand) -> bool);
    let lists: [List; 4] = [
        ("hasconst", |operand| operand == Operand::Const),
        ("hasname", |operand| {
            use Operand::{AttributeName, GlobalName, ImportName, Name, SuperAttributeName};
            matches!(operand, Name | GlobalName | AttributeName | SuperAttributeName | ImportName)
        }),
        ("hasjabs", |operand| operand == Operand::JumpAbsolute),
        ("hascompare", |operand| operand == Operand::Compare),
    ];
    for (python, table) in tables() {
        let ours = |which: &dyn Fn(Operand) -> bool| -> BTreeSet<u8> {
            let plain = python.opcodes().filter(|opcode| opcode.form_of.is_none());
            plain.filter(|opcode| which(opcode.operand)).map(|opcode| opcode.number).collect()
        };
        let theirs = |key: &str| -> Option<BTreeSet<u8>> {
            let is_plain = |number: &u8| python.opcode(*number).is_some_and(|opcode| opcode.form_of.is_none());
            Some(numbers(&table, key)?.into_iter().filter(is_plain).collect())
        };
        for (key, which) in lists {
            if let Some(expected) = theirs(key) {
                assert_eq!(ours(&which), expected, "{} {key}", label(python));
            }
        }
        let relative =
            |operand| matches!(operand, Operand::JumpForward | Operand::JumpBackward | Operand::AsyncForStart);
        assert_eq!(ours(&relative), theirs("hasjrel").unwrap_or_default(), "{} hasjrel", label(python));
        let backward = python.opcodes().filter(|opcode| opcode.operand == Operand::JumpBackward);
        assert!(backward.into_iter().all(|opcode| opcode.name.contains("BACKWARD")));

        // 3.14 counts LOAD_DEREF among the locals: since 3.11 both index co_localsplusnames.
        let variables = |operand| matches!(operand, Operand::Local | Operand::LocalPair | Operand::Cell);
        if let Some(mut expected) = theirs("haslocal") {
            expected.extend(theirs("hasfree").unwrap_or_default());
            assert_eq!(ours(&variables), expected, "{} haslocal, hasfree", label(python));
        }
        if let Some(expected) = theirs("hasarg") {
            assert_eq!(ours(&|operand| operand != Operand::Unused), expected, "{} hasarg", label(python));
        } else {
            for opcode in python.opcodes() {
                // In PyPy's release 8 two have an argument, whatever their numbers say.
                let has_argument = opcode.number >= 90
                    || std::ptr::eq(python, of_magic(432)) && ["COPY", "GET_AWAITABLE"].contains(&opcode.name);
                assert_eq!(opcode.operand != Operand::Unused, has_argument, "{} {}", label(python), opcode.name);
            }
        }
        let extended: Vec<u64> = python
            .opcodes()
            .filter(|opcode| opcode.operand == Operand::Extended)
            .map(|opcode| opcode.number.into())
            .collect();
        assert_eq!(extended, table.get("EXTENDED_ARG").and_then(Value::as_u64).into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn caches() {
    let mut compared = 0;
    for (python, table) in tables() {
        let Some(formats) = table.get("_cache_format").and_then(Value::as_object) else {
            assert!(python.opcodes().all(|opcode| opcode.caches.is_empty()));
            continue;
        };
        for opcode in python.opcodes() {
            let name = opcode.form_of.unwrap_or(opcode.name);
            let ours: Vec<(&str, u64)> = opcode.caches.iter().map(|field| (field.name, field.units.into())).collect();
            let expected: Vec<(&str, u64)> = formats.get(name).and_then(Value::as_object).map_or(vec![], |fields| {
                fields.iter().map(|(name, units)| (name.as_str(), units.as_u64().unwrap())).collect()
            });
            assert!(opcode.caches.iter().all(|field| field.doc().ends_with('.')), "{} {name}", label(python));
            let as_map =
                |fields: &[(&str, u64)]| fields.iter().map(|&(n, u)| (n.to_owned(), u)).collect::<BTreeMap<_, _>>();
            assert_eq!(as_map(&ours), as_map(&expected), "{} {name}", label(python));
            compared += ours.len();
        }
    }
    assert!(compared > 100);
}

#[test]
fn lists_of_names() {
    for (python, table) in tables() {
        let lists = [
            ("cmp_op", python.format.compare),
            ("_nb_ops", python.format.binary),
            ("_intrinsic_1_descs", python.format.intrinsics_1),
            ("_intrinsic_2_descs", python.format.intrinsics_2),
            ("_special_method_names", python.format.special_methods),
        ];
        for (key, ours) in lists {
            match strings(&table, key) {
                // PyPy's tables are published with the operators that were CPython's up to 3.8, one abbreviated. Its 3.9
                // and 3.11 were asked themselves and have CPython's six.
                Some(_) if table.get("source").is_some() && key == "cmp_op" => {}
                Some(expected) => assert_eq!(ours, expected, "{} {key}", label(python)),
                // The versions before 1.5 compare with the same operators, but have no list of them.
                None => assert!(ours.is_empty() || key == "cmp_op", "{} {key}", label(python)),
            }
        }
        let constants = strings(&table, "_common_constants").unwrap_or_default();
        let ours: Vec<String> = python
            .format
            .common_constants
            .iter()
            .map(|name| name.trim_start_matches("<built-in function ").trim_end_matches('>').to_owned())
            .collect();
        assert_eq!(ours, constants, "{} _common_constants", label(python));
    }
}

/// `opcode._specializations`. An interpreter built without a JIT leaves out the forms that are for it.
#[test]
fn specializations() {
    let mut versions = 0;
    for (python, table) in tables() {
        let expected = table["_specializations"].as_object();
        let empty = serde_json::Map::new();
        for opcode in python.opcodes().filter(|opcode| opcode.form_of.is_none()) {
            let ours: BTreeSet<&str> = python.specializations(opcode.name).collect();
            let theirs = expected.unwrap_or(&empty).get(opcode.name).and_then(Value::as_array);
            let theirs: BTreeSet<&str> = theirs.into_iter().flatten().filter_map(Value::as_str).collect();
            assert_eq!(ours, theirs, "{} {}", label(python), opcode.name);
        }
        versions += usize::from(expected.is_some());
    }
    assert_eq!(versions, 5, "3.11 to 3.15");
}

/// `dis.stack_effect`, whose rows are `[oparg, not jumping, jumping]`. Up to 3.7 it knew no jump and told the larger.
#[test]
fn stack_effects() {
    let mut compared = 0;
    for (python, table) in tables() {
        let Some(effects) = table.get("stack_effect").and_then(Value::as_object) else { continue };
        for opcode in python.opcodes() {
            // 3.12 and 3.13 say 0 for most instrumented forms; the form does what its base does.
            if opcode.form_of.is_some() && python.version < Version::new(3, 14) {
                continue;
            }
            for row in effects.get(opcode.name).and_then(Value::as_array).into_iter().flatten() {
                let [oparg, next, jump] = [0, 1, 2].map(|index| row[index].as_i64().unwrap());
                let oparg = u32::try_from(oparg).unwrap();
                let [ours_next, ours_jump] = [false, true].map(|jump| opcode.effect.of(oparg, jump).unwrap());
                let what = format!("{} {} {oparg}", label(python), opcode.name);
                if python.version < Version::new(3, 8) {
                    assert_eq!(ours_next.max(ours_jump), next, "{what}");
                } else {
                    assert_eq!((ours_next, ours_jump), (next, jump), "{what}");
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 4000, "{compared}");
}

#[test]
fn every_opcode_is_told_of() {
    for python in python::all().chain(magic::all().map(magic::Magic::python)) {
        for opcode in python.opcodes() {
            let what = format!("{} {}", label(python), opcode.name);
            assert!(opcode.effect.of(0, false).is_some(), "{what}");
            assert!(opcode.doc.ends_with('.') && opcode.doc.len() <= 170, "{what}: {}", opcode.doc);
            assert_eq!(opcode.operand.doc().is_empty(), opcode.operand == Operand::Unused, "{what}");
            let jumps = opcode.flow == Flow::Jump || opcode.flow == Flow::Branch || opcode.flow == Flow::Setup;
            assert_eq!(opcode.operand.is_jump(), jumps, "{what}");
        }
    }
}

#[test]
fn magics_belong_to_versions() {
    for python in python::all() {
        let magic = magic::all()
            .find(|magic| {
                (magic.implementation, magic.version) == (python.implementation, python.version)
                    && magic.number == python.magic
            })
            .or_else(|| magic::all().find(|magic| magic.number == python.magic));
        let magic = magic.unwrap_or_else(|| panic!("{}: {}", label(python), python.magic));
        let ours = magic.python();
        if ours.version == python.version {
            assert!(std::ptr::eq(ours, python), "{}", label(python));
        }
    }
    for magic in magic::all() {
        let found = magic::of(magic.bytes()).unwrap();
        assert!(found.magic == magic || found.other == Some(magic), "{magic:?}");
        let python = magic.python();
        let same = python.version == magic.version;
        assert!(same || magic.number == 10_066_179, "{magic:?}");
    }
}

fn of_magic(number: u32) -> &'static Python {
    magic::all().find(|magic| magic.number == number).unwrap().python()
}

/// Layouts changed between pre-releases, and the magic number tells which is which.
#[test]
fn prereleases() {
    let headers = [(3200, HeaderLayout::Mtime), (3210, HeaderLayout::MtimeSize), (3391, HeaderLayout::MtimeSize)];
    for (number, header) in headers.into_iter().chain([(3392, HeaderLayout::Flags)]) {
        assert_eq!(of_magic(number).format.header, header, "{number}");
    }
    assert_eq!(of_magic(3361).format.instructions, InstructionLayout::Bytes);
    assert_eq!(of_magic(3370).format.instructions, InstructionLayout::Words);
    let lines = [
        (3360, LineTable::Lnotab),
        (3361, LineTable::SignedLnotab),
        (3430, LineTable::SignedLnotab),
        (3431, LineTable::Pep626Ended),
        (3438, LineTable::Pep626Ended),
        (3439, LineTable::Pep626),
        (3493, LineTable::Pep626),
        (3494, LineTable::Pep657),
    ];
    for (number, table) in lines {
        assert_eq!(of_magic(number).format.lines, table, "{number}");
    }
    let layouts = [
        (3020, CodeLayout::V2_3),
        (3030, CodeLayout::V3_0),
        (3401, CodeLayout::V3_0),
        (3410, CodeLayout::V3_8),
        (3451, CodeLayout::V3_11From3450),
        (3452, CodeLayout::V3_11From3452),
        (3458, CodeLayout::V3_11From3453),
        (3459, CodeLayout::V3_11From3459),
        (3493, CodeLayout::V3_11From3460),
        (3494, CodeLayout::V3_11),
        (3495, CodeLayout::V3_11),
    ];
    for (number, layout) in layouts {
        assert_eq!(of_magic(number).format.code, layout, "{number}");
    }
    assert_eq!([3434, 3435].map(|number| of_magic(number).format.jump_unit), [1, 2]);
}

/// 3.8 began with all that 3.7 had; 3.11a1 was nearer to 3.10 than to 3.11; 3.13 began with 3.12's numbers.
#[test]
fn opcodes_of_prereleases() {
    let number = |magic, name| of_magic(magic).opcode_named(name).map(|opcode| opcode.number);
    assert_eq!(number(3393, "STORE_ANNOTATION"), None);
    assert_eq!(number(3392, "STORE_ANNOTATION"), Some(127));
    assert_eq!(number(3425, "RERAISE"), Some(48));
    assert_eq!(number(3432, "RERAISE"), Some(48));
    assert_eq!(number(3433, "RERAISE"), Some(119));
    assert_eq!(number(3454, "LOAD_DEREF"), Some(136));
    assert_eq!(number(3461, "LOAD_DEREF"), Some(137));
    assert_eq!(number(3461, "BINARY_ADD"), Some(23));
    assert_eq!(number(3464, "BINARY_ADD"), None);
    assert_eq!(number(3474, "SEND"), Some(123));
    assert_eq!(number(3474, "CALL_NO_KW"), Some(169));
    assert_eq!(number(3550, "KW_NAMES"), Some(172));
    // 3.11.0a1 and a4 and 3.12.0a4, counted in their own `Lib/opcode.py`.
    assert_eq!(of_magic(3461).opcodes().count(), 128);
    assert_eq!(of_magic(3474).opcodes().count(), 106);
    assert_eq!(of_magic(3514).opcodes().count(), 106);
    assert_eq!(number(3514, "PREP_RERAISE_STAR"), Some(88));
    // 3.14.0a2, whose numbers follow from its opcodes.
    let a2 = ["BINARY_SUBSCR", "GET_LEN", "BINARY_OP", "LOAD_CONST", "LOAD_SMALL_INT", "YIELD_VALUE", "RESUME"];
    assert_eq!(a2.map(|name| number(3610, name)), [2, 18, 42, 79, 89, 115, 149].map(Some));
    assert!(of_magic(3514).exact && of_magic(3461).exact && of_magic(3474).exact && of_magic(3495).exact);
    assert!(!of_magic(3485).exact && !of_magic(3550).exact);
}

#[test]
fn magic_numbers_plus_one() {
    let found = magic::of([0x04, 0xf3, b'\r', b'\n']).unwrap();
    assert_eq!((found.magic.number, found.unicode), (62211, true));
    assert!(magic::of([0xcc, 0x0d, b'\r', b'\n']).is_none(), "only Python 2 had -U");
    let shared = magic::of([0xcb, 0x0d, b'\r', b'\n']).unwrap();
    assert_eq!(shared.magic.implementation, Implementation::CPython);
    assert_eq!(shared.other.unwrap().implementation, Implementation::RustPython);
}

/// Source is made of what these versions write.
#[test]
fn every_opcode_that_source_is_made_of_has_a_meaning() {
    let (cpython, pypy) = (Version::new(3, 8)..=Version::new(3, 14), Version::new(3, 9)..=Version::new(3, 11));
    for python in python::all() {
        let versions = if python.implementation == Implementation::CPython { &cpython } else { &pypy };
        if !versions.contains(&python.version) {
            continue;
        }
        // Specialized and instrumented forms, and what the interpreter alone makes: no compiler writes them.
        let running = [
            "RESERVED",
            "INTERPRETER_EXIT",
            "ENTER_EXECUTOR",
            "EXIT_INIT_CHECK",
            "INSTRUMENTED_LINE",
            "LOAD_REVDB_VAR",
        ];
        let without: Vec<&str> = python
            .opcodes()
            .filter(|opcode| opcode.meaning == Meaning::Unknown && opcode.form_of.is_none())
            .map(|opcode| opcode.name)
            .filter(|name| !running.contains(name) && *name != "INSTRUMENTED_INSTRUCTION")
            .collect();
        assert!(without.is_empty(), "{}: {without:?}", label(python));
    }
}
