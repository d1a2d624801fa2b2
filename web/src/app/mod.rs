//! The page: the opened files, the panes, and what belongs to no pane.

mod calls;
mod drawing;
mod keyboard;
mod left_side;
mod listening;
mod working;

use crate::act::Deed;
use crate::details::Take;
use crate::embed::{self, Embedding};
use crate::open::{Arrival, Goal};
use crate::samples::{self, Sample};
use crate::slices::Ticker;
use crate::tab_bar::TabBar;
use crate::tell::Tell;
use crate::theme::Theme;
use crate::{address, clipboard, modal};
use calls::Calls;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use pycxray_view::{Document, DocumentId, ExportKind, Loading, Place, Session};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::{File, HtmlInputElement};
use working::Writing;
use yew::prelude::*;

/// How long a sentence about what just happened stays, in milliseconds.
const NOTICE: u32 = 6_000;
/// How long a place must be kept before the address names it; browsers refuse when it changes too often.
const ADDRESS: u32 = 250;
/// When to look again whether files that are being read have taken long, in milliseconds.
const READING: u32 = 350;
/// How many bytes are copied at most; as text they are several times as long.
const MOST_COPIED: usize = 4 << 20;

/// What the left pane shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeftView {
    /// What the file is made of.
    Tree,
    /// One code object, as `dis` would print it.
    Listing,
    /// The functions and classes.
    Outline,
    /// What is wrong.
    Problems,
    /// What a search found.
    Found,
}

/// A dialog over the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dialog {
    /// The list of keys.
    Keys,
    /// The question where to go, with what was wrong with the last answer.
    GoTo(Option<String>),
}

/// A sentence about what just happened.
pub(crate) struct Notice {
    text: String,
    /// Whether reloading the page is what it suggests.
    reload: bool,
    /// Takes it away after a while.
    _hush: Option<Timeout>,
}

/// The page.
pub(crate) struct App {
    session: Rc<RefCell<Session>>,
    /// Grows with each change of a document.
    revision: u64,
    left: LeftView,
    /// What the left pane showed before the search.
    before_search: LeftView,
    arrivals: Vec<Arrival>,
    next_arrival: u64,
    writing: Option<Writing>,
    ticker: Ticker,
    /// Runs while files are being read.
    patience: Option<Timeout>,
    theme: Theme,
    /// Whether files hover over the window.
    dropping: bool,
    dialog: Option<Dialog>,
    notice: Option<Notice>,
    /// What is said of the document that came on screen last, for those who listen.
    spoken: String,
    /// Where to go in the next file that is opened.
    destination: Option<Place>,
    /// Which documents are samples, so that the address can say so.
    sample_of: Vec<(DocumentId, &'static str)>,
    address: Option<Timeout>,
    calls: Calls,
    /// Hears sentences about what happened.
    told: Callback<String>,
    embedding: Option<Embedding>,
    chooser: NodeRef,
    tab_bar: TabBar,
    /// The pane that had the focus last.
    last_pane: Rc<Cell<usize>>,
    _listeners: Vec<EventListener>,
}

/// What can happen to the page.
pub(crate) enum AppMsg {
    /// Files were dropped, chosen, or handed over by the system.
    Files(Vec<File>),
    /// The browser has read a file.
    Read(u64, Result<Vec<u8>, String>),
    /// A page around this one hands bytes over.
    Handed(String, Vec<u8>),
    /// A sample is wanted.
    Open(&'static Sample),
    /// The file on screen is to be read as this one of the Pythons of its menu, or with 0 as what its magic number says.
    ReadAs(usize),
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
    /// The left pane is to show something else.
    Show(LeftView),
    /// Something is searched for.
    Search(String),
    /// To the next hit, or with `true` to the one before.
    Step(bool),
    /// Done with searching.
    LeaveSearch,
    /// Go where the reader says.
    Go(String),
    /// The address bar names another place.
    AddressChanged,
    /// What is chosen has been so for a while: the address is to say so.
    WriteAddress,
    /// Write an export, to the clipboard or else into a file.
    Export(ExportKind, bool),
    /// The user gave up on an export.
    CancelExport,
    /// Other colours.
    Theme(Theme),
    /// Files hover over the window, or do so no more.
    Drag(bool),
    /// Something is to be copied or saved.
    Take(Take),
    /// Something happened that is worth a sentence.
    Say(String),
    /// A new version of the page waits.
    NewVersion,
    /// The sentence has been read.
    Hush,
    /// The browser's file chooser is wanted.
    ChooseFiles,
    /// A dialog is wanted, or no more.
    Dialog(Option<Dialog>),
    /// A key was pressed anywhere.
    Key(KeyboardEvent),
}

impl App {
    /// Does something to the document on screen.
    fn change<R>(&mut self, deed: impl FnOnce(&mut Document) -> R) -> Option<R> {
        let result = self.session.borrow_mut().active_mut().map(deed);
        self.revision += 1;
        result
    }

