//! The page: the opened files, the panes, and what belongs to no pane.

use crate::act::Deed;
use crate::details::{Details, Take};
use crate::hex::HexPane;
use crate::keys::KeysDialog;
use crate::menu::{Choice, Menu};
use crate::open::Arrival;
use crate::ribbon::RibbonPane;
use crate::samples::Sample;
use crate::slices::{Slice, Ticker};
use crate::splitter::{Direction, Splitter};
use crate::start_page::StartPage;
use crate::status::Status;
use crate::summary::SummaryLine;
use crate::tab_bar::TabBar;
use crate::theme::Theme;
use crate::tree::TreePane;
use crate::{Act, Shown, clipboard, icon};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use pycxray_view::{Document, DocumentId, Loading, Session, Severity, Span};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, FileList, HtmlElement, HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

/// How long a sentence about what just happened stays, in milliseconds.
const NOTICE: u32 = 5_000;

/// The page.
pub(crate) struct App {
    session: Rc<RefCell<Session>>,
    /// Grows with each change of a document.
    revision: u64,
    arrivals: Vec<Arrival>,
    next_arrival: u64,
    ticker: Ticker,
    theme: Theme,
    /// The bytes that the hex pane shows.
    in_sight: Span,
    /// Whether files hover over the window.
    dropping: bool,
    keys_shown: bool,
    notice: Option<(String, Timeout)>,
    chooser: NodeRef,
    _listeners: Vec<EventListener>,
}

/// What can happen to the page.
pub(crate) enum AppMsg {
    /// Files were dropped or chosen.
    Files(FileList),
    /// The browser has read a file.
    Read(u64, Result<Vec<u8>, String>),
    /// A sample is wanted.
    Open(&'static Sample),
    /// Time for a slice of work.
    Tick,
    /// The user gave up on a file that takes long.
    Cancel(u64),
    /// Something was done to the document on screen.
    Deed(Deed),
    /// A tab was chosen.
    Choose(DocumentId),
    /// A tab was closed.
    Close(DocumentId),
    /// So many tabs to the right.
    Cycle(isize),
    /// Other colours.
    Theme(Theme),
    /// The hex pane shows these bytes.
    InSight(Span),
    /// Files hover over the window, or do so no more.
    Drag(bool),
    /// Something is to be copied or saved.
    Take(Take),
    /// Something happened that is worth a sentence.
    Say(String),
    /// The sentence has been read.
    Hush,
    /// The browser's file chooser is wanted.
    ChooseFiles,
    /// The list of keys is wanted, or no more.
    Keys(bool),
    /// A key was pressed anywhere.
    Key(KeyboardEvent),
}

impl App {
    fn arrive(&mut self, make: impl FnOnce(u64) -> Result<Arrival, String>) -> Result<(), String> {
        let id = self.next_arrival;
        self.next_arrival += 1;
        self.arrivals.push(make(id)?);
        self.work();
        Ok(())
    }

    /// A slice of the work that waits. Answers whether there is anything new to draw.
    fn work(&mut self) -> bool {
        let slice = Slice::begin();
        let mut drawn_anew = false;
        while let Some(at) = self.arrivals.iter().position(Arrival::is_decoding) {
            if self.arrivals[at].go_on(&slice) {
                if let Some(document) = self.arrivals.remove(at).finish() {
                    self.add(document);
                    drawn_anew = true;
                }
            } else {
                drawn_anew |= self.arrivals[at].is_slow();
            }
            if slice.is_over() {
                break;
            }
        }
        if self.arrivals.iter().any(Arrival::is_decoding) {
            self.ticker.again();
        }
        drawn_anew
    }

    fn add(&mut self, document: Document) {
        self.session.borrow_mut().add(document);
        self.revision += 1;
        self.show_name();
    }

    /// The window's title names the file on screen.
    fn show_name(&self) {
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(&match self.session.borrow().active() {
                Some(active) => format!("{} · pycxray", active.name()),
                None => "pycxray: see inside Python .pyc files".to_owned(),
            });
        }
    }

    fn say(&mut self, ctx: &Context<Self>, text: String) {
        let link = ctx.link().clone();
        let hush = Timeout::new(NOTICE, move || link.send_message(AppMsg::Hush));
        self.notice = Some((text, hush));
    }

