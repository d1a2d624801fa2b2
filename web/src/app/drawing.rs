//! The page as elements.

use super::calls::exports;
use super::{App, AppMsg, Dialog, LeftView, listening};
use crate::details::draw_details;
use crate::go_to::draw_go_to_dialog;
use crate::hex::{HexPane, HexProps};
use crate::keys::draw_keys_dialog;
use crate::menu::{Choice, Menu, MenuProps};
use crate::open::Arrival;
use crate::ribbon::{RibbonPane, RibbonProps};
use crate::search_box::draw_search_box;
use crate::slices::now;
use crate::splitter::{Direction, Splitter, SplitterProps};
use crate::start_page::draw_start_page;
use crate::status::{draw_promise, draw_status};
use crate::summary::draw_summary;
use crate::tag::{Tag, button, component, list, tag, text};
use crate::tell::Tell;
use crate::theme::Theme;
use crate::{Shown, icon};
use pycxray_view::{DocumentId, Severity, displayable};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew::virtual_dom::VComp;

impl App {
    pub(super) fn draw(&self, ctx: &Context<Self>) -> Html {
        let active = self.session.borrow().active_id();
        let dropping = || tag("div").class("dropping").role("status").text("Drop to open. Nothing is uploaded.");
        tag("div")
            .class("page")
            .class_if(self.embedding.is_some(), "embedded")
            .child(self.draw_bar(ctx))
            .child(match active {
                Some(id) => self.draw_document(ctx, id),
                None => self.draw_start(ctx),
            })
            .maybe(self.draw_waiting(ctx))
            .child(self.draw_notice(ctx))
            .maybe(self.dropping.then(dropping))
            .maybe(self.draw_dialog(ctx))
            .into()
    }

    fn draw_bar(&self, ctx: &Context<Self>) -> Tag {
        if self.embedding.is_some() {
            // The page around this one has a bar of its own.
            return tag("header").class("unseen").child(tag("h1").text("pycxray")).child(self.draw_chooser(ctx));
        }
        let tabs = self.session.borrow().tabs();
        let open = !tabs.is_empty();
        tag("header")
            .class("bar")
            .child(tag("h1").class("logo").text("pyc").child(tag("b").text("xray")))
            .maybe(open.then(|| self.tab_bar.draw(&tabs, ctx.link())))
            .child(self.draw_actions(ctx, open))
    }

    /// What stands at the right end of the bar; `open` says whether there is a file.
    fn draw_actions(&self, ctx: &Context<Self>, open: bool) -> Tag {
        let link = ctx.link();
        let keys = button("btn icon")
            .set("title", "Keys (?)")
            .set("aria-label", "Keys")
            .on_click(link.tell(|_| AppMsg::Dialog(Some(Dialog::Keys))))
            .child(icon::help());
        let choose = button("btn primary")
            .set("title", "Open files (Ctrl+O)")
            .on_click(link.tell(|_| AppMsg::ChooseFiles))
            .text("Open");
        tag("div")
            .class("actions")
            .maybe(open.then(|| self.draw_search(ctx)))
            .maybe(open.then(|| self.draw_export()))
            .child(keys)
            .child(self.draw_themes())
            .child(choose)
            .child(self.draw_chooser(ctx))
    }

    fn draw_search(&self, ctx: &Context<Self>) -> Tag {
        let link = ctx.link();
        let state = self.session.borrow().active().and_then(|document| document.search_state());
        let leave = |()| {
            super::keyboard::focus_left();
            AppMsg::LeaveSearch
        };
        let search = link.tell(AppMsg::Search);
        draw_search_box(state.as_ref(), &search, link.tell(AppMsg::Step), link.tell(leave))
    }

