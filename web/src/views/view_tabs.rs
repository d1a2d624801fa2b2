//! The tabs of the views that a file has.

use super::{VIEWS, ViewEntry};
use crate::document::Document;
use pycxray_view::protocol::View;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Properties of [`ViewTabs`].
#[derive(Properties, PartialEq)]
pub struct ViewTabsProps {
    /// The file.
    pub document: Rc<Document>,
    /// The view that is seen.
    pub shown: View,
    /// Called with the view that is to be seen.
    pub onshow: Callback<View>,
}

/// The tabs of the views that a file has.
#[component]
pub fn ViewTabs(props: &ViewTabsProps) -> Html {
    let ViewTabsProps { document, shown, onshow } = props;
    let views: Vec<(&ViewEntry, String)> =
        VIEWS.into_iter().filter_map(|entry| Some((entry, (entry.title)(document)?))).collect();
    let onkeydown = {
        let order: Vec<View> = views.iter().map(|(entry, _)| entry.view).collect();
        let now = order.iter().position(|view| view == shown).unwrap_or(0);
        let onshow = onshow.clone();
        move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowRight" => (now + 1) % order.len(),
                "ArrowLeft" => (now + order.len() - 1) % order.len(),
                _ => return,
            };
            event.prevent_default();
            focus_tab(&event, to);
            onshow.emit(order[to]);
        }
    };
    html! {
        <div class="view-tabs" role="tablist" aria-label="Views of the structure" {onkeydown}>
            { for views.into_iter().map(|(entry, title)| {
                let (view, chosen) = (entry.view, entry.view == *shown);
                html! {
                    <button type="button" class="view" role="tab" aria-selected={chosen.to_string()}
                        aria-controls="left-body" tabindex={if chosen { "0" } else { "-1" }}
                        onclick={onshow.reform(move |_| view)}>
                        { title }
                    </button>
                }
            }) }
        </div>
    }
}

fn focus_tab(event: &KeyboardEvent, at: usize) {
    let tab = event.target_dyn_into::<Element>().and_then(|tab| {
        let tabs = tab.closest("[role=tablist]").ok()??;
        tabs.children().item(at as u32)?.dyn_into::<HtmlElement>().ok()
    });
    if let Some(tab) = tab {
        let _ = tab.focus();
    }
}
