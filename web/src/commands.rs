//! What the components can have the page do.

use crate::app::{Action as PageAction, Dialog, News, State};
use crate::clipboard::Coming;
use crate::components::{Lineage, Take};
use crate::document::Document;
use crate::engine::{Client, Origin, Subject, Told, Under};
use crate::folder::Folder;
use crate::samples::{self, Sample};
use crate::session::Session;
use crate::theme::Theme;
use crate::{address, download};
use gloo::file::{Blob, File};
use js_sys::Array;
use pycxray_view::displayable;
use pycxray_view::protocol::{
    Action, Answer, CardPayload, CopyAs, DocumentId, EverywhereAction, ExportKind, FoundIn, HexHover, MemberRow, Place,
    Question, Ribbon, SearchAction, Summary, TextForm, View, Viewport,
};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// How much of a listing is printed, in bytes: hundreds of pages, laid out while the browser waits.
const PAPER: usize = 4 << 20;
/// How many bytes are copied at most; as text they are several times as long.
const MOST_COPIED: u32 = 4 << 20;
/// How many bytes of an export fit on the clipboard.
const CLIPBOARD: u64 = 64 << 20;

/// How something comes out of another file.
struct Way {
    /// What it is called in that.
    name: String,
    /// What was done to its bytes.
    words: String,
    /// The Python that it is read as, if not as what it says.
    python: Option<String>,
    /// What is searched for in it, if anything is.
    query: String,
}

/// Where something comes out of.
struct Around {
    id: DocumentId,
    name: String,
    /// What is chosen there.
    place: Place,
}

impl From<&Document> for Around {
    fn from(document: &Document) -> Self {
        Self { id: document.id, name: document.summary.name.clone(), place: document.place.clone() }
    }
}

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
    arrivals: RefCell<HashMap<DocumentId, Place>>,
    /// What to search for in them.
    queries: RefCell<HashMap<DocumentId, String>>,
    /// Whether all open files are searched.
    is_everywhere: Cell<bool>,
}

