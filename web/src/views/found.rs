//! What a search found, as a list.

use super::row::draw_option;
use super::{ViewEntry, ViewProps, no_rows};
use crate::components::{HeldRows, ListPane, RowAt, RowClick, RowPress, StyledText};
use crate::hooks::use_rows_of;
use pycxray_view::hex_offset;
use pycxray_view::protocol::{Action, Everywhere, EverywhereAction, FoundIn, Hit, SearchAction, View, Viewport};
use std::rc::Rc;
use yew::prelude::*;

pub(super) const ENTRY: ViewEntry = ViewEntry {
    view: View::Found,
    name: "Found",
    title: |document| Some(format!("Found {}", document.search.as_ref()?.total)),
    draw: |props| html! { <Found key={props.document.id.0} ..props.clone() /> },
    draw_tools: |_| Html::default(),
};

/// What a search found, with a line over it that says how much.
#[component]
fn Found(props: &ViewProps) -> Html {
    let ViewProps { document, onact, onwatch, onunwatch, .. } = props;
    let select = onact.reform(|row| Action::Search(SearchAction::Select(row)));
    let onneed = use_rows_of(Viewport::Found, onwatch, onunwatch);
    let window = document.found.clone().unwrap_or_else(|| Rc::new(no_rows()));
    let state = document.search.clone().unwrap_or_default();
    let onpick = select.reform(|click: RowClick| click.row);
    let onkey = move |press: RowPress| press.step().inspect(|row| select.emit(*row)).is_some();
    let draw_row = {
        let window = window.clone();
        move |at: RowAt| {
            window
                .row(at.index)
                .map_or_else(Html::default, |hit| html! { <Row key={at.index} hit={hit.clone()} {at} /> })
        }
    };
    let everywhere = props.everywhere.as_ref();
    let ontoggle = {
        let query = if everywhere.is_some() { String::new() } else { state.query.clone() };
        props.oneverywhere.reform(move |_: MouseEvent| EverywhereAction::Query(query.clone()))
    };
    html! {
        <div class={classes!("hits", everywhere.map(|_| "with-files"))}>
            <div class="hits-head tools">
                <p>{ state.error.clone().unwrap_or_else(|| state.message.clone()) }</p>
                <button type="button" class="btn quiet small" aria-pressed={everywhere.is_some().to_string()}
                    title="Search all open files and the members of archives" onclick={ontoggle}>
                    { "All files" }
                </button>
            </div>
            if let Some(everywhere) = everywhere {
                { draw_everywhere(everywhere, props) }
            }
            <ListPane id="hits" class="list tree" role="listbox" label="What was found" row_id="hit"
                held={HeldRows::from(&*window)} draw_row={Callback::from(draw_row)} {onneed} {onpick}
                onkey={Callback::from(onkey)} />
        </div>
    }
}

/// In which files and members it was found.
fn draw_everywhere(everywhere: &Everywhere, props: &ViewProps) -> Html {
    let onstop = props.oneverywhere.reform(|_: MouseEvent| EverywhereAction::Stop);
    let draw_found = |found: &FoundIn| {
        let name = match &found.member {
            Some(member) => format!("{}!{}", found.name, member.name),
            None => found.name.clone(),
        };
        let onclick = {
            let found = found.clone();
            props.onfound.reform(move |_: MouseEvent| found.clone())
        };
        html! {
            <li>
                <button type="button" class="found-in" {onclick}>
                    <span class="name">{ name }</span><span class="w-soft">{ found.words.clone() }</span>
                </button>
            </li>
        }
    };
    html! {
        <section class="everywhere" aria-label="Found in files">
            <p role="status">
                { everywhere.message.clone() }
                if !everywhere.complete {
                    { " " }<button type="button" class="btn small" onclick={onstop}>{ "Stop" }</button>
                }
            </p>
            <ul>{ for everywhere.found.iter().map(draw_found) }</ul>
            if everywhere.more > 0 {
                <p class="w-soft">{ format!("and in {} more", everywhere.more) }</p>
            }
        </section>
    }
}

/// Properties of [`Row`].
#[derive(Properties, PartialEq)]
struct RowProps {
    hit: Hit,
    at: RowAt,
}

/// A place where it was found.
#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { hit, at } = props;
    let content = html! {
        <>
            <span class="lb">{ hit.kind.name() }</span>
            <span class="v"><StyledText text={hit.words.clone()} /></span>
            <span class="x">{ hex_offset(hit.span.start) }</span>
        </>
    };
    draw_option(*at, "hit", Classes::new(), None, content)
}
