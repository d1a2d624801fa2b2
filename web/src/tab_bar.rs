//! The tabs of the opened files.

use crate::app::{App, AppMsg};
use crate::icon;
use crate::tag::{Tag, button, tag};
use pycxray_view::{DocumentId, Tab};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::html::Scope;
use yew::prelude::*;

/// The tabs of the opened files.
#[derive(Default)]
pub(crate) struct TabBar {
    root: NodeRef,
    /// The tab that was scrolled to last.
    reached: Option<DocumentId>,
}

impl TabBar {
    /// The tabs, from left to right.
    pub(crate) fn draw(&self, tabs: &[Tab], link: &Scope<App>) -> Tag {
        tag("div")
            .class("tabs")
            .found_by(&self.root)
            .role("tablist")
            .set("aria-label", "Open files")
            .on_key(keys(&self.root, tabs, link))
            .children(tabs.iter().map(|tab| draw_tab(tab, link)))
    }

    /// Brings the tab of the file on screen in sight, when it is another one than before and the tabs are drawn.
    pub(crate) fn follow(&mut self, active: Option<DocumentId>) {
        if let Some(chosen) = chosen(&self.root).filter(|_| self.reached != active) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            options.set_inline(ScrollLogicalPosition::Nearest);
            chosen.scroll_into_view_with_scroll_into_view_options(&options);
        }
        self.reached = active;
    }
}

/// The tab of the file on screen.
fn chosen(root: &NodeRef) -> Option<HtmlElement> {
    root.cast::<Element>()?.query_selector("[aria-selected=true]").ok()??.dyn_into().ok()
}

/// What the keys do on the tabs.
fn keys(root: &NodeRef, tabs: &[Tab], link: &Scope<App>) -> Callback<KeyboardEvent> {
    let active = tabs.iter().find(|tab| tab.active).map(|tab| tab.id);
    let (root, link) = (root.clone(), link.clone());
    Callback::from(move |event: KeyboardEvent| {
        let steps = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => -1,
            "Delete" => {
                if let Some(active) = active {
                    link.send_message(AppMsg::Close(active));
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        link.send_message(AppMsg::Cycle(steps));
        // The focus moves along once the new tab is drawn.
        let root = root.clone();
        gloo::timers::callback::Timeout::new(0, move || {
            if let Some(chosen) = chosen(&root) {
                let _ = chosen.focus();
            }
        })
        .forget();
    })
}

fn draw_tab(tab: &Tab, link: &Scope<App>) -> Tag {
    let id = tab.id;
    let middle = link.batch_callback(move |event: MouseEvent| {
        let is_middle = event.button() == 1;
        if is_middle {
            event.prevent_default();
        }
        is_middle.then_some(AppMsg::Close(id))
    });
    let name = button("")
        .role("tab")
        .set("aria-keyshortcuts", "Delete")
        .set("aria-selected", tab.active)
        .set("tabindex", if tab.active { "0" } else { "-1" })
        .set("title", &tab.name)
        .on_click(link.callback(move |_| AppMsg::Choose(id)))
        .text(&tab.name);
    let close = button("close")
        .set("tabindex", "-1")
        .set("aria-hidden", "true")
        .set("title", "Close (Alt+W)")
        .on_click(link.callback(move |_| AppMsg::Close(id)))
        .child(icon::close());
    tag("div")
        .key(format!("{id:?}"))
        .class("tab")
        .class_if(tab.active, "on")
        .role("presentation")
        .on_other_click(middle)
        .child(name)
        .child(close)
}
