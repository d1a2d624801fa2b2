//! Pairs of files that real interpreters made of sources beside them: `pairs/shop.py` as it is, changed, grown, optimized, marshalled
//! anew, and for another version.

use std::path::Path;

use pycxray::Pyc;
use pycxray_compare::diff::{Class, Classes, Difference, Fate, Options, RowKind, Sort, Verdict, diff};

fn file(path: &str) -> Pyc {
    Pyc::parse(
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)).expect("the file is there"),
    )
}

fn shop(name: &str) -> Pyc {
    file(&format!("pairs/{name}.pyc"))
}

fn compared(before: &Pyc, after: &Pyc) -> Difference {
    diff(before, after, Options::default())
}

/// What differs in a code object, in words.
fn rows(files: [&Pyc; 2], said: &Difference, name: &str) -> Vec<String> {
    let code = said.codes.iter().find(|code| code.name() == name).expect("something differs in it");
    let rows = said.rows(files, code.ids);
    let changed = rows.changes().into_iter().flat_map(|run| rows.get(files, run, 100));
    changed
        .map(|row| {
            let line = |line: Option<pycxray_compare::diff::Line>| {
                line.map_or_else(String::new, |line| format!("{} {}", line.opcode, line.operand).trim_end().to_owned())
            };
            format!("{} [{}] [{}]", row.kind.word(), line(row.before), line(row.after))
        })
        .collect()
}

#[test]
fn a_file_is_the_same_as_itself() {
    let said = compared(&shop("shop.312"), &shop("shop.312"));
    assert_eq!((said.verdict, said.summary().as_str()), (Verdict::Identical, "the same bytes"));
}

#[test]
fn reference_flags_are_noise() {
    let (one, other) = (shop("shop.312"), shop("shop.312.again"));
    let said = compared(&one, &other);
    assert_eq!(said.verdict, Verdict::SameProgram);
    assert!(said.codes.is_empty());
    assert!(
        said.summary().starts_with("the same program; ") && said.summary().contains("reference flag"),
        "{}",
        said.summary()
    );
    assert!(said.changes.iter().all(|change| change.class == Class::References));
    let said = diff(&one, &other, Options::of(Classes::all().without(Class::References)));
    assert_eq!(said.verdict, Verdict::Same, "{}", said.summary());
}

#[test]
fn an_empty_file_is_called_so() {
    let said = compared(&shop("shop.312"), &Pyc::parse(Vec::new()));
    assert!(said.summary().ends_with(" (the second file is empty)"), "{}", said.summary());
}

#[test]
fn what_only_some_versions_keep_of_the_text_of_a_class_is_no_difference_of_meaning() {
    let proof = |version| file(&format!("proof/shop-{version}-opt0.pyc"));
    let said = diff(&proof("3.12"), &proof("3.13"), Options::of(Classes::program()));
    let basket = said.codes.iter().find(|code| code.name() == "Basket");
    assert!(basket.is_none(), "{basket:#?}");
}

#[test]
fn a_comment_and_a_constant_are_told_apart() {
    let (one, other) = (shop("shop.312"), shop("shop_changed.312"));
    let said = compared(&one, &other);
    assert!(said.summary().starts_with("1 function changed; source hash"), "{}", said.summary());
    let changed: Vec<&str> =
        said.codes.iter().filter(|code| code.fate == Fate::Changed).map(|code| code.name()).collect();
    assert_eq!(changed, ["total"]);
    assert_eq!(rows([&one, &other], &said, "total"), ["added [] [LOAD_CONST 77]", "added [] [BINARY_OP +]"]);
    // Without noise, nothing but the function is left.
    let said = diff(&one, &other, Options::of(Classes::program()));
    assert_eq!(said.summary(), "1 function changed");
    let changes: Vec<_> = said.codes[0].changes.iter().map(|change| change.what.as_str()).collect();
    assert_eq!(changes, ["co_consts", "instructions"]);
    let added = said.codes[0].changes[0].after.as_ref().expect("a constant was added");
    assert_eq!(added.text, "77");
    assert!(other.span(added.item.expect("it is in the file")).len() >= 5);
}

