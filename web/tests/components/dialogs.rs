//! Dialogs, and what just happened.

use crate::harness::{draw, recorded};
use pycxray_web::components::{Dialog, FailureNotice, GoToDialog, KeysDialog, Notice, NoticeAction, UnderWay, Work};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

#[wasm_bindgen_test]
async fn a_dialog_is_open_for_as_long_as_it_is_drawn() {
    let (onclose, closed) = recorded();
    let mut dialog = draw(html! { <Dialog named_by="name" {onclose}><h2 id="name">{ "Hello" }</h2></Dialog> }).await;
    assert!(dialog.one("dialog").has_attribute("open"));
    assert_eq!(dialog.attribute("dialog", "aria-labelledby").as_deref(), Some("name"));
    dialog.redraw(Html::default()).await;
    assert!(dialog.all("dialog").is_empty());
    assert!(closed.borrow().is_empty(), "nobody closed it");
}

#[wasm_bindgen_test]
async fn the_list_of_keys_is_closed_by_its_button() {
    let ((onclose, closed), (onkeep, kept)) = (recorded(), recorded());
    let dialog = draw(html! { <KeysDialog {onclose} keeps=true {onkeep} /> }).await;
    assert!(dialog.text("dialog").contains("Open everything below"));
    assert_eq!(dialog.all("section").len(), 8, "seven places and the legend");
    dialog.click("#keeps").await;
    assert_eq!(*kept.borrow(), [false]);
    dialog.click(".row-end button").await;
    assert_eq!(closed.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn one_goes_by_button_or_enter() {
    let ((ongo, gone), (onclose, _)) = (recorded(), recorded());
    let dialog = draw(html! { <GoToDialog {ongo} {onclose} /> }).await;
    dialog.enter("#go-field", "0xad").await;
    dialog.click(".primary").await;
    dialog.enter("#go-field", "walrus:46").await;
    assert!(dialog.press("#go-field", "Enter").await);
    assert_eq!(*gone.borrow(), ["0xad", "walrus:46"]);
}

#[wasm_bindgen_test]
async fn where_one_cannot_go_is_said() {
    let ((ongo, _), (onclose, closed)) = (recorded(), recorded());
    let error = AttrValue::from("No function is called so.");
    let dialog = draw(html! { <GoToDialog {error} {ongo} {onclose} /> }).await;
    assert_eq!(dialog.text("#go-wrong"), "No function is called so.");
    assert_eq!(dialog.attribute("#go-field", "aria-invalid").as_deref(), Some("true"));
    dialog.click(".row-end .btn:not(.primary)").await;
    assert_eq!(closed.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn a_notice_can_be_dismissed() {
    let (ondismiss, dismissed) = recorded();
    let notice = draw(html! { <Notice text="Copied the value." {ondismiss} /> }).await;
    assert!(notice.text(".notice").starts_with("Copied the value."));
    assert_eq!(notice.all("button").len(), 1);
    notice.click("button").await;
    assert_eq!(dismissed.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn a_notice_can_suggest_something() {
    let ((onclick, done), (ondismiss, _)) = (recorded(), recorded());
    let action = NoticeAction { label: "Reload".into(), onclick };
    let notice = draw(html! { <Notice text="A new version is ready." {action} {ondismiss} /> }).await;
    assert_eq!(notice.text(".primary"), "Reload");
    notice.click(".primary").await;
    assert_eq!(done.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn a_failure_names_its_file_and_says_how_it_goes_on() {
    let (ondismiss, dismissed) = recorded();
    let mut notice =
        draw(html! { <FailureNotice file="bad.pyc" has_others=true ondismiss={ondismiss.clone()} /> }).await;
    assert!(notice.text("#failed").contains("pycxray has failed at bad.pyc"));
    assert_eq!(notice.attribute("#failed", "role").as_deref(), Some("alert"));
    notice.click("button").await;
    assert_eq!(dismissed.borrow().len(), 1);
    notice.redraw(html! { <FailureNotice has_others=false {ondismiss} /> }).await;
    assert!(notice.text("#failed").starts_with("pycxray has failed and"));
    assert_eq!(notice.text("button"), "Start again");
}

#[wasm_bindgen_test]
async fn each_of_what_takes_long_can_be_given_up() {
    let (oncancel, given_up) = recorded();
    let works = vec![
        Work { words: "Reading a.pyc".into(), progress: 0.25 },
        Work { words: "Decoding b.pyc".into(), progress: 0.5 },
    ];
    let under_way = draw(html! { <UnderWay {works} {oncancel} /> }).await;
    assert_eq!(under_way.all(".arrival").len(), 2);
    assert_eq!(under_way.attribute("progress", "value").as_deref(), Some("0.250"));
    under_way.click(".arrival:nth-child(2) button").await;
    assert_eq!(*given_up.borrow(), [1]);
}