    fn take(&mut self, ctx: &Context<Self>, what: Take) {
        let session = self.session.borrow();
        let Some(document) = session.active() else { return };
        let told = ctx.link().callback(AppMsg::Say);
        let item = document.selected_item();
        match what {
            Take::Value => {
                if let Some(item) = item {
                    clipboard::copy(document.value_text(item), "the value".into(), told);
                }
            }
            Take::Path => {
                if let Some(item) = item {
                    clipboard::copy(document.path(item), "the path".into(), told);
                }
            }
            Take::Bytes(form) => {
                let count = document.selected_bytes().len();
                let what = if count == 1 { "1 byte".into() } else { format!("{count} bytes") };
                clipboard::copy(document.copy(form), what, told);
            }
            Take::Save => {
                let span = document.selection().span;
                let name = format!("{}.{:x}-{:x}.bin", document.name(), span.start, span.end);
                clipboard::save(&name, "application/octet-stream", document.selected_bytes());
            }
        }
    }

    /// Keys that mean the same everywhere on the page. Answers whether the key was one of them.
    fn key(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        let (control, alt) = (event.ctrl_key() || event.meta_key(), event.alt_key());
        let typing = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlElement>().ok())
            .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"));
        let link = ctx.link();
        let step = |forward: bool| {
            AppMsg::Deed(Box::new(move |document: &mut Document| {
                if forward {
                    document.forward()
                } else {
                    document.back()
                };
            }))
        };
        match event.key().as_str() {
            "o" if control => link.send_message(AppMsg::ChooseFiles),
            "ArrowLeft" if alt => link.send_message(step(false)),
            "ArrowRight" if alt => link.send_message(step(true)),
            "," if alt => link.send_message(AppMsg::Cycle(-1)),
            "." if alt => link.send_message(AppMsg::Cycle(1)),
            "w" if alt => {
                if let Some(id) = self.session.borrow().active_id() {
                    link.send_message(AppMsg::Close(id));
                }
            }
            "F6" => focus_next_pane(event.shift_key()),
            "?" if !typing && !control && !alt => link.send_message(AppMsg::Keys(true)),
            _ => return false,
        }
        true
    }

    fn view_document(&self, ctx: &Context<Self>, id: DocumentId) -> Html {
        let link = ctx.link();
        let shown = Shown::new(self.session.clone(), id, self.revision);
        let act = Act::new(link.callback(AppMsg::Deed));
        html! {
            <>
                <div class="head">
                    <SummaryLine shown={shown.clone()} problems={Callback::noop()} />
                    <RibbonPane shown={shown.clone()} act={act.clone()} in_sight={self.in_sight} />
                    { self.view_banner(&shown) }
                </div>
                <main class="panes">
                    <section class="left" aria-label="Structure">
                        <div class="views"><h2>{ "Tree" }</h2></div>
                        <TreePane shown={shown.clone()} act={act.clone()} />
                    </section>
                    <Splitter direction={Direction::Upright} property="--split" name="split" label="Width of the tree" />
                    <section class="right" aria-label="Bytes and details">
                        <div class="views"><h2>{ "Hex" }</h2></div>
                        <HexPane shown={shown.clone()} act={act.clone()} in_sight={link.callback(AppMsg::InSight)} />
                        <Splitter direction={Direction::Level} property="--details" name="details" label="Height of the details" />
                        <Details shown={shown.clone()} act={act.clone()} take={link.callback(AppMsg::Take)} />
                    </section>
                </main>
                <Status {shown} {act} />
            </>
        }
    }

    /// A sentence over the panes where the file is damaged or none at all.
    fn view_banner(&self, shown: &Shown) -> Html {
        let problems = shown.read(|document| document.problems());
        let Some(worst) = problems.iter().find(|problem| problem.severity == Severity::Error) else { return html! {} };
        html! { <div class="banner" role="status"><p>{ &worst.message }</p></div> }
    }

    fn view_arrivals(&self, ctx: &Context<Self>) -> Html {
        let slow = self.arrivals.iter().filter(|arrival| arrival.is_slow());
        html! {
            <div class="arrivals" aria-live="polite">
                { for slow.map(|arrival| {
                    let id = arrival.id;
                    let value = arrival.progress().map(|progress| format!("{progress:.3}"));
                    let doing = if value.is_some() { "Decoding" } else { "Reading" };
                    html! {
                        <div class="arrival" key={id}>
                            <span>{ format!("{doing} {}", arrival.name) }</span>
                            <button type="button" class="btn small" onclick={ctx.link().callback(move |_| AppMsg::Cancel(id))}>{ "Cancel" }</button>
                            <progress {value} aria-label={format!("{doing} {}", arrival.name)} />
                        </div>
                    }
                }) }
            </div>
        }
    }
}

