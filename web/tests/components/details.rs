//! The details of what is chosen, and what can be taken from it.

use crate::harness::{PYC, document, draw, recorded};
use pycxray_web::components::{Details, Take};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

#[wasm_bindgen_test]
async fn a_card_says_what_is_chosen() {
    let ((onfollow, followed), (ontake, _)) = (recorded(), recorded());
    let card = document(PYC, &[]).card.clone();
    let details = draw(html! { <Details {card} {onfollow} {ontake} /> }).await;
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
    let details = draw(html! { <Details {card} {onfollow} {ontake} /> }).await;
    details.click(".part").await;
    assert_eq!(*followed.borrow(), [part.item]);
}

#[wasm_bindgen_test]
async fn all_that_can_be_taken_is_in_the_menu() {
    let ((onfollow, _), (ontake, taken)) = (recorded(), recorded());
    let card = document(PYC, &[]).card.clone();
    let details = draw(html! { <Details {card} {onfollow} {ontake} /> }).await;
    details.click("#copy-button").await;
    assert_eq!(details.all("#copy-menu button").len(), Take::all().count());
    assert!(details.text("#copy-menu").contains("Bytes as hex"));
    details.click("#copy-menu button:last-child").await;
    assert_eq!(*taken.borrow(), [Take::Save]);
}

#[wasm_bindgen_test]
async fn of_an_empty_file_there_is_nothing_to_tell() {
    let ((onfollow, _), (ontake, _)) = (recorded(), recorded());
    let card = document(b"", &[]).card.clone();
    let details = draw(html! { <Details {card} {onfollow} {ontake} /> }).await;
    assert!(details.text("#details").contains("no bytes"));
    assert!(details.all("#copy-button").is_empty());
}
