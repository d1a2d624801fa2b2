//! The left side: one view of the file's structure, and tabs for the others.

use crate::commands::{Commands, Inside};
use crate::commands::{use_acting, use_showing, use_showing_beside, use_unwatching};
use crate::document::Document;
use crate::views::{ViewEntry, ViewProps, ViewTabs};
use pycxray_view::protocol::{Everywhere, EverywhereAction, FoundIn, MemberName, Place, TextForm, View, Viewport};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Structure`].
#[derive(Properties, PartialEq)]
pub(super) struct StructureProps {
    /// The file on screen.
    pub(super) document: Rc<Document>,
    /// The view to be seen, where the file has that.
    pub(super) view: View,
    /// How far a search through everything is, if there is one.
    pub(super) everywhere: Option<Rc<Everywhere>>,
    /// What it can have the page do.
    pub(super) commands: Commands,
}

/// The left side.
#[component]
pub(super) fn Structure(props: &StructureProps) -> Html {
    let StructureProps { document, view, everywhere, commands } = props;
    let entry = ViewEntry::shown(*view, document);
    let id = document.id;
    let onwatch = {
        let commands = commands.clone();
        use_callback(id, move |viewport: Viewport, id| commands.watch(*id, viewport))
    };
    let (onunwatch, onshow, onbeside) = (use_unwatching(commands), use_showing(commands), use_showing_beside(commands));
    let onopen = {
        let commands = commands.clone();
        use_callback(document.clone(), move |(member, place): (MemberName, Place), document| {
            commands.open_member(document.id, &document.summary.name, &member, Inside::Place(place));
        })
    };
    let oncopy = {
        let commands = commands.clone();
        use_callback(id, move |form: TextForm, id| commands.copy_function(*id, form))
    };
    let oneverywhere = {
        let commands = commands.clone();
        use_callback((), move |action: EverywhereAction, ()| commands.search_everywhere(action))
    };
    let onfound = {
        let commands = commands.clone();
        use_callback(everywhere.clone(), move |found: FoundIn, everywhere| {
            commands.show_found(&found, everywhere.as_ref().map_or("", |everywhere| &everywhere.query));
        })
    };
    let onact = use_acting(commands, id);
    let view_props = ViewProps {
        document: document.clone(),
        onact,
        onwatch,
        onunwatch,
        onopen,
        oncopy,
        everywhere: everywhere.clone(),
        oneverywhere,
        onfound,
        onbeside,
        onshow: onshow.clone(),
    };
    html! {
        <section class="left" aria-label="Structure">
            <div class="views">
                <ViewTabs document={document.clone()} shown={entry.view} {onshow} />
                <div class="end">{ (entry.draw_tools)(&view_props) }</div>
            </div>
            <div class="left-body" id="left-body" role="tabpanel" aria-label={entry.name}>
                { (entry.draw)(&view_props) }
            </div>
        </section>
    }
}
