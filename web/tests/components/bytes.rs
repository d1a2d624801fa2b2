//! The bytes.

use crate::harness::{Drawn, PYC, document, draw, recorded};
use pycxray_view::Span;
use pycxray_view::protocol::{Action, HexAction, HexMove, HexWindow, Rows, Selection, Viewport};
use pycxray_web::components::{HexLine, HexPane, HoverCard, cells_of_row};
use pycxray_web::document::Document;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

fn opened(columns: u32) -> Rc<Document> {
    document(PYC, &[Viewport::Hex { rows: Rows { start: 0, count: 40 }, columns }])
}

fn window(document: &Document) -> &HexWindow {
    document.hex.as_ref().expect("rows were asked for")
}

#[wasm_bindgen_test]
fn cells_know_their_owners_and_what_is_chosen() {
    let document = opened(16);
    let selection = Selection { span: Span::new(4, 8), cursor: 5, ..Selection::default() };
    let cells = cells_of_row(window(&document), 0, &selection);
    assert_eq!(cells.len(), 16);
    let starts: Vec<usize> = (0..16).filter(|at| cells[*at].starts).collect();
    assert_eq!(starts, [0, 4, 8, 12], "magic, flags, time and size are four bytes each");
    assert_eq!((4..8).filter(|at| cells[*at].selected).count(), 4);
    assert!(!cells[8].selected && cells[5].cursor);
}

#[wasm_bindgen_test]
fn rows_that_are_not_held_have_no_cells() {
    let document = opened(16);
    assert!(cells_of_row(window(&document), 90, &Selection::default()).is_empty());
}

#[wasm_bindgen_test]
async fn a_line_shows_bytes_and_characters() {
    let document = opened(16);
    let cells = cells_of_row(window(&document), 6, &Selection::default());
    let line = draw(html! { <HexLine offset=96 index=6 {cells} /> }).await;
    assert_eq!(line.text(".ho"), "000060");
    assert_eq!(line.attribute(".hr", "aria-rowindex").as_deref(), Some("7"));
    assert_eq!(line.text("#byte-61"), "73");
    assert!(line.text(".as").contains("stop"));
}

type Actions = Rc<RefCell<Vec<Action>>>;

async fn pane(document: &Document) -> (Drawn, Actions) {
    let (onact, acted) = recorded();
    let ((onneed, _), (onsight, _), (onhover, _)) = (recorded(), recorded(), recorded());
    let (size, window, selection) = (document.summary.size, document.hex.clone(), document.selection.clone());
    let drawn = draw(html! { <HexPane {size} {window} {selection} {onneed} {onsight} {onact} {onhover} /> }).await;
    (drawn, acted)
}

#[wasm_bindgen_test]
async fn only_the_rows_in_sight_are_drawn() {
    let (pane, _) = pane(&opened(16)).await;
    assert_eq!(pane.all(".hr").len(), 11, "ten, and one that is partly seen");
    assert_eq!(pane.attribute("#hex", "aria-rowcount").as_deref(), Some("99"));
}

#[wasm_bindgen_test]
async fn it_asks_for_more_rows_than_are_seen() {
    let ((onneed, needed), (onsight, seen)) = (recorded(), recorded());
    let ((onact, _), (onhover, _)) = (recorded(), recorded());
    let selection = Rc::new(Selection::default());
    let _drawn = draw(html! { <HexPane size=1570 {selection} {onneed} {onsight} {onact} {onhover} /> }).await;
    let (rows, columns) = needed.borrow().last().cloned().expect("it has asked");
    assert_eq!((columns, rows.start), (16, 0));
    assert!(rows.end > 30, "{rows:?}");
    assert_eq!(seen.borrow().last(), Some(&Span::new(0, 176)));
}

#[wasm_bindgen_test]
async fn keys_move_the_cursor() {
    let (pane, acted) = pane(&opened(16)).await;
    assert!(pane.press("#hex", "ArrowDown").await);
    assert!(pane.press_with("#hex", "ArrowRight", true).await);
    assert!(!pane.press("#hex", "x").await);
    let expected = |to, extend| Action::Hex(HexAction::Move { to, extend, columns: 16, page: 10 });
    assert_eq!(*acted.borrow(), [expected(HexMove::Down, false), expected(HexMove::Right, true)]);
}

#[wasm_bindgen_test]
async fn rows_of_other_columns_are_not_drawn() {
    let (pane, _) = pane(&opened(8)).await;
    assert!(pane.all(".hr").is_empty());
}

#[wasm_bindgen_test]
async fn a_card_tells_who_owns_a_byte() {
    use pycxray_view::protocol::HexHover;
    let item = opened(16).selection.item.expect("something is chosen");
    let owner = "header › mtime".to_owned();
    let hover = HexHover { offset: 9, item, owner, span: Span::new(8, 12), readings: Vec::new() };
    let card = draw(html! { <HoverCard {hover} /> }).await;
    assert_eq!(card.attribute(".card", "role").as_deref(), Some("tooltip"));
    assert_eq!(card.text(".owner"), "header › mtime");
    assert_eq!(card.text(".where"), "0x0009 · 2 of 4");
}