    /// Another document is on screen: the window's title names it, and who listens hears what it is.
    fn show_name(&mut self) {
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(&match self.session.borrow().active() {
                Some(active) => format!("{} · pycxray", active.name()),
                None => "pycxray: see inside Python .pyc files".to_owned(),
            });
        }
        self.spoken = self.session.borrow().active().map_or_else(String::new, |active| {
            let summary = active.summary();
            format!("{}: {}, {}", active.name(), summary.python, summary.verdict)
        });
    }

    /// The address names the place once it has been kept for a while.
    fn keep_address(&mut self, ctx: &Context<Self>) {
        let link = ctx.link().clone();
        self.address = Some(Timeout::new(ADDRESS, move || link.send_message(AppMsg::WriteAddress)));
    }

    fn write_address(&mut self) {
        let session = self.session.borrow();
        let place = match (session.active(), session.active_id()) {
            (Some(document), Some(id)) => {
                let sample =
                    self.sample_of.iter().find(|(known, _)| *known == id).map(|(_, sample)| (*sample).to_owned());
                Place { sample, ..document.place() }
            }
            _ => Place::default(),
        };
        address::write(&place);
        if let (Some(embedding), Some(document)) = (&self.embedding, session.active()) {
            embedding.tell(document);
        }
    }

    /// Goes where the address says.
    fn go_to_address(&mut self, ctx: &Context<Self>) {
        let place = address::read();
        let known = place.sample.as_deref().and_then(samples::find);
        let opened = known.and_then(|sample| self.sample_of.iter().find(|(_, id)| *id == sample.id).map(|(of, _)| *of));
        match (known, opened) {
            (Some(_), Some(id)) => {
                self.session.borrow_mut().activate(id);
                self.change(|document| document.go_to_place(&place));
            }
            (Some(sample), None) => {
                self.destination = Some(place);
                ctx.link().send_message(AppMsg::Open(sample));
            }
            (None, _) if self.session.borrow().is_empty() => {
                self.destination = (place != Place::default()).then_some(place);
            }
            (None, _) => {
                self.change(|document| document.go_to_place(&place));
            }
        }
    }

    fn say(&mut self, ctx: &Context<Self>, text: String) {
        let link = ctx.link().clone();
        let hush = Timeout::new(NOTICE, move || link.send_message(AppMsg::Hush));
        self.notice = Some(Notice { text, reload: false, _hush: Some(hush) });
    }

    fn take(&self, ctx: &Context<Self>, what: Take) {
        let session = self.session.borrow();
        let Some(document) = session.active() else { return };
        let told = ctx.link().tell(AppMsg::Say);
        let item = document.selected_item();
        match (what, item) {
            (Take::Value, Some(item)) => clipboard::copy(document.value_text(item), "the value".into(), told),
            (Take::Path, Some(item)) => clipboard::copy(document.path(item), "the path".into(), told),
            (Take::Bytes(form), _) => {
                let count = document.selected_bytes().len();
                let what = if count == 1 { "1 byte".into() } else { format!("{count} bytes") };
                if count > MOST_COPIED {
                    told.emit(format!("{what} are too many for the clipboard; they can be saved."));
                } else {
                    clipboard::copy(document.copy(form), what, told);
                }
            }
            (Take::Save, _) => {
                let span = document.selection().span;
                let name = format!("{}.{:x}-{:x}.bin", document.name(), span.start, span.end);
                clipboard::save(&name, "application/octet-stream", document.selected_bytes());
            }
            (_, None) => {}
        }
    }

    fn search(&mut self, query: &str) {
        self.change(|document| document.search(query));
        if !query.is_empty() && self.left != LeftView::Found {
            self.before_search = self.left;
            self.left = LeftView::Found;
        }
        self.work();
    }

    fn leave_search(&mut self) {
        self.change(|document| document.search(""));
        if self.left == LeftView::Found {
            self.left = self.before_search;
        }
    }

    fn go(&mut self, text: &str) {
        match self.change(|document| document.go_to(text)) {
            Some(Err(why)) => self.dialog = Some(Dialog::GoTo(Some(why))),
            _ => self.dialog = None,
        }
    }

