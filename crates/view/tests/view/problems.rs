use pycxray_view::Severity;
use pycxray_view::protocol::{Action, Problem, Request, TreeContent};

use crate::fixture::{one_of_each, open, read, value};
use crate::screen::{FILE, Screen};

/// A file that has been looked through.
fn inspected(bytes: &[u8]) -> Screen {
    let mut screen = Screen::open("inspected.pyc", bytes);
    assert!(!screen.problems().complete && screen.problems().findings.shown.is_empty());
    screen.finish();
    assert!(screen.problems().complete);
    screen
}

/// All problems and findings.
fn all(screen: &mut Screen) -> Vec<Problem> {
    let problems = screen.problems();
    [problems.problems.shown.clone(), problems.findings.shown.clone()].concat()
}

fn select(screen: &mut Screen, problem: &Problem) {
    screen.act(Action::SelectSpan { span: problem.span, item: problem.item });
}

#[test]
fn trailing_data_is_found_and_leads_to_its_bytes() {
    let mut bytes = read("cpython-3.12/hello.pyc");
    let size = bytes.len() as u32;
    bytes.extend(b"PK\x03\x04 something hidden");
    let mut screen = inspected(&bytes);
    let finding = all(&mut screen).into_iter().find(|finding| finding.code == "trailing-data").expect("it is found");
    select(&mut screen, &finding);
    assert_eq!(screen.selection().span.start, size);
    let card = screen.card().expect("it is chosen");
    assert_eq!(card.title, "trailing bytes");
    assert!(card.definitions.iter().any(|definition| definition.value.to_string() == finding.message));
}

#[test]
fn damage_in_bytecode_is_told_and_marked() {
    let mut bytes = read("cpython-3.12/py38.pyc");
    // `LOAD_GLOBAL 3` in walrus becomes `LOAD_GLOBAL 255`.
    assert_eq!(bytes[0xad..0xaf], [0x74, 3]);
    bytes[0xae] = 255;
    let mut screen = inspected(&bytes);
    screen.select_offset(0xad);
    let told = all(&mut screen).into_iter().find(|problem| problem.span.contains(0xad)).expect("it is told");
    assert!(told.severity < Severity::Note);
    let row = screen.tree_selected_row().expect("it has a row");
    let row = &screen.tree_rows(row..row + 1)[0];
    assert_eq!(row.problem, Some(told.severity));
    let TreeContent::Instruction(cells) = &row.content else { panic!("{row:?} is no instruction") };
    assert_eq!(cells.operand.to_string(), "not there");
    let header = &screen.tree_rows(0..1)[0];
    assert_eq!((value(header).as_str(), header.problem), ("16 bytes", None), "the header is well");
    assert_eq!(screen.tabs.tabs[0].problems, screen.summary().problems, "the tab says so too");
}

#[test]
fn problems_are_sorted_and_lead_to_their_bytes() {
    for path in one_of_each() {
        let whole = read(&path);
        for end in (0..whole.len()).step_by(97) {
            let mut screen = inspected(&whole[..end]);
            let problems = screen.problems().problems.shown.clone();
            assert!(problems.is_sorted_by_key(|problem| (problem.severity, problem.span.start)));
            for problem in all(&mut screen) {
                select(&mut screen, &problem);
                let selection = screen.selection().clone();
                assert!(
                    end == 0 || selection.span.covers(problem.span) || problem.span.is_empty(),
                    "{path} cut at {end}: {problem:?} leads to {selection:?}"
                );
                assert!(
                    end == 0 || screen.tree_selected_row().is_some(),
                    "{path} cut at {end}: {problem:?} {selection:?}"
                );
                assert!(screen.card().is_some() || end == 0);
            }
        }
    }
}

