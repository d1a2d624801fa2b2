//! What the views on both sides are drawn from.

use crate::commands::{Commands, Inside};
use crate::commands::{use_acting, use_showing, use_showing_beside, use_unwatching};
use crate::document::Document;
use crate::views::ViewProps;
use pycxray_view::protocol::{Everywhere, EverywhereAction, FoundIn, MemberName, Place, TextForm, View, Viewport};
use std::rc::Rc;
use yew::prelude::*;

/// What a view of the document is drawn from. `leads` is the view on the other side, if that is to follow this one.
#[hook]
pub(super) fn use_view_props(
    document: &Rc<Document>,
    everywhere: &Option<Rc<Everywhere>>,
    leads: Option<View>,
    commands: &Commands,
) -> ViewProps {
    let id = document.id;
    let onwatch = {
        let commands = commands.clone();
        use_callback(id, move |viewport: Viewport, id| commands.watch(*id, viewport))
    };
    let onopen = {
        let commands = commands.clone();
        use_callback(document.clone(), move |(member, place): (MemberName, Place), document| {
            commands.open_member(document.id, &document.summary.name, &member, Inside::Place(place));
        })
    };
    let onsave = {
        let commands = commands.clone();
        use_callback(id, move |member: MemberName, id| commands.save_member(*id, &member))
    };
    let oncompare = {
        let commands = commands.clone();
        use_callback(id, move |pair: usize, id| commands.compare_members(*id, pair))
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
    ViewProps {
        document: document.clone(),
        onact: use_acting(commands, id),
        onwatch,
        onunwatch: use_unwatching(commands),
        onopen,
        onsave,
        oncompare,
        oncopy,
        everywhere: everywhere.clone(),
        oneverywhere,
        onfound,
        onbeside: use_showing_beside(commands),
        onshow: use_showing(commands),
        leads,
    }
}
