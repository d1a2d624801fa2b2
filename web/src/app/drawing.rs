//! The page as elements.

use super::calls::exports;
use super::{App, AppMsg, Dialog, LeftView, listening};
use crate::details::draw_details;
use crate::go_to::draw_go_to_dialog;
use crate::hex::HexPane;
use crate::hits::{HitRows, draw_found};
use crate::keys::draw_keys_dialog;
use crate::list_pane::{ListPane, Rows};
use crate::listing::ListingRows;
use crate::menu::{Choice, Menu};
use crate::open::Arrival;
use crate::outline::OutlineRows;
use crate::problems::draw_problems;
use crate::ribbon::RibbonPane;
use crate::search_box::draw_search_box;
use crate::slices::now;
use crate::splitter::{Direction, Splitter};
use crate::start_page::draw_start_page;
use crate::status::draw_status;
use crate::summary::draw_summary;
use crate::tab_bar::TabBar;
use crate::theme::Theme;
use crate::tree::TreeRows;
use crate::{Act, Shown, icon};
use pycxray_view::{DocumentId, Severity, displayable};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

impl App {
    pub(super) fn draw(&self, ctx: &Context<Self>) -> Html {
        let active = self.session.borrow().active_id();
        html! {
            <div class={classes!("page", self.embedding.is_some().then_some("embedded"))}>
                { self.draw_bar(ctx) }
                {
                    match active {
                        Some(id) => self.draw_document(ctx, id),
                        None => self.draw_start(ctx),
                    }
                }
                { self.draw_waiting(ctx) }
                { self.draw_notice(ctx) }
                if self.dropping {
                    <div class="dropping" role="status">{ "Drop to open. Nothing is uploaded." }</div>
                }
                { self.draw_dialog(ctx) }
            </div>
        }
    }

    fn draw_bar(&self, ctx: &Context<Self>) -> Html {
        if self.embedding.is_some() {
            // The page around this one has a bar of its own.
            return html! { <header class="unseen"><h1>{ "pycxray" }</h1>{ self.draw_chooser(ctx) }</header> };
        }
        let link = ctx.link();
        let (tabs, state) = {
            let session = self.session.borrow();
            (session.tabs(), session.active().and_then(|document| document.search_state()))
        };
        let open = !tabs.is_empty();
        let theme_choices = Theme::ALL.map(|theme| Choice::radio(theme.label(), theme == self.theme)).to_vec();
        html! {
            <header class="bar">
                <h1 class="logo">{ "pyc" }<b>{ "xray" }</b></h1>
                if open {
                    <TabBar {tabs} choose={&self.calls.choose} close={&self.calls.close} cycle={&self.calls.cycle} />
                }
                <div class="actions">
                    if open {
                        { draw_search_box(
                            state.as_ref(),
                            &link.callback(AppMsg::Search),
                            link.callback(AppMsg::Step),
                            link.callback(|()| {
                                super::keyboard::focus_left();
                                AppMsg::LeaveSearch
                            }),
                        ) }
                        { self.draw_export() }
                    }
                    <button type="button" class="btn icon" title="Keys (?)" aria-label="Keys" onclick={link.callback(|_| AppMsg::Dialog(Some(Dialog::Keys)))}>{ icon::help() }</button>
                    <Menu id="theme" class="btn icon" title="Colours" face={icon::theme()} choices={theme_choices} picked={&self.calls.theme} />
                    <button type="button" class="btn primary" title="Open files (Ctrl+O)" onclick={link.callback(|_| AppMsg::ChooseFiles)}>{ "Open" }</button>
                    { self.draw_chooser(ctx) }
                </div>
            </header>
        }
    }

    fn draw_chooser(&self, ctx: &Context<Self>) -> Html {
        let chosen = ctx.link().batch_callback(|event: Event| {
            let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
            let files = listening::files(&input.files()?);
            // Otherwise choosing the same file again would be no change.
            input.set_value("");
            (!files.is_empty()).then_some(AppMsg::Files(files))
        });
        html! {
            <input ref={&self.chooser} id="chooser" type="file" multiple=true hidden=true aria-label="Files to open"  onchange={chosen} />
        }
    }

    fn draw_export(&self) -> Html {
        let choices = exports()
            .map(|(kind, copy)| Choice::plain(kind.title()).with_hint(if copy { "copy" } else { "save" }))
            .collect::<Vec<_>>();
        let picked = &self.calls.export;
        html! { <Menu id="export" class="btn" title="Export" face={html! { { "Export" } }} {choices} {picked} /> }
    }