    /// What only some files have must not stay on screen for others.
    fn settle(&mut self) {
        let session = self.session.borrow();
        let Some(document) = session.active() else { return };
        let there = match self.left {
            LeftView::Tree => true,
            LeftView::Listing | LeftView::Outline => document.outline_len() > 0,
            LeftView::Problems => !document.problems().is_empty() || !document.findings().is_empty(),
            LeftView::Found => document.search_state().is_some(),
        };
        if !there {
            self.left = LeftView::Tree;
        }
    }
}

impl Component for App {
    type Message = AppMsg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        let session = Rc::default();
        let last_pane = Rc::new(Cell::new(keyboard::LEFT));
        let listeners = listening::listeners(link, &session, &last_pane);
        let mut app = Self {
            session,
            revision: 0,
            left: LeftView::Tree,
            before_search: LeftView::Tree,
            arrivals: Vec::new(),
            next_arrival: 0,
            writing: None,
            ticker: Ticker::new(link.tell(|()| AppMsg::Tick)),
            patience: None,
            theme: Theme::remembered(),
            dropping: false,
            dialog: None,
            notice: None,
            spoken: String::new(),
            destination: None,
            sample_of: Vec::new(),
            address: None,
            calls: Calls::new(link),
            told: link.tell(AppMsg::Say),
            embedding: embed::begin(link.tell(|(name, bytes)| AppMsg::Handed(name, bytes))),
            chooser: NodeRef::default(),
            tab_bar: TabBar::default(),
            last_pane,
            _listeners: listeners,
        };
        app.go_to_address(ctx);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: AppMsg) -> bool {
        match msg {
            AppMsg::Files(files) => {
                self.dropping = false;
                for file in files {
                    let read = ctx.link().tell(|(id, result)| AppMsg::Read(id, result));
                    if let Err(why) = self.arrive(|id| Arrival::read(id, file, read)) {
                        self.say(ctx, why);
                    }
                }
                // While the browser reads, nothing else may happen that shows that it does.
                let link = ctx.link().clone();
                self.patience = Some(Timeout::new(READING, move || link.send_message(AppMsg::Tick)));
            }
            AppMsg::Read(id, Ok(bytes)) => {
                if let Some(arrival) = self.arrivals.iter_mut().find(|arrival| arrival.id == id) {
                    arrival.arrived(&bytes);
                }
                self.work();
                self.keep_address(ctx);
            }
            AppMsg::Read(id, Err(why)) => {
                self.arrivals.retain(|arrival| arrival.id != id);
                self.say(ctx, why);
            }
            AppMsg::Handed(name, bytes) => {
                // Bytes at hand can always be decoded.
                let _ = self.arrive(|id| Ok(Arrival::bytes(id, name, bytes)));
                self.keep_address(ctx);
            }
            AppMsg::Open(sample) => {
                let loading = Loading::new(sample.name, sample.bytes.to_vec());
                let _ = self.arrive(|id| Ok(Arrival::decode(id, loading, Goal::Sample(sample.id))));
                self.keep_address(ctx);
            }
            AppMsg::ReadAs(at) => {
                let session = self.session.clone();
                let session = session.borrow();
                if let (Some(document), Some(of)) = (session.active(), session.active_id()) {
                    let python = at.checked_sub(1).and_then(|at| Some(document.pythons().get(at)?.0));
                    let loading = Loading::again(document, python);
                    drop(session);
                    let _ = self.arrive(|id| Ok(Arrival::decode(id, loading, Goal::Instead(of))));
                }
            }
            AppMsg::Tick => return self.work(),
            AppMsg::Cancel(id) => self.arrivals.retain(|arrival| arrival.id != id),
            AppMsg::Deed(deed) => {
                self.change(deed);
                self.keep_address(ctx);
            }
            AppMsg::Choose(id) => {
                self.session.borrow_mut().activate(id);
                self.moved(ctx);
            }
            AppMsg::Close(id) => {
                self.session.borrow_mut().close(id);
                self.sample_of.retain(|(of, _)| *of != id);
                self.moved(ctx);
            }
            AppMsg::Cycle(steps) => {
                self.session.borrow_mut().cycle(steps);
                self.moved(ctx);
            }
            AppMsg::Show(view) => self.left = view,
            AppMsg::Search(query) => self.search(&query),
            AppMsg::Step(back) => {
                self.change(|document| if back { document.search_previous() } else { document.search_next() });
                self.keep_address(ctx);
            }
            AppMsg::LeaveSearch => self.leave_search(),
            AppMsg::Go(text) => {
                self.go(&text);
                self.keep_address(ctx);
            }
            AppMsg::AddressChanged => self.go_to_address(ctx),
            AppMsg::WriteAddress => {
                self.write_address();
                return false;
            }
            AppMsg::Export(kind, to_clipboard) => self.export(kind, to_clipboard),
            AppMsg::CancelExport => self.writing = None,
            AppMsg::Theme(theme) => {
                self.theme = theme;
                theme.apply();
            }
            AppMsg::Drag(over) => return std::mem::replace(&mut self.dropping, over) != over,
            AppMsg::Take(what) => self.take(ctx, what),
            AppMsg::Say(text) => self.say(ctx, text),
            AppMsg::NewVersion => {
                let text = "A new version of this page is ready.".to_owned();
                self.notice = Some(Notice { text, reload: true, _hush: None });
            }
            AppMsg::Hush => self.notice = None,
            AppMsg::ChooseFiles => {
                if let Some(chooser) = self.chooser.cast::<HtmlInputElement>() {
                    chooser.click();
                }
                return false;
            }
            AppMsg::Dialog(dialog) => self.dialog = dialog,
            AppMsg::Key(event) => {
                if self.key(ctx, &event) {
                    event.prevent_default();
                }
                return false;
            }
        }
        self.settle();
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.draw(ctx)
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        self.tab_bar.follow(self.session.borrow().active_id());
        modal::open();
        if self.dialog.is_none() && !self.session.borrow().is_empty() {
            keyboard::keep_focus(self.last_pane.get());
        }
    }
}

impl App {
    /// Another tab is on screen: its title, its place, and the work that waited while it was behind.
    fn moved(&mut self, ctx: &Context<Self>) {
        self.show_name();
        self.work();
        self.keep_address(ctx);
    }
}
