//! What the page listens to as a whole: drops anywhere on the window, keys, the address, printing, the system.

use super::keyboard::focused_pane;
use super::{App, AppMsg};
use gloo::events::{EventListener, EventListenerOptions};
use pycxray_view::{Export, ExportKind, Session};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, DragEvent, Event, File, FileList, KeyboardEvent, Window};
use yew::html::Scope;

/// All listeners on the window; they end with the page.
pub(super) fn listeners(
    link: &Scope<App>,
    session: &Rc<RefCell<Session>>,
    last_pane: &Rc<Cell<usize>>,
) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let mut listeners = drops(&window, link);
    let session = session.clone();
    listeners.push(on(&window, "beforeprint", move |_| put_listing_on_paper(&session.borrow())));
    let keys = link.clone();
    listeners.push(on(&window, "keydown", move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            keys.send_message(AppMsg::Key(event.clone()));
        }
    }));
    let last_pane = last_pane.clone();
    listeners.push(on(&window, "focusin", move |_| {
        if let Some(pane) = focused_pane() {
            last_pane.set(pane);
        }
    }));
    let address = link.clone();
    listeners.push(on(&window, "hashchange", move |_| address.send_message(AppMsg::AddressChanged)));
    // start.js passes on what the browser tells it.
    let version = link.clone();
    listeners.push(on(&window, "pycxray:update", move |_| version.send_message(AppMsg::NewVersion)));
    let system = link.clone();
    listeners.push(on(&window, "pycxray:files", move |event| {
        let Some(event) = event.dyn_ref::<CustomEvent>() else { return };
        let files = js_sys::Array::from(&event.detail());
        let files: Vec<File> = files.iter().filter_map(|file| file.dyn_into().ok()).collect();
        system.send_message(AppMsg::Files(files));
    }));
    listeners
}

/// How much is printed, in bytes: hundreds of pages, laid out while the browser waits.
const PAPER: usize = 4 << 20;

/// Paper gets the whole listing, as text: the panes only ever hold the rows in sight. It must be there when the event
/// returns, so it does not wait for its turn to be drawn.
fn put_listing_on_paper(session: &Session) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let (Some(paper), Some(active)) = (document.get_element_by_id("print"), session.active()) else { return };
    let mut export = Export::new(active, ExportKind::Listing);
    let mut is_whole = false;
    while !is_whole && export.written() < PAPER {
        is_whole = export.step(active, 10_000);
    }
    let mut text = export.take();
    if !is_whole {
        text.push_str("\n… The listing goes on. Export saves all of it.\n");
    }
    paper.set_text_content(Some(&text));
}

fn on(window: &Window, name: &'static str, handle: impl Fn(&Event) + 'static) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(window, name, options, move |event| handle(event))
}

fn drops(window: &Window, link: &Scope<App>) -> Vec<EventListener> {
    let (over, left, dropped) = (link.clone(), link.clone(), link.clone());
    vec![
        on(window, "dragover", move |event| {
            let Some(data) = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer) else { return };
            event.prevent_default();
            if data.types().includes(&"Files".into(), 0) {
                data.set_drop_effect("copy");
                over.send_message(AppMsg::Drag(true));
            }
        }),
        on(window, "dragleave", move |event| {
            // Only leaving the window has nowhere to go to.
            if event.dyn_ref::<DragEvent>().is_some_and(|event| event.related_target().is_none()) {
                left.send_message(AppMsg::Drag(false));
            }
        }),
        on(window, "drop", move |event| {
            event.prevent_default();
            let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
            match data.and_then(|data| data.files()) {
                Some(list) if list.length() > 0 => dropped.send_message(AppMsg::Files(files(&list))),
                _ => dropped.send_message(AppMsg::Drag(false)),
            }
        }),
    ]
}

/// The files of the browser's own kind of list.
pub(super) fn files(list: &FileList) -> Vec<File> {
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}
