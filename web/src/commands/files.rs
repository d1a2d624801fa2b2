//! Files: which are open, which comes on screen, where to go in them.

use super::Commands;
use crate::address;
use crate::document::Document;
use crate::engine::{Opening, Origin, Subject, Under};
use crate::folder::Folder;
use crate::lineage::{Lineage, Way};
use crate::samples::{self, Sample};
use crate::session::Panes;
use crate::state::Action as PageAction;
use gloo::file::{Blob, File};
use pycxray_view::displayable;
use pycxray_view::protocol::{Answer, CardPayload, DocumentId, MemberName, Place, Question, View};
use std::ops::ControlFlow;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// What stands in another file.
struct Contained {
    /// Where.
    lineage: Lineage,
    /// What it is called there.
    name: String,
    /// The Python that it is read as, if not as what it says.
    python: Option<String>,
    /// Where to go in it.
    inside: Inside,
}

/// Where to go in what is opened.
#[derive(Clone)]
pub(crate) enum Inside {
    /// To a place.
    Place(Place),
    /// To what is found there.
    Query(String),
}

impl Default for Inside {
    fn default() -> Self {
        Self::Place(Place::default())
    }
}

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

    /// Puts a source beside a file, whatever it is called.
    pub(crate) fn open_source(&self, of: DocumentId, file: File) {
        self.bring(Origin::File(file), Opening { source_of: vec![of], ..Opening::default() });
    }

    /// Opens a folder, if there is anything in it.
    pub(crate) fn open_folder(&self, folder: Folder) {
        self.drag_over(false);
        match folder.files.is_empty() {
            true => self.say(format!("There is no file in {}.", displayable(&folder.name))),
            false => drop(self.bring(Origin::Folder(folder), Opening::default())),
        }
    }

    /// Opens text that was pasted: what it writes out, if it writes bytes out.
    pub(crate) fn open_text(&self, text: &str) {
        self.open(vec![File::new("pasted", text)]);
    }

    /// Opens a member of an archive, which is called `outer`, as a file of its own.
    pub(crate) fn open_member(&self, archive: DocumentId, outer: &str, member: &MemberName, inside: Inside) {
        let MemberName { number, name, python, .. } = member.clone();
        let lineage = Lineage {
            parent: archive,
            outer: outer.to_owned(),
            place: Place { member: Some(name.clone()), ..Place::default() },
            way: Way::Member(number),
            words: String::new(),
            partly: None,
        };
        self.open_contained(Contained { lineage, name, python, inside });
    }

    /// Opens what a constant holds as a file of its own.
    pub(crate) fn open_payload(&self, around: &Document, payload: &CardPayload) {
        let CardPayload { number, name, words, python, .. } = payload.clone();
        let lineage = lineage_from(around, Way::Payload(number), words);
        self.open_contained(Contained { lineage, name, python, inside: Inside::default() });
    }

    /// Opens the contents of the text or bytes that are chosen as a file of its own.
    pub(crate) fn open_contents(&self, around: &Document) {
        let name = format!("{:x}", around.selection.span.start);
        let lineage = lineage_from(around, Way::Contents, "as it stands there".to_owned());
        self.open_contained(Contained { lineage, name, python: None, inside: Inside::default() });
    }

    /// Opens what stands in another file in a tab of its own, which says where it came from; if there is one, goes there.
    fn open_contained(&self, contained: Contained) {
        let Contained { lineage, name, python, inside } = contained;
        if let Some(id) = self.0.client.document_out_of(&lineage) {
            self.activate(id);
            return self.go_inside(id, inside);
        }
        let (commands, name) = (self.clone(), format!("{}!{name}", lineage.outer));
        self.0.client.ask(lineage.parent, lineage.way.question(), move |answer, bytes| {
            let partly = match answer {
                Answer::Refused(why) => {
                    commands.say(format!("{name} was not opened: {why}"));
                    return ControlFlow::Break(());
                }
                Answer::Partly(why) => Some(why),
                _ => None,
            };
            let Some(bytes) = bytes else { return ControlFlow::Break(()) };
            let lineage = Lineage { partly, ..lineage.clone() }.into();
            let origin = Origin::Member { name: name.clone(), lineage, blob: Blob::new(bytes.buffer()) };
            let opening = Opening { python: python.clone(), ..Opening::default() };
            if let Some(id) = commands.bring(origin, opening) {
                commands.0.arrivals.borrow_mut().insert(id, inside.clone());
            }
            ControlFlow::Break(())
        });
    }

    fn go_inside(&self, id: DocumentId, inside: Inside) {
        match inside {
            Inside::Place(place) if place.words().is_some() => self.go_to_place(id, place, Callback::noop()),
            Inside::Place(_) => {}
            Inside::Query(query) => self.search(id, query),
        }
    }

    /// Goes to where a file came from.
    pub(crate) fn go_to_parent(&self, lineage: &Lineage) {
        self.activate(lineage.parent);
        if lineage.place.member.is_some() {
            self.show(View::Members);
        }
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
        self.put_side_by_side(files, None);
    }

    /// Puts a pair of members side by side, by its number in the tab of two containers that are.
    pub(crate) fn compare_members(&self, of: DocumentId, pair: usize) {
        if let Some(files) = self.0.client.files_compared(of) {
            self.put_side_by_side(files, Some(pair));
        }
    }

    fn put_side_by_side(&self, files: [DocumentId; 2], pair: Option<usize>) {
        let compared = self.0.client.compare(files, pair);
        self.0.session.keep_comparison(compared);
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
        self.0.destination.replace(place.clone().filter(|place| place.sample.is_none()));
        self.dispatch(PageAction::Await(place));
    }

    /// Opens a file, and keeps it for when the page is loaded again.
    fn bring(&self, origin: Origin, opening: Opening) -> Option<DocumentId> {
        let id = self.0.client.open(origin.clone(), opening.clone())?;
        self.0.session.keep(id, &origin, &opening);
        Some(id)
    }

    /// Opens the files that were open before the page was loaded again; after that, goes where the address says.
    pub(crate) fn restore(&self) {
        let commands = self.clone();
        spawn_local(async move {
            let (files, active) = commands.0.session.restored().await;
            commands.0.client.open_again(files, active);
            for compared in commands.0.session.comparisons() {
                commands.0.client.compare_again(compared, Some(compared.id) == active);
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

    /// Keeps what both panes show, for when the page is loaded again.
    pub(crate) fn keep_panes(&self, panes: Panes) {
        self.0.session.keep_panes(panes);
    }

    /// Keeps open files for when the page is loaded again, or keeps nothing.
    pub(crate) fn set_forgets(&self, forgets: bool) {
        self.0.session.set_forgets(forgets);
    }

    /// Opens a file, and goes to a place in it once it is there.
    fn open_at(&self, origin: Origin, place: Option<Place>) {
        if let (Some(id), Some(place)) = (self.bring(origin, Opening::default()), place) {
            self.0.arrivals.borrow_mut().insert(id, Inside::Place(place));
        }
    }

    /// A file has come on screen: goes to what was wanted in it.
    pub(crate) fn arrive(&self, id: DocumentId) {
        let wanted = self.0.arrivals.borrow_mut().remove(&id);
        if let Some(inside) = wanted {
            self.go_inside(id, inside);
        }
    }

    /// Where a file came from that stood in another one, and whether that is open.
    pub(crate) fn lineage_of(&self, id: DocumentId) -> Option<(Rc<Lineage>, bool)> {
        let lineage = self.0.client.lineage_of(id)?;
        let is_open = self.0.client.holds(lineage.parent);
        Some((lineage, is_open))
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

    /// Whether an address can name a document: one that was opened out of another, or compares two, has none of its own.
    pub(crate) fn has_address(&self, id: DocumentId) -> bool {
        self.0.client.sample_of(id).is_some() || self.0.client.file_name_of(id).is_some()
    }

    /// The place that the address names for a place in a document: with the sample or the file that it is.
    pub(crate) fn place_in_address(&self, id: DocumentId, place: &Place) -> Place {
        let sample = self.0.client.sample_of(id).map(|sample| sample.id.to_owned());
        Place { sample, file: self.0.client.file_name_of(id), ..place.clone() }
    }
}

/// The way to something that stands in what is chosen in a file.
fn lineage_from(around: &Document, way: Way, words: String) -> Lineage {
    let (outer, place) = (around.summary.name.clone(), around.place.clone());
    Lineage { parent: around.id, outer, place, way, words, partly: None }
}

/// What is said of a place whose file is not there.
pub(crate) fn awaited_words(place: &Place) -> String {
    // Those that there are need not be waited for.
    if let Some(sample) = &place.sample {
        return format!("There is no sample called “{}”.", displayable(sample));
    }
    let file = place.file.as_deref().map_or("its file".into(), displayable);
    match place.words() {
        Some(words) => format!("Drop {file} to go to {words}."),
        None => format!("Drop {file} to open it."),
    }
}
