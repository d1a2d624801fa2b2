//! The engine: the opened files, and what of them is on screen. It answers the messages of [`crate::protocol`], in whatever
//! thread it is put.
//!
//! Requests are done one after the other, each to its end. What nobody waits for, looking for damage and searching, is done by
//! [`Engine::work`] between them, a part at a time, so that a request never waits for it.

mod answers;
mod everywhere;
mod opened;
mod opening;
mod pairing;
mod screen;
mod session;

use crate::protocol::{self, Action, DocumentId, EverywhereAction, Request, Update, Viewport};
use everywhere::Everywhere;
use opened::Opened;
use screen::Screen;
use session::Session;

/// What the engine asks of the world.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// Seconds since 1970, UTC.
    pub now: fn() -> u64,
    /// How many minutes the reader's clocks were ahead of UTC at a time, in seconds since 1970, UTC.
    pub minutes_ahead: fn(u32) -> i32,
}

/// What the engine sends at once: updates that belong together, and the bytes that one of them has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    /// What there is to say.
    pub updates: Vec<Update>,
    /// Those of [`Answer::Bytes`](crate::protocol::Answer::Bytes) or of [`Update::Wants`], if one is among the updates.
    pub bytes: Vec<u8>,
}

/// Takes what the engine sends.
pub type Post<'p> = dyn FnMut(Message) + 'p;

/// The opened files, and what of them is on screen.
///
/// ```
/// use pycxray_view::protocol::{DocumentId, Part, Request, Rows, Update, Viewport};
/// use pycxray_view::{Clock, Engine};
///
/// let bytes = include_bytes!("../../../../tests/fixtures/cpython-3.12/hello.pyc").to_vec();
/// let mut engine = Engine::new(Clock { now: || 0, minutes_ahead: |_| 0 });
/// let viewport = Viewport::Tree(Rows { start: 0, count: 50 });
/// engine.handle(Request::Watch { document: None, viewport }, Vec::new(), &mut |_| {});
/// let open =
///     Request::Open { id: DocumentId(1), name: "hello.pyc".into(), python: None, place: None, on_screen: true };
/// engine.handle(open, bytes, &mut |message| {
///     for update in message.updates {
///         let Update::Snapshot(snapshot) = update else { continue };
///         for part in snapshot.parts {
///             if let Part::Tree(tree) = part {
///                 assert_eq!(tree.rows[0].span.end, 16, "the header comes first");
///             }
///         }
///     }
/// });
/// ```
#[derive(Debug)]
pub struct Engine {
    clock: Clock,
    session: Session,
    screen: Screen,
    /// The search through everything, and what was told of it last.
    everywhere: Option<Everywhere>,
    told: Option<protocol::Everywhere>,
    /// How many documents were made.
    documents: u32,
}

