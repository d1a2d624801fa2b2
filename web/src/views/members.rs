//! What an archive or a frozen program holds, as a tree that can be narrowed down; a member opens in a tab of its own.

use super::row::{depth_class, draw_twisty, row_key};
use super::{ViewEntry, ViewProps, no_rows};
use crate::components::{FilterBox, HeldRows, ListPane, RowAt, RowClick, RowPress};
use crate::hooks::use_rows_of;
use pycxray_view::grouped;
use pycxray_view::protocol::{Action, MemberRow, MembersAction, Place, RowKey, View, Viewport};
use std::rc::Rc;
use yew::prelude::*;

pub(super) const ENTRY: ViewEntry = ViewEntry {
    view: View::Members,
    name: "Members",
    title: |document| document.summary.members.map(|_| "Members".to_owned()),
    draw: |props| html! { <Members key={props.document.id.0} ..props.clone() /> },
    draw_tools: |props| html! { <MembersTools ..props.clone() /> },
};

/// What can be done with the member that is chosen.
#[component]
fn MembersTools(props: &ViewProps) -> Html {
    let ViewProps { document, onopen, onsave, .. } = props;
    let window = document.members.as_ref();
    let chosen = window.and_then(|window| window.row(window.selected?)?.member.clone());
    let Some(member) = chosen else { return Html::default() };
    let onopen = {
        let member = member.clone();
        onopen.reform(move |_: MouseEvent| (member.clone(), Place::default()))
    };
    let onsave = onsave.reform(move |_: MouseEvent| member.clone());
    html! {
        <>
            <button type="button" class="btn quiet small" title="Open it in a tab of its own" onclick={onopen}>{ "Open" }</button>
            <button type="button" class="btn quiet small" onclick={onsave}
                title="Save it as a file of its own, with the header that a frozen program leaves out">
                { "Save" }
            </button>
        </>
    }
}

/// The tree of members. Entering a member opens it; entering what members are gathered under lays it open.
#[component]
fn Members(props: &ViewProps) -> Html {
    let ViewProps { document, onact, onwatch, onunwatch, onopen, .. } = props;
    let act = onact.reform(Action::Members);
    let onneed = use_rows_of(Viewport::Members, onwatch, onunwatch);
    let window = document.members.clone().unwrap_or_else(|| Rc::new(no_rows()));
    let onpick = act.reform(|RowClick { row, twisty, .. }| match twisty {
        true => MembersAction::Toggle(row),
        false => MembersAction::Select(row),
    });
    let onenter = {
        let (window, onopen, act) = (window.clone(), onopen.clone(), act.clone());
        Callback::from(move |at: usize| match window.row(at).map(|row| &row.member) {
            Some(Some(member)) => onopen.emit((member.clone(), Place::default())),
            Some(None) => act.emit(MembersAction::Toggle(at)),
            None => {}
        })
    };
    let enter_chosen = {
        let (onenter, selected) = (onenter.clone(), window.selected);
        Callback::from(move |()| selected.into_iter().for_each(|row| onenter.emit(row)))
    };
    let onkey = {
        let (act, enter_chosen) = (act.clone(), enter_chosen.clone());
        move |press: RowPress| {
            match row_key(&press) {
                Some(RowKey::Enter) => enter_chosen.emit(()),
                Some(key) => act.emit(MembersAction::Key(key, press.page)),
                None => return false,
            }
            true
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
                <FilterBox id="member-filter" list="members" label="Filter members by name" placeholder="Filter by name"
                    onfilter={act.reform(MembersAction::Filter)} onenter={enter_chosen} />
            </div>
            <ListPane id="members" class="list tree members" role="tree" label="Members" row_id="member" {empty}
                held={HeldRows::from(&*window)} draw_row={Callback::from(draw_row)} {onneed} {onpick} {onenter}
                onkey={Callback::from(onkey)} ontype={act.reform(MembersAction::TypeAhead)} />
        </div>
    }
}

/// Properties of [`Row`].
#[derive(Properties, PartialEq)]
struct RowProps {
    row: MemberRow,
    at: RowAt,
}

/// A member, or what members are gathered under.
#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { row, at: RowAt { index, selected, .. } } = props;
    let class = classes!(
        "row",
        selected.then_some("sel"),
        depth_class(row.depth),
        row.is_library.then_some("library"),
        row.member.is_none().then_some("group"),
    );
    let title = row.member.as_ref().map(|member| member.name.clone());
    html! {
        <div {class} id={format!("member-{index}")} role="treeitem" data-row={index.to_string()} {title}
            aria-selected={selected.to_string()} aria-level={(row.depth + 1).to_string()}
            aria-posinset={row.position.to_string()} aria-setsize={row.set_size.to_string()}
            aria-expanded={row.expandable.then(|| row.expanded.to_string())}>
            { draw_twisty(row.expandable, row.expanded) }
            <span class="v">{ row.label.clone() }</span>
            <span class="kind">{ row.kind.clone() }</span>
            <span class="python">{ row.python.clone().unwrap_or_default() }</span>
            <span class="x">{ row.size.map(grouped).unwrap_or_default() }</span>
        </div>
    }
}
