//! The engine as the page holds it: what it was given and asked for is kept, so that a new one can take its place.

mod files;
mod hearing;
mod progress;
mod restart;

use crate::engine::comparisons::Comparisons;
use crate::engine::connection::Connection;
use crate::engine::errands::Errands;
use crate::engine::files::{HeldFile, Origin, Under};
use crate::engine::questions::Questions;
use crate::engine::wire;
use crate::lineage::Lineage;
use crate::samples::Sample;
use gloo::timers::callback::Interval;
use js_sys::{Array, Uint8Array};
use pycxray_view::protocol::{
    Action, Answer, DocumentId, EverywhereAction, Place, Question, Request, Update, View, Viewport,
};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::rc::{Rc, Weak};
use yew::Callback;

/// What the page hears.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Told {
    /// What the engine has to say, but for answers.
    Updates(Vec<Update>),
    /// All that takes long now.
    Under(Vec<Under>),
    /// A source is beside no file any more.
    Gone(DocumentId),
    /// A file is not opened, or nothing can be; why, in a sentence.
    Refused(String),
    /// The engine has failed, at this file as far as is known. A new one is given the others.
    Failed {
        /// The file.
        file: Option<(DocumentId, String)>,
        /// Whether there are others.
        has_others: bool,
    },
}

/// How a file is opened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Opening {
    /// The Python that it is read as, if not as what it says.
    pub(crate) python: Option<String>,
    /// What is chosen in it.
    pub(crate) place: Option<Place>,
    /// The files that it is the source of, as far as that is known.
    pub(crate) source_of: Vec<DocumentId>,
}

/// The engine as the page holds it.
#[derive(Clone)]
pub(crate) struct Client(Rc<Inner>);

struct Inner {
    told: Callback<Told>,
    connection: RefCell<Option<Connection>>,
    files: RefCell<Vec<HeldFile>>,
    next_file: Cell<u32>,
    /// What is on screen, as the engine was told.
    watched: RefCell<HashMap<View, Request>>,
    /// The file on screen.
    active: Cell<Option<DocumentId>>,
    questions: Questions,
    errands: Errands,
    comparisons: Comparisons,
    /// Runs while something may take long.
    look: RefCell<Option<Interval>>,
}

impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Calls a client, unless it is gone by then.
fn with_client<T: 'static>(inner: Weak<Inner>, call: impl Fn(&Client, T) + 'static) -> Callback<T> {
    Callback::from(move |of| {
        if let Some(inner) = inner.upgrade() {
            call(&Client(inner), of);
        }
    })
}

impl Client {
    /// Starts an engine; `told` is called with what it says.
    pub(crate) fn new(told: Callback<Told>) -> Self {
        let client = Self(Rc::new_cyclic(|inner| Inner {
            told,
            connection: RefCell::default(),
            files: RefCell::default(),
            next_file: Cell::new(0),
            watched: RefCell::default(),
            active: Cell::new(None),
            questions: Questions::default(),
            errands: Errands::new(with_client(inner.clone(), |client, ended| client.pass_on(ended))),
            comparisons: Comparisons::default(),
            look: RefCell::default(),
        }));
        client.connect();
        client
    }

    /// Closes a file.
    pub(crate) fn close(&self, id: DocumentId) {
        self.0.files.borrow_mut().retain(|file| file.id != id);
        self.0.comparisons.close(id);
        self.send(&Request::Close(id));
    }

    /// Puts a file on screen.
    pub(crate) fn activate(&self, id: DocumentId) {
        self.send(&Request::Activate(id));
    }

    /// A view is on screen.
    pub(crate) fn watch(&self, document: DocumentId, viewport: Viewport) {
        let request = Request::Watch { document: Some(document), viewport };
        self.send(&request);
        self.0.watched.borrow_mut().insert(viewport.view(), request);
    }

    /// A view is on screen no more.
    pub(crate) fn unwatch(&self, view: View) {
        self.0.watched.borrow_mut().remove(&view);
        self.send(&Request::Unwatch(view));
    }

