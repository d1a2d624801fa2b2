//! What is done to a file, and asked of it.

use super::{Commands, Inside};
use crate::state::{Action as PageAction, Dialog};
use pycxray_view::protocol::{
    Action, Answer, DocumentId, EverywhereAction, FoundIn, HexHover, Question, Ribbon, SearchAction, View, Viewport,
};
use std::ops::ControlFlow;
use yew::prelude::*;

/// How much of a listing is printed, in bytes: hundreds of pages, laid out while the browser waits.
const PAPER: usize = 4 << 20;

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
            Some(member) => self.open_member(found.document, &found.name, member, Inside::Query(query.to_owned())),
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

    /// Asks what hovering over a byte tells, in one of two files that are compared where `side` says so.
    pub(crate) fn ask_hover(&self, id: DocumentId, side: Option<usize>, offset: u32, heard: Callback<HexHover>) {
        self.0.client.ask(id, Question::Hover { side, offset }, move |answer, _| {
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
