//! The tree: what the file is made of, as a WAI-ARIA treeview.

use super::instruction_columns::draw_instruction;
use super::no_rows;
use super::row::{depth_class, draw_trouble, draw_twisty, row_key};
use super::{ViewEntry, ViewProps};
use crate::components::styled_text::hue_class;
use crate::components::{HeldRows, ListPane, RowAt, RowClick, RowPress, StyledText};
use crate::hooks::use_rows_of;
use pycxray_view::protocol::{Action, ItemKey, TreeAction, TreeContent, TreeRow, View, Viewport};
use pycxray_view::{counted, hex_offset};
use std::rc::Rc;
use yew::prelude::*;

pub(super) const ENTRY: ViewEntry = ViewEntry {
    view: View::Tree,
    name: "Tree",
    // Nothing of an archive is decoded: its members are what it is made of.
    title: |document| document.summary.members.is_none().then(|| "Tree".to_owned()),
    draw: |props| html! { <Tree key={props.document.key()} ..props.clone() /> },
    draw_tools: |props| html! { <TreeTools ..props.clone() /> },
};

/// What can be done to the tree as a whole.
#[component]
fn TreeTools(props: &ViewProps) -> Html {
    let act = |action: TreeAction| props.onact.reform(move |_| Action::Tree(action.clone()));
    html! {
        <>
            <button type="button" class="btn quiet small" title="Open everything below what is chosen (*)"
                onclick={act(TreeAction::ExpandAll)}>
                { "Expand" }
            </button>
            <button type="button" class="btn quiet small" title="Close what is chosen and its siblings (-)"
                onclick={act(TreeAction::CollapseSiblings)}>
                { "Collapse" }
            </button>
        </>
    }
}

/// The tree.
#[component]
fn Tree(props: &ViewProps) -> Html {
    let ViewProps { document, onact, onwatch, onunwatch, .. } = props;
    let act = onact.clone();
    let onneed = use_rows_of(Viewport::Tree, onwatch, onunwatch);
    let window = document.tree.clone().unwrap_or_else(|| Rc::new(no_rows()));
    let onpick = {
        let (window, act) = (window.clone(), act.clone());
        move |RowClick { row, twisty, .. }| {
            let Some(row) = window.row(row) else { return };
            act.emit(if twisty { Action::Tree(TreeAction::Toggle(row.item)) } else { Action::Select(row.item) });
        }
    };
    let onenter = {
        let (window, act) = (window.clone(), act.clone());
        move |row: usize| {
            if let Some(row) = window.row(row) {
                act.emit(Action::Tree(TreeAction::Enter(row.item)));
            }
        }
    };
    let onkey = {
        let act = act.clone();
        move |press: RowPress| match (row_key(&press), press.event.key().as_str()) {
            (Some(key), _) => {
                act.emit(Action::Tree(TreeAction::Key(key, press.page)));
                true
            }
            (None, "-") if !press.event.ctrl_key() && !press.event.meta_key() => {
                act.emit(Action::Tree(TreeAction::CollapseSiblings));
                true
            }
            _ => false,
        }
    };
    let ontype = act.reform(|typed| Action::Tree(TreeAction::TypeAhead(typed)));
    let onfollow = act.reform(Action::Select);
    let draw_row = {
        let window = window.clone();
        move |at: RowAt| {
            let row = window.row(at.index);
            row.map_or_else(
                Html::default,
                |row| html! { <Row key={at.index} row={row.clone()} {at} onfollow={onfollow.clone()} /> },
            )
        }
    };
    html! {
        <ListPane id="tree" class="list tree" role="tree" label="What the file is made of" row_id="row"
            empty={if document.summary.size == 0 { "The file has no bytes, so there is nothing to show." } else { "" }}
            held={HeldRows::from(&*window)} draw_row={Callback::from(draw_row)} {onneed} {onpick} {onenter}
            onkey={Callback::from(onkey)} {ontype} />
    }
}

/// Properties of [`Row`].
#[derive(Properties, PartialEq)]
struct RowProps {
    row: TreeRow,
    at: RowAt,
    onfollow: Callback<ItemKey>,
}

/// A row of the tree.
#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { row, at: RowAt { index, selected, .. }, onfollow } = props;
    let cells = match &row.content {
        TreeContent::Instruction(cells) => Some(cells),
        _ => None,
    };
    let class = classes!(
        "row",
        selected.then_some("sel"),
        depth_class(row.depth),
        hue_class(row.hue),
        cells.map(|_| "ins"),
        cells.filter(|cells| cells.is_unreached).map(|_| "unreached"),
        row.marked.then_some("marked"),
        row.is_together.then_some("together"),
    );
    html! {
        <div {class} id={format!("row-{index}")} role="treeitem" data-row={index.to_string()}
            aria-selected={selected.to_string()} aria-level={(row.depth + 1).to_string()}
            aria-posinset={row.position.to_string()} aria-setsize={row.set_size.to_string()}
            aria-expanded={row.expandable.then(|| row.expanded.to_string())}>
            { draw_twisty(row.expandable, row.expanded) }
            { draw_content(row, onfollow) }
        </div>
    }
}

fn draw_content(row: &TreeRow, onfollow: &Callback<ItemKey>) -> Html {
    match &row.content {
        TreeContent::Instruction(cells) => html! {
            <>
                { draw_instruction(cells, onfollow) }
                { draw_trouble(row.problem) }
                <span class="x">{ counted(cells.size.into(), "byte") }</span>
            </>
        },
        TreeContent::Value { label, value, meaning, references } => html! {
            <>
                <i class="k" aria-hidden="true" />
                <span class="lb">{ label.clone() }</span>
                <span class="v">
                    <StyledText text={value.clone()} onfollow={onfollow.clone()} in_row=true />
                    if !meaning.is_empty() {
                        <span class="w-soft">{ " " }{ meaning.clone() }</span>
                    }
                </span>
                { draw_trouble(row.problem) }
                { draw_references(*references) }
                <span class="x">{ hex_offset(row.span.start) }</span>
            </>
        },
    }
}

/// How often something is referred to.
fn draw_references(count: u32) -> Html {
    let title = match count {
        0 => return Html::default(),
        1 => "One reference leads here".to_owned(),
        _ => format!("{count} references lead here"),
    };
    html! { <span class="refs" {title}>{ format!("←{count}") }</span> }
}
