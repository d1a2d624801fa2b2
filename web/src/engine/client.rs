//! The engine as the page holds it: what it was given and asked for is kept, so that a new one can take its place.

use super::comparisons::{Compared, Comparisons};
use super::connection::{Connection, Heard, Program};
use super::errands::Errands;
use super::files::{HeldFile, Origin, Phase, Subject, Under};
use super::measure;
use super::questions::Questions;
use super::reading::Reading;
use super::wire::{self, FromEngine};
use crate::samples::Sample;
use gloo::timers::callback::Interval;
use js_sys::{Array, Date, Uint8Array};
use pycxray_view::displayable;
use pycxray_view::protocol::{
    Action, Answer, DocumentId, EverywhereAction, Part, Place, Progress, Question, Request, Tabs, Task, Update, View,
    Viewport,
};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::Callback;

/// A larger file is refused, in bytes: no more of one is decoded, and two of them would not fit into the memory that a page
/// can have.
const LARGEST: u64 = 1 << 30;
/// How often to look what takes long, in milliseconds.
const LOOK: u32 = 200;

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
    /// The file whose source it is, if it was chosen for one.
    pub(crate) beside: Option<DocumentId>,
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

impl Client {
    /// Starts an engine; `told` is called with what it says.
    pub(crate) fn new(told: Callback<Told>) -> Self {
        let client = Self(Rc::new(Inner {
            told,
            connection: RefCell::default(),
            files: RefCell::default(),
            next_file: Cell::new(0),
            watched: RefCell::default(),
            active: Cell::new(None),
            questions: Questions::default(),
            errands: Errands::default(),
            comparisons: Comparisons::default(),
            look: RefCell::default(),
        }));
        client.connect();
        client
    }

    /// Opens a file. Answers its number, unless it is too large.
    pub(crate) fn open(&self, origin: Origin, opening: Opening) -> Option<DocumentId> {
        self.open_again(DocumentId(self.0.next_file.get()), origin, opening, true)
    }

    /// Opens a file under a number that it had before.
    pub(crate) fn open_again(
        &self,
        id: DocumentId,
        origin: Origin,
        opening: Opening,
        on_screen: bool,
    ) -> Option<DocumentId> {
        self.0.next_file.set(self.0.next_file.get().max(id.0 + 1));
        if let Some(blob) = origin.blob().filter(|blob| blob.size() > LARGEST) {
            let (name, size) = (origin.name(), blob.size() >> 30);
            let why = format!("{} has over {size} GB, which is more than the page can hold.", displayable(&name));
            self.0.told.emit(Told::Refused(why));
            return None;
        }
        let (phase, begun) = (Phase::Waiting, Date::now());
        let Opening { python, place, beside } = opening;
        self.0.files.borrow_mut().push(HeldFile { id, origin, python, place, phase, on_screen, beside, begun });
        self.go_on();
        Some(id)
    }

    /// Reads a file as another Python, or with `None` as what it says.
    pub(crate) fn read_as(&self, id: DocumentId, python: Option<String>) {
        self.with_file(id, |file| file.python.clone_from(&python));
        self.send(&Request::ReadAs { id, python });
    }

    /// Puts two files side by side.
    pub(crate) fn compare(&self, files: [DocumentId; 2]) -> Compared {
        let compared = Compared { id: DocumentId(self.0.next_file.get()), files };
        self.compare_again(compared, true);
        compared
    }

    /// Puts two files side by side in a tab of the number that they had before, once both are open.
    pub(crate) fn compare_again(&self, compared: Compared, on_screen: bool) {
        self.0.next_file.set(self.0.next_file.get().max(compared.id.0 + 1));
        self.0.comparisons.add(compared, on_screen);
        self.go_on();
    }

    /// Puts two members side by side, by a row of the list of two containers that are. A new engine is not told of it.
    pub(crate) fn compare_members(&self, of: DocumentId, row: usize) {
        let id = DocumentId(self.0.next_file.replace(self.0.next_file.get() + 1));
        self.send(&Request::CompareMembers { id, of, row });
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

    /// Gives up something that takes long. What an engine is at cannot be left: it is ended, and a new one is given the files.
    pub(crate) fn give_up(&self, under: &Under) {
        match under.subject {
            Subject::File(id) => self.give_up_file(id),
            Subject::Export => self.restart(),
            Subject::Errand(work) => self.end_errands(work, "was given up"),
        }
        self.look();
    }

    fn give_up_file(&self, id: DocumentId) {
        let mut files = self.0.files.borrow_mut();
        let Some(at) = files.iter().position(|file| file.id == id) else { return };
        let given_up = files.remove(at);
        drop(files);
        if matches!(given_up.phase, Phase::Decoding(_)) {
            self.restart();
        }
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

    /// Whether a document is open, or on its way in.
    pub(crate) fn holds(&self, id: DocumentId) -> bool {
        self.with_file(id, |_| ()).is_some()
    }

    /// Whether none is.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.files.borrow().is_empty()
    }

    fn with_file<R>(&self, id: DocumentId, ask: impl FnOnce(&mut HeldFile) -> R) -> Option<R> {
        self.0.files.borrow_mut().iter_mut().find(|file| file.id == id).map(ask)
    }

    pub(super) fn send(&self, request: &Request) {
        self.send_with(request, &Array::new());
    }

    /// Sends a request, and hands over the buffers beside it.
    fn send_with(&self, request: &Request, beside: &Array) {
        self.forward(wire::write(request, beside), beside.clone());
    }

    /// Sends a request that is written already.
    pub(super) fn forward(&self, message: Array, handed: Array) {
        if let Some(connection) = &*self.0.connection.borrow() {
            connection.send(message, handed);
        }
    }

    /// What the programs that do errands are at.
    pub(super) fn errands(&self) -> &Errands {
        &self.0.errands
    }

    /// What a file is called.
    pub(super) fn name_of(&self, id: DocumentId) -> Option<String> {
        self.with_file(id, |file| file.origin.name())
    }

    /// The same client later on, unless it is gone by then.
    pub(super) fn weak(&self) -> impl Fn() -> Option<Self> + 'static {
        let inner = Rc::downgrade(&self.0);
        move || inner.upgrade().map(Self)
    }
}

