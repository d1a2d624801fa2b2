//! The file on screen: what it is as a whole, its structure beside its bytes, and where the reader is in it.

use super::right::RightSide;
use super::structure::Structure;
use crate::address;
use crate::commands::{Commands, use_acting, use_unwatching};
use crate::components::{Banner, CameFrom, Direction, Ribbon, Splitter, StatusBar, SummaryLine};
use crate::document::Document;
use crate::hooks::use_unwatch;
use crate::lineage::Lineage;
use crate::views::{Beside, ViewEntry};
use pycxray_view::Span;
use pycxray_view::protocol::{Action, Everywhere, Ribbon as Stretch, View, Viewport};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Workspace`].
#[derive(Properties, PartialEq)]
pub(super) struct WorkspaceProps {
    /// The file on screen.
    pub(super) document: Rc<Document>,
    /// What the left pane shows, where the file has that.
    pub(super) view: View,
    /// What the right pane shows, where the file has that.
    pub(super) beside: Beside,
    /// Where it came from, if it stood in another file, and whether that is open.
    pub(super) lineage: Option<(Rc<Lineage>, bool)>,
    /// How far a search through everything is, if there is one.
    pub(super) everywhere: Option<Rc<Everywhere>>,
    /// Whether there is a place to go back to, and forward.
    pub(super) can_step: (bool, bool),
    /// What it can have the page do.
    pub(super) commands: Commands,
}

/// The file on screen.
#[component]
pub(super) fn Workspace(props: &WorkspaceProps) -> Html {
    let WorkspaceProps { document, view, beside, lineage, everywhere, can_step, commands } = props;
    // The bytes that the hex pane shows.
    let sight = use_state_eq(Span::default);
    let onsight = {
        let sight = sight.setter();
        use_callback((), move |span, ()| sight.set(span))
    };
    let onact = use_acting(commands, document.id);
    let left = ViewEntry::shown(*view, document).view;
    let beside = beside.shown(left, document);
    html! {
        <>
            <Head document={document.clone()} lineage={lineage.clone()} sight={*sight} commands={commands.clone()} />
            <main class="panes">
                <Structure document={document.clone()} view={left} leads={beside.view()} everywhere={everywhere.clone()}
                    commands={commands.clone()} />
                <Splitter direction={Direction::Upright} property="--split" name="split" label="Width of the left pane" />
                <RightSide document={document.clone()} {left} {beside} everywhere={everywhere.clone()} {onsight}
                    commands={commands.clone()} />
            </main>
            { draw_status(document, *can_step, &onact) }
        </>
    }
}

/// Properties of [`Head`].
#[derive(Properties, PartialEq)]
struct HeadProps {
    document: Rc<Document>,
    lineage: Option<(Rc<Lineage>, bool)>,
    sight: Span,
    commands: Commands,
}

/// The file as a whole: what it is, and its anatomy at a glance.
#[component]
fn Head(props: &HeadProps) -> Html {
    let HeadProps { document, lineage, sight, commands } = props;
    let (id, summary) = (document.id, &document.summary);
    let onproblems = {
        let commands = commands.clone();
        Callback::from(move |()| commands.show(View::Problems))
    };
    let onverify = {
        let commands = commands.clone();
        Callback::from(move |()| commands.show(View::Verify))
    };
    let onread = {
        let commands = commands.clone();
        Callback::from(move |python| commands.read_as(id, python))
    };
    let onrepair = {
        let repair = summary.repair.clone();
        onread.reform(move |()| repair.clone())
    };
    let onneed = {
        let commands = commands.clone();
        use_callback(id, move |ribbon: Stretch, id| commands.watch(*id, Viewport::Ribbon(ribbon)))
    };
    let onunwatch = use_unwatching(commands);
    use_unwatch(View::Ribbon, &onunwatch);
    let (tip, onhover) = use_tip(document, commands);
    let onact = use_acting(commands, id);
    html! {
        <section class="head" aria-label="The file as a whole">
            <SummaryLine summary={summary.clone()} companion={document.companion.clone()}
                onproblems={onproblems.clone()} {onverify} {onread} />
            if let Some((lineage, is_open)) = lineage {
                { draw_lineage(lineage, *is_open, commands) }
            }
            <Ribbon key={document.key()} size={summary.size} window={document.ribbon.clone()}
                selection={document.selection.clone()} sight={*sight} {tip} {onneed} {onhover}
                {onact} />
            if let Some(message) = &summary.banner {
                <Banner message={message.clone()} has_more={summary.problems > 1}
                    can_be_repaired={summary.repair.is_some()} {onrepair} onmore={onproblems} />
            }
        </section>
    }
}

fn draw_lineage(lineage: &Rc<Lineage>, is_open: bool, commands: &Commands) -> Html {
    let ongo = {
        let (commands, lineage) = (commands.clone(), lineage.clone());
        move |()| commands.go_to_parent(&lineage)
    };
    html! { <CameFrom lineage={lineage.clone()} {is_open} {ongo} /> }
}

/// What lies under the pointer on the ribbon, and what is called with where that is.
#[hook]
fn use_tip(document: &Document, commands: &Commands) -> (Option<String>, Callback<Option<(Stretch, u32)>>) {
    let tip = use_state_eq(|| None::<String>);
    let onhover = {
        let (tip, commands) = (tip.setter(), commands.clone());
        use_callback(document.id, move |over: Option<(Stretch, u32)>, id| match over {
            Some((ribbon, pixel)) => {
                let tip = tip.clone();
                commands.ask_tip(*id, ribbon, pixel, Callback::from(move |text| tip.set(Some(text))));
            }
            None => tip.set(None),
        })
    };
    ((*tip).clone(), onhover)
}

fn draw_status(document: &Document, can_step: (bool, bool), onact: &Callback<Action>) -> Html {
    let selection = &document.selection;
    html! {
        <StatusBar status={selection.status.clone()} crumbs={selection.crumbs.clone()}
            {can_step} onfollow={onact.reform(Action::Select)} onstep={Callback::from(address::step)} />
    }
}