    fn draw_chooser(&self, ctx: &Context<Self>) -> Tag {
        let chosen = ctx.link().batch_callback(|event: Event| {
            let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
            let files = listening::files(&input.files()?);
            // Otherwise choosing the same file again would be no change.
            input.set_value("");
            (!files.is_empty()).then_some(AppMsg::Files(files))
        });
        tag("input")
            .found_by(&self.chooser)
            .set("id", "chooser")
            .set("type", "file")
            .flag("multiple", true)
            .flag("hidden", true)
            .set("aria-label", "Files to open")
            .on_change(chosen)
    }

    fn draw_themes(&self) -> VComp {
        component::<Menu>(MenuProps {
            id: "theme",
            class: "btn icon",
            title: "Colours",
            label: None,
            face: |_| icon::theme().into(),
            says: String::new(),
            choices: Theme::ALL.map(|theme| Choice::radio(theme.label(), theme == self.theme)).to_vec(),
            picked: self.calls.theme.clone(),
        })
    }

    fn draw_export(&self) -> VComp {
        let hint = |copy| if copy { "copy" } else { "save" };
        component::<Menu>(MenuProps {
            id: "export",
            class: "btn",
            title: "Export",
            label: None,
            face: |_| text("Export"),
            says: String::new(),
            choices: exports().map(|(kind, copy)| Choice::plain(kind.title()).with_hint(hint(copy))).collect(),
            picked: self.calls.export.clone(),
        })
    }

    fn draw_start(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let start = draw_start_page(link.tell(|_| AppMsg::ChooseFiles), &link.tell(AppMsg::Open));
        list([tag("div"), start, tag("footer").class("status").child(draw_promise())])
    }

    fn draw_document(&self, ctx: &Context<Self>, id: DocumentId) -> Html {
        let shown = Shown::new(self.session.clone(), id, self.revision);
        let panes = tag("main")
            .class("panes")
            .child(self.draw_left_side(ctx, &shown))
            .child(draw_splitter(Direction::Upright, "--split", "split", "Width of the left pane"))
            .child(self.draw_right_side(ctx, &shown));
        list([self.draw_head(ctx, &shown), panes, draw_status(&shown, &self.calls.act)])
    }

    fn draw_head(&self, ctx: &Context<Self>, shown: &Shown) -> Tag {
        let (act, sight) = (self.calls.act.clone(), self.calls.sight.clone());
        let problems = ctx.link().tell(|_| AppMsg::Show(LeftView::Problems));
        tag("section")
            .class("head")
            .set("aria-label", "The file as a whole")
            .child(draw_summary(shown, problems, &self.calls.read_as))
            .child(component::<RibbonPane>(RibbonProps { shown: shown.clone(), act, sight }))
            .maybe(self.draw_banner(ctx, shown))
    }

    fn draw_right_side(&self, ctx: &Context<Self>, shown: &Shown) -> Tag {
        let (act, sight) = (self.calls.act.clone(), self.calls.sight.clone());
        let go_to = button("btn quiet small")
            .on_click(ctx.link().tell(|_| AppMsg::Dialog(Some(Dialog::GoTo(None)))))
            .text("Go to ")
            .child(tag("kbd").text("g"));
        let details = draw_details(shown, &act, &self.calls.take);
        tag("section")
            .class("right")
            .set("aria-label", "Bytes and details")
            .child(tag("div").class("views").child(tag("h2").text("Hex")).child(tag("div").class("end").child(go_to)))
            .child(component::<HexPane>(HexProps { shown: shown.clone(), act, sight }))
            .child(draw_splitter(Direction::Level, "--details", "details", "Height of the details"))
            .child(details)
    }

    /// A sentence over the panes where the file is damaged or none at all.
    fn draw_banner(&self, ctx: &Context<Self>, shown: &Shown) -> Option<Tag> {
        let (message, count) = shown.read(|document| {
            let problems = document.problems();
            let worst = problems.iter().find(|problem| problem.severity == Severity::Error)?;
            Some((worst.message.clone(), problems.len()))
        })?;
        let show = || {
            let show = ctx.link().tell(|_| AppMsg::Show(LeftView::Problems));
            button("btn small").on_click(show).text("Show all")
        };
        let banner = tag("div").class("banner").role("status").child(tag("p").text(message));
        Some(banner.maybe((count > 1).then(show)))
    }

