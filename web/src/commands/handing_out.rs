//! What is handed to the user: copied or saved.

use super::Commands;
use crate::clipboard::Coming;
use crate::components::Take;
use crate::document::Document;
use crate::{address, download};
use gloo::file::Blob;
use js_sys::Array;
use pycxray_view::counted;
use pycxray_view::protocol::{
    Answer, CardPayload, CopyAs, DocumentId, ExportKind, MemberName, Question, Summary, TextForm,
};
use std::ops::ControlFlow;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// How many bytes are copied at most; as text they are several times as long.
const MOST_COPIED: u32 = 4 << 20;
/// How many bytes of an export fit on the clipboard.
const CLIPBOARD: u64 = 64 << 20;

impl Commands {
    /// Copies a text that is called `what`, once it is there. Answers what to tell it to.
    fn copy(&self, what: String) -> impl Fn(Option<String>) + use<> {
        let (commands, coming) = (self.clone(), Coming::new());
        let settle = coming.settler();
        spawn_local(async move {
            if let Some(sentence) = coming.copy(what).await {
                commands.say(sentence);
            }
        });
        settle
    }

    /// Copies, saves or opens something of what is chosen.
    pub(crate) fn take(&self, document: &Document, what: Take) {
        let (id, chosen, name) = (document.id, document.selection.span, &document.summary.name);
        match what {
            Take::Value => self.copy_answer(id, Question::Value, "the value".to_owned()),
            Take::Link => {
                let link = address::link_to(&self.place_in_address(id, &document.place));
                self.copy("the link".to_owned())(Some(link));
            }
            Take::Path => self.copy_answer(id, Question::Path, "the path".to_owned()),
            Take::Bytes(form) => self.copy_bytes(id, form, chosen.len()),
            Take::Save => {
                let name = format!("{name}.{:x}-{:x}.bin", chosen.start, chosen.end);
                self.save_answer(id, Question::SelectedBytes, name);
            }
            Take::SaveContents => self.save_answer(id, Question::Contents, format!("{name}.{:x}.bin", chosen.start)),
            Take::OpenContents => self.open_contents(document),
        }
    }

    /// Opens or saves what the chosen constant holds.
    pub(crate) fn take_payload(&self, document: &Document, payload: &CardPayload, opens: bool) {
        match opens {
            true => self.open_payload(document, payload),
            false => {
                let name = format!("{}.{}.bin", document.summary.name, payload.name);
                self.save_answer(document.id, Question::Payload(payload.number), name);
            }
        }
    }

    /// Saves a member of a container as a file of its own.
    pub(crate) fn save_member(&self, id: DocumentId, member: &MemberName) {
        self.save_answer(id, Question::MemberFile(member.number), member.file_name.clone());
    }

    /// Saves the bytes of an answer.
    fn save_answer(&self, id: DocumentId, question: Question, name: String) {
        let commands = self.clone();
        self.0.client.ask(id, question, move |answer, bytes| {
            if let Answer::Refused(why) | Answer::Partly(why) = answer {
                commands.say(why);
            }
            if let Some(bytes) = bytes {
                download::save(&name, Blob::new(bytes.buffer()));
            }
            ControlFlow::Break(())
        });
    }

    fn copy_answer(&self, id: DocumentId, question: Question, what: String) {
        let settle = self.copy(what);
        self.0.client.ask(id, question, move |answer, _| {
            settle(match answer {
                Answer::Text(text) => Some(text),
                _ => None,
            });
            ControlFlow::Break(())
        });
    }

    /// Copies the code object in the listing, or of it the rows that are chosen.
    pub(crate) fn copy_function(&self, id: DocumentId, form: TextForm) {
        self.copy_answer(id, Question::FunctionText(form), "the instructions".to_owned());
    }

    fn copy_bytes(&self, id: DocumentId, form: CopyAs, count: u32) {
        let what = counted(count.into(), "byte");
        if count > MOST_COPIED {
            self.say(format!("{what} are too many for the clipboard; they can be saved."));
        } else {
            self.copy_answer(id, Question::CopyBytes(form), what);
        }
    }

    /// Writes an export, to the clipboard or else into a file.
    pub(crate) fn export(&self, id: DocumentId, summary: &Summary, kind: ExportKind, to_clipboard: bool) {
        let (name, pieces) = (kind.file_name(&summary.name), Array::new());
        let settle = to_clipboard.then(|| Rc::new(self.copy(format!("“{}”", kind.title()))));
        let commands = self.clone();
        self.0.client.ask(id, Question::Export(kind), move |answer, bytes| {
            if let Some(bytes) = bytes {
                pieces.push(&Blob::new(bytes.buffer()).into());
            }
            if answer != Answer::Done {
                return ControlFlow::Continue(());
            }
            let whole = download::joined(&pieces, kind.media_type());
            match settle.clone() {
                Some(settle) => commands.copy_export(whole, kind, settle),
                None => download::save(&name, whole),
            }
            ControlFlow::Break(())
        });
    }

    fn copy_export(&self, whole: Blob, kind: ExportKind, settle: Rc<impl Fn(Option<String>) + 'static>) {
        if whole.size() > CLIPBOARD {
            settle(None);
            return self.say(format!("“{}” is too long for the clipboard; it can be saved.", kind.title()));
        }
        spawn_local(async move { settle(gloo::file::futures::read_as_text(&whole).await.ok()) });
    }
}
