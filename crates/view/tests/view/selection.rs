use pycxray_view::Span;
use pycxray_view::protocol::{Action, Answer, CopyAs, Question, RowKey};

use crate::fixture::{one_of_each, open};
use crate::screen::Screen;

#[test]
fn every_byte_leads_to_a_row_that_has_it() {
    for path in one_of_each() {
        let mut screen = open(&path);
        for offset in 0..screen.pyc.bytes().len() as u32 {
            screen.select_offset(offset);
            let selection = screen.selection().clone();
            assert!(selection.span.contains(offset), "{path} at {offset:#x}");
            assert_eq!(selection.cursor, offset);
            let item = selection.item.expect("it is something");
            // The window follows what is chosen.
            let window = screen.tree(0..0);
            let row = window.selected.unwrap_or_else(|| panic!("{path} at {offset:#x}: {item:?} has no row"));
            let row = &screen.tree_rows(row..row + 1)[0];
            assert!(row.span.covers(selection.span), "{path} at {offset:#x}: {row:?}");
            screen.select(item);
            assert_eq!(screen.selection().span, selection.span, "the item has the bytes that led to it");
        }
    }
}

fn crumbs(screen: &Screen) -> Vec<&str> {
    screen.selection().crumbs.iter().map(|crumb| crumb.label.as_str()).collect()
}

#[test]
fn a_click_on_a_byte_chooses_what_a_reader_means() {
    let mut screen = open("cpython-3.12/py38.pyc");
    screen.select_offset(0xad);
    assert_eq!(screen.selection().status, "0x00ad–0x00b6 · 10 bytes selected");
    assert_eq!(crumbs(&screen).join(" › "), "<module> › constants › walrus › bytecode › 46 LOAD_GLOBAL");
    assert_eq!(screen.path(), "<module>.co_consts[2].co_code[46]");
}

#[test]
fn a_range_chooses_what_it_lies_in() {
    let mut screen = open("cpython-3.12/py38.pyc");
    screen.act(Action::SelectRange { anchor: 0xaf, cursor: 0xad });
    assert_eq!(screen.selection().status, "0x00ad–0x00af · 3 bytes selected");
    assert_eq!(crumbs(&screen).last(), Some(&"46 LOAD_GLOBAL"));
    screen.act(Action::SelectRange { anchor: 0xad, cursor: 0xbb });
    assert_eq!(crumbs(&screen).last(), Some(&"bytecode"));
    let chosen = screen.pyc.bytes()[0xad..0xbc].to_vec();
    assert_eq!(screen.ask_all(Question::SelectedBytes), [(Answer::Bytes, chosen)]);
    assert!(screen.ask_text(Question::CopyBytes(CopyAs::Hex)).starts_with("74 03 00 00"));
}

#[test]
fn values_are_copied_whole() {
    let mut screen = open("cpython-3.12/py38.pyc");
    screen.select_offset(0xad);
    assert_eq!(screen.ask_text(Question::Value), "LOAD_GLOBAL 3 (NULL + len)");
    screen.act(Action::SelectSpan { span: Span::new(0, 4), item: None });
    assert_eq!(screen.ask_text(Question::Value), "3531");
}

#[test]
fn each_place_is_a_visit_and_walking_with_the_arrows_one() {
    let mut screen = open("cpython-3.12/py38.pyc");
    let first = screen.selection().visit;
    screen.select_offset(0xad);
    screen.select_offset(0x20);
    assert_eq!(screen.selection().visit, first + 2);
    for _ in 0..5 {
        screen.tree_key(RowKey::Down, 20);
    }
    assert_eq!(screen.selection().visit, first + 3);
    screen.select_offset(0x65);
    assert_eq!(screen.selection().visit, first + 4);
    let place = screen.place().clone();
    assert!(screen.go_to_place(&place));
    assert_eq!(screen.selection().visit, first + 4, "it is there already");
}

#[test]
fn files_that_are_none_are_shown_all_the_same() {
    for bytes in [&b""[..], b"\xcb", b"\xcb\r\r\n", b"hello, world", &[0; 64], b"\xcb\r\r\n\0\0\0\0\0\0\0\0\0\0\0\0"] {
        let mut screen = Screen::open("odd.pyc", bytes);
        assert!(screen.summary().problems > 0 || bytes.is_empty(), "{bytes:?}");
        let problems = screen.problems().problems.shown.clone();
        assert!(!problems.is_empty(), "{bytes:?}");
        for problem in problems {
            screen.act(Action::SelectSpan { span: problem.span, item: problem.item });
        }
        for offset in 0..bytes.len() as u32 {
            screen.select_offset(offset);
            assert!(screen.selection().span.contains(offset));
        }
        screen.tree_key(RowKey::Down, 10);
        assert!(screen.card().is_some() || bytes.is_empty());
    }
}
