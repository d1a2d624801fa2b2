use pycxray_view::protocol::{
    Action, Answer, ExportKind, Outcome, Question, RowKey, SourceAction, SourceRow, SourceWindow,
};

use crate::fixture::open;
use crate::screen::Screen;

const PY38: &str = "cpython-3.12/py38.pyc";

fn line(row: &SourceRow) -> String {
    format!("{}{}{}", row.before, row.chosen, row.after)
}

/// The number of the line that says `text`, from 0.
fn line_of(source: &SourceWindow, text: &str) -> usize {
    source.window.rows.iter().position(|row| line(row).contains(text)).unwrap_or_else(|| panic!("no line says {text}"))
}

fn chosen(screen: &mut Screen) -> (String, String) {
    let source = screen.source();
    let row = &source.window.rows[source.window.selected.expect("a line is chosen")];
    (line(row).trim().to_owned(), row.chosen.to_string())
}

#[test]
fn every_function_says_on_its_first_line_how_true_it_is() {
    let source = open(PY38).source();
    let verdicts: Vec<String> =
        source.window.rows.iter().filter(|row| row.verdict.is_some()).map(|row| line(row).trim().to_owned()).collect();
    let expected = [
        "# CPython 3.12, source by pycxray: 6 of 6 code objects proved.",
        "def walrus(data, /, start, *, stop=None):",
        "def early():",
        "def star_return(rest):",
        "class A:",
        "def __class_getitem__(cls, item):",
    ];
    assert_eq!(verdicts, expected);
    assert_eq!((source.proved, source.codes, source.missing), (6, 6, None));
}

#[test]
fn a_line_and_its_instructions_are_one_selection() {
    let mut screen = open(PY38);
    let source = screen.source();
    let item = source.window.rows[line_of(&source, "return 1, *rest")].item.expect("it stands for instructions");
    screen.act(Action::Select(item));
    let (line, text) = chosen(&mut screen);
    assert_eq!(line, "return 1, *rest");
    assert!(!text.is_empty() && line.contains(&text), "{text}");
    screen.go_to("walrus:46").expect("it is there");
    assert_eq!(chosen(&mut screen).1, "len");
}

#[test]
fn a_code_object_is_the_line_on_which_it_begins() {
    let mut screen = open(PY38);
    screen.go_to("A.__class_getitem__").expect("it is there");
    assert_eq!(chosen(&mut screen), ("def __class_getitem__(cls, item):".to_owned(), String::new()));
}

#[test]
fn keys_go_to_the_next_line_that_stands_for_something() {
    let mut screen = open(PY38);
    screen.source();
    screen.go_to("early").expect("it is there");
    let mut press = |key| {
        screen.act(Action::Source(SourceAction::Key(key, 20)));
        chosen(&mut screen).0
    };
    assert_eq!(press(RowKey::Down), "for i in range(10):");
    assert_eq!(press(RowKey::Up), "def early():");
    assert_eq!(press(RowKey::End), "return super().__init_subclass__");
    assert_eq!(press(RowKey::Home), "def walrus(data, /, start, *, stop=None):");
}

#[test]
fn a_python_without_source_says_so() {
    let source = open("cpython-2.4/classic.pyc").source();
    assert!(source.window.rows.is_empty());
    assert_eq!(source.missing.as_deref(), Some("For CPython 2.4 there is a listing, and no source yet."));
}

#[test]
fn an_export_waits_for_the_source() {
    let answers = open(PY38).ask_all(Question::Export(ExportKind::Source));
    let (last, pieces) = answers.split_last().expect("it is answered");
    assert_eq!(last.0, Answer::Done);
    let text: Vec<u8> = pieces.iter().flat_map(|(_, bytes)| bytes.clone()).collect();
    assert!(String::from_utf8_lossy(&text).contains("def walrus("));
}

#[test]
fn source_that_was_not_made_says_why_and_can_be_wanted_once_more() {
    let mut screen = open(PY38);
    let made = screen.run_errand;
    screen.run_errand = |errand, _| Outcome {
        document: errand.document,
        serial: errand.serial,
        work: errand.work,
        made: Err("It was given up.".to_owned()),
    };
    let source = screen.source();
    assert_eq!((source.missing.as_deref(), source.can_retry), (Some("It was given up."), true));
    screen.run_errand = made;
    screen.act(Action::Source(SourceAction::Retry));
    let source = screen.source();
    assert_eq!((source.missing, source.can_retry, source.proved), (None, false, 6));
}

#[test]
fn what_the_prover_made_of_another_reading_is_not_shown() {
    let mut screen = open(PY38);
    screen.run_errand =
        |errand, bytes| Outcome { serial: errand.serial + 1, ..pycxray_view::prover::run(errand, bytes) };
    assert!(screen.source().window.rows.is_empty());
}
