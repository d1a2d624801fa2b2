//! The search box: searches while one types, steps with Enter and Shift+Enter.

use pycxray_view::SearchState;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the search box needs.
#[derive(Properties, PartialEq)]
pub(crate) struct SearchBoxProps {
    /// How far the search is, if there is one.
    pub(crate) state: Option<SearchState>,
    /// Hears what is searched for.
    pub(crate) search: Callback<String>,
    /// Goes to the next hit, or with `true` to the one before.
    pub(crate) step: Callback<bool>,
    /// The reader is done with searching.
    pub(crate) leave: Callback<()>,
}

/// The search box.
#[component]
pub(crate) fn SearchBox(props: &SearchBoxProps) -> Html {
    let input = props.search.reform(|event: InputEvent| {
        event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            .map_or(String::new(), |input| input.value())
    });
    let (step, leave) = (props.step.clone(), props.leave.clone());
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
    let query = props.state.as_ref().map_or(String::new(), |state| state.query.clone());
    let said = props.state.as_ref().map_or(String::new(), |state| match (state.current, state.total) {
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
