//! The bytes: of the file on screen, or of both files that are compared.

use crate::commands::{Commands, use_acting, use_unwatching};
use crate::components::HexPane;
use crate::document::{Document, SideBytes};
use crate::hooks::use_unwatch;
use pycxray_view::Span;
use pycxray_view::protocol::{Action, ComparisonAction, DocumentId, HexHover, Rows, View, Viewport};
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Bytes`] and [`BothBytes`].
#[derive(Properties, PartialEq)]
pub(super) struct BytesProps {
    /// The file on screen.
    pub(super) document: Rc<Document>,
    /// Called with those of its bytes that are in sight.
    pub(super) onsight: Callback<Span>,
    /// What they can have the page do.
    pub(super) commands: Commands,
}

/// The bytes of the file on screen.
#[component]
pub(super) fn Bytes(props: &BytesProps) -> Html {
    let BytesProps { document, onsight, commands } = props;
    let onneed = use_watching(document.id, None, commands);
    let (hover, onhover) = use_hover(document.id, None, commands);
    let onact = use_acting(commands, document.id);
    html! {
        <HexPane key={document.key()} size={document.summary.size} window={document.hex.clone()}
            selection={document.selection.clone()} {hover} {onneed} {onsight} {onact} {onhover} />
    }
}

/// The bytes of both files that are compared, beside or below each other.
#[component]
pub(super) fn BothBytes(props: &BytesProps) -> Html {
    let BytesProps { document, onsight, commands } = props;
    let side = |side: usize| {
        html! {
            <OneSide key={side} {side} document={document.clone()} onsight={onsight.clone()} commands={commands.clone()} />
        }
    };
    html! { <div class="both">{ side(0) }{ side(1) }</div> }
}

/// Properties of [`OneSide`].
#[derive(Properties, PartialEq)]
struct OneSideProps {
    /// Which file: 0 for the first, 1 for the second.
    side: usize,
    document: Rc<Document>,
    onsight: Callback<Span>,
    commands: Commands,
}

/// The bytes of one of two files that are compared. What the user does in them puts that file on screen.
#[component]
fn OneSide(props: &OneSideProps) -> Html {
    let OneSideProps { side, document, onsight, commands } = props;
    let side = *side;
    let onneed = use_watching(document.id, Some(side), commands);
    let (hover, onhover) = use_hover(document.id, Some(side), commands);
    let act = use_acting(commands, document.id);
    let Some(comparison) = document.comparison.clone() else { return Html::default() };
    let is_on_screen = comparison.side == side;
    let onact = {
        let act = act.clone();
        Callback::from(move |action: Action| {
            if !is_on_screen {
                act.emit(Action::Comparison(ComparisonAction::Side(side)));
            }
            act.emit(action);
        })
    };
    let onchoose = act.reform(move |_: MouseEvent| Action::Comparison(ComparisonAction::Side(side)));
    let onsight = if is_on_screen { onsight.clone() } else { Callback::noop() };
    let SideBytes { size, selection, window } = document.side_hex[side].clone();
    let name = format!("{}: {}", ["First", "Second"][side], comparison.names[side]);
    html! {
        <div class="of-side">
            <button type="button" class="view" title={format!("{name}: show its structure and details")}
                aria-pressed={is_on_screen.to_string()} onclick={onchoose}>
                { name }
            </button>
            <HexPane side={Some(side)} {size} {window} {selection} {hover} {onneed}
                {onsight} {onact} {onhover} />
        </div>
    }
}

/// Has the engine send rows of bytes, as many as are told, until the component is gone.
#[hook]
fn use_watching(id: DocumentId, side: Option<usize>, commands: &Commands) -> Callback<(Range<usize>, u32)> {
    let onunwatch = use_unwatching(commands);
    use_unwatch(side.map_or(View::Hex, View::SideHex), &onunwatch);
    let commands = commands.clone();
    use_callback((id, side), move |(rows, columns): (Range<usize>, u32), (id, side)| {
        let rows = Rows { start: rows.start, count: rows.len() };
        let viewport = match *side {
            Some(side) => Viewport::SideHex { side, rows, columns },
            None => Viewport::Hex { rows, columns },
        };
        commands.watch(*id, viewport);
    })
}

/// What the pointer rests on among the bytes, and what is called with that byte.
#[hook]
fn use_hover(id: DocumentId, side: Option<usize>, commands: &Commands) -> (Option<HexHover>, Callback<Option<u32>>) {
    let hover = use_state_eq(|| None::<HexHover>);
    // The byte that was asked for last: an answer for another one comes too late.
    let asked = use_mut_ref(|| None::<u32>);
    let onhover = {
        let (hover, commands) = (hover.setter(), commands.clone());
        use_callback((id, side), move |byte: Option<u32>, (id, side)| {
            asked.replace(byte);
            let Some(byte) = byte else { return hover.set(None) };
            let (hover, asked) = (hover.clone(), asked.clone());
            let heard = move |answer: HexHover| {
                if *asked.borrow() == Some(answer.offset) {
                    hover.set(Some(answer));
                }
            };
            commands.ask_hover(*id, *side, byte, Callback::from(heard));
        })
    };
    ((*hover).clone(), onhover)
}