impl PartialEq for Commands {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Commands {
    /// Those of the page whose state `page` changes. Starts the engine.
    pub(crate) fn new(page: UseReducerDispatcher<State>) -> Self {
        let session = Session::begin();
        let told = {
            let (page, session) = (page.clone(), session.clone());
            move |told: Told| {
                // What it failed at would have it fail again.
                if let Told::Failed { file: Some((id, _)), .. } = &told {
                    session.drop_file(*id);
                }
                page.dispatch(PageAction::Told(told));
            }
        };
        let client = Client::new(Callback::from(told));
        let (destination, arrivals, queries) = (RefCell::default(), RefCell::default(), RefCell::default());
        Self(Rc::new(Inner { client, page, session, destination, arrivals, queries, is_everywhere: Cell::new(false) }))
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

/// Files.
impl Commands {
    /// Opens files.
    pub(crate) fn open(&self, files: Vec<File>) {
        self.drag_over(false);
        for file in files {
            let is_awaited = |place: &mut Place| place.file.as_ref().is_none_or(|name| *name == file.name());
            let place = self.0.destination.borrow_mut().take_if(is_awaited);
            if place.is_some() {
                self.dispatch(PageAction::Await(None));
            }
            self.open_at(Origin::File(file), place);
        }
    }

    /// Opens a folder, if there is anything in it.
    pub(crate) fn open_folder(&self, folder: Folder) {
        self.drag_over(false);
        match folder.files.is_empty() {
            true => self.say(format!("There is no file in {}.", displayable(&folder.name))),
            false => drop(self.bring(Origin::Folder(folder), None)),
        }
    }

    /// Opens text that was pasted: what it writes out, if it writes bytes out.
    pub(crate) fn open_text(&self, text: &str) {
        self.open(vec![File::new("pasted", text)]);
    }

    /// Opens a member of an archive as a file of its own.
    pub(crate) fn open_member(&self, archive: &Document, member: &MemberRow) {
        let way = Way { name: member.name.clone(), words: String::new(), python: None, query: String::new() };
        self.open_out_of(archive.into(), Question::Member(member.member), way);
    }

    /// Opens what a constant holds as a file of its own.
    pub(crate) fn open_payload(&self, around: &Document, payload: &CardPayload) {
        let CardPayload { number, name, words, python, .. } = payload.clone();
        self.open_out_of(around.into(), Question::Payload(number), Way { name, words, python, query: String::new() });
    }

    /// Opens the contents of the text or bytes that are chosen as a file of its own.
    pub(crate) fn open_contents(&self, around: &Document) {
        let name = format!("{:x}", around.selection.span.start);
        self.open_out_of(
            around.into(),
            Question::Contents,
            Way { name, words: "as it stands there".to_owned(), python: None, query: String::new() },
        );
    }

    /// Opens what stands in another file in a tab of its own, which says where it came from.
    fn open_out_of(&self, around: Around, question: Question, way: Way) {
        let Around { id: parent, name: outer, place } = around;
        let (commands, name) = (self.clone(), format!("{outer}!{}", way.name));
        self.0.client.ask(parent, question, move |answer, bytes| {
            let partly = match answer {
                Answer::Refused(why) => {
                    commands.say(format!("{name} was not opened: {why}"));
                    return ControlFlow::Break(());
                }
                Answer::Partly(why) => Some(why),
                _ => None,
            };
            let Some(bytes) = bytes else { return ControlFlow::Break(()) };
            let origin = Origin::Member { name: name.clone(), blob: Blob::new(bytes.buffer()) };
            if let Some(id) = commands.bring(origin, way.python.clone()) {
                let lineage =
                    Lineage { parent, outer: outer.clone(), place: place.clone(), words: way.words.clone(), partly };
                commands.dispatch(PageAction::CameFrom(id, lineage.into()));
                if !way.query.is_empty() {
                    commands.0.queries.borrow_mut().insert(id, way.query.clone());
                }
            }
            ControlFlow::Break(())
        });
    }

    /// Goes to where a file came from.
    pub(crate) fn go_to_parent(&self, lineage: &Lineage) {
        self.activate(lineage.parent);
        self.go_to_place(lineage.parent, lineage.place.clone(), Callback::noop());
    }

    /// Opens a sample.
    pub(crate) fn open_sample(&self, sample: &'static Sample) {
        self.open_at(Origin::Sample(sample), None);
    }

    /// Puts a file on screen.
    pub(crate) fn activate(&self, id: DocumentId) {
        self.0.client.activate(id);
    }

    /// Puts two files side by side.
    pub(crate) fn compare(&self, files: [DocumentId; 2]) {
        self.0.client.compare(files);
        self.show(View::Pair);
    }

    /// Closes a file.
    pub(crate) fn close(&self, id: DocumentId) {
        self.0.client.close(id);
        self.0.session.drop_file(id);
    }

    /// Reads a file as another Python, or as the one that it says.
    pub(crate) fn read_as(&self, id: DocumentId, python: Option<String>) {
        self.0.session.keep_python(id, python.as_ref());
        self.0.client.read_as(id, python);
    }

    /// Gives up something that takes long.
    pub(crate) fn give_up(&self, under: &Under) {
        if let Subject::File(id) = under.subject {
            self.0.session.drop_file(id);
        }
        self.0.client.give_up(under);
    }

    /// Goes where the address says: in `wanted`, if that file is open, else in the one that it names, else in `active`, the one
    /// on screen. Where that is none, the page waits for it. `arrived` is called with where it went, or with nothing.
    pub(crate) fn go_to_address(
        &self,
        active: Option<DocumentId>,
        wanted: Option<DocumentId>,
        arrived: Callback<Option<(DocumentId, u64)>>,
    ) {
        let place = address::read();
        let client = &self.0.client;
        let sample = place.sample.as_deref().and_then(samples::find);
        let named = || match (sample, &place.file) {
            (Some(sample), _) => client.document_of(sample),
            (None, Some(name)) => client.document_called(name),
            (None, None) => active,
        };
        match (wanted.filter(|id| client.holds(*id)).or_else(named), sample) {
            (Some(id), _) => {
                if active != Some(id) {
                    self.activate(id);
                }
                self.go_to_place(id, place, arrived);
            }
            (None, Some(sample)) => {
                arrived.emit(None);
                self.open_at(Origin::Sample(sample), Some(place));
            }
            (None, None) => {
                arrived.emit(None);
                self.wait_for(Some(place).filter(|place| *place != Place::default()));
            }
        }
    }

    /// Waits for the file that a place is in.
    fn wait_for(&self, place: Option<Place>) {
        if let Some(place) = place.as_ref().filter(|_| !self.0.client.is_empty()) {
            self.say(awaited_words(place));
        }
        self.0.destination.replace(place.clone());
        self.dispatch(PageAction::Await(place));
    }

    /// Opens a file, and keeps it for when the page is loaded again.
    fn bring(&self, origin: Origin, python: Option<String>) -> Option<DocumentId> {
        let id = self.0.client.open(origin.clone(), python.clone())?;
        self.0.session.keep(id, &origin, python);
        Some(id)
    }

    /// Opens the files that were open before the page was loaded again; after that, goes where the address says.
    pub(crate) fn restore(&self) {
        let commands = self.clone();
        spawn_local(async move {
            let (files, active) = commands.0.session.restored().await;
            for (file, origin) in files {
                let on_screen = Some(file.id) == active;
                commands.0.client.open_again(file.id, origin, file.place, file.python, on_screen);
            }
            let wanted = address::entry().and_then(|entry| entry.document);
            if wanted.is_none_or(|id| !commands.0.client.holds(id)) {
                commands.go_to_address(None, None, Callback::noop());
            }
        });
    }

    /// Notes what is on screen, for when the page is loaded again.
    pub(crate) fn keep_place(&self, id: Option<DocumentId>, place: &Place) {
        if let Some(id) = id {
            self.0.session.keep_place(id, place);
        }
    }

    /// Keeps open files for when the page is loaded again, or keeps nothing.
    pub(crate) fn set_forgets(&self, forgets: bool) {
        self.0.session.set_forgets(forgets);
    }

    /// Opens a file, and goes to a place in it once it is there.
    fn open_at(&self, origin: Origin, place: Option<Place>) {
        if let (Some(id), Some(place)) = (self.bring(origin, None), place) {
            self.0.arrivals.borrow_mut().insert(id, place);
        }
    }

    /// A file has come on screen: goes to the place in it that was wanted.
    pub(crate) fn arrive(&self, id: DocumentId) {
        if let Some(query) = self.0.queries.borrow_mut().remove(&id) {
            self.search(id, query);
        }
        let place = self.0.arrivals.borrow_mut().remove(&id);
        if let Some(place) = place.filter(|place| place.words().is_some()) {
            self.go_to_place(id, place, Callback::noop());
        }
    }

    fn go_to_place(&self, id: DocumentId, place: Place, arrived: Callback<Option<(DocumentId, u64)>>) {
        let commands = self.clone();
        self.0.client.ask(id, Question::GoToPlace(place), move |answer, _| {
            if let Answer::Went(Err(why)) = &answer
                && !why.is_empty()
            {
                commands.say(why.clone());
            }
            arrived.emit(match answer {
                Answer::Went(Ok(visit)) => Some((id, visit)),
                _ => None,
            });
            ControlFlow::Break(())
        });
    }

    /// The place that the address names for a place in a document: with the sample or the file that it is.
    pub(crate) fn place_in_address(&self, id: DocumentId, place: &Place) -> Place {
        let sample = self.0.client.sample_of(id).map(|sample| sample.id.to_owned());
        Place { sample, file: self.0.client.file_name_of(id), ..place.clone() }
    }
}

/// What is said of a place whose file is not there.
pub(crate) fn awaited_words(place: &Place) -> String {
    let file = place.file.as_deref().map_or("its file".into(), displayable);
    match place.words() {
        Some(words) => format!("Drop {file} to go to {words}."),
        None => format!("Drop {file} to open it."),
    }
}

/// What is done to a file.
impl Commands {
    /// The user did something to a document.
    pub(crate) fn act(&self, id: DocumentId, action: Action) {
        self.0.client.act(id, action);
    }

    /// Has the engine send what is on screen.
    pub(crate) fn watch(&self, id: DocumentId, viewport: Viewport) {
        self.0.client.watch(id, viewport);
    }

    /// A view is on screen no more.
    pub(crate) fn unwatch(&self, view: View) {
        self.0.client.unwatch(view);
    }

    /// Searches for something; for nothing, ends the search.
    pub(crate) fn search(&self, id: DocumentId, query: String) {
        if !query.is_empty() {
            self.dispatch(PageAction::BeginSearch);
        }
        if self.0.is_everywhere.get() && !query.is_empty() {
            self.0.client.search_everywhere(EverywhereAction::Query(query.clone()));
        }
        self.0.client.act(id, Action::Search(SearchAction::Query(query)));
    }

    /// Searches through all open files and members of archives too, or no more.
    pub(crate) fn search_everywhere(&self, action: EverywhereAction) {
        if let EverywhereAction::Query(query) = &action {
            self.0.is_everywhere.set(!query.is_empty());
        }
        self.0.client.search_everywhere(action);
    }

    /// Shows what was found in a file or member; a member is opened.
    pub(crate) fn show_found(&self, found: &FoundIn, query: &str) {
        match &found.member {
            None => {
                self.activate(found.document);
                self.0.client.act(found.document, Action::Search(SearchAction::Query(query.to_owned())));
            }
            Some(member) => {
                let around = Around { id: found.document, name: found.name.clone(), place: Place::default() };
                let way =
                    Way { name: member.name.clone(), words: String::new(), python: None, query: query.to_owned() };
                self.open_out_of(around, Question::Member(member.member), way);
            }
        }
    }

    /// Ends the search.
    pub(crate) fn leave_search(&self, id: DocumentId) {
        self.search_everywhere(EverywhereAction::Query(String::new()));
        self.0.client.act(id, Action::Search(SearchAction::Query(String::new())));
        self.dispatch(PageAction::EndSearch);
    }

    /// Goes where the reader says; the dialog stays open while that is nowhere.
    pub(crate) fn go_to(&self, id: DocumentId, text: String) {
        let commands = self.clone();
        self.0.client.ask(id, Question::GoTo(text), move |answer, _| {
            let wrong = match answer {
                Answer::Went(Err(why)) => Some(Dialog::GoTo(Some(why))),
                _ => None,
            };
            commands.show_dialog(wrong);
            ControlFlow::Break(())
        });
    }

    /// Asks what hovering over a byte tells.
    pub(crate) fn ask_hover(&self, id: DocumentId, byte: u32, heard: Callback<HexHover>) {
        self.0.client.ask(id, Question::Hover(byte), move |answer, _| {
            if let Answer::Hover(hover) = answer {
                heard.emit(hover);
            }
            ControlFlow::Break(())
        });
    }

    /// Asks what lies under a pixel of the ribbon.
    pub(crate) fn ask_tip(&self, id: DocumentId, ribbon: Ribbon, pixel: u32, heard: Callback<String>) {
        self.0.client.ask(id, Question::RibbonHover { ribbon, pixel }, move |answer, _| {
            if let Answer::Text(text) = answer {
                heard.emit(text);
            }
            ControlFlow::Break(())
        });
    }

    /// Asks for the listing, to be printed.
    pub(crate) fn ask_paper(&self, id: DocumentId, heard: Callback<String>) {
        self.0.client.ask(id, Question::ListingText { limit: PAPER }, move |answer, _| {
            if let Answer::Text(text) = answer {
                heard.emit(text);
            }
            ControlFlow::Break(())
        });
    }
}

/// What is handed to the user.
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

    /// Copies the code object in the listing.
    pub(crate) fn copy_function(&self, id: DocumentId, form: TextForm) {
        self.copy_answer(id, Question::FunctionText(form), "the function".to_owned());
    }

    fn copy_bytes(&self, id: DocumentId, form: CopyAs, count: u32) {
        let what = if count == 1 { "1 byte".to_owned() } else { format!("{count} bytes") };
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

/// A callback that shows a view; the same at each rendering.
#[hook]
pub(crate) fn use_showing(commands: &Commands) -> Callback<View> {
    let commands = commands.clone();
    use_callback((), move |view, ()| commands.show(view))
}
