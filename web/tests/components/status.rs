//! What file this is, and which bytes are chosen.

use crate::harness::{PYC, document, draw, recorded};
use pycxray_web::components::{Banner, StatusBar, SummaryLine};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

#[wasm_bindgen_test]
async fn a_sound_file_is_said_to_be_one() {
    let ((onproblems, _), (onread, _)) = (recorded(), recorded());
    let summary = document(PYC, &[]).summary.clone();
    let line = draw(html! { <SummaryLine {summary} {onproblems} {onread} /> }).await;
    assert!(line.text(".version").contains("CPython 3.12"));
    assert!(line.text(".summary").contains("magic 3531"));
    assert_eq!(line.text(".fine"), "✓ every byte accounted for");
    assert!(line.all(".wrong").is_empty());
}

#[wasm_bindgen_test]
async fn what_is_wrong_leads_to_the_list_of_problems() {
    let ((onproblems, asked), (onread, _)) = (recorded(), recorded());
    let summary = document(&PYC[..900], &[]).summary.clone();
    let line = draw(html! { <SummaryLine {summary} {onproblems} {onread} /> }).await;
    line.click(".wrong").await;
    assert_eq!(asked.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn a_file_can_be_read_as_another_python() {
    let ((onproblems, _), (onread, read)) = (recorded(), recorded());
    let summary = document(PYC, &[]).summary.clone();
    let first = summary.pythons[0].name.clone();
    let line = draw(html! { <SummaryLine {summary} {onproblems} {onread} /> }).await;
    for choice in ["[data-choice='0']", "[data-choice='1']"] {
        line.click("#version-button").await;
        line.click(choice).await;
    }
    assert_eq!(*read.borrow(), [None, Some(first)]);
}

#[wasm_bindgen_test]
async fn steps_that_cannot_be_taken_are_disabled() {
    let ((onfollow, _), (onstep, stepped)) = (recorded(), recorded());
    let crumbs = document(PYC, &[]).selection.crumbs.clone();
    let bar = html! { <StatusBar status="3 bytes" {crumbs} can_step={(true, false)} {onfollow} {onstep} /> };
    let bar = draw(bar).await;
    assert_eq!(bar.text(".range"), "3 bytes");
    assert!(!bar.one("[aria-label=Back]").has_attribute("disabled"));
    assert!(bar.one("[aria-label=Forward]").has_attribute("disabled"));
    bar.click("[aria-label=Back]").await;
    assert_eq!(*stepped.borrow(), [false]);
}

#[wasm_bindgen_test]
async fn the_way_to_what_is_chosen_can_be_walked() {
    let ((onfollow, followed), (onstep, _)) = (recorded(), recorded());
    let selection = document(PYC, &[]).selection.clone();
    let crumbs = selection.crumbs.clone();
    let bar = draw(html! { <StatusBar status="" {crumbs} can_step={(false, false)} {onfollow} {onstep} /> }).await;
    bar.click(".crumbs button").await;
    assert_eq!(followed.borrow().first().copied(), selection.item);
}

#[wasm_bindgen_test]
async fn a_banner_offers_more_only_where_there_is_more() {
    let (onmore, asked) = recorded();
    let mut banner = draw(html! { <Banner message="It is cut off." has_more=true onmore={onmore.clone()} /> }).await;
    assert_eq!(banner.text("p"), "It is cut off.");
    banner.click("button").await;
    assert_eq!(asked.borrow().len(), 1);
    banner.redraw(html! { <Banner message="It is empty." has_more=false {onmore} /> }).await;
    assert!(banner.all("button").is_empty());
}
