//! What is asked once.

use pycxray_container::Unpacked;

use super::opened::Opened;
use super::opening::progress;
use super::{Engine, Message, Post};
use crate::document::Document;
use crate::protocol::{Answer, DocumentId, Errand, ExportKind, Outcome, Question, QuestionId, Task, Update, View};
use crate::selection::{Step, path};
use crate::{export, go_to, hex, item, ribbon};

impl Engine {
    /// The answer to a question, and the bytes that it has; of several pieces, all but the last are sent at once. `None` where
    /// it waits for the prover.
    pub(super) fn answer(
        &mut self,
        question_id: QuestionId,
        id: DocumentId,
        question: Question,
        post: &mut Post<'_>,
    ) -> Option<(Answer, Vec<u8>)> {
        let Some(opened) = self.session.get_mut(id) else {
            return Some((Answer::Nothing, Vec::new()));
        };
        if let Question::Hover { side, offset } = question {
            let hover = hex::hover(&opened.side(side).file, offset);
            return Some((hover.map_or(Answer::Nothing, Answer::Hover), Vec::new()));
        }
        let document = opened.document_mut();
        Some(match question {
            Question::GoTo(text) => {
                let step = go_to::step_to_text(&document.file, &text, document.chosen().cursor, document.listed());
                (went(document, step), Vec::new())
            }
            Question::GoToPlace(place) => {
                let went = match (document.go_to_place(&place), place.words()) {
                    (true, _) => Ok(document.visit()),
                    (false, Some(words)) => Err(format!("{} has no {words}.", document.file.name)),
                    (false, None) => Err(String::new()),
                };
                (Answer::Went(went), Vec::new())
            }
            Question::Export(ExportKind::Source) if document.source.waits(question_id) => return None,
            Question::Export(kind) => {
                write_export(document, question_id, id, kind, post);
                (Answer::Done, Vec::new())
            }
            Question::SelectedBytes => (Answer::Bytes, document.chosen_bytes().to_vec()),
            Question::Contents => match document.contents() {
                Some(contents) => (Answer::Bytes, contents.to_vec()),
                None => (Answer::Nothing, Vec::new()),
            },
            Question::Member(member) => had(document.file.members().and_then(|members| members.read(member))),
            Question::MemberFile(member) => had(document.file.members().and_then(|members| members.export(member))),
            Question::Payload(number) => had(document.payload(number)),
            question => (document.text_answer(&question).unwrap_or(Answer::Nothing), Vec::new()),
        })
    }

    /// Takes what another program made for a document, unless that has been read in another way since.
    pub(super) fn take(&mut self, outcome: Outcome, post: &mut Post<'_>) {
        let Outcome { document: id, serial, work, made } = outcome;
        let Some(document) = self.session.of_serial(serial) else { return };
        for question_id in document.take(work, made) {
            write_export(document, question_id, id, ExportKind::Source, post);
            let update = Update::Answer { question_id, answer: Answer::Done };
            post(Message { updates: vec![update], bytes: Vec::new() });
        }
    }

    /// What other programs are to do now, with the bytes of the file.
    pub(super) fn errands(&mut self) -> Vec<(Errand, Vec<u8>)> {
        let is_watched = self.screen.is_watched(View::Source);
        if let Some(document) = self.session.active_mut().filter(|_| is_watched).map(Opened::document_mut) {
            document.source.want();
        }
        let mut errands = Vec::new();
        for (id, document) in self.session.all_mut() {
            let (serial, python) = (document.serial(), document.file.python_chosen());
            let errand = |work| Errand { document: id, serial, python: python.clone(), work };
            errands.extend(document.errands().into_iter().map(|(work, bytes)| (errand(work), bytes)));
        }
        errands
    }
}

fn went(document: &mut Document, step: Result<Step, String>) -> Answer {
    Answer::Went(step.map(|step| {
        document.go(step);
        document.visit()
    }))
}

/// Something that was unpacked. What precedes damage in it is worth a look; where there is nothing, the reason is.
fn had(unpacked: Option<Unpacked>) -> (Answer, Vec<u8>) {
    match unpacked {
        None => (Answer::Nothing, Vec::new()),
        Some(Unpacked { bytes, trouble: Some(why) }) if bytes.is_empty() => (Answer::Refused(why), Vec::new()),
        Some(Unpacked { bytes, trouble: Some(why) }) => (Answer::Partly(why), bytes),
        Some(Unpacked { bytes, trouble: None }) => (Answer::Bytes, bytes),
    }
}

fn write_export(document: &Document, question_id: QuestionId, id: DocumentId, kind: ExportKind, post: &mut Post<'_>) {
    let Document { file, source, .. } = document;
    export::export(file, source, kind, document.listed(), &mut |piece, share| {
        post(progress(id, Task::Exporting, share));
        let update = Update::Answer { question_id, answer: Answer::Bytes };
        post(Message { updates: vec![update], bytes: piece });
    });
}

impl Document {
    fn chosen_bytes(&self) -> &[u8] {
        item::bytes(self.pyc(), self.chosen().span)
    }

    /// The contents of the text or bytes that are chosen.
    fn contents(&self) -> Option<&[u8]> {
        self.file.contents(self.chosen().item?)
    }

    /// The answer to a question that changes nothing.
    fn text_answer(&self, question: &Question) -> Option<Answer> {
        let (file, chosen) = (&self.file, self.chosen());
        Some(match *question {
            Question::RibbonHover { ribbon, pixel } => Answer::Text(ribbon::owner_at(file, ribbon, pixel)?.1),
            Question::Value => Answer::Text(file.value_text(chosen.item?)),
            Question::Path => Answer::Text(path(file, chosen.item?)),
            Question::CopyBytes(form) => Answer::Text(hex::copy_bytes(self.chosen_bytes(), form)),
            Question::FunctionText(form) => {
                Answer::Text(export::function_text(file, self.listed()?, form, self.range_in_bytecode()))
            }
            Question::ListingText { limit } => Answer::Text(export::printable_listing(file, limit)),
            _ => return None,
        })
    }
}
