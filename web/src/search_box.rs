//! The search box: searches while one types, steps with Enter and Shift+Enter.

use crate::tag::{Tag, span, tag};
use pycxray_view::SearchState;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The search box; `state` says how far the search is, if there is one. `search` hears what is searched for, `step` goes to the
/// next hit, or with `true` to the one before, and `leave` is told when the reader is done with searching.
pub(crate) fn draw_search_box(
    state: Option<&SearchState>,
    search: &Callback<String>,
    step: Callback<bool>,
    leave: Callback<()>,
) -> Tag {
    let input = search.reform(|event: InputEvent| {
        event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            .map_or(String::new(), |input| input.value())
    });
    let onkeydown = Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            step.emit(event.shift_key());
        }
        "Escape" => {
            event.prevent_default();
            leave.emit(());
        }
        _ => {}
    });
    let query = state.map_or(String::new(), |state| state.query.clone());
    let said = state.map_or(String::new(), |state| match (state.current, state.total) {
        _ if state.error.is_some() => "?".to_owned(),
        (Some(current), total) => format!("{}/{total}", current + 1),
        (None, total) if state.complete => total.to_string(),
        (None, total) => format!("{total}…"),
    });
    let field = tag("input")
        .set("id", "search")
        .set("type", "search")
        .set("autocomplete", "off")
        .set("spellcheck", "false")
        .set("placeholder", "Search names, constants, opcodes")
        .set("title", "A word; op:LOAD_GLOBAL arg:len; hex:74 03; \"text\"")
        .set("aria-label", "Search names, constants, opcodes and bytes")
        .holding(query)
        .on_input(input)
        .on_key(onkeydown);
    let beside =
        if said.is_empty() { tag("kbd").set("aria-hidden", "true").text("/") } else { span("said").text(said) };
    tag("div").class("search").role("search").child(crate::icon::search()).child(field).child(beside)
}