/// Giving files to the engine.
impl Client {
    /// Begins with the files that wait.
    fn go_on(&self) {
        let waiting: Vec<DocumentId> = {
            let files = self.0.files.borrow();
            let is_open = |id| files.iter().any(|file| file.id == id && matches!(file.phase, Phase::Open));
            let can_begin = |file: &&HeldFile| matches!(file.phase, Phase::Waiting) && file.beside.is_none_or(is_open);
            files.iter().filter(can_begin).map(|file| file.id).collect()
        };
        for id in waiting {
            let Some(origin) = self.with_file(id, |file| file.origin.clone()) else { continue };
            let blob = match origin {
                Origin::Sample(sample) => {
                    self.hand_over(id, &Array::of1(&Uint8Array::from(sample.bytes).buffer()));
                    continue;
                }
                Origin::File(file) => file.into(),
                Origin::Member { blob, .. } => blob,
                Origin::Folder(folder) => folder.joined(),
            };
            let client = self.weak();
            let done = move |read| {
                if let Some(client) = client() {
                    client.take(id, read);
                }
            };
            let reading = Reading::begin(blob, Callback::from(done));
            self.with_file(id, |file| file.phase = Phase::Reading(reading));
        }
        let is_open = |id| self.with_file(id, |file| matches!(file.phase, Phase::Open)) == Some(true);
        self.0.comparisons.begin(is_open).iter().for_each(|request| self.send(request));
        self.look_on();
    }

    /// A file has been read, or could not be.
    fn take(&self, id: DocumentId, read: Result<Array, &'static str>) {
        match read {
            Ok(pieces) => self.hand_over(id, &pieces),
            Err(why) => self.refuse(id, |name| format!("{name} was not opened: {why}.")),
        }
    }

    fn hand_over(&self, id: DocumentId, pieces: &Array) {
        if !self.0.files.borrow().iter().any(|file| matches!(file.phase, Phase::Decoding(_))) {
            measure::begin();
        }
        let request = self.with_file(id, |file| {
            file.phase = Phase::Decoding(0.0);
            let (name, on_screen) = (file.origin.name(), file.on_screen);
            match (&file.origin, file.beside) {
                (Origin::Folder(folder), _) => Request::OpenFolder { id, name, files: folder.listed(), on_screen },
                (_, Some(beside)) => Request::OpenSource { id, name, beside },
                _ => Request::Open { id, name, python: file.python.clone(), place: file.place.clone(), on_screen },
            }
        });
        if let Some(request) = request {
            self.send_with(&request, pieces);
        }
    }

    fn refuse(&self, id: DocumentId, why: impl FnOnce(&str) -> String) {
        let name = self.with_file(id, |file| file.origin.name());
        self.0.files.borrow_mut().retain(|file| file.id != id);
        if let Some(name) = name {
            self.0.told.emit(Told::Refused(why(&displayable(&name))));
        }
    }
}

/// Hearing from the engine.
impl Client {
    fn connect(&self) {
        let client = self.weak();
        let heard = move |heard| {
            let Some(client) = client() else { return };
            match heard {
                Heard::Message(data) => client.hear(&data),
                Heard::Failed { had_started } => client.fail(had_started),
            }
        };
        let connection = Connection::start(Program::Engine, Callback::from(heard));
        self.0.connection.replace(connection);
        self.0.watched.borrow().values().for_each(|request| self.send(request));
    }

    fn hear(&self, data: &JsValue) {
        let (message, beside) = wire::read(data);
        match message {
            FromEngine::Ready => {}
            FromEngine::Updates(updates) => self.hear_updates(updates, &beside),
            FromEngine::NoRoom(id) => {
                self.refuse(id, |name| format!("There is no memory left for {name}. Closing other tabs may help."))
            }
        }
    }

