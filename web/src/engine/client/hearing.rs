//! Hearing from the engine.

use super::{Client, Told};
use crate::engine::connection::{Connection, Heard, Program};
use crate::engine::errands::Ended;
use crate::engine::files::{HeldFile, Phase};
use crate::engine::measure;
use crate::engine::wire::{self, FromEngine};
use js_sys::{Array, Uint8Array};
use pycxray_view::protocol::{DocumentId, Part, Progress, Request, Source, Tabs, Task, Update};
use wasm_bindgen::JsValue;

impl Client {
    /// Starts an engine.
    pub(super) fn connect(&self) {
        let heard = self.callback(|client, heard| match heard {
            Heard::Message(data) => client.hear(&data),
            Heard::Failed { had_started } => client.fail(had_started),
        });
        let connection = Connection::start(Program::Engine, heard);
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
                Update::Wants(errand) => {
                    let name = self.with_file(errand.document, |file| file.origin.name()).unwrap_or_default();
                    self.0.errands.run(errand, name, &Uint8Array::from(beside.get(0)));
                    self.look_on();
                }
                // What was beside each other before is nothing new.
                Update::Paired { file, source } if self.was_open(file) && self.was_open(source) => {}
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

    /// Tells the engine what has become of an errand.
    pub(super) fn pass_on(&self, ended: Ended) {
        match ended {
            Ended::Done(message) => self.forward(message, Array::new()),
            Ended::Failed(outcome) => self.send(&Request::Take(outcome)),
        }
        self.look();
    }

    /// Notes what a new engine would have to be told.
    fn note(&self, update: &Update) {
        match update {
            Update::Tabs(tabs) => {
                self.0.active.set(tabs.active);
                self.forget_gone(tabs);
                for Source { id, files } in &tabs.sources {
                    self.with_file(*id, |file| file.source_of.clone_from(files));
                }
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

    fn was_open(&self, id: DocumentId) -> bool {
        self.with_file(id, |file| file.was_open) == Some(true)
    }

    /// Forgets sources that went with the files that they were beside, or gave way to others.
    fn forget_gone(&self, tabs: &Tabs) {
        let is_gone = |file: &HeldFile| matches!(file.phase, Phase::Open) && !held(tabs).any(|id| id == file.id);
        let gone: Vec<DocumentId> =
            self.0.files.borrow().iter().filter(|file| is_gone(file)).map(|file| file.id).collect();
        self.0.files.borrow_mut().retain(|file| !gone.contains(&file.id));
        gone.into_iter().for_each(|id| self.0.told.emit(Told::Gone(id)));
        self.0.comparisons.see(|id| held(tabs).any(|tab| tab == id));
    }
}

/// The files that an engine has.
fn held(tabs: &Tabs) -> impl Iterator<Item = DocumentId> + '_ {
    tabs.tabs.iter().map(|tab| tab.id).chain(tabs.sources.iter().map(|source| source.id))
}
