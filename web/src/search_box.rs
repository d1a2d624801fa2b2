//! The search box: searches while one types, steps with Enter and Shift+Enter.

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
) -> Html {
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
    html! {
        <div class="search" role="search">
            { crate::icon::search() }
            <input
                id="search"
                type="search"
                autocomplete="off"
                spellcheck="false"
                placeholder="Search names, constants, opcodes"
                title="A word; op:LOAD_GLOBAL arg:len; hex:74 03; \"text\""
                aria-label="Search names, constants, opcodes and bytes"
                value={query}
                oninput={input}
                {onkeydown}
            />
            if said.is_empty() { <kbd aria-hidden="true">{ "/" }</kbd> } else { <span class="said">{ said }</span> }
        </div>
    }
}