#[test]
fn functions_of_one_name_that_changed_places_are_told() {
    // `f = lambda: 1; g = lambda: 2`, and the other way round.
    let lambdas = |first: u8, second: u8| {
        let code = |number: u8| {
            let start: &[u8] = &[b'c', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0x43, 0, 0, 0];
            [
                start,
                b"s\x04\0\0\0d\0S\0)\x01i",
                &[number, 0, 0, 0],
                b")\0)\0)\0)\0z\x01fz\x08<lambda>\x01\0\0\0s\0\0\0\0",
            ]
            .concat()
        };
        let start: &[u8] = &[b'c', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0x40, 0, 0, 0];
        let bytecode = b"s\x14\0\0\0d\0d\x02\x84\0Z\0d\x01d\x02\x84\0Z\x01d\x03S\0";
        let names = b"z\x08<lambda>N)\x02z\x01fz\x01g)\0)\0)\0z\x01fz\x08<module>\x01\0\0\0s\0\0\0\0";
        let header = [0x55, 0x0d, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        Pyc::parse([&header, start, bytecode, b")\x04", &code(first), &code(second), names].concat())
    };
    let (one, other) = (lambdas(1, 2), lambdas(2, 1));
    assert!(one.diagnostics().is_empty(), "{:?}", one.diagnostics());
    let said = compared(&one, &other);
    assert_eq!(said.summary(), "1 module changed");
    assert_eq!(rows([&one, &other], &said, "<module>").len(), 2);
}

#[test]
fn what_was_added_and_renamed_is_found() {
    let (one, other) = (shop("shop.312"), shop("shop_grown.312"));
    let said = diff(&one, &other, Options::of(Classes::program()));
    assert_eq!(said.summary(), "1 module and 1 class changed, 1 function renamed or moved, 2 added");
    let renamed = said.codes.iter().find(|code| code.is_renamed).expect("a function was renamed");
    assert_eq!(renamed.names, [Some("Basket.weigh".to_owned()), Some("Basket.measure".to_owned())]);
    assert_eq!((renamed.fate, renamed.sort), (Fate::Kept, Sort::Function));
    let back = diff(&other, &one, Options::of(Classes::program()));
    assert!(back.summary().ends_with("1 function renamed or moved, 2 removed"), "{}", back.summary());
}

#[test]
fn an_assertion_left_out_is_all_that_differs() {
    let (one, other) = (shop("shop.312"), shop("shop.312.opt-1"));
    let said = diff(&one, &other, Options::of(Classes::program()));
    assert_eq!(said.summary(), "1 function changed");
    let rows = rows([&one, &other], &said, "total");
    assert_eq!(rows.len(), 6, "{rows:?}");
    assert!(rows.iter().all(|row| row.starts_with("removed")), "{rows:?}");
}

#[test]
fn versions_are_compared_by_meaning() {
    let (one, other) = (shop("shop.312"), shop("shop.313"));
    let said = compared(&one, &other);
    let python = said.changes.iter().find(|change| change.class == Class::Python).expect("the versions differ");
    assert_eq!(python.before.as_ref().map(|side| side.text.as_str()), Some("CPython 3.12"));
    let changed: Vec<&str> =
        said.codes.iter().filter(|code| code.fate == Fate::Changed).map(|code| code.name()).collect();
    // 3.13 gives classes two names more, which say nothing of what they do.
    assert_eq!(changed, [""; 0], "{}", said.summary());
    assert_eq!(said.verdict, Verdict::SameProgram);
}

#[test]
fn all_fixtures_can_be_compared_with_each_other() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let read = |folder: &str| Pyc::parse(std::fs::read(fixtures.join(folder).join("three.pyc")).expect("a fixture"));
    let folders = [
        "cpython-3.0",
        "cpython-3.3",
        "cpython-3.6",
        "cpython-3.8",
        "cpython-3.10",
        "cpython-3.11",
        "cpython-3.14",
        "pypy-3.9",
        "pypy-3.11.11",
        "pypy-3.11.17",
    ];
    let files: Vec<Pyc> = folders.into_iter().map(read).collect();
    for (one, other) in files.iter().flat_map(|one| files.iter().map(move |other| (one, other))) {
        let said = compared(one, other);
        assert_eq!(said.verdict == Verdict::Identical, std::ptr::eq(one, other), "{}", said.summary());
        let added = said.codes.iter().filter(|code| code.ids[0].is_none()).count();
        let removed = said.codes.iter().filter(|code| code.ids[1].is_none()).count();
        assert_eq!(said.counts[0] - removed, said.counts[1] - added, "each code object is matched once");
    }
}