/// Moves the focus to the next of the page's panes, or to the one before.
fn focus_next_pane(backward: bool) {
    const PANES: [&str; 5] =
        ["[role=tablist] [aria-selected=true]", ".ribbon", ".left [tabindex='0'].list", "#hex", "#details"];
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let mut panes: Vec<HtmlElement> =
        PANES.iter().filter_map(|pane| document.query_selector(pane).ok()??.dyn_into().ok()).collect();
    if backward {
        panes.reverse();
    }
    let active = document.active_element();
    let now = panes.iter().position(|pane| active.as_ref().is_some_and(|active| pane.contains(Some(active))));
    let next = now.map_or(0, |now| (now + 1) % panes.len().max(1));
    if let Some(pane) = panes.get(next) {
        let _ = pane.focus();
    }
}

impl Component for App {
    type Message = AppMsg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        Self {
            session: Rc::default(),
            revision: 0,
            arrivals: Vec::new(),
            next_arrival: 0,
            ticker: Ticker::new(link.callback(|()| AppMsg::Tick)),
            theme: Theme::remembered(),
            in_sight: Span::default(),
            dropping: false,
            keys_shown: false,
            notice: None,
            chooser: NodeRef::default(),
            _listeners: listeners(link),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: AppMsg) -> bool {
        match msg {
            AppMsg::Files(files) => {
                self.dropping = false;
                for file in (0..files.length()).filter_map(|at| files.get(at)) {
                    let read = ctx.link().callback(|(id, result)| AppMsg::Read(id, result));
                    if let Err(why) = self.arrive(|id| Arrival::read(id, file, read)) {
                        self.say(ctx, why);
                    }
                }
            }
            AppMsg::Read(id, Ok(bytes)) => {
                if let Some(arrival) = self.arrivals.iter_mut().find(|arrival| arrival.id == id) {
                    arrival.arrived(bytes);
                }
                return self.work();
            }
            AppMsg::Read(id, Err(why)) => {
                self.arrivals.retain(|arrival| arrival.id != id);
                self.say(ctx, why);
            }
            AppMsg::Open(sample) => {
                let bytes = sample.bytes.to_vec();
                // A decoding of bytes at hand always begins.
                let _ = self.arrive(|id| Ok(Arrival::decode(id, Loading::new(sample.name, bytes))));
            }
            AppMsg::Tick => return self.work(),
            AppMsg::Cancel(id) => self.arrivals.retain(|arrival| arrival.id != id),
            AppMsg::Deed(deed) => {
                if let Some(document) = self.session.borrow_mut().active_mut() {
                    deed(document);
                }
                self.revision += 1;
            }
            AppMsg::Choose(id) => {
                self.session.borrow_mut().activate(id);
                self.show_name();
            }
            AppMsg::Close(id) => {
                self.session.borrow_mut().close(id);
                self.show_name();
            }
            AppMsg::Cycle(steps) => {
                self.session.borrow_mut().cycle(steps);
                self.show_name();
            }
            AppMsg::Theme(theme) => {
                self.theme = theme;
                theme.apply();
            }
            AppMsg::InSight(span) => self.in_sight = span,
            AppMsg::Drag(over) => return std::mem::replace(&mut self.dropping, over) != over,
            AppMsg::Take(what) => self.take(ctx, what),
            AppMsg::Say(text) => self.say(ctx, text),
            AppMsg::Hush => self.notice = None,
            AppMsg::ChooseFiles => {
                if let Some(chooser) = self.chooser.cast::<HtmlInputElement>() {
                    chooser.click();
                }
                return false;
            }
            AppMsg::Keys(shown) => self.keys_shown = shown,
            AppMsg::Key(event) => {
                if self.key(ctx, &event) {
                    event.prevent_default();
                }
                return false;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let (tabs, active) = {
            let session = self.session.borrow();
            (session.tabs(), session.active_id())
        };
        let chosen = link.batch_callback(|event: Event| {
            let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
            let files = input.files()?;
            Some(AppMsg::Files(files))
        });
        // Without this, choosing the same file again would be no change.
        let before = Callback::from(|event: MouseEvent| {
            if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
                input.set_value("");
            }
        });
        html! {
            <div class="page">
                <header class="bar">
                    <h1 class="logo">{ "pyc" }<b>{ "xray" }</b></h1>
                    if !tabs.is_empty() {
                        <TabBar {tabs} choose={link.callback(AppMsg::Choose)} close={link.callback(AppMsg::Close)} cycle={link.callback(AppMsg::Cycle)} />
                    }
                    <div class="actions">
                        <button type="button" class="btn icon wide" title="Keys (?)" aria-label="Keys" onclick={link.callback(|_| AppMsg::Keys(true))}>{ icon::help() }</button>
                        <Menu
                            id="theme"
                            class="btn icon"
                            title="Colours"
                            face={icon::theme()}
                            choices={Theme::ALL.map(|theme| Choice::radio(theme.label(), theme == self.theme)).to_vec()}
                            picked={link.callback(|at: usize| AppMsg::Theme(Theme::ALL[at.min(Theme::ALL.len() - 1)]))}
                        />
                        <button type="button" class="btn primary" title="Open files (Ctrl+O)" onclick={link.callback(|_| AppMsg::ChooseFiles)}>{ "Open" }</button>
                        <input ref={&self.chooser} id="chooser" type="file" multiple=true hidden=true aria-label="Files to open" onclick={before} onchange={chosen} />
                    </div>
                </header>
                {
                    match active {
                        Some(id) => self.view_document(ctx, id),
                        None => html! {
                            <>
                                <div />
                                <StartPage open={link.callback(|()| AppMsg::ChooseFiles)} sample={link.callback(AppMsg::Open)} />
                                <footer class="status"><span class="end">{ "Nothing leaves this page" }</span></footer>
                            </>
                        },
                    }
                }
                { self.view_arrivals(ctx) }
                if let Some((text, _)) = &self.notice {
                    <div class="notice">{ text }<button type="button" class="btn small" onclick={link.callback(|_| AppMsg::Hush)}>{ "Dismiss" }</button></div>
                }
                <div class="unseen" role="status" aria-live="polite">{ self.notice.as_ref().map(|(text, _)| text.clone()) }</div>
                if self.dropping {
                    <div class="dropping">{ "Drop to open. Nothing is uploaded." }</div>
                }
                if self.keys_shown {
                    <KeysDialog closed={link.callback(|()| AppMsg::Keys(false))} />
                }
            </div>
        }
    }
}

/// The whole window takes drops, and keys that mean the same everywhere.
fn listeners(link: &yew::html::Scope<App>) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let on = |name: &'static str, handle: Box<dyn Fn(&web_sys::Event)>| {
        EventListener::new_with_options(&window, name, EventListenerOptions::enable_prevent_default(), move |event| {
            handle(event);
        })
    };
    let (over, left, dropped, keys) = (link.clone(), link.clone(), link.clone(), link.clone());
    vec![
        on(
            "dragover",
            Box::new(move |event| {
                let Some(data) = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer) else { return };
                event.prevent_default();
                if data.types().includes(&"Files".into(), 0) {
                    data.set_drop_effect("copy");
                    over.send_message(AppMsg::Drag(true));
                }
            }),
        ),
        on(
            "dragleave",
            Box::new(move |event| {
                // Only leaving the window has nowhere to go to.
                if event.dyn_ref::<DragEvent>().is_some_and(|event| event.related_target().is_none()) {
                    left.send_message(AppMsg::Drag(false));
                }
            }),
        ),
        on(
            "drop",
            Box::new(move |event| {
                event.prevent_default();
                let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
                match data.and_then(|data| data.files()) {
                    Some(files) if files.length() > 0 => dropped.send_message(AppMsg::Files(files)),
                    _ => dropped.send_message(AppMsg::Drag(false)),
                }
            }),
        ),
        on(
            "keydown",
            Box::new(move |event| {
                if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                    keys.send_message(AppMsg::Key(event.clone()));
                }
            }),
        ),
    ]
}