    fn draw_start(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        html! {
            <>
                <div />
                { draw_start_page(link.callback(|_| AppMsg::ChooseFiles), &link.callback(AppMsg::Open)) }
                <footer class="status"><span class="end">{ "Nothing leaves this page" }</span></footer>
            </>
        }
    }

    fn draw_document(&self, ctx: &Context<Self>, id: DocumentId) -> Html {
        let link = ctx.link();
        let shown = Shown::new(self.session.clone(), id, self.revision);
        let act = &self.calls.act;
        html! {
            <>
                <section class="head" aria-label="The file as a whole">
                    { draw_summary(&shown, link.callback(|_| AppMsg::Show(LeftView::Problems)), &self.calls.read_as) }
                    <RibbonPane shown={&shown} {act} sight={&self.calls.sight} />
                    { self.draw_banner(ctx, &shown) }
                </section>
                <main class="panes">
                    <section class="left" aria-label="Structure">
                        { self.draw_views(ctx, &shown, act) }
                        <div class="left-body" id="left-body" role="tabpanel" aria-label={title(self.left)}>{ self.draw_left(&shown, act) }</div>
                    </section>
                    <Splitter direction={Direction::Upright} property="--split" name="split" label="Width of the left pane" />
                    <section class="right" aria-label="Bytes and details">
                        <div class="views">
                            <h2>{ "Hex" }</h2>
                            <div class="end">
                                <button type="button" class="btn quiet small" onclick={link.callback(|_| AppMsg::Dialog(Some(Dialog::GoTo(None))))}>{ "Go to " }<kbd>{ "g" }</kbd></button>
                            </div>
                        </div>
                        <HexPane shown={&shown} {act} sight={&self.calls.sight} />
                        <Splitter direction={Direction::Level} property="--details" name="details" label="Height of the details" />
                        { draw_details(&shown, act, &self.calls.take) }
                    </section>
                </main>
                { draw_status(&shown, act) }
            </>
        }
    }

    /// The tabs over the left pane, and what its view offers.
    fn draw_views(&self, ctx: &Context<Self>, shown: &Shown, act: &Act) -> Html {
        let link = ctx.link();
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
        html! {
            <div class="views">
                <div class="view-tabs" role="tablist" aria-label="Views of the structure" onkeydown={keys}>
                    { for views.into_iter().map(|(view, label)| {
                        let chosen = view == self.left;
                        html! {
                            <button type="button" class="view" role="tab" aria-selected={chosen.to_string()} aria-controls="left-body" tabindex={if chosen { "0" } else { "-1" }} onclick={link.callback(move |_| AppMsg::Show(view))}>{ label }</button>
                        }
                    }) }
                </div>
                <div class="end">{ self.draw_view_actions(shown, act) }</div>
            </div>
        }
    }

    fn draw_view_actions(&self, shown: &Shown, act: &Act) -> Html {
        let button = |title: &'static str, label: &'static str, deed: fn(&mut pycxray_view::Document)| {
            let act = act.clone();
            let onclick = Callback::from(move |_: MouseEvent| act.run(deed));
            html! { <button type="button" class="btn quiet small" {title} {onclick}>{ label }</button> }
        };
        match self.left {
            LeftView::Tree => html! {
                <>
                    { button("Open everything below what is chosen (*)", "Expand", |document| {
                        if let Some(item) = document.selected_item() { document.tree_expand_all(item); }
                    }) }
                    { button("Close what is chosen and its siblings (-)", "Collapse", |document| {
                        if let Some(item) = document.selected_item() { document.tree_collapse_siblings(item); }
                    }) }
                </>
            },
            LeftView::Listing => {
                let (crumbs, caches) =
                    shown.read(|document| (document.listing_crumbs(), document.listing_shows_caches()));
                let toggle = {
                    let act = act.clone();
                    Callback::from(move |_: MouseEvent| act.run(move |document| document.listing_show_caches(!caches)))
                };
                html! {
                    <>
                        <ol class="crumbs" aria-label="Code objects around this one">
                            { for crumbs.into_iter().map(|crumb| {
                                let (act, item) = (act.clone(), crumb.item);
                                let onclick = Callback::from(move |_: MouseEvent| act.run(move |document| document.select(item)));
                                html! { <li><button type="button" {onclick}>{ crumb.label }</button></li> }
                            }) }
                        </ol>
                        <button type="button" class="btn quiet small" aria-pressed={caches.to_string()} title="Show the inline caches of all instructions" onclick={toggle}>{ "Caches" }</button>
                    </>
                }
            }
            _ => html! {},
        }
    }

