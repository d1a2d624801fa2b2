//! What hides in constants, told where the constant is.

use pycxray_view::protocol::{Answer, DocumentId, ItemKey, Question, TreeContent, TreeRow};

use crate::fixture::{code, file_of, label};
use crate::members::container;
use crate::screen::Screen;

/// A module of CPython 3.11 that runs another one out of its constants.
fn loader() -> Screen {
    let mut screen = Screen::open("loader.pyc", &container("loader-3.11.pyc"));
    let module = screen.selected_item().expect("the module");
    screen.expand_all(module);
    screen.finish();
    screen
}

fn meaning(row: &TreeRow) -> &str {
    match &row.content {
        TreeContent::Value { meaning, .. } => meaning,
        TreeContent::Instruction(_) => "",
    }
}

/// The constant that holds something.
fn holder(screen: &mut Screen) -> TreeRow {
    let rows = screen.all_tree_rows();
    let mut holders = rows.into_iter().filter(|row| meaning(row).starts_with("holds: "));
    let holder = holders.next().expect("a constant that holds something");
    assert!(holders.next().is_none(), "no other one does");
    holder
}

#[test]
fn the_row_of_a_constant_says_what_it_holds() {
    let mut screen = loader();
    let row = holder(&mut screen);
    assert_eq!(meaning(&row), "holds: base64 → zlib → marshalled code (CPython 3.11)");
    let TreeContent::Value { value, .. } = &row.content else { panic!("it is a value") };
    assert!(value.to_string().chars().count() <= 24, "there is room for what it holds: {value}");
}

#[test]
fn what_a_constant_holds_is_opened() {
    let mut screen = loader();
    let row = holder(&mut screen);
    screen.select(row.item);
    let payload = screen.card().and_then(|card| card.payload.clone()).expect("its card says so too");
    assert_eq!(payload.words, "base64 → zlib → marshalled code (CPython 3.11)");
    assert_eq!((payload.name.as_str(), payload.parts), ("payload-1", 1));
    let Some((Answer::Bytes, bytes)) = screen.ask_all(Question::Payload(payload.number)).pop() else {
        panic!("it has bytes")
    };
    screen.open_as(DocumentId(2), "loader.pyc!payload-1", &bytes, None);
    assert!(screen.summary().codes > 1);
    let names: Vec<String> = screen.all_outline_rows().iter().map(|row| row.name.to_string()).collect();
    assert!(names.iter().any(|name| name.starts_with("Basket")), "{names:?}");
    assert_eq!(screen.ask(Question::Payload(9)), Answer::Nothing, "there is no such payload");
}

fn row_of(screen: &mut Screen, value: &str) -> ItemKey {
    let rows = screen.all_tree_rows();
    let is_it =
        |row: &&TreeRow| matches!(&row.content, TreeContent::Value { value: said, .. } if said.to_string() == value);
    rows.iter().find(is_it).unwrap_or_else(|| panic!("no {value}")).item
}

#[test]
fn contents_of_texts_and_bytes_are_had_without_their_frame() {
    let mut screen = loader();
    let note = row_of(&mut screen, "b'plain bytes that hold nothing'");
    screen.select(note);
    let card = screen.card().expect("it has a card");
    assert!(card.has_contents && card.payload.is_none());
    let contents = screen.ask_all(Question::Contents).pop().map(|(_, bytes)| bytes);
    assert_eq!(contents.as_deref(), Some(&b"plain bytes that hold nothing"[..]));
    let framed = screen.ask_all(Question::SelectedBytes).pop().map(|(_, bytes)| bytes).unwrap_or_default();
    assert!(framed.len() > b"plain bytes that hold nothing".len() && framed.ends_with(b"hold nothing"));
    let header = screen.all_tree_rows().into_iter().find(|row| label(row) == "magic").expect("a magic number");
    screen.select(header.item);
    assert!(!screen.card().expect("it has a card").has_contents);
    assert_eq!(screen.ask(Question::Contents), Answer::Nothing);
}

#[test]
fn constants_that_are_joined_hold_one_thing_together() {
    // Hex digits of a marshalled code object, in two constants that are added up.
    let inner = code(b"d\0S\0", &[b"N"], &[]);
    let digits: String = inner.iter().map(|byte| format!("{byte:02x}")).collect();
    let (first, second) = digits.split_at(100);
    let constant = |text: &str| [b"z", &[text.len() as u8][..], text.as_bytes()].concat();
    let bytecode = b"d\0d\x01\x17\0S\0";
    let mut screen = file_of(&code(bytecode, &[&constant(first), &constant(second)], &[]));
    let module = screen.selected_item().expect("the module");
    screen.expand_all(module);
    screen.finish();
    let rows = screen.all_tree_rows();
    let holders: Vec<&str> = rows.iter().map(meaning).filter(|meaning| meaning.starts_with("holds")).collect();
    assert_eq!(holders, ["holds: hex → marshalled code (CPython 3.8)"; 2], "both say so");
}
