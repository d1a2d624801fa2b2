//! The right side: the bytes, or the source that belongs to the file; and what is chosen in them.

use super::bytes::{BothBytes, Bytes};
use super::view_props::use_view_props;
use crate::commands::{Commands, use_acting, use_showing, use_unwatching};
use crate::components::{ChooseSource, Details, Direction, SourcePane, Splitter, Take};
use crate::document::Document;
use crate::state::Dialog;
use crate::views::{Beside, ViewEntry};
use gloo::file::File;
use pycxray_view::Span;
use pycxray_view::protocol::{Action, CardPayload, CompanionAction, Everywhere, Standing, View, Viewport};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`RightSide`].
#[derive(Properties, PartialEq)]
pub(super) struct RightSideProps {
    /// The file on screen.
    pub(super) document: Rc<Document>,
    /// The view on the left.
    pub(super) left: View,
    /// What is to be seen of it, which it has.
    pub(super) beside: Beside,
    /// How far a search through everything is, if there is one.
    pub(super) everywhere: Option<Rc<Everywhere>>,
    /// Called with the bytes in sight.
    pub(super) onsight: Callback<Span>,
    /// What it can have the page do.
    pub(super) commands: Commands,
}

/// The right side.
#[component]
pub(super) fn RightSide(props: &RightSideProps) -> Html {
    let RightSideProps { document, left, beside, everywhere, onsight, commands } = props;
    let onfollow = use_acting(commands, document.id).reform(Action::Select);
    let ontake = {
        let (commands, document) = (commands.clone(), document.clone());
        move |what: Take| commands.take(&document, what)
    };
    let onpayload = {
        let (commands, document) = (commands.clone(), document.clone());
        move |(payload, opens): (CardPayload, bool)| commands.take_payload(&document, &payload, opens)
    };
    let view_props = use_view_props(document, everywhere, Some(*left), commands);
    let entry = beside.view().and_then(ViewEntry::of);
    let tools = match (beside, entry) {
        (_, Some(entry)) => (entry.draw_tools)(&view_props),
        (Beside::Companion, None) => html! { <SourceTools document={document.clone()} commands={commands.clone()} /> },
        _ => draw_go_to(commands),
    };
    let body = match (beside, entry) {
        (_, Some(entry)) => (entry.draw)(&view_props),
        (Beside::Companion, None) => {
            html! { <Source key={document.key()} document={document.clone()} commands={commands.clone()} /> }
        }
        _ if document.comparison.is_some() => {
            html! { <BothBytes key={document.id.0} document={document.clone()} onsight={onsight.clone()} commands={commands.clone()} /> }
        }
        _ => html! { <Bytes document={document.clone()} onsight={onsight.clone()} commands={commands.clone()} /> },
    };
    html! {
        <section class="right" aria-label={format!("{} and details", name_of(*beside))}>
            <div class="views">
                { draw_tabs(document, *left, *beside, &view_props.onbeside) }
                <div class="end">{ tools }</div>
            </div>
            { body }
            <Splitter direction={Direction::Level} property="--details" name="details" label="Height of the details" />
            <Details card={document.card.clone()} has_address={commands.has_address(document.id)} {onfollow} {ontake} {onpayload} />
        </section>
    }
}

/// What is seen on the right, in a word.
fn name_of(beside: Beside) -> &'static str {
    match beside {
        Beside::Bytes => "Bytes",
        Beside::Companion => "Source",
        Beside::View(view) => ViewEntry::of(view).map_or("", |entry| entry.name),
    }
}

/// What can be seen on the right.
fn draw_tabs(document: &Document, left: View, shown: Beside, onbeside: &Callback<Beside>) -> Html {
    let offered = Beside::offered(left, document);
    if offered.len() == 1 {
        return html! { <h2>{ "Hex" }</h2> };
    }
    let button = |beside: Beside| {
        let (words, title) = match (beside, &document.companion) {
            (Beside::Companion, Some(companion)) => {
                (companion.name.rsplit('/').next().unwrap_or_default().to_owned(), companion.name.clone())
            }
            (Beside::View(View::Source), _) => ("Source".to_owned(), "Python, written of the bytecode".to_owned()),
            (Beside::View(_), _) => ("Listing".to_owned(), "The instructions of the function".to_owned()),
            _ => ("Hex".to_owned(), "The bytes of the file".to_owned()),
        };
        html! {
            <button type="button" class="view" {title} aria-pressed={(shown == beside).to_string()}
                onclick={onbeside.reform(move |_| beside)}>
                { words }
            </button>
        }
    };
    html! {
        <div class="view-tabs" role="group" aria-label="What is shown here">
            { for offered.into_iter().map(button) }
        </div>
    }
}

/// The way to an offset or a line.
fn draw_go_to(commands: &Commands) -> Html {
    let commands = commands.clone();
    let onclick = move |_: MouseEvent| commands.show_dialog(Some(Dialog::GoTo(None)));
    html! {
        <button type="button" class="btn quiet small" {onclick}>{ "Go to " }<kbd>{ "g" }</kbd></button>
    }
}

/// Properties of [`SourceTools`] and [`Source`].
#[derive(Properties, PartialEq)]
struct SourceProps {
    document: Rc<Document>,
    commands: Commands,
}

/// What can be done with the source that belongs to the file.
#[component]
fn SourceTools(props: &SourceProps) -> Html {
    let SourceProps { document, commands } = props;
    let onact = use_acting(commands, document.id);
    let has_tints = document.companion_text.as_ref().is_some_and(|text| text.has_tints);
    let ontint = onact.reform(move |_: MouseEvent| Action::Companion(CompanionAction::Tint(!has_tints)));
    let is_at_hand = document.companion.as_ref().is_some_and(|companion| companion.standing != Standing::Absent);
    if !is_at_hand {
        return Html::default();
    }
    html! {
        <>
            <ChooseSource onchoose={onchoose(document, commands)} />
            <button type="button" class="btn quiet small" title="Tint each line as the instructions that it became"
                aria-pressed={has_tints.to_string()} onclick={ontint}>
                { "Tints" }
            </button>
        </>
    }
}

fn onchoose(document: &Document, commands: &Commands) -> Callback<File> {
    let (commands, id) = (commands.clone(), document.id);
    Callback::from(move |file| commands.open_source(id, file))
}

/// The source that belongs to the file.
#[component]
fn Source(props: &SourceProps) -> Html {
    let SourceProps { document, commands } = props;
    let onwatch = {
        let commands = commands.clone();
        use_callback(document.id, move |viewport: Viewport, id| commands.watch(*id, viewport))
    };
    let (onunwatch, onshow) = (use_unwatching(commands), use_showing(commands));
    let onact = use_acting(commands, document.id);
    html! {
        <SourcePane window={document.companion_text.clone()} {onact} {onwatch} {onunwatch} {onshow}
            onchoose={onchoose(document, commands)} />
    }
}
