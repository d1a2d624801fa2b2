//! The box that narrows a list down.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// Properties of [`FilterBox`].
#[derive(Properties, PartialEq)]
pub struct FilterBoxProps {
    /// Its id.
    pub id: &'static str,
    /// What it is called, for those who listen.
    pub label: &'static str,
    /// What stands in it while it is empty.
    pub placeholder: &'static str,
    /// Called with what was typed; with nothing at first.
    pub onfilter: Callback<String>,
    /// Called when the chosen row is to be entered.
    pub onenter: Callback<()>,
    /// The id of the list, which Arrow Down leads into.
    pub list: &'static str,
}

/// The box that narrows a list down.
#[component]
pub fn FilterBox(props: &FilterBoxProps) -> Html {
    let FilterBoxProps { id, label, placeholder, list, .. } = *props;
    let typed = use_state_eq(String::new);
    // Of a file that comes on screen again, the list is narrowed down as it was: the box would not say so.
    {
        let onfilter = props.onfilter.clone();
        use_effect_with((), move |()| onfilter.emit(String::new()));
    }
    let oninput = {
        let (typed, onfilter) = (typed.setter(), props.onfilter.clone());
        move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            typed.set(text.clone());
            onfilter.emit(text);
        }
    };
    let onkeydown = {
        let (typed, onfilter, onenter) = (typed.setter(), props.onfilter.clone(), props.onenter.clone());
        move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => onenter.emit(()),
            "ArrowDown" => {
                event.prevent_default();
                focus(list);
            }
            "Escape" => {
                typed.set(String::new());
                onfilter.emit(String::new());
            }
            _ => (),
        }
    };
    html! {
        <input {id} class="filter" type="search" autocomplete="off" spellcheck="false" {placeholder} aria-label={label}
            value={(*typed).clone()} {oninput} {onkeydown} />
    }
}

fn focus(id: &str) {
    let element = gloo::utils::document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
