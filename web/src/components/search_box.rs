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
    let focused = use_state_eq(|| false);
    let onfocus = {
        let focused = focused.setter();
        move |_: FocusEvent| focused.set(true)
    };
    let onblur = {
        let focused = focused.setter();
        move |_: FocusEvent| focused.set(false)
    };
    let onsyntax = {
        let (typed, onsearch) = (typed.setter(), props.onsearch.clone());
        Callback::from(move |begin: &'static str| {
            typed.set(begin.to_owned());
            onsearch.emit(begin.to_owned());
        })
    };
    let said = props.state.as_deref().map_or_else(String::new, count);
    html! {
        <div class="search" role="search">
            <Icon kind={IconKind::Search} />
            <input id="search" type="search" autocomplete="off" spellcheck="false"
                placeholder="Search names, constants, opcodes"
                aria-describedby={(*focused && typed.is_empty()).then_some("search-syntax")} {onfocus} {onblur}
                aria-label="Search names, constants, opcodes and bytes" value={(*typed).clone()} {oninput} {onkeydown} />
            if said.is_empty() {
                <kbd aria-hidden="true">{ "/" }</kbd>
            } else {
                <span class="said">{ said }</span>
            }
            if *focused && typed.is_empty() {
                { draw_syntax(&onsyntax) }
            }
        </div>
    }
}

/// What can be typed: an example, what a click on it begins, and what it finds.
const SYNTAX: [(&str, &str, &str); 6] = [
    ("len", "", "names, constants and opcodes that hold it, and what uses them"),
    ("op:LOAD_GLOBAL", "op:", "instructions of that name"),
    ("arg:len", "arg:", "instructions whose argument is that"),
    ("/^get_.*/", "/", "what a regular expression fits"),
    ("\"text\"", "\"", "the bytes of a text"),
    ("hex:74 03 ??", "hex:", "bytes; ?? is any"),
];

/// What can be typed, for those who look for it.
fn draw_syntax(onsyntax: &Callback<&'static str>) -> Html {
    html! {
        <dl class="syntax" id="search-syntax">
            { for SYNTAX.iter().map(|(example, begin, finds)| {
                // The box keeps the focus.
                let onmousedown = onsyntax.reform(move |event: MouseEvent| {
                    event.prevent_default();
                    *begin
                });
                html! { <><dt {onmousedown}><code>{ *example }</code></dt><dd>{ *finds }</dd></> }
            }) }
        </dl>
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