#[test]
fn a_summary_says_what_a_file_is() {
    let summary = |path: &str| {
        let screen = open(path);
        let summary = screen.summary();
        let parts: Vec<String> =
            summary.parts.iter().map(|part| format!("{} {}", part.term, part.value).trim().to_owned()).collect();
        format!("{} | {} | {}", summary.python, parts.join(" | "), summary.verdict)
    };
    assert_eq!(
        summary("cpython-3.12/py38.pyc"),
        "CPython 3.12 | magic 3531 | timestamp 2026-11-22 15:13:53 UTC | source 556 bytes | 1,570 bytes | 6 code objects \
         | every byte accounted for"
    );
    let early = open("cpython-1.2/hello.pyc").summary().clone();
    assert_eq!(early.python, "CPython 1.1 or 1.2", "their magic number is one, and their bytecode too");
    assert_eq!(early.basis.as_deref(), Some("which have one magic number"));
    assert_eq!(early.detected, "CPython 1.1 or 1.2 by its magic number");
    assert_eq!(early.banner, None);
    let mut either = read("cpython-3.10/hello.pyc");
    either[..2].copy_from_slice(b"a\r");
    let either = Screen::open("either.pyc", &either).summary().clone();
    assert_eq!(
        (either.python.as_str(), either.basis.as_deref()),
        ("CPython 3.9", Some("by its magic number; 3.10 fits too"))
    );
    let hash = summary("variants/three-3.12-checked-hash.pyc");
    assert!(hash.starts_with("CPython 3.12 | magic 3531 | checked hash "), "{hash}");
    let bare = open("variants/addition-3.12-marshal4.bin").summary().clone();
    assert!(bare.basis.expect("it has no magic number").starts_with("from its contents"));
    let bare = Screen::open("bare.pyc", &read("cpython-2.7/two.pyc")[8..]).summary().clone();
    assert_eq!(
        (bare.python.as_str(), bare.basis.as_deref()),
        ("CPython 2.7", Some("from its contents; PyPy 2.7 fits too"))
    );
    let mut cut = Screen::open("cut.pyc", &read("cpython-3.12/py38.pyc")[..300]);
    assert!(cut.summary().problems > 0 && cut.summary().verdict.contains("problem"));
    let worst = cut.problems().problems.shown[0].message.clone();
    assert_eq!(cut.summary().banner, Some(worst));
    // GraalPy's objects are written in a way of its own.
    let own = [&21300_u16.to_le_bytes()[..], b"\r\n", &[0; 12], b"c its own way"].concat();
    assert_eq!(Screen::open("own.pyc", &own).summary().verdict, "1 warning", "nobody accounts for its bytes");
    let none = Screen::open("notes.txt", b"just some text");
    assert_eq!(none.summary().python, "no .pyc file");
}

#[test]
fn a_file_can_be_read_as_another_python() {
    let mut screen = open("cpython-3.12/py38.pyc");
    let pythons = &screen.summary().pythons;
    assert_eq!(pythons.iter().filter(|python| python.current).count(), 1);
    let names: Vec<&str> = pythons.iter().map(|python| python.name.as_str()).collect();
    assert!(names.contains(&"CPython 3.12") && names.contains(&"PyPy 3.9") && names.contains(&"CPython 1.5"));
    screen.select_offset(0);
    screen.send(Request::ReadAs { id: FILE, python: Some("CPython 3.11".to_owned()) });
    let summary = screen.summary();
    assert_eq!((summary.python.as_str(), summary.basis.as_deref()), ("CPython 3.11", Some("as you chose")));
    assert_eq!(summary.detected, "CPython 3.12 by its magic number");
    assert_eq!(screen.path(), "header.magic", "what was chosen is chosen again");
    assert_eq!(screen.tabs.tabs[0].python, "CPython 3.11");
    screen.send(Request::ReadAs { id: FILE, python: None });
    assert_eq!((screen.summary().python.as_str(), &screen.summary().basis), ("CPython 3.12", &None));
}

#[test]
fn another_python_keeps_the_place() {
    let mut screen = open("cpython-3.12/py38.pyc");
    screen.go_to("walrus:46").expect("it is there");
    let selection = screen.selection().clone();
    screen.send(Request::ReadAs { id: FILE, python: Some("CPython 3.13".to_owned()) });
    assert_eq!(screen.selection().span.start, selection.span.start);
    screen.send(Request::ReadAs { id: FILE, python: None });
    assert_eq!(screen.selected_item(), selection.item);
    assert_eq!(screen.summary().basis, None);
}

#[test]
fn undecoded_bytes_say_why() {
    let mut bytes = read("cpython-3.12/py38.pyc");
    // The type code of the constants becomes none.
    bytes[0x5a] = 0x01;
    let mut screen = Screen::open("broken.pyc", &bytes);
    let problem = all(&mut screen).into_iter().find(|problem| problem.code == "undecoded").expect("it is told");
    select(&mut screen, &problem);
    let card = screen.card().expect("it is chosen");
    let cause = card.definitions.iter().find(|definition| definition.term == "because of").expect("it says why");
    assert!(cause.value.to_string().starts_with("0x005a: Byte 0x01"), "{}", cause.value);
}
