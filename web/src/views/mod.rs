//! The views of a file's structure, which the left pane has tabs for.
//!
//! A view is a module of its own with a [`ViewEntry`] that says what it is called, when there is one, and how it is drawn;
//! what its keys do stands with its drawing. Adding one means such a module, and a line in [`VIEWS`].

mod comparison;
mod found;
mod graph;
mod instruction_columns;
mod lanes;
mod leading;
mod listing;
mod members;
mod outline;
mod problems;
mod row;
mod source;
mod strings;
mod tree;
mod verify;
mod view_tabs;

pub use view_tabs::ViewTabs;

use crate::document::Document;
use pycxray_view::protocol::{
    Action, Everywhere, EverywhereAction, FoundIn, MemberName, Place, TextForm, View, Viewport, Window,
};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use yew::prelude::*;

/// The views, in the order of their tabs. Every file has one of the first two.
pub const VIEWS: [&ViewEntry; 11] = [
    &tree::ENTRY,
    &members::ENTRY,
    &listing::ENTRY,
    &source::ENTRY,
    &verify::ENTRY,
    &graph::ENTRY,
    &outline::ENTRY,
    &strings::ENTRY,
    &problems::ENTRY,
    &found::ENTRY,
    &comparison::ENTRY,
];

/// A view of a file's structure.
pub struct ViewEntry {
    /// Which one it is.
    pub view: View,
    /// What it is called.
    pub name: &'static str,
    /// What its tab says; `None` where the file has nothing for it.
    pub title: fn(&Document) -> Option<String>,
    /// Draws it. Its key is the file's id: another file is looked at anew.
    pub draw: fn(&ViewProps) -> Html,
    /// Draws what it offers, beside the tabs.
    pub draw_tools: fn(&ViewProps) -> Html,
}

impl ViewEntry {
    /// That of a view, if it is one that has a tab.
    pub(crate) fn of(view: View) -> Option<&'static Self> {
        VIEWS.into_iter().find(|entry| entry.view == view)
    }

    /// The view to be seen of a file when `wanted` is to be: that, or the first that the file has something for.
    pub fn shown(wanted: View, document: &Document) -> &'static Self {
        let has = || VIEWS.into_iter().filter(|entry| (entry.title)(document).is_some());
        has().find(|entry| entry.view == wanted).or_else(|| has().next()).unwrap_or(VIEWS[0])
    }
}

/// What the right pane shows above the details.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Beside {
    /// The bytes.
    Bytes,
    /// The source that belongs to the file.
    Companion,
    /// A view that could be on the left: the listing, or the source that was written of the bytecode.
    View(View),
}

/// The views that can be on the right, beside another one.
const BESIDE: [View; 2] = [View::Listing, View::Source];

impl Beside {
    /// What can be seen beside a view of the file.
    pub fn offered(left: View, document: &Document) -> Vec<Self> {
        if document.comparison.is_some() {
            return vec![Self::Bytes];
        }
        let has =
            |view: &View| *view != left && ViewEntry::of(*view).is_some_and(|entry| (entry.title)(document).is_some());
        let views = BESIDE.into_iter().filter(has).map(Self::View);
        let companion = document.companion.is_some().then_some(Self::Companion);
        std::iter::once(Self::Bytes).chain(views).chain(companion).collect()
    }

    /// The view that it is, if it is one.
    pub fn view(self) -> Option<View> {
        match self {
            Self::View(view) => Some(view),
            Self::Bytes | Self::Companion => None,
        }
    }

    /// What is to be seen beside a view of the file: this, or the bytes where the file has it not.
    pub fn shown(self, left: View, document: &Document) -> Self {
        Some(self).filter(|beside| Self::offered(left, document).contains(beside)).unwrap_or(Self::Bytes)
    }
}

/// What a view is drawn from.
#[derive(Clone, Properties, PartialEq)]
pub struct ViewProps {
    /// The file.
    pub document: Rc<Document>,
    /// Called with what the user does to it.
    pub onact: Callback<Action>,
    /// Called with what the view shows, whenever that is something else than before.
    pub onwatch: Callback<Viewport>,
    /// Called when the view is gone.
    pub onunwatch: Callback<View>,
    /// Called with a member that is to be opened as a file of its own, and where to go in that.
    pub onopen: Callback<(MemberName, Place)>,
    /// Called with a member that is to be saved as a file of its own.
    pub onsave: Callback<MemberName>,
    /// Called with the number of a pair of members, of two containers that are compared, which are to be put side by side.
    pub oncompare: Callback<usize>,
    /// Called with the form in which the code object in the listing is to be copied.
    pub oncopy: Callback<TextForm>,
    /// How far a search through everything is, if there is one.
    pub everywhere: Option<Rc<Everywhere>>,
    /// Called with what the user does about that.
    pub oneverywhere: Callback<EverywhereAction>,
    /// Called with a file or member in which something was found.
    pub onfound: Callback<FoundIn>,
    /// Called with what the right pane is to show.
    pub onbeside: Callback<Beside>,
    /// Called with a view that is to be seen instead.
    pub onshow: Callback<View>,
    /// The view on the other side, which is led to what the reader scrolls to in this one.
    pub leads: Option<View>,
}

/// A list of which no rows have come yet.
fn no_rows<R>() -> Window<R> {
    Window { start: 0, rows: Vec::new(), total: 0, selected: None, choice: 0, subject: None, lead: None }
}