impl Engine {
    /// An engine without any file.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self {
            clock,
            session: Session::default(),
            screen: Screen::default(),
            everywhere: None,
            told: None,
            documents: 0,
        }
    }

    /// Does what the page wants, and sends what changed by that, at the end or before; `file` has the bytes of the file that
    /// is opened.
    pub fn handle(&mut self, request: Request, file: Vec<u8>, post: &mut Post<'_>) {
        let (mut updates, mut bytes) = (Vec::new(), Vec::new());
        match request {
            Request::Open { id, name, python, place, on_screen } => match self.put_beside(id, &name, file, on_screen) {
                Ok(paired) => updates.extend(paired),
                Err(file) => {
                    let mut document = self.open(id, &name, file, python.as_deref(), post);
                    if let Some(place) = place {
                        document.go_to_place(&place);
                    }
                    self.session.add(id, document.into(), on_screen);
                    updates.extend(self.find_source(id));
                }
            },
            Request::OpenSource { id, name, files } => match self.put_beside_these(id, &name, file, files) {
                Ok(paired) => updates.extend(paired),
                Err(file) => {
                    let document = self.open(id, &name, file, None, post);
                    self.session.add(id, document.into(), true);
                }
            },
            Request::Compare { id, files, pair, on_screen } => {
                if let Some(comparison) = self.compare(files, pair) {
                    self.session.add(id, comparison, on_screen);
                }
            }
            Request::OpenFolder { id, name, files, on_screen } => {
                let document = self.open_folder(&name, files, file);
                self.session.add(id, document.into(), on_screen);
            }
            Request::ReadAs { id, python } => self.read_as(id, python.as_deref(), post),
            Request::Close(id) => self.session.close(id),
            Request::Activate(id) => self.activate(id),
            Request::Watch { document, viewport } => self.watch(document, viewport),
            Request::Unwatch(view) => self.screen.unwatch(view),
            Request::Act { document, action } => self.act(document, action),
            Request::Everywhere(action) => self.act_everywhere(&action),
            Request::Ask { question_id, document, question } => {
                if let Some((answer, beside)) = self.answer(question_id, document, question, post) {
                    updates.push(Update::Answer { question_id, answer });
                    bytes = beside;
                }
            }
            Request::Take(outcome) => self.take(outcome, post),
        }
        self.publish(updates, bytes, post);
        for (errand, bytes) in self.errands() {
            post(Message { updates: vec![Update::Wants(errand)], bytes });
        }
    }

    /// Whether there is something to [work](Engine::work) on.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        let is_at_document = self.session.active().is_some_and(|(_, opened)| opened.is_busy());
        is_at_document || self.is_searching_everywhere()
    }

    fn is_searching_everywhere(&self) -> bool {
        self.everywhere.as_ref().is_some_and(|everywhere| !everywhere.is_complete())
    }

    fn act_everywhere(&mut self, action: &EverywhereAction) {
        match action {
            EverywhereAction::Query(typed) => self.everywhere = Everywhere::new(&self.session, typed),
            EverywhereAction::Stop => self.everywhere.iter_mut().for_each(Everywhere::stop),
        }
    }

    /// Looks for damage, or for what is searched, in the document on screen, for as long as there is time, and sends what
    /// changed by that. It looks at the time each millisecond or so.
    pub fn work(&mut self, has_time: &mut dyn FnMut() -> bool, post: &mut Post<'_>) {
        if let Some(opened) = self.session.active_mut() {
            while opened.is_busy() && has_time() {
                opened.work();
            }
        }
        while self.is_searching_everywhere() && has_time() {
            self.everywhere.iter_mut().for_each(|everywhere| everywhere.step(&self.session));
        }
        self.publish(Vec::new(), Vec::new(), post);
    }

    /// Puts a file on screen, at the function that was looked at before, if it has that too.
    fn activate(&mut self, id: DocumentId) {
        let before = self.session.active().filter(|(active, _)| *active != id);
        let function = before.and_then(|(_, opened)| opened.document().function());
        self.session.activate(id);
        if let (Some(function), Some(Opened::File(document))) = (function, self.session.get_mut(id)) {
            document.go_to_function(&function);
        }
    }

    fn watch(&mut self, measured: Option<DocumentId>, viewport: Viewport) {
        let active = self.session.active().filter(|(id, _)| Some(*id) == measured);
        self.screen.watch(viewport, active.map(|(_, opened)| opened));
    }

    fn act(&mut self, id: DocumentId, action: Action) {
        if let Some(opened) = self.session.get_mut(id) {
            opened.act(action);
        }
    }

    /// Sends what changed, with `updates` that belong to it.
    fn publish(&mut self, mut updates: Vec<Update>, bytes: Vec<u8>, post: &mut Post<'_>) {
        updates.extend(self.screen.tabs(self.session.tabs()));
        let everywhere = self.everywhere.as_ref().map(Everywhere::shown);
        if everywhere != self.told {
            self.told.clone_from(&everywhere);
            updates.push(Update::Everywhere(everywhere));
        }
        updates.extend(self.session.active().and_then(|(id, opened)| self.screen.snapshot(id, opened)));
        if !updates.is_empty() {
            post(Message { updates, bytes });
        }
    }

    /// A number that no other document has.
    fn serial(&mut self) -> u32 {
        self.documents += 1;
        self.documents
    }
}