#[test]
fn rows_cover_both_code_objects_whole() {
    let (one, other) = (shop("shop.312"), shop("shop_changed.312"));
    let said = compared(&one, &other);
    for code in &said.codes {
        let rows = said.rows([&one, &other], code.ids);
        let all = rows.get([&one, &other], 0..rows.len(), 100);
        let offsets =
            |side: fn(&pycxray_compare::diff::Row) -> Option<u32>| all.iter().filter_map(side).collect::<Vec<_>>();
        for (offsets, pyc, id) in [
            (offsets(|row| Some(row.before.as_ref()?.offset)), &one, code.ids[0]),
            (offsets(|row| Some(row.after.as_ref()?.offset)), &other, code.ids[1]),
        ] {
            let code = id.and_then(|id| pyc.code(id)).expect("it is in both");
            let all: Vec<u32> = code.instructions().map(|instruction| instruction.offset).collect();
            assert_eq!(offsets, all);
        }
        assert_eq!(
            all.iter().filter(|row| row.kind == RowKind::Same).count()
                + rows.changes().iter().map(|run| run.len()).sum::<usize>(),
            rows.len()
        );
    }
}

#[test]
fn tables_that_are_shared_without_end_are_not_walked_for_each() {
    // Code objects of 3.8 that share one bytecode of 64 kB; each has a constant of its own.
    let code = |number: u8, seed: u8| {
        let start: &[u8] = &[b'c', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0x43, 0, 0, 0];
        let end = b")\0)\0)\0)\0z\x01fz\x01n\x01\0\0\0s\0\0\0\0";
        [start, b"r\0\0\0\0)\x01i", &[number, seed, 0, 0], end].concat()
    };
    let file = |seed: u8| {
        let mut bytes = vec![0x55, 0x0d, 0x0d, 0x0a];
        bytes.extend([0; 12]);
        bytes.extend(b"(\xc9\0\0\0\xf3\0\0\x01\0");
        bytes.extend([9, 0].repeat(1 << 15));
        (0..200).for_each(|number| bytes.extend(code(number, seed)));
        Pyc::parse(bytes)
    };
    let said = compared(&file(0), &file(1));
    assert_eq!(said.verdict, Verdict::Different);
    assert!(said.codes.iter().any(|code| !code.is_compared), "{}", said.summary());
}

#[test]
fn an_instruction_that_is_taken_apart_shows_each_part_by_itself() {
    let files = [shop("shop.312"), shop("shop.313")];
    let files = [&files[0], &files[1]];
    let said = compared(files[0], files[1]);
    let mut parts = Vec::new();
    for &id in files[1].codes() {
        let rows = said.rows(files, [None, Some(id)]);
        let lines = rows.get(files, 0..rows.len(), 100).into_iter().filter_map(|row| row.after);
        parts.extend(lines.filter(|line| line.opcode.contains("FAST_") && line.opcode.matches("FAST").count() == 2));
    }
    assert!(parts.len() > 1, "3.13 has instructions of two variables");
    for pair in parts.chunks(2) {
        assert_eq!(pair[0].offset, pair[1].offset, "both parts are of one instruction");
        assert!(pair.iter().all(|line| !line.operand.is_empty() && !line.operand.contains(',')), "{pair:?}");
    }
    let whole = files[0].codes().iter().flat_map(|&id| {
        let rows = said.rows(files, [Some(id), None]);
        rows.get(files, 0..rows.len(), 100).into_iter().filter_map(|row| row.before).collect::<Vec<_>>()
    });
    let returns: Vec<_> = whole.filter(|line| line.opcode == "RETURN_CONST").collect();
    let shown = returns.iter().filter(|line| !line.operand.is_empty()).count();
    assert_eq!(shown * 2, returns.len(), "the constant stands once: {returns:?}");
}

#[test]
fn an_empty_file_is_of_no_python() {
    let said = compared(&Pyc::parse(Vec::new()), &shop("shop.313"));
    assert!(said.changes.iter().all(|change| change.class != Class::Python), "{}", said.summary());
    assert!(said.summary().contains("added"), "{}", said.summary());
}