    /// What takes long, with a way to give it up.
    fn draw_waiting(&self, ctx: &Context<Self>) -> Option<Tag> {
        let link = ctx.link();
        let now = now();
        let slow: Vec<&Arrival> = self.arrivals.iter().filter(|arrival| arrival.is_slow(now)).collect();
        let writing = self.writing.as_ref().filter(|writing| writing.is_slow());
        if slow.is_empty() && writing.is_none() {
            return None;
        }
        let arrivals = slow.into_iter().map(|arrival| {
            let id = arrival.id;
            let doing = if arrival.is_decoding() { "Decoding" } else { "Reading" };
            let words = format!("{doing} {}", displayable(&arrival.name));
            let cancel = link.callback(move |_| AppMsg::Cancel(id));
            draw_progress(id.to_string(), words, arrival.progress(), cancel)
        });
        let writing = writing.map(|writing| {
            let cancel = link.tell(|_| AppMsg::CancelExport);
            draw_progress("export".to_owned(), "Writing the export".to_owned(), writing.progress(), cancel)
        });
        let region = tag("div").class("arrivals").role("region").set("aria-label", "Under way");
        Some(region.children(arrivals.chain(writing)))
    }

    /// What just happened, seen and heard; while something is searched, how far that is.
    fn draw_notice(&self, ctx: &Context<Self>) -> Html {
        let search = self.session.borrow().active().and_then(|document| document.search_state());
        let spoken = match (&self.notice, search) {
            (Some(notice), _) => notice.text.clone(),
            (None, Some(state)) if state.complete => state.message,
            (None, Some(_)) => String::new(),
            (None, None) => self.spoken.clone(),
        };
        let seen = self.notice.as_ref().map(|notice| {
            let hush = ctx.link().tell(|_| AppMsg::Hush);
            tag("div")
                .class("notice")
                .role("region")
                .set("aria-label", "What just happened")
                .text(&notice.text)
                .maybe(notice.reload.then(draw_reload))
                .child(button("btn small").on_click(hush).text("Dismiss"))
        });
        let heard = tag("div").class("unseen").role("status").set("aria-live", "polite").text(spoken);
        list([seen.map_or_else(Html::default, Html::from), heard.into()])
    }

    fn draw_dialog(&self, ctx: &Context<Self>) -> Option<Tag> {
        let link = ctx.link();
        let (close, closed) = (link.tell(|_| AppMsg::Dialog(None)), link.tell(|_| AppMsg::Dialog(None)));
        Some(match self.dialog.as_ref()? {
            Dialog::Keys => draw_keys_dialog(close, closed),
            Dialog::GoTo(error) => draw_go_to_dialog(error.as_ref(), link.tell(AppMsg::Go), close, closed),
        })
    }
}

fn draw_splitter(direction: Direction, property: &'static str, name: &'static str, label: &'static str) -> VComp {
    component::<Splitter>(SplitterProps { direction, property, name, label })
}

/// Something under way, how far it has come, and a way to give it up.
fn draw_progress(key: String, words: String, progress: f64, cancel: Callback<MouseEvent>) -> Tag {
    tag("div")
        .key(key)
        .class("arrival")
        .child(tag("span").text(&words))
        .child(button("btn small").on_click(cancel).text("Cancel"))
        .child(
            tag("progress").set("value", ((progress * 1000.0).round() / 1000.0).to_string()).set("aria-label", words),
        )
}

fn draw_reload() -> Tag {
    let reload = Callback::from(|_: MouseEvent| {
        if let Some(window) = web_sys::window() {
            let _ = window.location().reload();
        }
    });
    button("btn small primary").on_click(reload).text("Reload")
}
