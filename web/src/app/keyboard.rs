//! Keys that mean the same everywhere on the page.

use super::{App, AppMsg, Dialog};
use crate::details::Take;
use pycxray_view::{CopyAs, Document};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

/// The panes that F6 goes through, in order.
const PANES: [&str; 5] = [
    "[role=tablist] [aria-selected=true]",
    ".ribbon",
    ".left-body > [tabindex='0'], .left-body .list",
    "#hex",
    "#details",
];

/// Which of them shows the file's structure.
pub(super) const LEFT: usize = 2;

impl App {
    /// Does what a key says. Answers whether it was one that means the same everywhere.
    pub(super) fn key(&self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        let (control, alt) = (event.ctrl_key() || event.meta_key(), event.alt_key());
        let plain = !control && !alt && !is_typing(event) && self.dialog.is_none();
        let open = !self.session.borrow().is_empty();
        let link = ctx.link();
        match event.key().as_str() {
            "o" if control => link.send_message(AppMsg::ChooseFiles),
            "ArrowLeft" if alt && open => link.send_message(step(false)),
            "ArrowRight" if alt && open => link.send_message(step(true)),
            "," if alt => link.send_message(AppMsg::Cycle(-1)),
            "." if alt => link.send_message(AppMsg::Cycle(1)),
            "w" if alt => match self.session.borrow().active_id() {
                Some(id) => link.send_message(AppMsg::Close(id)),
                None => return false,
            },
            "c" if control && !is_typing(event) && open => return self.copy(ctx),
            "F6" => focus_next_pane(event.shift_key()),
            "/" if plain && open => focus_search(),
            "g" if plain && open => link.send_message(AppMsg::Dialog(Some(Dialog::GoTo(None)))),
            "?" if plain => link.send_message(AppMsg::Dialog(Some(Dialog::Keys))),
            _ => return false,
        }
        true
    }

    /// Ctrl+C copies what is chosen in the pane that has the focus, unless text is marked.
    fn copy(&self, ctx: &Context<Self>) -> bool {
        let Some(window) = web_sys::window() else { return false };
        let marked = window.get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed());
        let pane = window.document().and_then(|document| document.active_element()).map(|element| element.id());
        let what = match pane.as_deref() {
            _ if marked => return false,
            Some("hex") => Take::Bytes(CopyAs::Hex),
            Some("tree" | "listing") => Take::Value,
            _ => return false,
        };
        self.take(ctx, what);
        true
    }
}

fn step(forward: bool) -> AppMsg {
    AppMsg::Deed(Box::new(move |document: &mut Document| {
        if forward {
            document.forward()
        } else {
            document.back()
        };
    }))
}

fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

fn element(selector: &str) -> Option<HtmlElement> {
    web_sys::window()?.document()?.query_selector(selector).ok()??.dyn_into().ok()
}

fn focus_search() {
    if let Some(input) = element("#search") {
        let _ = input.focus();
        if let Some(input) = input.dyn_ref::<HtmlInputElement>() {
            input.select();
        }
    }
}

/// Moves the focus to the next of the page's panes, or to the one before.
fn focus_next_pane(backward: bool) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let mut panes: Vec<HtmlElement> = PANES.iter().filter_map(|pane| element(pane)).collect();
    if backward {
        panes.reverse();
    }
    let active = document.active_element();
    let holds = |pane: &HtmlElement| active.as_ref().is_some_and(|active| pane.contains(Some(active)));
    let next = panes.iter().position(holds).map_or(0, |now| (now + 1) % panes.len());
    if let Some(pane) = panes.get(next) {
        let _ = pane.focus();
    }
}

/// Which pane has the focus; `None` outside of them, as in a dialog.
pub(super) fn focused_pane() -> Option<usize> {
    let active = web_sys::window()?.document()?.active_element()?;
    PANES.iter().position(|pane| element(pane).is_some_and(|pane| pane.contains(Some(&active))))
}

/// What had the focus may have left the page when it was drawn anew, such as a link in the details: the focus then goes to
/// the pane that it was in, so that keys go on to work. Once the panes are drawn too.
pub(super) fn keep_focus(last_pane: usize) {
    let keep = move || {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        let lost = document.active_element().is_none_or(|active| active.tag_name() == "BODY");
        // The focus of a page around this one is not taken.
        if lost && document.has_focus().unwrap_or(false) {
            match PANES.get(last_pane).and_then(|pane| element(pane)) {
                Some(pane) => drop(pane.focus()),
                None => focus_left(),
            }
        }
    };
    gloo::timers::callback::Timeout::new(0, keep).forget();
}

/// Puts the focus on the pane that shows the file's structure.
pub(super) fn focus_left() {
    if let Some(pane) = element(PANES[LEFT]) {
        let _ = pane.focus();
    }
}
