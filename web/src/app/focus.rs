//! What has the keyboard's focus, and that a pane has it.

use crate::hooks::{use_after_render, use_window_event};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement};
use yew::prelude::*;

/// The panes that F6 goes through, in order.
const PANES: [&str; 6] = [
    "[role=tablist] [aria-selected=true]",
    ".ribbon",
    ".left-body > [tabindex='0'], .left-body .list",
    "#hex, #hex-0",
    "#hex-1",
    "#details",
];

/// Which of them shows the file's structure.
const STRUCTURE: usize = 2;

fn pane(at: usize) -> Option<HtmlElement> {
    gloo::utils::document().query_selector(PANES.get(at)?).ok()??.dyn_into().ok()
}

fn holds_focus(pane: &HtmlElement) -> bool {
    gloo::utils::document().active_element().is_some_and(|active| pane.contains(Some(&active)))
}

/// Puts the focus on the pane that shows the file's structure.
pub(super) fn focus_structure() {
    if let Some(pane) = pane(STRUCTURE) {
        let _ = pane.focus();
    }
}

/// Moves the focus to the next of the panes, or to the one before.
pub(super) fn focus_next_pane(backward: bool) {
    let mut panes: Vec<HtmlElement> = (0..PANES.len()).filter_map(pane).collect();
    if backward {
        panes.reverse();
    }
    let next = panes.iter().position(holds_focus).map_or(0, |now| (now + 1) % panes.len());
    if let Some(pane) = panes.get(next) {
        let _ = pane.focus();
    }
}

/// What had the focus may leave the page when it is drawn anew, such as a link in the details: the focus then goes to the pane
/// that it was in, so that keys go on to work.
#[hook]
pub(super) fn use_kept_focus(is_kept: bool) {
    // The pane that had the focus last.
    let last = use_mut_ref(|| STRUCTURE);
    let focused = {
        let last = last.clone();
        use_callback((), move |_: FocusEvent, ()| {
            if let Some(now) = (0..PANES.len()).find(|at| pane(*at).as_ref().is_some_and(holds_focus)) {
                last.replace(now);
            }
        })
    };
    use_window_event("focusin", focused);
    use_after_render(move || {
        if is_kept {
            // Once the panes are drawn, too.
            let give_back = move || {
                let last = *last.borrow();
                give_back(last);
            };
            Timeout::new(0, give_back).forget();
        }
    });
}

fn give_back(last: usize) {
    let document = gloo::utils::document();
    let is_lost = document.active_element().is_none_or(|active| active.tag_name() == "BODY");
    // The focus of a page around this one is not taken.
    if is_lost && document.has_focus().unwrap_or(false) {
        match pane(last) {
            Some(pane) => drop(pane.focus()),
            None => focus_structure(),
        }
    }
}

/// Whether an event happens where one types.
pub(super) fn is_typing(event: &web_sys::Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}
