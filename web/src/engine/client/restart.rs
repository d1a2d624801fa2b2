//! Ending the engine, and starting another.

use super::{Client, Told};
use crate::engine::files::{Phase, Subject, Under};
use js_sys::Date;
use pycxray_view::displayable;
use pycxray_view::protocol::DocumentId;

impl Client {
    /// Gives up something that takes long. What an engine is at cannot be left: it is ended, and a new one is given the files.
    pub(crate) fn give_up(&self, under: &Under) {
        match under.subject {
            Subject::File(id) => self.give_up_file(id),
            Subject::Export => self.restart(),
            Subject::Errand(work) => self.0.errands.give_up(work),
        }
        self.look();
    }

    fn give_up_file(&self, id: DocumentId) {
        let mut files = self.0.files.borrow_mut();
        let Some(at) = files.iter().position(|file| file.id == id) else { return };
        let given_up = files.remove(at);
        drop(files);
        match given_up.phase {
            Phase::Decoding(_) => self.restart(),
            // Others may have waited for it.
            _ => self.go_on(),
        }
    }

    /// The engine has ended by itself.
    pub(super) fn fail(&self, had_started: bool) {
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
                file.was_open = true;
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