    fn draw_left(&self, shown: &Shown, act: &Act) -> Html {
        let rows: &'static dyn Rows = match self.left {
            LeftView::Tree => &TreeRows,
            LeftView::Listing => &ListingRows,
            LeftView::Outline => &OutlineRows,
            LeftView::Found => &HitRows,
            LeftView::Problems => return draw_problems(shown, act),
        };
        let enter = (self.left == LeftView::Outline).then(|| self.calls.enter.clone());
        let key = rows.face().id;
        let list = html! { <ListPane {key} {rows} {shown} {act} {enter} /> };
        if self.left == LeftView::Found { draw_found(shown, list) } else { list }
    }

    /// A sentence over the panes where the file is damaged or none at all.
    fn draw_banner(&self, ctx: &Context<Self>, shown: &Shown) -> Html {
        let worst = shown.read(|document| {
            let problems = document.problems();
            let worst = problems.iter().find(|problem| problem.severity == Severity::Error)?;
            Some((worst.message.clone(), problems.len()))
        });
        let Some((message, count)) = worst else { return html! {} };
        let show = ctx.link().callback(|_| AppMsg::Show(LeftView::Problems));
        html! {
            <div class="banner" role="status">
                <p>{ message }</p>
                if count > 1 {
                    <button type="button" class="btn small" onclick={show}>{ "Show all" }</button>
                }
            </div>
        }
    }

    /// What takes long, with a way to give it up.
    fn draw_waiting(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let now = now();
        let slow: Vec<&Arrival> = self.arrivals.iter().filter(|arrival| arrival.is_slow(now)).collect();
        let writing = self.writing.as_ref().filter(|writing| writing.is_slow());
        if slow.is_empty() && writing.is_none() {
            return html! {};
        }
        let line = |key: String, words: String, progress: f64, cancel: Callback<MouseEvent>| {
            let value = format!("{progress:.3}");
            html! {
                <div class="arrival" {key}>
                    <span>{ &words }</span>
                    <button type="button" class="btn small" onclick={cancel}>{ "Cancel" }</button>
                    <progress {value} aria-label={words} />
                </div>
            }
        };
        html! {
            <div class="arrivals" role="region" aria-label="Under way">
                { for slow.into_iter().map(|arrival| {
                    let (id, progress) = (arrival.id, arrival.progress());
                    let doing = if arrival.is_decoding() { "Decoding" } else { "Reading" };
                    let cancel = link.callback(move |_| AppMsg::Cancel(id));
                    line(id.to_string(), format!("{doing} {}", displayable(&arrival.name)), progress, cancel)
                }) }
                if let Some(writing) = writing {
                    { line("export".to_owned(), "Writing the export".to_owned(), writing.progress(), link.callback(|_| AppMsg::CancelExport)) }
                }
            </div>
        }
    }

    /// What just happened, seen and heard; while something is searched, how far that is.
    fn draw_notice(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let search = self.session.borrow().active().and_then(|document| document.search_state());
        let spoken = match (&self.notice, search) {
            (Some(notice), _) => notice.text.clone(),
            (None, Some(state)) if state.complete => state.message,
            (None, Some(_)) => String::new(),
            (None, None) => self.spoken.clone(),
        };
        let reload = Callback::from(|_: MouseEvent| {
            if let Some(window) = web_sys::window() {
                let _ = window.location().reload();
            }
        });
        html! {
            <>
                if let Some(notice) = &self.notice {
                    <div class="notice" role="region" aria-label="What just happened">
                        { &notice.text }
                        if notice.reload { <button type="button" class="btn small primary" onclick={reload}>{ "Reload" }</button> }
                        <button type="button" class="btn small" onclick={link.callback(|_| AppMsg::Hush)}>{ "Dismiss" }</button>
                    </div>
                }
                <div class="unseen" role="status" aria-live="polite">{ spoken }</div>
            </>
        }
    }

    fn draw_dialog(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let (close, closed) = (link.callback(|_| AppMsg::Dialog(None)), link.callback(|_| AppMsg::Dialog(None)));
        match &self.dialog {
            None => html! {},
            Some(Dialog::Keys) => draw_keys_dialog(close, closed),
            Some(Dialog::GoTo(error)) => draw_go_to_dialog(error.as_ref(), link.callback(AppMsg::Go), close, closed),
        }
    }
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
