//! The start page, and the tabs of the opened files.

use crate::harness::{Drawn, draw, recorded};
use pycxray_view::protocol::{DocumentId, Place, Tab};
use pycxray_web::components::{CameFrom, Promise, StartPage, TabBar};
use pycxray_web::lineage::{Lineage, Way};
use pycxray_web::samples::{SAMPLES, Sample};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

#[wasm_bindgen_test]
async fn every_sample_can_be_opened_from_the_start_page() {
    let ((onchoose, _), (onsample, opened)) = (recorded(), recorded::<&'static Sample>());
    let page = draw(html! { <StartPage {onchoose} onfolder={Callback::noop()} {onsample} /> }).await;
    assert_eq!(page.all(".sample").len(), SAMPLES.len());
    page.click("li:nth-child(2) .sample").await;
    assert_eq!(opened.borrow()[0].id, SAMPLES[1].id);
}

#[wasm_bindgen_test]
async fn the_start_page_says_what_does_not_happen_and_lets_files_be_chosen() {
    let ((onchoose, chosen), (onsample, _)) = (recorded(), recorded::<&'static Sample>());
    let page = draw(html! { <StartPage {onchoose} onfolder={Callback::noop()} {onsample} /> }).await;
    assert!(page.text(".promise").contains("Nothing is uploaded"));
    page.click(".drop .primary").await;
    assert_eq!(chosen.borrow().len(), 1);
    let promise = draw(html! { <Promise /> }).await;
    assert_eq!(promise.text(".end"), "Nothing leaves this page");
}

fn tab(id: u32, name: &str) -> Tab {
    Tab {
        id: DocumentId(id),
        name: name.to_owned(),
        python: "CPython 3.12".to_owned(),
        problems: 0,
        is_comparison: false,
        is_container: false,
    }
}

type Heard = Rc<RefCell<Vec<DocumentId>>>;

async fn three_tabs() -> (Drawn, Heard, Heard) {
    let ((onchoose, chosen), (onclose, closed)) = (recorded(), recorded());
    let tabs = vec![tab(1, "a.pyc"), tab(2, "b.pyc"), tab(3, "c.pyc")];
    let bar = html! { <TabBar {tabs} active={DocumentId(2)} {onchoose} {onclose} /> };
    (draw(bar).await, chosen, closed)
}

#[wasm_bindgen_test]
async fn the_tab_on_screen_is_told_and_the_only_stop() {
    let (bar, _, _) = three_tabs().await;
    assert_eq!(bar.text("[aria-selected=true] .name"), "b.pyc");
    assert_eq!(bar.all("[role=tab][tabindex='0']").len(), 1);
    assert_eq!(bar.text(".tab.on [role=tab]"), "b.pyc 3.12", "with its version");
}

#[wasm_bindgen_test]
async fn tabs_of_one_name_are_told_apart() {
    let ((onchoose, _), (onclose, _)) = (recorded(), recorded());
    let tabs = vec![tab(1, "a.pyc"), tab(2, "b.pyc"), tab(3, "a.pyc")];
    let bar = draw(html! { <TabBar {tabs} active={DocumentId(2)} {onchoose} {onclose} /> }).await;
    let same: Vec<String> = bar.all(".same").iter().filter_map(|same| same.text_content()).collect();
    assert_eq!(same, [" (2)"]);
}

#[wasm_bindgen_test]
async fn tabs_are_chosen_and_closed_by_mouse() {
    let (bar, chosen, closed) = three_tabs().await;
    bar.click(".tab:nth-child(3) [role=tab]").await;
    bar.click(".tab:nth-child(1) .close").await;
    bar.mouse(".tab:nth-child(3)", "auxclick", 1).await;
    assert_eq!(*chosen.borrow(), [DocumentId(3)]);
    assert_eq!(*closed.borrow(), [DocumentId(1), DocumentId(3)]);
}

#[wasm_bindgen_test]
async fn tabs_are_walked_round_and_closed_by_key() {
    let (bar, chosen, closed) = three_tabs().await;
    bar.press("[aria-selected=true]", "ArrowRight").await;
    bar.press("[aria-selected=true]", "ArrowLeft").await;
    bar.press("[aria-selected=true]", "Delete").await;
    assert_eq!(*chosen.borrow(), [DocumentId(3), DocumentId(1)]);
    assert_eq!(*closed.borrow(), [DocumentId(2)]);
}

#[wasm_bindgen_test]
async fn what_stood_in_another_file_says_in_which_and_leads_back_while_that_is_open() {
    let lineage = Rc::new(Lineage {
        parent: DocumentId(1),
        outer: "loader.pyc".to_owned(),
        place: Place::default(),
        way: Way::Payload(1),
        words: "base64 → zlib".to_owned(),
        partly: Some("It ends early.".to_owned()),
    });
    let (ongo, gone) = recorded();
    let open = draw(html! { <CameFrom lineage={lineage.clone()} is_open=true {ongo} /> }).await;
    assert_eq!(open.text(".came-from"), "From loader.pyc: base64 → zlib Not all of it: It ends early.");
    open.click(".came-from button").await;
    assert_eq!(gone.borrow().len(), 1);
    let closed = draw(html! { <CameFrom {lineage} is_open=false ongo={Callback::noop()} /> }).await;
    assert!(closed.all("button").is_empty(), "there is no way to a file that is closed");
}
