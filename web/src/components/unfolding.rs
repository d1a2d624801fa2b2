//! A button that lays something open under it: closed by Escape, by a click elsewhere, and when the focus goes on.

use crate::hooks::use_window_event;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlElement, Node};
use yew::prelude::*;

/// Properties of [`Unfolding`].
#[derive(Properties, PartialEq)]
pub struct UnfoldingProps {
    /// Its class.
    pub class: &'static str,
    /// What the button says.
    pub title: AttrValue,
    /// What is laid open.
    pub children: Html,
}

/// A button that lays something open under it.
#[component]
pub fn Unfolding(props: &UnfoldingProps) -> Html {
    let node = use_node_ref();
    let close_outside = {
        let node = node.clone();
        use_callback((), move |event: Event, ()| {
            if !holds(&node, event.target()) {
                close(&node);
            }
        })
    };
    use_window_event("pointerdown", close_outside);
    let onkeydown = {
        let node = node.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" && close(&node) {
                event.prevent_default();
                event.stop_propagation();
            }
        }
    };
    let onfocusout = {
        let node = node.clone();
        move |event: FocusEvent| {
            // A click into it, beside what takes the focus, takes the focus to nothing.
            if event.related_target().is_some() && !holds(&node, event.related_target()) {
                close(&node);
            }
        }
    };
    html! {
        <details ref={node} class={props.class} {onkeydown} {onfocusout}>
            <summary class="btn small">{ props.title.clone() }</summary>
            { props.children.clone() }
        </details>
    }
}

/// Whether something is in it.
fn holds(node: &NodeRef, target: Option<EventTarget>) -> bool {
    let target = target.and_then(|target| target.dyn_into::<Node>().ok());
    node.cast::<Element>().is_some_and(|element| element.contains(target.as_ref()))
}

/// Closes it, and gives the focus that was in it to its button. Whether it was open.
fn close(node: &NodeRef) -> bool {
    let Some(element) = node.cast::<Element>().filter(|element| element.has_attribute("open")) else { return false };
    let focused = gloo::utils::document().active_element();
    let had_focus = element.contains(focused.as_ref().map(AsRef::as_ref));
    let _ = element.remove_attribute("open");
    let button = element.first_element_child().and_then(|button| button.dyn_into::<HtmlElement>().ok());
    if let Some(button) = button.filter(|_| had_focus) {
        let _ = button.focus();
    }
    true
}
