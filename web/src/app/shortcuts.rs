//! Keys that mean the same everywhere on the page.

use super::chooser::{choose_files, choose_folder};
use super::focus::{focus_next_pane, is_typing};
use crate::address;
use crate::commands::Commands;
use crate::components::Take;
use crate::document::Document;
use crate::hooks::use_window_event;
use crate::state::{Dialog, State};
use pycxray_view::protocol::{CopyAs, DocumentId, TextForm};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

/// Listens to keys that mean the same everywhere on the page.
#[hook]
pub(super) fn use_shortcuts(state: &State, commands: &Commands) {
    let heard = Heard {
        tabs: state.tabs.iter().map(|tab| tab.id).collect(),
        document: state.document.clone(),
        has_dialog: state.dialog.is_some(),
        commands: commands.clone(),
    };
    let pressed = use_callback(heard, |event: KeyboardEvent, heard| {
        if heard.press(&event) {
            event.prevent_default();
        }
    });
    use_window_event("keydown", pressed);
    let announce = {
        let commands = commands.clone();
        use_callback((), move |_: web_sys::Event, ()| commands.announce_version())
    };
    // start.js passes on what the service worker tells it.
    use_window_event("pycxray:update", announce);
}

/// What keys are heard with.
#[derive(PartialEq)]
struct Heard {
    tabs: Vec<DocumentId>,
    document: Option<Rc<Document>>,
    has_dialog: bool,
    commands: Commands,
}

impl Heard {
    /// Does what a key says. Answers whether it was one that means the same everywhere.
    fn press(&self, event: &KeyboardEvent) -> bool {
        let (control, alt) = (event.ctrl_key() || event.meta_key(), event.alt_key());
        let plain = !control && !alt && !is_typing(event) && !self.has_dialog;
        let commands = &self.commands;
        match (event.key().as_str(), &self.document) {
            ("o", _) if control => choose_files(),
            ("O", _) if control => choose_folder(),
            ("F6", _) => focus_next_pane(event.shift_key()),
            ("?", _) if plain => commands.show_dialog(Some(Dialog::Keys)),
            (",", _) if alt => self.cycle(self.tabs.len().saturating_sub(1)),
            (".", _) if alt => self.cycle(1),
            ("ArrowLeft", Some(_)) if alt => address::step(false),
            ("ArrowRight", Some(_)) if alt => address::step(true),
            ("w", Some(document)) if alt => commands.close(document.id),
            ("c", Some(document)) if control && !is_typing(event) => return self.copy(document),
            // The second time, the browser's own search begins.
            ("f", Some(_)) if control && !self.has_dialog && !is_focused("search") => focus_search(),
            ("/", Some(_)) if plain => focus_search(),
            ("g", Some(_)) if plain => commands.show_dialog(Some(Dialog::GoTo(None))),
            _ => return false,
        }
        true
    }

    /// Puts the file on screen that is so many tabs to the right, round and round.
    fn cycle(&self, steps: usize) {
        let active = self.document.as_ref().map(|document| document.id);
        if let Some(at) = self.tabs.iter().position(|id| Some(*id) == active) {
            self.commands.activate(self.tabs[(at + steps) % self.tabs.len()]);
        }
    }

    /// Ctrl+C copies what is chosen in the pane that has the focus, unless text is marked.
    fn copy(&self, document: &Document) -> bool {
        let marked = gloo::utils::window().get_selection().ok().flatten();
        if marked.is_some_and(|selection| !selection.is_collapsed()) {
            return false;
        }
        let pane = gloo::utils::document().active_element().map(|element| element.id());
        let what = match pane.as_deref() {
            Some("hex") => Take::Bytes(CopyAs::Hex),
            Some("listing") if document.listing.as_ref().is_some_and(|listing| listing.has_range) => {
                self.commands.copy_function(document.id, TextForm::Plain);
                return true;
            }
            Some("tree" | "listing") => Take::Value,
            _ => return false,
        };
        self.commands.take(document, what);
        true
    }
}

fn is_focused(id: &str) -> bool {
    gloo::utils::document().active_element().is_some_and(|element| element.id() == id)
}

fn focus_search() {
    let search = gloo::utils::document().get_element_by_id("search");
    if let Some(search) = search.and_then(|search| search.dyn_into::<HtmlInputElement>().ok()) {
        let _ = search.focus();
        search.select();
    }
}
