//! What passes between the page and its panes: the document to draw, and what the user does to it.

use pycxray_view::{Document, DocumentId, Item, Session};
use std::cell::{Ref, RefCell};
use std::rc::Rc;
use web_sys::MouseEvent;
use yew::Callback;

/// The document on screen, as a pane gets it to draw. Two are equal if nothing changed between them.
#[derive(Clone)]
pub(crate) struct Shown {
    session: Rc<RefCell<Session>>,
    /// Which document it is.
    pub(crate) id: DocumentId,
    /// Grows with each change.
    pub(crate) revision: u64,
}

impl Shown {
    /// The document `id` of `session`, as of `revision`.
    pub(crate) fn new(session: Rc<RefCell<Session>>, id: DocumentId, revision: u64) -> Self {
        Self { session, id, revision }
    }

    /// Asks the document something; `R`'s default if it has been closed meanwhile.
    pub(crate) fn read<R: Default>(&self, ask: impl FnOnce(&Document) -> R) -> R {
        self.document().map(|document| ask(&document)).unwrap_or_default()
    }

    fn document(&self) -> Option<Ref<'_, Document>> {
        Ref::filter_map(self.session.borrow(), |session| session.get(self.id)).ok()
    }
}

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.revision == other.revision
    }
}

/// Something done to a document.
pub(crate) type Deed = Box<dyn FnOnce(&mut Document)>;

/// How a pane says what the user did.
#[derive(Clone, PartialEq)]
pub(crate) struct Act(Callback<Deed>);

impl Act {
    /// Sends what was done to `callback`.
    pub(crate) fn new(callback: Callback<Deed>) -> Self {
        Self(callback)
    }

    /// Does `deed` to the document on screen, after which everything is drawn anew.
    pub(crate) fn run(&self, deed: impl FnOnce(&mut Document) + 'static) {
        self.0.emit(Box::new(deed));
    }

    /// Does `deed` to the document on screen at each click.
    pub(crate) fn on_click(&self, deed: impl Fn(&mut Document) + 'static) -> Callback<MouseEvent> {
        self.repeat(Rc::new(deed))
    }

    /// Chooses `item` at each click.
    pub(crate) fn select(&self, item: Item) -> Callback<MouseEvent> {
        self.on_click(move |document| document.select(item))
    }

    fn repeat(&self, deed: Rc<dyn Fn(&mut Document)>) -> Callback<MouseEvent> {
        let act = self.clone();
        Callback::from(move |_| {
            let deed = deed.clone();
            act.run(move |document| deed(document));
        })
    }
}
