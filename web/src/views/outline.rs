//! The outline: the functions and classes of the file, nested as they are.

use super::row::depth_class;
use super::{ViewEntry, ViewProps, no_rows};
use crate::components::{FilterBox, HeldRows, ListPane, RowAt, RowClick, RowPress, StyledText};
use crate::hooks::use_rows_of;
use pycxray_view::grouped;
use pycxray_view::protocol::{Action, OutlineAction, OutlineRow, View, Viewport};
use std::rc::Rc;
use yew::prelude::*;

pub(super) const ENTRY: ViewEntry = ViewEntry {
    view: View::Outline,
    name: "Outline",
    title: |document| (document.summary.codes > 0).then(|| "Outline".to_owned()),
    draw: |props| html! { <Outline key={props.document.key()} ..props.clone() /> },
    draw_tools: |_| Html::default(),
};

/// The outline. Entering a row shows its listing.
#[component]
fn Outline(props: &ViewProps) -> Html {
    let ViewProps { document, onact, onwatch, onunwatch, .. } = props;
    let act = onact.clone();
    let onneed = use_rows_of(Viewport::Outline, onwatch, onunwatch);
    let window = document.outline.clone().unwrap_or_else(|| Rc::new(no_rows()));
    let select = {
        let window = window.clone();
        Callback::from(move |row: usize| {
            if let Some(row) = window.row(row) {
                act.emit(Action::Select(row.item));
            }
        })
    };
    let onpick = select.reform(|click: RowClick| click.row);
    let enter = {
        let onshow = props.onshow.clone();
        move || onshow.emit(View::Listing)
    };
    let enter_chosen = {
        let (enter, has_some) = (enter.clone(), window.total > 0);
        Callback::from(move |()| {
            if has_some {
                enter()
            }
        })
    };
    let onenter = {
        let enter = enter.clone();
        move |_: usize| enter()
    };
    let onkey = move |press: RowPress| {
        if press.event.key() == "Enter" && !press.is_command() {
            enter();
            return true;
        }
        press.step().inspect(|row| select.emit(*row)).is_some()
    };
    let draw_row = {
        let window = window.clone();
        move |at: RowAt| {
            window
                .row(at.index)
                .map_or_else(Html::default, |row| html! { <Row key={at.index} row={row.clone()} {at} /> })
        }
    };
    let filter = onact.reform(|typed| Action::Outline(OutlineAction::Filter(typed)));
    let empty = if document.outline.is_some() { "No function's or class's name holds that." } else { "" };
    html! {
        <div class="hits">
            <div class="hits-head">
                <FilterBox id="outline-filter" list="outline" label="Filter functions and classes by name" placeholder="Filter by name"
                    onfilter={filter} onenter={enter_chosen} />
            </div>
            <ListPane id="outline" class="list tree outline" role="tree" label="Functions and classes" row_id="code"
            {empty} held={HeldRows::from(&*window)} draw_row={Callback::from(draw_row)} {onneed} {onpick} {onenter}
            onkey={Callback::from(onkey)} />
        </div>
    }
}

/// Properties of [`Row`].
#[derive(Properties, PartialEq)]
struct RowProps {
    row: OutlineRow,
    at: RowAt,
}

/// A row of the outline.
#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { row, at: RowAt { index, total, selected, .. } } = props;
    let line = row.line.map(|line| format!("line {line} · ")).unwrap_or_default();
    html! {
        <div class={classes!("row", selected.then_some("sel"), depth_class(row.depth))} id={format!("code-{index}")}
            role="treeitem" data-row={index.to_string()} aria-selected={selected.to_string()}
            aria-level={(row.depth + 1).to_string()} aria-posinset={(index + 1).to_string()}
            aria-setsize={total.to_string()}>
            <span class="v"><StyledText text={row.name.clone()} /></span>
            <span class="x">{ line }{ grouped(u64::from(row.size)) }{ " bytes" }</span>
        </div>
    }
}
