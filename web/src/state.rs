//! What the page knows, and how that changes.

use crate::document::Document;
use crate::engine::{Told, Under};
use crate::session::Panes;
use crate::theme::Theme;
use crate::views::Beside;
use pycxray_view::protocol::{DocumentId, Everywhere, Place, Tab, Update, View};
use std::rc::Rc;
use yew::prelude::*;

/// What the page knows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    /// The opened files, from left to right.
    pub(crate) tabs: Vec<Tab>,
    /// Which of them is on screen.
    pub(crate) active: Option<DocumentId>,
    /// The file on screen.
    pub(crate) document: Option<Rc<Document>>,
    /// What the left pane shows, where the file has that.
    pub(crate) view: View,
    /// What the right pane shows, where the file has that.
    pub(crate) beside: Beside,
    /// What the left pane showed before the search.
    pub(crate) view_before_search: View,
    /// How far a search through everything is.
    pub(crate) everywhere: Option<Rc<Everywhere>>,
    /// The place whose file the page waits for.
    pub(crate) awaited: Option<Place>,
    /// What takes long.
    pub(crate) under_way: Vec<Under>,
    /// A dialog over the page.
    pub(crate) dialog: Option<Dialog>,
    /// What just happened.
    pub(crate) notice: Option<News>,
    /// That the engine has failed.
    pub(crate) failure: Option<Failure>,
    /// Whether files hover over the window.
    pub(crate) is_dragged_over: bool,
    /// The reader's choice of colours.
    pub(crate) theme: Theme,
}

/// A dialog over the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dialog {
    /// The list of keys.
    Keys,
    /// The question where to go, with what was wrong with the last answer.
    GoTo(Option<String>),
}

/// What just happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// This; said for a while.
    Sentence(String),
    /// A new version of the page waits for it to be loaded again; said until the reader has heard it.
    NewVersion,
}

/// That the engine has failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The file that it failed at, as far as is known.
    pub(crate) file: Option<String>,
    /// Whether there are others.
    pub(crate) has_others: bool,
}

/// What can happen to the page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// The engine, or what holds it, has something to say.
    Told(Told),
    /// The page waits for the file that a place is in, or no more.
    Await(Option<Place>),
    /// The left pane is to show this.
    Show(View),
    /// The right pane is to show this.
    ShowBeside(Beside),
    /// Something is searched for.
    BeginSearch,
    /// The search is over.
    EndSearch,
    /// A dialog is wanted, or no more.
    Dialog(Option<Dialog>),
    /// Something happened that is worth a sentence, or that has been read.
    Notice(Option<News>),
    /// The reader has heard that the engine has failed.
    DismissFailure,
    /// Files hover over the window, or do so no more.
    DragOver(bool),
    /// Other colours are wanted.
    Theme(Theme),
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut state = Rc::unwrap_or_clone(self);
        match action {
            Action::Told(told) => state.hear(told),
            Action::Await(place) => state.awaited = place,
            Action::Show(view) => state.show(view),
            Action::ShowBeside(beside) => state.beside = beside,
            Action::BeginSearch if state.view != View::Found => {
                state.view_before_search = state.view;
                state.view = View::Found;
            }
            Action::BeginSearch => {}
            Action::EndSearch if state.view == View::Found => state.view = state.view_before_search,
            Action::EndSearch => {}
            Action::Dialog(dialog) => state.dialog = dialog,
            Action::Notice(notice) => state.notice = notice,
            Action::DismissFailure => state.failure = None,
            Action::DragOver(is_over) => state.is_dragged_over = is_over,
            Action::Theme(theme) => state.theme = theme,
        }
        state.into()
    }
}

impl State {
    /// At the start, with this in both panes.
    pub(crate) fn new(panes: Panes) -> Self {
        let Panes { left: view, right: beside } = panes;
        Self {
            tabs: Vec::new(),
            active: None,
            document: None,
            view,
            beside,
            view_before_search: view,
            everywhere: None,
            awaited: None,
            under_way: Vec::new(),
            dialog: None,
            notice: None,
            failure: None,
            is_dragged_over: false,
            theme: Theme::remembered(),
        }
    }

    /// What both panes show, or did before the search.
    pub(crate) fn panes(&self) -> Panes {
        let left = if self.view == View::Found { self.view_before_search } else { self.view };
        Panes { left, right: self.beside }
    }

    /// Shows a view on the left. If it was on the right, the two change places.
    fn show(&mut self, view: View) {
        let before = std::mem::replace(&mut self.view, view);
        if self.beside == Beside::View(view) {
            self.beside = Beside::View(before);
        }
    }

    fn hear(&mut self, told: Told) {
        match told {
            Told::Updates(updates) => updates.into_iter().for_each(|update| self.update(update)),
            Told::Under(under_way) => self.under_way = under_way,
            // The session forgets it.
            Told::Gone(_) => {}
            Told::Refused(why) => self.notice = Some(News::Sentence(why)),
            Told::Failed { file, has_others } => {
                self.everywhere = None;
                let id = file.as_ref().map(|(id, _)| *id);
                self.tabs.retain(|tab| Some(tab.id) != id);
                if self.active == id || !has_others {
                    (self.active, self.document) = (None, None);
                }
                self.failure = Some(Failure { file: file.map(|(_, name)| name), has_others });
            }
        }
    }

    fn update(&mut self, update: Update) {
        match update {
            Update::Tabs(tabs) => {
                (self.tabs, self.active) = (tabs.tabs, tabs.active);
                if self.active.is_none() {
                    self.document = None;
                }
            }
            Update::Snapshot(snapshot) => {
                self.document = Some(Document::after(self.document.as_deref(), snapshot).into());
            }
            // Whoever brings a source wants to know what comes of it.
            Update::Paired { .. } => (self.view, self.beside) = (View::Verify, Beside::Companion),
            Update::Everywhere(everywhere) => self.everywhere = everywhere.map(Rc::new),
            // Those go to whoever asked, to what tells of what takes long, and to the programs that do errands.
            Update::Answer { .. } | Update::Progress(_) | Update::Wants(_) => {}
        }
    }
}
