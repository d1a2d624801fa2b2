//! Text in several styles, and terms with what they are.

use crate::harness::{PYC, document, draw, recorded};
use pycxray_view::protocol::{Crumb, Definition, ItemKey, Run, Style, Styled};
use pycxray_web::components::{Crumbs, Definitions, StyledText};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

/// Something that can be pointed at.
fn item() -> ItemKey {
    document(PYC, &[]).selection.item.expect("the module is chosen")
}

fn run(text: &str, style: Style, link: Option<ItemKey>) -> Run {
    Run { text: text.to_owned(), style, link }
}

#[wasm_bindgen_test]
async fn each_style_has_its_class_and_plain_text_none() {
    let text = Styled(vec![run("is ", Style::Plain, None), run("None", Style::Keyword, None)]);
    let drawn = draw(html! { <p><StyledText {text} /></p> }).await;
    assert_eq!(drawn.text("p"), "is None");
    assert_eq!(drawn.all("p > *").len(), 1);
    assert_eq!(drawn.text(".w-keyword"), "None");
}

#[wasm_bindgen_test]
async fn markup_stays_text() {
    let text = Styled(vec![run("<b>bold</b>", Style::Str, None)]);
    let drawn = draw(html! { <p><StyledText {text} /></p> }).await;
    assert_eq!(drawn.text(".w-string"), "<b>bold</b>");
    assert!(drawn.all("b").is_empty());
}

#[wasm_bindgen_test]
async fn a_link_is_followed_and_keeps_its_comma() {
    let (onfollow, followed) = recorded();
    let text = Styled(vec![run("walrus", Style::Name, Some(item())), run(", and more", Style::Plain, None)]);
    let drawn = draw(html! { <p><StyledText {text} {onfollow} /></p> }).await;
    assert_eq!(drawn.text("p"), "walrus, and more");
    assert_eq!(drawn.text(".together"), "walrus,");
    drawn.click(".link.w-name").await;
    assert_eq!(*followed.borrow(), [item()]);
}

#[wasm_bindgen_test]
async fn links_are_no_stops_in_rows_and_absent_where_none_are_wanted() {
    let text = Styled(vec![run("walrus", Style::Name, Some(item()))]);
    let (onfollow, _) = recorded();
    let in_row = draw(html! { <StyledText text={text.clone()} {onfollow} in_row=true /> }).await;
    assert_eq!(in_row.attribute(".link", "tabindex").as_deref(), Some("-1"));
    let without = draw(html! { <StyledText {text} /> }).await;
    assert!(without.all("button").is_empty());
}

#[wasm_bindgen_test]
async fn terms_stand_before_what_they_are() {
    let value = Styled(vec![run("+2", Style::Number, None)]);
    let definitions = vec![Definition { term: "stack".to_owned(), value }];
    let drawn = draw(html! { <Definitions {definitions} /> }).await;
    assert_eq!((drawn.text("dt"), drawn.text("dd")), ("stack".to_owned(), "+2".to_owned()));
}

#[wasm_bindgen_test]
async fn each_step_of_a_way_can_be_chosen() {
    let (onfollow, followed) = recorded();
    let crumb = |label: &str| Crumb { label: label.to_owned(), item: item() };
    let crumbs = vec![crumb("<module>"), crumb("constants")];
    let drawn = draw(html! { <Crumbs {crumbs} label="Where" {onfollow} /> }).await;
    assert_eq!(drawn.attribute("ol", "aria-label").as_deref(), Some("Where"));
    drawn.click("li:nth-child(2) button").await;
    assert_eq!(followed.borrow().len(), 1);
}
