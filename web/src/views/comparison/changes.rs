//! The list of all that differs.

use crate::components::{HeldRows, ListPane, RowAt, RowClick, RowPress};
use crate::hooks::use_rows_of;
use crate::views::row::draw_option;
use crate::views::{ViewProps, no_rows};
use pycxray_view::protocol::{Action, ChangeRow, ComparisonAction, Viewport};
use std::rc::Rc;
use yew::prelude::*;

/// The list of all that differs.
#[component]
pub(super) fn Changes(props: &ViewProps) -> Html {
    let ViewProps { document, onact, onwatch, onunwatch, oncompare, .. } = props;
    let onneed = use_rows_of(Viewport::Changes, onwatch, onunwatch);
    let is_there = document.changes.is_some();
    let window = document.changes.clone().unwrap_or_else(|| Rc::new(no_rows()));
    let go = onact.reform(|row| Action::Comparison(ComparisonAction::Change(row)));
    let onpick = go.reform(|RowClick { row, .. }| row);
    let onenter = {
        let (window, oncompare) = (window.clone(), oncompare.clone());
        Callback::from(move |row: usize| {
            if let Some(ChangeRow::Member { pair: Some(pair), .. }) = window.row(row) {
                oncompare.emit(*pair);
            }
        })
    };
    let onkey = {
        let onenter = onenter.clone();
        move |press: RowPress| {
            if press.event.key() == "Enter" && !press.is_command() {
                press.row.into_iter().for_each(|row| onenter.emit(row));
                return true;
            }
            let to = press.step();
            to.into_iter().for_each(|row| go.emit(row));
            to.is_some()
        }
    };
    let draw_row = {
        let window = window.clone();
        move |at: RowAt| {
            window
                .row(at.index)
                .map_or_else(Html::default, |row| html! { <Row key={at.index} row={row.clone()} {at} /> })
        }
    };
    html! {
        <ListPane id="changes" class="list listing changes" role="listbox" label="All that differs" row_id="change"
            empty={if is_there { "Nothing that is told differs." } else { "" }} held={HeldRows::from(&*window)}
            draw_row={Callback::from(draw_row)} {onneed} {onpick} {onenter} onkey={Callback::from(onkey)} />
    }
}

/// Properties of [`Row`].
#[derive(Properties, PartialEq)]
struct RowProps {
    row: ChangeRow,
    at: RowAt,
}

/// Something that differs, or what it is in.
#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { row, at } = props;
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "none".to_owned());
    let (kind, content) = match row {
        ChangeRow::Heading { name, fate } => (
            "heading",
            html! { <><span class="what">{ name.clone() }</span><span class="fate">{ fate.clone() }</span></> },
        ),
        ChangeRow::Member { name, fate, is_program, pair } => {
            let content = html! {
                <><span class="what">{ name.clone() }</span><span class="fate">{ fate.clone() }</span></>
            };
            let class = if *is_program { "change" } else { "change noise" };
            let title = pair.map(|_| "Enter, or two clicks: what differs in it");
            return draw_option(*at, "change", classes!("member", class), title.map(AttrValue::from), content);
        }
        ChangeRow::Change { what, before, after, is_program } => {
            let is_bare = before.is_none() && after.is_none();
            let content = html! {
                <>
                    <span class="what">{ what.clone() }</span>
                    if !is_bare {
                        <span class="was">{ side(before) }</span>
                        <span class="arrow">{ "→" }</span>
                        <span class="is">{ side(after) }</span>
                    }
                </>
            };
            (if *is_program { "change" } else { "change noise" }, content)
        }
    };
    draw_option(*at, "change", classes!(kind), None, content)
}
