//! The left side: one view of the file's structure, and tabs for the others.

use super::view_props::use_view_props;
use crate::commands::Commands;
use crate::document::Document;
use crate::views::{ViewEntry, ViewTabs};
use pycxray_view::protocol::{Everywhere, View};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Structure`].
#[derive(Properties, PartialEq)]
pub(super) struct StructureProps {
    /// The file on screen.
    pub(super) document: Rc<Document>,
    /// The view to be seen, where the file has that.
    pub(super) view: View,
    /// The view on the right, if one is there.
    pub(super) leads: Option<View>,
    /// How far a search through everything is, if there is one.
    pub(super) everywhere: Option<Rc<Everywhere>>,
    /// What it can have the page do.
    pub(super) commands: Commands,
}

/// The left side.
#[component]
pub(super) fn Structure(props: &StructureProps) -> Html {
    let StructureProps { document, view, leads, everywhere, commands } = props;
    let entry = ViewEntry::shown(*view, document);
    let view_props = use_view_props(document, everywhere, *leads, commands);
    html! {
        <section class="left" aria-label="Structure">
            <div class="views">
                <ViewTabs document={document.clone()} shown={entry.view} onshow={view_props.onshow.clone()} />
                <div class="end">{ (entry.draw_tools)(&view_props) }</div>
            </div>
            <div class="left-body" id="left-body" role="tabpanel" aria-label={entry.name}>
                { (entry.draw)(&view_props) }
            </div>
        </section>
    }
}
