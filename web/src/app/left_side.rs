//! The left side: one view of the file's structure, and tabs for the others.

use super::{App, AppMsg, LeftView};
use crate::Shown;
use crate::hits::{HitRows, draw_found};
use crate::list_pane::{ListPane, ListPaneProps, Rows};
use crate::listing::ListingRows;
use crate::outline::OutlineRows;
use crate::problems::draw_problems;
use crate::status::draw_crumbs;
use crate::tag::{Tag, button, list, tag};
use crate::tree::TreeRows;
use wasm_bindgen::JsCast;
use yew::prelude::*;
use yew::virtual_dom::VComp;

impl App {
    pub(super) fn draw_left_side(&self, ctx: &Context<Self>, shown: &Shown) -> Tag {
        let body = tag("div")
            .class("left-body")
            .set("id", "left-body")
            .role("tabpanel")
            .set("aria-label", title(self.left))
            .child(self.draw_left(shown));
        tag("section").class("left").set("aria-label", "Structure").child(self.draw_views(ctx, shown)).child(body)
    }

    /// The tabs over the left pane, and what its view offers.
    fn draw_views(&self, ctx: &Context<Self>, shown: &Shown) -> Tag {
        let link = ctx.link();
        let views = views(shown);
        let keys = {
            let order: Vec<LeftView> = views.iter().map(|(view, _)| *view).collect();
            let now = order.iter().position(|view| *view == self.left).unwrap_or(0);
            link.batch_callback(move |event: KeyboardEvent| {
                let to = match event.key().as_str() {
                    "ArrowRight" => (now + 1) % order.len(),
                    "ArrowLeft" => (now + order.len() - 1) % order.len(),
                    _ => return None,
                };
                event.prevent_default();
                let tabs = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
                let tab =
                    tabs.and_then(|tabs| tabs.children().item(to as u32)?.dyn_into::<web_sys::HtmlElement>().ok());
                if let Some(tab) = tab {
                    let _ = tab.focus();
                }
                Some(AppMsg::Show(order[to]))
            })
        };
        let draw_tab = |(view, label): (LeftView, String)| {
            let chosen = view == self.left;
            button("view")
                .role("tab")
                .set("aria-selected", chosen)
                .set("aria-controls", "left-body")
                .set("tabindex", if chosen { "0" } else { "-1" })
                .on_click(link.callback(move |_| AppMsg::Show(view)))
                .text(label)
        };
        let tabs = tag("div")
            .class("view-tabs")
            .role("tablist")
            .set("aria-label", "Views of the structure")
            .on_key(keys)
            .children(views.into_iter().map(draw_tab));
        tag("div").class("views").child(tabs).child(tag("div").class("end").child(self.draw_view_actions(shown)))
    }

    fn draw_view_actions(&self, shown: &Shown) -> Html {
        let act = &self.calls.act;
        let quiet = |title: &'static str| button("btn quiet small").set("title", title);
        match self.left {
            LeftView::Tree => {
                let expand = act.on_click(|document| {
                    if let Some(item) = document.selected_item() {
                        document.tree_expand_all(item);
                    }
                });
                let collapse = act.on_click(|document| {
                    if let Some(item) = document.selected_item() {
                        document.tree_collapse_siblings(item);
                    }
                });
                list([
                    quiet("Open everything below what is chosen (*)").on_click(expand).text("Expand"),
                    quiet("Close what is chosen and its siblings (-)").on_click(collapse).text("Collapse"),
                ])
            }
            LeftView::Listing => {
                let (crumbs, caches) =
                    shown.read(|document| (document.listing_crumbs(), document.listing_shows_caches()));
                list([
                    draw_crumbs(&crumbs, act).set("aria-label", "Code objects around this one"),
                    quiet("Show the inline caches of all instructions")
                        .set("aria-pressed", caches)
                        .on_click(act.on_click(move |document| document.listing_show_caches(!caches)))
                        .text("Caches"),
                ])
            }
            _ => Html::default(),
        }
    }

    fn draw_left(&self, shown: &Shown) -> Html {
        let act = &self.calls.act;
        let rows: &'static dyn Rows = match self.left {
            LeftView::Tree => &TreeRows,
            LeftView::Listing => &ListingRows,
            LeftView::Outline => &OutlineRows,
            LeftView::Found => &HitRows,
            LeftView::Problems => return draw_problems(shown, act),
        };
        let enter = (self.left == LeftView::Outline).then(|| self.calls.enter.clone());
        let props = ListPaneProps { rows, shown: shown.clone(), act: act.clone(), enter };
        let list = VComp::new::<ListPane>(props.into(), Some(rows.face().id.into())).into();
        if self.left == LeftView::Found { draw_found(shown, list) } else { list }
    }
}

/// The views of the left pane that this document has, and what their tabs say.
fn views(shown: &Shown) -> Vec<(LeftView, String)> {
    let (codes, wrong, listed, found) = shown.read(|document| {
        let found = document.search_state().map(|state| state.total);
        let listed = document.problems().len() + document.findings().len();
        (document.outline_len(), document.trouble_count(), listed, found)
    });
    let mut views = vec![(LeftView::Tree, "Tree".to_owned())];
    if codes > 0 {
        views.extend([(LeftView::Listing, "Listing".to_owned()), (LeftView::Outline, "Outline".to_owned())]);
    }
    if listed > 0 {
        // The same number as in the summary, which notes and findings are not counted in.
        let title = if wrong > 0 { format!("Problems {wrong}") } else { format!("Findings {listed}") };
        views.push((LeftView::Problems, title));
    }
    if let Some(found) = found {
        views.push((LeftView::Found, format!("Found {found}")));
    }
    views
}

fn title(view: LeftView) -> &'static str {
    match view {
        LeftView::Tree => "Tree",
        LeftView::Listing => "Listing",
        LeftView::Outline => "Outline",
        LeftView::Problems => "Problems",
        LeftView::Found => "Found",
    }
}