    /// The user did something to a document.
    pub(crate) fn act(&self, document: DocumentId, action: Action) {
        self.send(&Request::Act { document, action });
    }

    /// The user did something about searching through everything.
    pub(crate) fn search_everywhere(&self, action: EverywhereAction) {
        self.send(&Request::Everywhere(action));
    }

    /// Asks something. `heard` is called with each answer, and with the bytes that one has, until it breaks.
    pub(crate) fn ask(
        &self,
        document: DocumentId,
        question: Question,
        heard: impl FnMut(Answer, Option<Uint8Array>) -> ControlFlow<()> + 'static,
    ) {
        let is_export = matches!(question, Question::Export(_));
        let question_id = self.0.questions.begin(document, is_export, Box::new(heard));
        self.send(&Request::Ask { question_id, document, question });
        self.look_on();
    }

    /// Which sample a document is, if it is one.
    pub(crate) fn sample_of(&self, id: DocumentId) -> Option<&'static Sample> {
        self.with_file(id, |file| match file.origin {
            Origin::Sample(sample) => Some(sample),
            Origin::File(_) | Origin::Member { .. } | Origin::Folder(_) => None,
        })?
    }

    /// The document that is this sample, if it is open.
    pub(crate) fn document_of(&self, sample: &Sample) -> Option<DocumentId> {
        let files = self.0.files.borrow();
        let is_it = |file: &&HeldFile| matches!(file.origin, Origin::Sample(known) if known.id == sample.id);
        files.iter().find(is_it).map(|file| file.id)
    }

    /// The document of that name.
    pub(crate) fn document_called(&self, name: &str) -> Option<DocumentId> {
        self.0.files.borrow().iter().find(|file| file.origin.name() == name).map(|file| file.id)
    }

    /// The name of a document, if it is a file or folder of the reader's.
    pub(crate) fn file_name_of(&self, id: DocumentId) -> Option<String> {
        let name = |file: &mut HeldFile| {
            let is_own = matches!(file.origin, Origin::File(_) | Origin::Folder(_));
            is_own.then(|| file.origin.name())
        };
        self.with_file(id, name)?
    }

    /// Where a file stands that came out of another one.
    pub(crate) fn lineage_of(&self, id: DocumentId) -> Option<Rc<Lineage>> {
        self.with_file(id, |file| match &file.origin {
            Origin::Member { lineage, .. } => Some(lineage.clone()),
            Origin::File(_) | Origin::Folder(_) | Origin::Sample(_) => None,
        })?
    }

    /// The file that came out of another one by the same way, if it is open.
    pub(crate) fn document_out_of(&self, way: &Lineage) -> Option<DocumentId> {
        let files = self.0.files.borrow();
        let is_it =
            |file: &&HeldFile| matches!(&file.origin, Origin::Member { lineage, .. } if lineage.leads_to_the_same(way));
        files.iter().find(is_it).map(|file| file.id)
    }

    /// Whether a document is open, or on its way in: a file, or two that are compared.
    pub(crate) fn holds(&self, id: DocumentId) -> bool {
        self.with_file(id, |_| ()).is_some() || self.0.comparisons.files(id).is_some()
    }

    /// Whether none is.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.files.borrow().is_empty()
    }

    fn with_file<R>(&self, id: DocumentId, ask: impl FnOnce(&mut HeldFile) -> R) -> Option<R> {
        self.0.files.borrow_mut().iter_mut().find(|file| file.id == id).map(ask)
    }

    fn send(&self, request: &Request) {
        self.send_with(request, &Array::new());
    }

    /// Sends a request, and hands over the buffers beside it.
    fn send_with(&self, request: &Request, beside: &Array) {
        self.forward(wire::write(request, beside), beside.clone());
    }

    /// Sends a request that is written already.
    fn forward(&self, message: Array, handed: Array) {
        if let Some(connection) = &*self.0.connection.borrow() {
            connection.send(message, handed);
        }
    }

    /// Calls the client, unless it is gone by then.
    fn callback<T: 'static>(&self, call: impl Fn(&Self, T) + 'static) -> Callback<T> {
        with_client(Rc::downgrade(&self.0), call)
    }
}
