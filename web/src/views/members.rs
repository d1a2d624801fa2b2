//! What an archive or a frozen program holds, as a list that can be narrowed down; a member opens in a tab of its own.

use super::row::draw_option;
use super::{ViewEntry, ViewProps, no_rows};
use crate::components::{FilterBox, HeldRows, ListPane, RowAt, RowClick, RowPress};
use crate::hooks::use_rows_of;
use pycxray_view::grouped;
use pycxray_view::protocol::{Action, MemberRow, MembersAction, View, Viewport};
use std::rc::Rc;
use yew::prelude::*;

pub(super) const ENTRY: ViewEntry = ViewEntry {
    view: View::Members,
    name: "Members",
    title: |document| document.summary.members.map(|_| "Members".to_owned()),
    draw: |props| html! { <Members key={props.document.id.0} ..props.clone() /> },
    draw_tools: |_| Html::default(),
};

/// The list of members. Entering a row opens it.
#[component]
fn Members(props: &ViewProps) -> Html {
    let ViewProps { document, onact, onwatch, onunwatch, onopen, .. } = props;
    let select = onact.reform(|row| Action::Members(MembersAction::Select(row)));
    let onneed = use_rows_of(Viewport::Members, onwatch, onunwatch);
    let window = document.members.clone().unwrap_or_else(|| Rc::new(no_rows()));
    let onpick = select.reform(|click: RowClick| click.row);
    let onenter = {
        let (window, onopen) = (window.clone(), onopen.clone());
        Callback::from(move |row: usize| {
            if let Some(row) = window.row(row) {
                onopen.emit(row.clone());
            }
        })
    };
    let enter_chosen = {
        let (onenter, selected) = (onenter.clone(), window.selected);
        Callback::from(move |()| selected.into_iter().for_each(|row| onenter.emit(row)))
    };
    let onkey = {
        let enter_chosen = enter_chosen.clone();
        move |press: RowPress| {
            if press.event.key() == "Enter" && !press.is_command() {
                enter_chosen.emit(());
                return true;
            }
            press.step().inspect(|row| select.emit(*row)).is_some()
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
    let empty = if document.members.is_some() { "No member's name holds that." } else { "" };
    html! {
        <div class="hits">
            <div class="hits-head">
                <FilterBox id="member-filter" label="Filter members by name" placeholder="Filter by name"
                    onfilter={onact.reform(|typed| Action::Members(MembersAction::Filter(typed)))} onenter={enter_chosen} />
            </div>
            <ListPane id="members" class="list tree members" role="listbox" label="Members" row_id="member" {empty}
                held={HeldRows::from(&*window)} draw_row={Callback::from(draw_row)} {onneed} {onpick} {onenter}
                onkey={Callback::from(onkey)} />
        </div>
    }
}

/// Properties of [`Row`].
#[derive(Properties, PartialEq)]
struct RowProps {
    row: MemberRow,
    at: RowAt,
}

/// A member.
#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { row, at } = props;
    let kind = match &row.python {
        Some(python) => format!("{} · {python}", row.kind),
        None => row.kind.clone(),
    };
    let content = html! {
        <>
            <span class="v">{ row.name.clone() }</span>
            <span class="kind">{ kind }</span>
            <span class="x">{ row.size.map(grouped).unwrap_or_default() }</span>
        </>
    };
    draw_option(*at, "member", classes!(row.is_library.then_some("library")), Some(row.name.clone().into()), content)
}