    fn hear_updates(&self, updates: Vec<Update>, beside: &Array) {
        let mut for_page = Vec::new();
        for update in updates {
            match update {
                Update::Answer { question_id, answer } => {
                    let bytes = answer.has_bytes().then(|| Uint8Array::from(beside.get(0)));
                    self.0.questions.answer(question_id, answer, bytes);
                }
                Update::Progress(Progress { document, task: Task::Decoding, share }) => {
                    self.with_file(document, |file| file.phase = Phase::Decoding(share));
                }
                Update::Progress(Progress { document, task: Task::Exporting, share }) => {
                    self.0.questions.progress(document, share);
                }
                Update::Wants(errand) => self.run_errand(errand, &Uint8Array::from(beside.get(0))),
                update => {
                    self.note(&update);
                    for_page.push(update);
                }
            }
        }
        if !for_page.is_empty() {
            self.0.told.emit(Told::Updates(for_page));
        }
    }

    /// Notes what a new engine would have to be told.
    fn note(&self, update: &Update) {
        match update {
            Update::Tabs(tabs) => {
                self.0.active.set(tabs.active);
                self.forget_gone(tabs);
                for id in held(tabs) {
                    let before = self.with_file(id, |file| std::mem::replace(&mut file.phase, Phase::Open));
                    if matches!(before, Some(Phase::Decoding(_))) {
                        measure::end();
                    }
                }
                self.go_on();
                self.look();
            }
            Update::Snapshot(snapshot) => {
                let place = snapshot.parts.iter().find_map(|part| match part {
                    Part::Place(place) => Some(place.clone()),
                    _ => None,
                });
                if place.is_some() {
                    self.with_file(snapshot.document, |file| file.place = place);
                }
            }
            _ => {}
        }
    }
}

/// The files that an engine has.
fn held(tabs: &Tabs) -> impl Iterator<Item = DocumentId> + '_ {
    tabs.tabs.iter().map(|tab| tab.id).chain(tabs.sources.iter().copied())
}

/// Ending the engine, and starting another.
impl Client {
    /// Forgets sources that went with the files that they were beside, or gave way to others.
    fn forget_gone(&self, tabs: &Tabs) {
        let is_gone = |file: &HeldFile| matches!(file.phase, Phase::Open) && !held(tabs).any(|id| id == file.id);
        let gone: Vec<DocumentId> =
            self.0.files.borrow().iter().filter(|file| is_gone(file)).map(|file| file.id).collect();
        self.0.files.borrow_mut().retain(|file| !gone.contains(&file.id));
        gone.into_iter().for_each(|id| self.0.told.emit(Told::Gone(id)));
        self.0.comparisons.see(|id| held(tabs).any(|tab| tab == id));
    }

    /// The engine has ended by itself.
    fn fail(&self, had_started: bool) {
        if !had_started {
            let why = "The part of the page that decodes could not be started. Reloading may help.";
            self.0.connection.take();
            return self.0.told.emit(Told::Refused(why.to_owned()));
        }
        let mut files = self.0.files.borrow_mut();
        let coming = files.iter().position(|file| matches!(file.phase, Phase::Decoding(_)));
        let active = || files.iter().position(|file| Some(file.id) == self.0.active.get());
        let failed = coming.or_else(active).map(|at| files.remove(at));
        let has_others = !files.is_empty();
        self.0.comparisons.drop_failed(self.0.active.get());
        if failed.as_ref().map(|file| file.id) == self.0.active.get() {
            self.0.active.set(files.last().map(|file| file.id));
        }
        drop(files);
        let file = failed.map(|file| (file.id, displayable(&file.origin.name()).into_owned()));
        self.0.told.emit(Told::Failed { file, has_others });
        self.restart();
    }

    /// Starts another engine in place of this one, and gives it the same files.
    fn restart(&self) {
        self.0.questions.forget();
        self.0.errands.forget();
        for file in self.0.files.borrow_mut().iter_mut() {
            if matches!(file.phase, Phase::Open) {
                file.on_screen = Some(file.id) == self.0.active.get();
            }
            if matches!(file.phase, Phase::Open | Phase::Decoding(_)) {
                (file.phase, file.begun) = (Phase::Waiting, Date::now());
            }
        }
        self.0.comparisons.restart(self.0.active.get());
        self.connect();
        self.go_on();
    }
}

/// Telling what takes long.
impl Client {
    /// Looks from time to time what takes long, while anything may.
    pub(super) fn look_on(&self) {
        let is_busy = !self.0.questions.is_empty() || !self.0.errands.is_empty() || {
            let files = self.0.files.borrow();
            files.iter().any(|file| !matches!(file.phase, Phase::Open))
        };
        if !is_busy {
            self.0.look.take();
        } else if self.0.look.borrow().is_none() {
            let client = self.weak();
            let look = move || {
                if let Some(client) = client() {
                    client.look();
                }
            };
            self.0.look.replace(Some(Interval::new(LOOK, look)));
        }
    }

    fn look(&self) {
        let now = Date::now();
        let mut under: Vec<Under> = self.0.files.borrow().iter().filter_map(|file| file.under_way(now)).collect();
        under.extend(self.0.questions.under_way(now));
        under.extend(self.0.errands.under_way(now));
        self.0.told.emit(Told::Under(under));
        self.look_on();
    }
}
