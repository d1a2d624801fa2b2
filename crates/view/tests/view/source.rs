use pycxray_view::protocol::{
    Action, Answer, ExportKind, Outcome, Question, RowKey, SearchAction, SourceAction, SourceRow, SourceWindow, View,
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

fn lines(screen: &mut Screen) -> Vec<String> {
    screen.source().window.rows.iter().map(line).collect()
}

#[test]
fn functions_and_classes_fold_to_their_first_line() {
    let mut screen = open(PY38);
    let all = lines(&mut screen);
    let source = screen.source();
    assert_eq!((source.is_folded, source.window.rows[0].is_unfolded), (Some(false), None));
    let row = line_of(&source, "def early():");
    assert_eq!(source.window.rows[row].is_unfolded, Some(true));
    screen.act(Action::Source(SourceAction::Toggle(row)));
    let source = screen.source();
    assert_eq!((source.is_folded, source.window.rows[row].is_unfolded), (Some(true), Some(false)));
    assert!(
        source.window.total < all.len() && !lines(&mut screen).iter().any(|line| line.contains("for i in range(10):"))
    );
    let numbers: Vec<usize> = source.window.rows.iter().map(|row| row.line).collect();
    assert!(numbers.is_sorted() && numbers.len() < *numbers.last().unwrap(), "lines keep their numbers: {numbers:?}");
    screen.act(Action::Source(SourceAction::FoldAll(true)));
    assert!(lines(&mut screen).len() < source.window.total);
    screen.act(Action::Source(SourceAction::FoldAll(false)));
    assert_eq!(lines(&mut screen), all);
}

#[test]
fn what_is_chosen_is_unfolded_and_keys_fold() {
    let mut screen = open(PY38);
    let source = screen.source();
    let item = source.window.rows[line_of(&source, "for i in range(10):")].item.expect("it stands for instructions");
    screen.act(Action::Source(SourceAction::FoldAll(true)));
    screen.act(Action::Select(item));
    assert_eq!(chosen(&mut screen).0, "for i in range(10):");
    screen.go_to("early").expect("it is there");
    let mut press = |key| {
        screen.act(Action::Source(SourceAction::Key(key, 20)));
        screen.source().window.total
    };
    let open = press(RowKey::Right);
    assert!(press(RowKey::Left) < open);
    assert_eq!(press(RowKey::Toggle), open);
}

#[test]
fn a_search_finds_lines_of_the_source() {
    let mut screen = open(PY38);
    screen.search("for i in");
    assert_eq!(screen.found(0..9).total, 0, "the source was not written yet");
    let line = line_of(&screen.source(), "for i in range(10):");
    screen.finish();
    let found = screen.found(0..9);
    assert_eq!(found.rows.len(), 1);
    assert_eq!(found.rows[0].words.to_string(), format!("source, line {} for i in range(10):", line + 1));
    screen.act(Action::Search(SearchAction::Next));
    assert_eq!(chosen(&mut screen).0, "for i in range(10):");
    assert_eq!(screen.search_state().expect("there is a search").message, "1 of 1: 1 line");
}

#[test]
fn listing_and_source_lead_each_other() {
    let mut screen = open(PY38);
    let source = screen.source();
    let row = line_of(&source, "return super().__init_subclass__");
    let item = source.window.rows[row].item.expect("it stands for instructions");
    let before = screen.selection().clone();
    assert_eq!(screen.listing(0..50).window.lead, None);
    screen.act(Action::Lead { view: View::Listing, item });
    let listing = screen.listing(0..50);
    let lead = listing.window.lead.expect("it is led");
    assert_eq!(listing.window.row(lead.row).map(|row| row.item), Some(item), "it shows the function that this is in");
    assert_eq!(screen.selection(), &before, "nothing else is chosen");
    screen.act(Action::Lead { view: View::Source, item });
    let led = screen.source().window.lead.expect("it is led");
    assert_eq!(led.row, row);
    assert_ne!(led.number, lead.number);
}

#[test]
fn the_card_of_a_code_object_says_how_true_its_source_is() {
    let mut screen = open(PY38);
    screen.go_to("early").expect("it is there");
    let said = |screen: &Screen| {
        let definitions = screen.card().expect("a card").definitions.clone();
        definitions.into_iter().find(|definition| definition.term == "as source").map(|found| found.value.to_string())
    };
    assert_eq!(said(&screen), None, "the source was not written yet");
    screen.source();
    assert_eq!(said(&screen).as_deref(), Some("Proved: this means the same as the bytecode."));
}
