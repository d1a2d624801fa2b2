//! What a search found, as a list.

use super::{ViewEntry, ViewProps, no_rows};
use crate::components::{ListPane, RowClick, RowPress, StyledText};
use crate::hooks::{Follow, use_rows_of};
use pycxray_view::hex_offset;
use pycxray_view::protocol::{Action, Hit, SearchAction, View, Viewport};
use std::ops::Range;
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
    let draw = {
        let window = window.clone();
        move |(seen, _): (Range<usize>, f64)| {
            let draw_row = |index: usize| {
                let hit = window.row(index)?.clone();
                let (total, selected) = (window.total, window.selected == Some(index));
                Some(html! { <Row key={index} {hit} {index} {total} {selected} /> })
            };
            html! { <>{ for seen.filter_map(draw_row) }</> }
        }
    };
    let follow = Follow { subject: window.subject, choice: window.choice, row: window.selected };
    html! {
        <div class="hits">
            <p class="hits-head">{ state.error.clone().unwrap_or_else(|| state.message.clone()) }</p>
            <ListPane id="hits" class="list tree" role="listbox" label="What was found" row_id="hit"
                rows={window.total} held={window.start..window.start + window.rows.len()} {follow}
                draw={Callback::from(draw)} {onneed} {onpick} onkey={Callback::from(onkey)} />
        </div>
    }
}

/// Properties of [`Row`].
#[derive(Properties, PartialEq)]
struct RowProps {
    hit: Hit,
    index: usize,
    total: usize,
    selected: bool,
}

/// A place where it was found.
#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { hit, index, total, selected } = props;
    html! {
        <div class={classes!("row", selected.then_some("sel"))} id={format!("hit-{index}")} role="option"
            data-row={index.to_string()} aria-selected={selected.to_string()} aria-posinset={(index + 1).to_string()}
            aria-setsize={total.to_string()}>
            <span class="lb">{ hit.kind.name() }</span>
            <span class="v"><StyledText text={hit.words.clone()} /></span>
            <span class="x">{ hex_offset(hit.span.start) }</span>
        </div>
    }
}
