//! What the components can have the page do.

mod acting;
mod files;
mod handing_out;

use crate::engine::{Client, Told};
use crate::session::Session;
use crate::state::{Action as PageAction, Dialog, News, State};
use crate::theme::Theme;
use crate::views::Beside;
use pycxray_view::protocol::{Action, DocumentId, Place, View};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use yew::prelude::*;

pub(crate) use files::{Inside, awaited_words};

/// What the components can have the page do.
#[derive(Clone)]
pub(crate) struct Commands(Rc<Inner>);

struct Inner {
    client: Client,
    page: UseReducerDispatcher<State>,
    session: Session,
    /// Where to go in the next file that is opened.
    destination: RefCell<Option<Place>>,
    /// Where to go in files that are on their way in.
    arrivals: RefCell<HashMap<DocumentId, Inside>>,
    /// Whether all open files are searched.
    is_everywhere: Cell<bool>,
}

impl PartialEq for Commands {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Commands {
    /// Those of the page whose state `page` changes, with what was open before. Starts the engine.
    pub(crate) fn new(page: UseReducerDispatcher<State>, session: Session) -> Self {
        let told = {
            let (page, session) = (page.clone(), session.clone());
            move |told: Told| {
                match &told {
                    // What it failed at would have it fail again.
                    Told::Failed { file: Some((id, _)), .. } | Told::Gone(id) => session.drop_file(*id),
                    Told::Updates(updates) => updates.iter().for_each(|update| session.note(update)),
                    _ => {}
                }
                page.dispatch(PageAction::Told(told));
            }
        };
        let client = Client::new(Callback::from(told));
        let (destination, arrivals, is_everywhere) = (RefCell::default(), RefCell::default(), Cell::new(false));
        Self(Rc::new(Inner { client, page, session, destination, arrivals, is_everywhere }))
    }

    fn dispatch(&self, action: PageAction) {
        self.0.page.dispatch(action);
    }

    /// Says something for a while.
    pub(crate) fn say(&self, sentence: String) {
        self.dispatch(PageAction::Notice(Some(News::Sentence(sentence))));
    }

    /// Takes away what was said.
    pub(crate) fn hush(&self) {
        self.dispatch(PageAction::Notice(None));
    }

    /// Says that a new version of the page is there.
    pub(crate) fn announce_version(&self) {
        self.dispatch(PageAction::Notice(Some(News::NewVersion)));
    }

    /// Takes away that the engine has failed.
    pub(crate) fn dismiss_failure(&self) {
        self.dispatch(PageAction::DismissFailure);
    }

    /// Shows a dialog, or none.
    pub(crate) fn show_dialog(&self, dialog: Option<Dialog>) {
        self.dispatch(PageAction::Dialog(dialog));
    }

    /// Shows a view in the left pane.
    pub(crate) fn show(&self, view: View) {
        self.dispatch(PageAction::Show(view));
    }

    /// Shows something in the right pane.
    pub(crate) fn show_beside(&self, beside: Beside) {
        self.dispatch(PageAction::ShowBeside(beside));
    }

    /// Files hover over the window, or do so no more.
    pub(crate) fn drag_over(&self, is_over: bool) {
        self.dispatch(PageAction::DragOver(is_over));
    }

    /// Shows the page in other colours.
    pub(crate) fn paint(&self, theme: Theme) {
        theme.apply();
        self.dispatch(PageAction::Theme(theme));
    }
}

/// A callback that tells the engine what the user does to a document; the same at each rendering.
#[hook]
pub(crate) fn use_acting(commands: &Commands, id: DocumentId) -> Callback<Action> {
    let commands = commands.clone();
    use_callback(id, move |action, id| commands.act(*id, action))
}

/// A callback that tells the engine that a view is on screen no more; the same at each rendering.
#[hook]
pub(crate) fn use_unwatching(commands: &Commands) -> Callback<View> {
    let commands = commands.clone();
    use_callback((), move |view, ()| commands.unwatch(view))
}

/// A callback that shows something in the right pane; the same at each rendering.
#[hook]
pub(crate) fn use_showing_beside(commands: &Commands) -> Callback<Beside> {
    let commands = commands.clone();
    use_callback((), move |beside, ()| commands.show_beside(beside))
}

/// A callback that shows a view; the same at each rendering.
#[hook]
pub(crate) fn use_showing(commands: &Commands) -> Callback<View> {
    let commands = commands.clone();
    use_callback((), move |view, ()| commands.show(view))
}
