//! The search box: searches while one types, steps with Enter and Shift+Enter.

use super::{Icon, IconKind};
use pycxray_view::protocol::SearchState;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`SearchBox`].
#[derive(Properties, PartialEq)]
pub struct SearchBoxProps {
    /// How far the search is, if there is one.
    #[prop_or_default]
    pub state: Option<Rc<SearchState>>,
    /// Called with what is searched for.
    pub onsearch: Callback<String>,
    /// Called to go to the next hit, or with `true` to the one before.
    pub onstep: Callback<bool>,
    /// Called when the reader is done with searching.
    pub onleave: Callback<()>,
}

/// The search box. Its key is the file that is searched: it begins with what was searched for in that.
#[component]
pub fn SearchBox(props: &SearchBoxProps) -> Html {
    // What stands in the box is not what is searched for: while one types on, that is a letter behind.
    let typed = use_state_eq(|| props.state.as_ref().map_or_else(String::new, |state| state.query.clone()));
    let oninput = {
        let (typed, onsearch) = (typed.setter(), props.onsearch.clone());
        move |event: InputEvent| {
            let query = event.target_unchecked_into::<HtmlInputElement>().value();
            typed.set(query.clone());
            onsearch.emit(query);
        }
    };
    let onkeydown = {
        let (typed, onstep, onleave) = (typed.setter(), props.onstep.clone(), props.onleave.clone());
        move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                onstep.emit(event.shift_key());
            }
            "Escape" => {
                event.prevent_default();
                typed.set(String::new());
                onleave.emit(());
            }
            _ => {}
        }
    };
    let said = props.state.as_deref().map_or_else(String::new, count);
    html! {
        <div class="search" role="search">
            <Icon kind={IconKind::Search} />
            <input id="search" type="search" autocomplete="off" spellcheck="false"
                placeholder="Search names, constants, opcodes"
                title="A word; op:LOAD_GLOBAL arg:len; hex:74 03; \"text\""
                aria-label="Search names, constants, opcodes and bytes" value={(*typed).clone()} {oninput} {onkeydown} />
            if said.is_empty() {
                <kbd aria-hidden="true">{ "/" }</kbd>
            } else {
                <span class="said">{ said }</span>
            }
        </div>
    }
}

/// What is said beside the box: which hit of how many.
fn count(state: &SearchState) -> String {
    match (state.current, state.total) {
        _ if state.error.is_some() => "?".to_owned(),
        (Some(current), total) => format!("{}/{total}", current + 1),
        (None, total) if state.complete => total.to_string(),
        (None, total) => format!("{total}…"),
    }
}
