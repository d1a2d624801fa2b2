//! Keeping the address at the place that is on screen, and the page at the place that the address names; and telling a page
//! around this one.

use crate::address;
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

/// How long a place must be kept before the address names it, in milliseconds; browsers refuse when it changes too often.
const KEPT: u32 = 250;

/// Keeps the address and the page at the same place.
#[hook]
pub(super) fn use_address_bar(document: Option<&Rc<Document>>, commands: &Commands) {
    let active = document.map(|document| document.id);
    // What is about to be written into the address.
    let writing = use_mut_ref(|| None::<Timeout>);
    use_changed_address(active, commands, &writing);
    let embedding = {
        let commands = commands.clone();
        let handed = Callback::from(move |file: File| commands.open(vec![file]));
        use_memo((), |()| Embedding::begin(handed))
    };
    {
        let commands = commands.clone();
        use_effect_with((), move |()| commands.go_to_address(None));
    }
    // The address that the page was opened with is not written over.
    let is_first = use_mut_ref(|| true);
    let place = document.map(|document| document.place.clone());
    let (document, commands) = (document.cloned(), commands.clone());
    let kept = document.as_ref().map(|document| document.selection.span);
    use_effect_with((active, place, kept), move |_| {
        let write = move || {
            let place = document.as_ref().map(|document| commands.place_in_address(document.id, &document.place));
            address::write(&place.unwrap_or_default());
            if let (Some(embedding), Some(document)) = (&*embedding, document) {
                let span = document.selection.span;
                let label = document.selection.crumbs.last().map(|crumb| crumb.label.clone());
                embedding.tell(span.start, span.end, &label.unwrap_or_default());
            }
        };
        writing.replace((!is_first.take()).then(|| Timeout::new(KEPT, write)));
    });
}

/// Goes where the address says when the reader has changed it.
#[hook]
fn use_changed_address(active: Option<DocumentId>, commands: &Commands, writing: &Rc<RefCell<Option<Timeout>>>) {
    let (commands, writing) = (commands.clone(), writing.clone());
    let changed = use_callback(active, move |_: web_sys::Event, active| {
        writing.take();
        commands.go_to_address(*active);
    });
    use_window_event("hashchange", changed);
}
