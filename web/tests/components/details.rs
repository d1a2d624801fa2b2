//! The details of what is chosen, and what can be taken from it.

use crate::harness::{PYC, document, draw, recorded};
use pycxray_view::protocol::{Card, CardPayload, ItemKey};
use pycxray_web::components::{Details, Take};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

/// A module that runs another one out of its constants.
const LOADER: &[u8] = include_bytes!("../../../tests/containers/loader-3.11.pyc");

/// The details of a card from which nothing is opened.
fn details(card: Option<Rc<Card>>, onfollow: Callback<ItemKey>, ontake: Callback<Take>) -> Html {
    let onpayload = Callback::noop();
    html! { <Details {card} {onfollow} {ontake} {onpayload} /> }
}

#[wasm_bindgen_test]
async fn a_card_says_what_is_chosen() {
    let ((onfollow, followed), (ontake, _)) = (recorded(), recorded());
    let card = document(PYC, &[]).card.clone();
    let details = draw(details(card, onfollow, ontake)).await;
    assert_eq!(details.text("h2"), "<module>");
    assert!(details.text("dl").contains("walrus"));
    details.click("dd .link").await;
    assert_eq!(followed.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn parts_can_be_chosen() {
    let ((onfollow, followed), (ontake, _)) = (recorded(), recorded());
    let card = document(PYC, &[]).card.clone();
    let part = card.as_ref().and_then(|card| card.parts.first().cloned()).expect("the module has parts");
    let details = draw(details(card, onfollow, ontake)).await;
    details.click(".part").await;
    assert_eq!(*followed.borrow(), [part.item]);
}

#[wasm_bindgen_test]
async fn all_that_can_be_taken_is_in_the_menu() {
    let ((onfollow, _), (ontake, taken)) = (recorded(), recorded());
    let card = document(PYC, &[]).card.clone();
    let all = card.as_ref().map_or(0, |card| Take::all(card, true).count());
    let details = draw(details(card, onfollow, ontake)).await;
    details.click("#copy-button").await;
    assert_eq!(details.all("#copy-menu button").len(), all);
    assert!(details.text("#copy-menu").contains("Bytes as hex"));
    details.click("#copy-menu button:last-child").await;
    assert_eq!(*taken.borrow(), [Take::Save]);
}

#[wasm_bindgen_test]
async fn what_a_constant_holds_is_opened_or_saved() {
    let payload = CardPayload {
        number: 0,
        name: "payload-1".to_owned(),
        words: "base64 → zlib → marshalled code".to_owned(),
        parts: 2,
        python: None,
    };
    let card = document(LOADER, &[]).card.as_deref().cloned().expect("the module has a card");
    let card = Some(Rc::new(Card { has_contents: true, payload: Some(payload.clone()), ..card }));
    let ((ontake, taken), (onpayload, held)) = (recorded(), recorded());
    let onfollow = Callback::noop();
    let details = draw(html! { <Details {card} {onfollow} {ontake} {onpayload} /> }).await;
    assert_eq!(details.text(".holds p"), "Holds: base64 → zlib → marshalled code, 2 constants joined");
    details.click(".holds button").await;
    details.click(".holds button:last-child").await;
    assert_eq!(*held.borrow(), [(payload.clone(), true), (payload, false)]);
    details.click("#copy-button").await;
    assert!(details.text("#copy-menu").contains("Save with its marshal frame"));
    details.click("#copy-menu button:nth-last-child(3)").await;
    assert_eq!(*taken.borrow(), [Take::SaveContents]);
}

#[wasm_bindgen_test]
async fn of_an_empty_file_there_is_nothing_to_tell() {
    let ((onfollow, _), (ontake, _)) = (recorded(), recorded());
    let card = document(b"", &[]).card.clone();
    let details = draw(details(card, onfollow, ontake)).await;
    assert!(details.text("#details").contains("no bytes"));
    assert!(details.all("#copy-button").is_empty());
}
