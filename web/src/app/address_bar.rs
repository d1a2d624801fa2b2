//! Keeping the address at the place that is on screen, and the page at the place that the address names; and telling a page
//! around this one. The way that the reader has come is the browser's history: its Back and Forward walk places.

use crate::address::{self, Entry};
use crate::commands::Commands;
use crate::document::Document;
use crate::embedding::Embedding;
use crate::hooks::use_window_event;
use gloo::file::File;
use gloo::timers::callback::Timeout;
use pycxray_view::protocol::DocumentId;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// How long a place must be kept before the address names it, in milliseconds, where it is no step of the history; browsers
/// refuse when it changes too often.
const KEPT: u32 = 250;

/// A place that was gone to: in which file, and the how-manyeth visit there.
type Visit = (Option<DocumentId>, u64);

/// The way that the reader has come.
#[derive(Default)]
struct Way {
    /// The entry on screen.
    index: u32,
    /// The last one.
    newest: u32,
    /// What the entry on screen stands for.
    written: Option<Visit>,
    /// The file in which the page is about to go to the place of another entry.
    arriving: Option<DocumentId>,
}

impl Way {
    /// Notes that this is on screen now. Whether it is an entry of its own.
    fn visit(&mut self, visit: Visit) -> bool {
        let before = self.written;
        if before == Some(visit) || self.arriving.is_some() {
            return false;
        }
        self.written = Some(visit);
        // Before the first file there was nowhere to go back to.
        let is_step = before.is_some_and(|(document, _)| document.is_some()) && visit.0.is_some();
        if is_step {
            self.index += 1;
            self.newest = self.index;
        }
        is_step
    }
}

/// Keeps the address and the page at the same place. Whether there is a place to go back to, and forward.
#[hook]
pub(super) fn use_address_bar(document: Option<&Rc<Document>>, commands: &Commands) -> (bool, bool) {
    let active = document.map(|document| document.id);
    let way = use_mut_ref(|| {
        let index = address::entry().unwrap_or_default().index;
        Way { index, newest: index, ..Way::default() }
    });
    // What is about to be written into the address.
    let writing = use_mut_ref(|| None::<Timeout>);
    let steps = use_state_eq(|| (false, false));
    use_changed_address(active, commands, &way, &writing);
    let embedding = {
        let commands = commands.clone();
        let handed = Callback::from(move |file: File| commands.open(vec![file]));
        use_memo((), |()| Embedding::begin(handed))
    };
    {
        let commands = commands.clone();
        use_effect_with((), move |()| commands.restore());
    }
    {
        let commands = commands.clone();
        use_effect_with(active, move |active| active.iter().for_each(|id| commands.arrive(*id)));
    }
    // The address that the page was opened with is not written over.
    let is_first = use_mut_ref(|| true);
    let place = document.map(|document| document.place.clone());
    let kept = document.map(|document| (document.selection.span, document.selection.visit));
    let (document, commands, set_steps) = (document.cloned(), commands.clone(), steps.setter());
    use_effect_with((active, place, kept), move |(active, _, kept)| {
        if is_first.take() {
            return;
        }
        let is_step = way.borrow_mut().visit((*active, kept.map_or(0, |(_, visit)| visit)));
        let Way { index, newest, .. } = *way.borrow();
        set_steps.set((index > 0, index < newest));
        let (entry, place) = (Entry { index, document: *active }, named_place(document.as_deref(), &commands));
        commands.keep_place(*active, &place);
        if is_step {
            address::push(&place, entry);
        }
        let write = move || {
            address::replace(&place, entry);
            if let (Some(embedding), Some(document)) = (&*embedding, document) {
                let span = document.selection.span;
                let label = document.selection.crumbs.last().map(|crumb| crumb.label.clone());
                embedding.tell(span.start, span.end, &label.unwrap_or_default());
            }
        };
        writing.replace(Some(Timeout::new(KEPT, write)));
    });
    *steps
}

/// The place that is on screen, as the address names it.
fn named_place(document: Option<&Document>, commands: &Commands) -> pycxray_view::protocol::Place {
    document.map(|document| commands.place_in_address(document.id, &document.place)).unwrap_or_default()
}

/// Goes where the address says when the reader has changed it, by typing or by walking through the history.
#[hook]
fn use_changed_address(
    active: Option<DocumentId>,
    commands: &Commands,
    way: &Rc<RefCell<Way>>,
    writing: &Rc<RefCell<Option<Timeout>>>,
) {
    let (commands, way, writing) = (commands.clone(), way.clone(), writing.clone());
    let changed = use_callback(active, move |_: web_sys::Event, active| {
        writing.take();
        let entry = address::entry();
        {
            let mut way = way.borrow_mut();
            // What was typed is an entry behind the one that was on screen.
            way.index = entry.map_or(way.index + 1, |entry| entry.index);
            way.newest = way.newest.max(way.index);
            way.arriving = entry.and_then(|entry| entry.document).or(*active);
        }
        let arrived = {
            let way = way.clone();
            Callback::from(move |visit: Option<(DocumentId, u64)>| {
                let mut way = way.borrow_mut();
                way.arriving = None;
                if let Some((document, visit)) = visit {
                    way.written = Some((Some(document), visit));
                }
            })
        };
        commands.go_to_address(*active, entry.and_then(|entry| entry.document), arrived);
    });
    use_window_event("popstate", changed);
}
