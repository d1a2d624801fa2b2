//! The right side: the bytes, or the source that belongs to the file; and what is chosen in them.

use super::state::Dialog;
use crate::commands::{Commands, use_acting, use_showing, use_showing_beside, use_unwatching};
use crate::components::{ChooseSource, Details, Direction, HexPane, SourcePane, Splitter, Take};
use crate::document::Document;
use crate::hooks::use_unwatch;
use crate::views::Beside;
use gloo::file::File;
use pycxray_view::Span;
use pycxray_view::protocol::{
    Action, CardPayload, Companion, CompanionAction, HexHover, Rows, Standing, View, Viewport,
};
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`RightSide`].
#[derive(Properties, PartialEq)]
pub(super) struct RightSideProps {
    /// The file on screen.
    pub(super) document: Rc<Document>,
    /// What is to be seen of it, where it has that.
    pub(super) beside: Beside,
    /// Called with the bytes in sight.
    pub(super) onsight: Callback<Span>,
    /// What it can have the page do.
    pub(super) commands: Commands,
}

/// The right side.
#[component]
pub(super) fn RightSide(props: &RightSideProps) -> Html {
    let RightSideProps { document, beside, onsight, commands } = props;
    let companion = document.source_beside();
    let beside = if companion.is_some() { *beside } else { Beside::Bytes };
    let onfollow = use_acting(commands, document.id).reform(Action::Select);
    let ontake = {
        let (commands, document) = (commands.clone(), document.clone());
        move |what: Take| commands.take(&document, what)
    };
    let onpayload = {
        let (commands, document) = (commands.clone(), document.clone());
        move |(payload, opens): (CardPayload, bool)| commands.take_payload(&document, &payload, opens)
    };
    html! {
        <section class="right" aria-label={if beside == Beside::Bytes { "Bytes and details" } else { "Source and details" }}>
            <Head document={document.clone()} {beside} commands={commands.clone()} />
            if beside == Beside::Bytes {
                <Bytes document={document.clone()} onsight={onsight.clone()} commands={commands.clone()} />
            } else {
                <Source key={document.key()} document={document.clone()} commands={commands.clone()} />
            }
            <Splitter direction={Direction::Level} property="--details" name="details" label="Height of the details" />
            <Details card={document.card.clone()} {onfollow} {ontake} {onpayload} />
        </section>
    }
}

/// Properties of [`Head`] and [`Source`].
#[derive(Properties, PartialEq)]
struct PartProps {
    document: Rc<Document>,
    #[prop_or(Beside::Source)]
    beside: Beside,
    commands: Commands,
}

/// What can be seen on the right side, and what can be done there.
#[component]
fn Head(props: &PartProps) -> Html {
    let PartProps { document, beside, commands } = props;
    let on_go_to = {
        let commands = commands.clone();
        move |_: MouseEvent| commands.show_dialog(Some(Dialog::GoTo(None)))
    };
    let onbeside = use_showing_beside(commands);
    let onact = use_acting(commands, document.id);
    let has_tints = document.companion_text.as_ref().is_some_and(|text| text.has_tints);
    let ontint = onact.reform(move |_: MouseEvent| Action::Companion(CompanionAction::Tint(!has_tints)));
    let companion = document.source_beside();
    let is_at_hand = companion.is_some_and(|companion| companion.standing != Standing::Absent);
    html! {
        <div class="views">
            { match companion {
                Some(companion) => draw_tabs(companion, *beside, &onbeside),
                None => html! { <h2>{ "Hex" }</h2> },
            } }
            <div class="end">
                if *beside == Beside::Bytes {
                    <button type="button" class="btn quiet small" onclick={on_go_to}>
                        { "Go to " }<kbd>{ "g" }</kbd>
                    </button>
                } else if is_at_hand {
                    <ChooseSource onchoose={onchoose(document, commands)} />
                    <button type="button" class="btn quiet small"
                        title="Tint each line as the instructions that it became"
                        aria-pressed={has_tints.to_string()} onclick={ontint}>
                        { "Tints" }
                    </button>
                }
            </div>
        </div>
    }
}

fn draw_tabs(companion: &Companion, beside: Beside, onbeside: &Callback<Beside>) -> Html {
    let name = companion.name.rsplit('/').next().unwrap_or_default().to_owned();
    let button = |to: Beside, words: String, title: String| {
        html! {
            <button type="button" class="view" {title} aria-pressed={(beside == to).to_string()}
                onclick={onbeside.reform(move |_| to)}>
                { words }
            </button>
        }
    };
    html! {
        <div class="view-tabs" role="group" aria-label="What is shown here">
            { button(Beside::Bytes, "Hex".to_owned(), "The bytes of the file".to_owned()) }
            { button(Beside::Source, name, companion.name.clone()) }
        </div>
    }
}

fn onchoose(document: &Document, commands: &Commands) -> Callback<File> {
    let (commands, id) = (commands.clone(), document.id);
    Callback::from(move |file| commands.open_source(id, file))
}

/// The source that belongs to the file.
#[component]
fn Source(props: &PartProps) -> Html {
    let PartProps { document, commands, .. } = props;
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

/// Properties of [`Bytes`].
#[derive(Properties, PartialEq)]
struct BytesProps {
    document: Rc<Document>,
    onsight: Callback<Span>,
    commands: Commands,
}

/// The bytes.
#[component]
fn Bytes(props: &BytesProps) -> Html {
    let BytesProps { document, onsight, commands } = props;
    let id = document.id;
    let onneed = {
        let commands = commands.clone();
        use_callback(id, move |(rows, columns): (Range<usize>, u32), id| {
            let rows = Rows { start: rows.start, count: rows.len() };
            commands.watch(*id, Viewport::Hex { rows, columns });
        })
    };
    let onunwatch = use_unwatching(commands);
    use_unwatch(View::Hex, &onunwatch);
    let (hover, onhover) = use_hover(document, commands);
    let onact = use_acting(commands, id);
    html! {
        <HexPane key={document.key()} size={document.summary.size} window={document.hex.clone()}
            selection={document.selection.clone()} {hover} {onneed} {onsight} {onact} {onhover} />
    }
}

/// What the pointer rests on among the bytes, and what is called with that byte.
#[hook]
fn use_hover(document: &Document, commands: &Commands) -> (Option<HexHover>, Callback<Option<u32>>) {
    let hover = use_state_eq(|| None::<HexHover>);
    // The byte that was asked for last: an answer for another one comes too late.
    let asked = use_mut_ref(|| None::<u32>);
    let onhover = {
        let (hover, commands) = (hover.setter(), commands.clone());
        use_callback(document.id, move |byte: Option<u32>, id| {
            asked.replace(byte);
            let Some(byte) = byte else { return hover.set(None) };
            let (hover, asked) = (hover.clone(), asked.clone());
            let heard = move |answer: HexHover| {
                if *asked.borrow() == Some(answer.offset) {
                    hover.set(Some(answer));
                }
            };
            commands.ask_hover(*id, byte, Callback::from(heard));
        })
    };
    ((*hover).clone(), onhover)
}
