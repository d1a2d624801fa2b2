//! What the engine was asked and has not answered yet.

use super::files::{PATIENCE, Subject, Under};
use js_sys::{Date, Uint8Array};
use pycxray_view::protocol::{Answer, DocumentId, QuestionId};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// What is called with an answer, and with the bytes that it has.
pub(super) type Hear = Box<dyn FnMut(Answer, Option<Uint8Array>) -> ControlFlow<()>>;

/// A question.
struct Asked {
    hear: Hear,
    document: DocumentId,
    is_export: bool,
    /// How far the answer has come, from 0 to 1.
    progress: f64,
    /// When it was asked, in milliseconds.
    begun: f64,
}

/// What the engine was asked and has not answered yet.
#[derive(Default)]
pub(super) struct Questions {
    asked: RefCell<HashMap<QuestionId, Asked>>,
    next: Cell<u32>,
}

impl Questions {
    /// Begins to wait for an answer.
    pub(super) fn begin(&self, document: DocumentId, is_export: bool, hear: Hear) -> QuestionId {
        let id = QuestionId(self.next.replace(self.next.get() + 1));
        let asked = Asked { hear, document, is_export, progress: 0.0, begun: Date::now() };
        self.asked.borrow_mut().insert(id, asked);
        id
    }

    /// An answer has come.
    pub(super) fn answer(&self, id: QuestionId, answer: Answer, bytes: Option<Uint8Array>) {
        // Whoever hears it may ask on.
        let asked = self.asked.borrow_mut().remove(&id);
        if let Some(mut asked) = asked
            && (asked.hear)(answer, bytes).is_continue()
        {
            self.asked.borrow_mut().insert(id, asked);
        }
    }

    /// An export has come so far.
    pub(super) fn progress(&self, document: DocumentId, share: f64) {
        let mut asked = self.asked.borrow_mut();
        for asked in asked.values_mut().filter(|asked| asked.is_export && asked.document == document) {
            asked.progress = share;
        }
    }

    /// The exports that take long.
    pub(super) fn under_way(&self, now: f64) -> Vec<Under> {
        let asked = self.asked.borrow();
        let slow = asked.values().filter(|asked| asked.is_export && now - asked.begun > PATIENCE);
        slow.map(|asked| Under {
            subject: Subject::Export,
            words: "Writing the export".to_owned(),
            progress: asked.progress,
        })
        .collect()
    }

    /// Whether nothing is waited for.
    pub(super) fn is_empty(&self) -> bool {
        self.asked.borrow().is_empty()
    }

    /// The engine that was asked is gone.
    pub(super) fn forget(&self) {
        self.asked.borrow_mut().clear();
    }
}
