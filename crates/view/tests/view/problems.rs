use pycxray_view::{Document, Severity};

use crate::fixture::{one_of_each, open, rows};

fn inspected(mut document: Document) -> Document {
    assert!(document.findings().is_empty());
    while !document.inspect_step(None, 10) {
        assert!((0.0..=1.0).contains(&document.inspection_progress()));
    }
    assert_eq!(document.inspection_progress(), 1.0);
    document
}

#[test]
fn trailing_data_is_found_and_leads_to_its_bytes() {
    let mut bytes = open("cpython-3.12/hello.pyc").pyc().bytes().to_vec();
    let size = bytes.len() as u32;
    bytes.extend(b"PK\x03\x04 something hidden");
    let mut document = inspected(Document::open("hello.pyc", bytes));
    let finding =
        document.findings().iter().find(|finding| finding.code == "trailing-data").expect("it is found").clone();
    document.select_problem(&finding);
    assert_eq!(document.selection().span.start, size);
    let card = document.card().expect("it is chosen");
    assert_eq!(card.title, "trailing bytes");
    assert!(card.definitions.iter().any(|definition| definition.value.to_string() == finding.message));
}

#[test]
fn damage_in_bytecode_is_told_and_marked() {
    let mut bytes = open("cpython-3.12/py38.pyc").pyc().bytes().to_vec();
    // `LOAD_GLOBAL 3` in walrus becomes `LOAD_GLOBAL 255`.
    assert_eq!(bytes[0xad..0xaf], [0x74, 3]);
    bytes[0xae] = 255;
    let mut document = inspected(Document::open("py38.pyc", bytes));
    document.select_offset(0xad);
    let all = [document.problems(), document.findings()].concat();
    let told = all.iter().find(|problem| problem.span.contains(0xad)).expect("it is told");
    assert!(told.severity < Severity::Note);
    let row = document.tree_selected_row().expect("it has a row");
    let row = &document.tree_rows(row..row + 1)[0];
    assert_eq!(row.problem, Some(told.severity));
    assert_eq!(row.instruction.as_ref().expect("an instruction").operand.to_string(), "not there");
    document.select(rows(&document)[0].item);
    assert_eq!(rows(&document)[0].problem, None, "the header is well");
}

#[test]
fn problems_are_sorted_and_lead_to_their_bytes() {
    for path in one_of_each() {
        let whole = open(&path).pyc().bytes().to_vec();
        for end in (0..whole.len()).step_by(97) {
            let mut document = Document::open("cut.pyc", whole[..end].to_vec());
            while !document.inspect_step(None, u32::MAX) {}
            let problems = document.problems().to_vec();
            assert!(problems.is_sorted_by_key(|problem| (problem.severity, problem.span.start)));
            for problem in problems.iter().chain(&document.findings().to_vec()) {
                document.select_problem(problem);
                let selection = document.selection();
                assert!(
                    end == 0 || selection.span.covers(problem.span) || problem.span.is_empty(),
                    "{path} cut at {end}: {problem:?} leads to {selection:?}"
                );
                assert!(
                    end == 0 || document.tree_selected_row().is_some(),
                    "{path} cut at {end}: {problem:?} {selection:?}"
                );
                assert!(document.card().is_some() || end == 0);
            }
        }
    }
}

#[test]
fn a_summary_says_what_a_file_is() {
    let summary = |path: &str| {
        let summary = open(path).summary();
        let parts: Vec<String> =
            summary.parts.iter().map(|part| format!("{} {}", part.term, part.value).trim().to_owned()).collect();
        format!("{} | {} | {}", summary.python, parts.join(" | "), summary.verdict)
    };
    assert_eq!(
        summary("cpython-3.12/py38.pyc"),
        "CPython 3.12 | magic 3531 | timestamp 2026-11-22 15:13:53 UTC | source 556 bytes | 1,570 bytes | 6 code objects \
         | every byte accounted for"
    );
    let early = open("cpython-1.2/hello.pyc").summary();
    assert_eq!(early.python, "CPython 1.1 or 1.2", "their magic number is one, and their bytecode too");
    assert_eq!(early.basis.as_deref(), Some("which have one magic number"));
    assert_eq!(early.detected, "CPython 1.1 or 1.2 by its magic number");
    let hash = summary("variants/three-3.12-checked-hash.pyc");
    assert!(hash.starts_with("CPython 3.12 | magic 3531 | checked hash "), "{hash}");
    let bare = open("variants/addition-3.12-marshal4.bin").summary();
    assert!(bare.basis.expect("it has no magic number").starts_with("from its contents"));
    let cut = Document::open("cut.pyc", open("cpython-3.12/py38.pyc").pyc().bytes()[..300].to_vec()).summary();
    assert!(cut.problems > 0 && cut.verdict.contains("problem"));
    let none = Document::open("notes.txt", b"just some text".to_vec()).summary();
    assert_eq!(none.python, "no .pyc file");
}

#[test]
fn a_file_can_be_read_as_another_python() {
    let document = open("cpython-3.12/py38.pyc");
    let pythons = document.pythons();
    assert_eq!(pythons.iter().filter(|(_, _, current)| *current).count(), 1);
    let names: Vec<&str> = pythons.iter().map(|(_, name, _)| name.as_str()).collect();
    assert!(names.contains(&"CPython 3.12") && names.contains(&"PyPy 3.9") && names.contains(&"CPython 1.5"));
    let (other, ..) = pythons.iter().find(|(_, name, _)| name == "CPython 3.11").expect("it is known");
    let again = pycxray_view::Loading::again(&document, Some(other)).finish();
    assert_eq!(again.summary().python, "CPython 3.11");
    assert_eq!(again.summary().basis.as_deref(), Some("as you chose"));
    assert_eq!(again.summary().detected, "CPython 3.12 by its magic number", "what the file says is not forgotten");
}

#[test]
fn another_python_keeps_the_place() {
    let mut document = open("cpython-3.12/py38.pyc");
    document.go_to("walrus:46").expect("it is there");
    let pythons = document.pythons();
    let (other, ..) = pythons.iter().find(|(_, name, _)| name == "CPython 3.13").expect("it is known");
    let again = pycxray_view::Loading::again(&document, Some(other)).finish();
    assert_eq!(again.selection().span.start, document.selection().span.start);
    let back = pycxray_view::Loading::again(&again, None).finish();
    assert_eq!(back.selected_item(), document.selected_item());
    assert_eq!(back.summary().basis, None);
}

#[test]
fn undecoded_bytes_say_why() {
    let mut bytes = open("cpython-3.12/py38.pyc").pyc().bytes().to_vec();
    // The type code of the constants becomes none.
    bytes[0x5a] = 0x01;
    let mut document = Document::open("broken.pyc", bytes);
    let problem = document.problems().iter().find(|problem| problem.code == "undecoded").expect("it is told").clone();
    document.select_problem(&problem);
    let card = document.card().expect("it is chosen");
    let cause = card.definitions.iter().find(|definition| definition.term == "because of").expect("it says why");
    assert!(cause.value.to_string().starts_with("0x005a: Byte 0x01"), "{}", cause.value);
}
