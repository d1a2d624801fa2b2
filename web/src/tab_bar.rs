//! The tabs of the opened files.

use crate::icon;
use crate::tag::{button, tag};
use pycxray_view::{DocumentId, Tab};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

/// What the tab bar needs.
#[derive(Properties, PartialEq)]
pub(crate) struct TabBarProps {
    /// The tabs, from left to right.
    pub(crate) tabs: Vec<Tab>,
    /// Puts a tab on screen.
    pub(crate) choose: Callback<DocumentId>,
    /// Closes a tab.
    pub(crate) close: Callback<DocumentId>,
    /// Goes so many tabs to the right.
    pub(crate) cycle: Callback<isize>,
}

/// The tabs of the opened files.
pub(crate) struct TabBar {
    root: NodeRef,
    /// The tab that was scrolled to last.
    reached: Option<DocumentId>,
}

/// The tab of the file on screen.
fn chosen(root: &NodeRef) -> Option<HtmlElement> {
    root.cast::<Element>()?.query_selector("[aria-selected=true]").ok()??.dyn_into().ok()
}

impl Component for TabBar {
    type Message = ();
    type Properties = TabBarProps;

    fn create(_: &Context<Self>) -> Self {
        Self { root: NodeRef::default(), reached: None }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        draw(ctx.props(), &self.root)
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        let active = active(&ctx.props().tabs);
        if let Some(chosen) = chosen(&self.root).filter(|_| self.reached != active) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            options.set_inline(ScrollLogicalPosition::Nearest);
            chosen.scroll_into_view_with_scroll_into_view_options(&options);
        }
        self.reached = active;
    }
}

fn active(tabs: &[Tab]) -> Option<DocumentId> {
    tabs.iter().find(|tab| tab.active).map(|tab| tab.id)
}

fn draw(props: &TabBarProps, root: &NodeRef) -> Html {
    let active = active(&props.tabs);
    let keys = {
        let cycle = props.cycle.clone();
        let close = props.close.clone();
        let root = root.clone();
        Callback::from(move |event: KeyboardEvent| {
            let steps = match event.key().as_str() {
                "ArrowRight" => 1,
                "ArrowLeft" => -1,
                "Delete" => {
                    if let Some(active) = active {
                        close.emit(active);
                    }
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            cycle.emit(steps);
            // The focus moves along once the new tab is drawn.
            let root = root.clone();
            gloo::timers::callback::Timeout::new(0, move || {
                if let Some(chosen) = chosen(&root) {
                    let _ = chosen.focus();
                }
            })
            .forget();
        })
    };
    let draw_tab = |tab: &Tab| {
        let id = tab.id;
        let choose = props.choose.reform(move |_: MouseEvent| id);
        let close = props.close.reform(move |_: MouseEvent| id);
        let middle = {
            let close = props.close.clone();
            Callback::from(move |event: MouseEvent| {
                if event.button() == 1 {
                    event.prevent_default();
                    close.emit(id);
                }
            })
        };
        let name = button("")
            .role("tab")
            .set("aria-keyshortcuts", "Delete")
            .set("aria-selected", tab.active)
            .set("tabindex", if tab.active { "0" } else { "-1" })
            .set("title", &tab.name)
            .on_click(choose)
            .text(&tab.name);
        let close = button("close")
            .set("tabindex", "-1")
            .set("aria-hidden", "true")
            .set("title", "Close (Alt+W)")
            .on_click(close)
            .child(icon::close());
        tag("div")
            .key(format!("{id:?}"))
            .class("tab")
            .class_if(tab.active, "on")
            .role("presentation")
            .on_other_click(middle)
            .child(name)
            .child(close)
    };
    tag("div")
        .class("tabs")
        .found_by(root)
        .role("tablist")
        .set("aria-label", "Open files")
        .on_key(keys)
        .children(props.tabs.iter().map(draw_tab))
        .into()
}
