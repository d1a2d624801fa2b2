//! The listing: one code object as `dis` would print it, its jumps drawn in the margin.

use super::instruction_columns::draw_instruction;
use super::lanes::Margin;
use super::leading::leading;
use super::row::{draw_twisty, row_key};
use super::{ViewEntry, ViewProps, no_rows};
use crate::components::{
    Choice, Crumbs, HeldRows, Icon, IconKind, ListPane, Menu, RowAt, RowClick, RowPress, StyledText,
};
use crate::hooks::use_rows_of;
use pycxray_view::protocol::{
    Action, ItemKey, Lane, ListingAction, ListingContent, ListingRow, ListingWindow, Relation, TextForm, View, Viewport,
};
use std::rc::Rc;
use yew::prelude::*;

pub(super) const ENTRY: ViewEntry = ViewEntry {
    view: View::Listing,
    name: "Listing",
    title: |document| (document.summary.codes > 0).then(|| "Listing".to_owned()),
    draw: |props| html! { <Listing key={props.document.key()} ..props.clone() /> },
    draw_tools: |props| html! { <ListingTools ..props.clone() /> },
};

/// What the listing offers: the way to the code objects around this one, and the caches.
#[component]
fn ListingTools(props: &ViewProps) -> Html {
    let ViewProps { document, onact: act, .. } = props;
    let Some(listing) = &document.listing else { return Html::default() };
    let ListingWindow { shows_caches, shows_columns, has_range, .. } = **listing;
    let copy = if has_range { "Copy these rows" } else { "Copy this function" };
    let oncaches = act.reform(move |_| Action::Listing(ListingAction::ShowCaches(!shows_caches)));
    let oncolumns = act.reform(move |_| Action::Listing(ListingAction::ShowColumns(shows_columns != Some(true))));
    let choices: Vec<Choice> = TextForm::ALL.iter().map(|form| Choice::plain(form.title())).collect();
    let oncopy = props.oncopy.clone();
    let onpick = move |at: usize| TextForm::ALL.get(at).into_iter().for_each(|form| oncopy.emit(*form));
    html! {
        <>
            <Crumbs crumbs={listing.crumbs.clone()} label="Code objects around this one"
                onfollow={act.reform(Action::Select)} />
            <Menu id="copy-function" class="btn quiet small" title={copy} {choices} {onpick}>
                <Icon kind={IconKind::Copy} />
            </Menu>
            <button type="button" class="btn quiet small" title="Show the inline caches of all instructions"
                aria-pressed={shows_caches.to_string()} onclick={oncaches}>
                { "Caches" }
            </button>
            if let Some(shown) = shows_columns {
                <button type="button" class="btn quiet small" title="Show the columns of the source that instructions stand in"
                    aria-pressed={shown.to_string()} onclick={oncolumns}>
                    { "Columns" }
                </button>
            }
        </>
    }
}

/// The listing.
#[component]
fn Listing(props: &ViewProps) -> Html {
    let ViewProps { document, onact, onwatch, onunwatch, .. } = props;
    let act = onact.clone();
    let onneed = use_rows_of(Viewport::Listing, onwatch, onunwatch);
    let is_there = document.listing.is_some();
    let listing = document.listing.clone().unwrap_or_else(|| {
        let none = ListingWindow {
            window: no_rows(),
            has_range: false,
            lanes: 0,
            crumbs: Vec::new(),
            shows_caches: false,
            shows_columns: None,
        };
        Rc::new(none)
    });
    let onpick = {
        let (listing, act) = (listing.clone(), act.clone());
        move |RowClick { row, twisty, shift }| {
            let Some(row) = listing.window.row(row) else { return };
            act.emit(match (twisty, shift) {
                (true, _) => Action::Listing(ListingAction::Toggle(row.item)),
                (false, true) => Action::Listing(ListingAction::Extend(row.item)),
                (false, false) => Action::Select(row.item),
            });
        }
    };
    let onenter = {
        let (listing, act) = (listing.clone(), act.clone());
        move |row: usize| {
            if let Some(row) = listing.window.row(row) {
                act.emit(Action::Listing(ListingAction::Enter(row.item)));
            }
        }
    };
    let onkey = {
        let (listing, act) = (listing.clone(), act.clone());
        move |press: RowPress| {
            if press.event.shift_key()
                && let Some(row) = press.step().and_then(|to| listing.window.row(to))
            {
                act.emit(Action::Listing(ListingAction::Extend(row.item)));
                return true;
            }
            let key = row_key(&press);
            if let Some(key) = key {
                act.emit(Action::Listing(ListingAction::Key(key, press.page)));
            }
            key.is_some()
        }
    };
    let onscroll = {
        let (listing, lead) = (listing.clone(), leading(props));
        move |first: usize| lead.emit(listing.window.row(first).map(|row| row.item))
    };
    let onfollow = act.reform(Action::Select);
    let draw_row = {
        let listing = listing.clone();
        move |at: RowAt| {
            let ListingWindow { window, lanes, .. } = &*listing;
            let Some(row) = window.row(at.index).cloned() else { return Html::default() };
            html! { <Row key={at.index} {row} {at} lanes={*lanes} onfollow={onfollow.clone()} /> }
        }
    };
    let nothing = "There are no instructions: the bytecode is empty, or cannot be read.";
    html! {
        <ListPane id="listing" class="list listing" role="tree" label="Listing of the code object" row_id="line"
            empty={if is_there { nothing } else { "" }} held={HeldRows::from(&listing.window)}
            draw_row={Callback::from(draw_row)} {onneed} {onscroll} {onpick} {onenter} onkey={Callback::from(onkey)} />
    }
}

/// Properties of [`Row`].
#[derive(Properties, PartialEq)]
struct RowProps {
    row: ListingRow,
    at: RowAt,
    /// How many lanes the margin has.
    lanes: u8,
    onfollow: Callback<ItemKey>,
}

/// What a row shows besides its text.
#[derive(Default)]
struct Look {
    classes: Classes,
    /// Whether there are caches to unfold, and whether they are.
    caches: Option<bool>,
    is_guarded: bool,
    lanes: Vec<Lane>,
}

fn look(content: &ListingContent) -> Look {
    match content {
        ListingContent::Instruction { cells, expandable, expanded, relation, guards, lanes, .. } => Look {
            classes: classes!(
                "ins",
                relation.map(|relation| match relation {
                    Relation::Target => "leads-to",
                    Relation::Source => "comes-from",
                }),
                cells.line.map(|_| "new-line"),
                cells.is_unreached.then_some("unreached"),
            ),
            caches: expandable.then_some(*expanded),
            is_guarded: *guards > 0,
            lanes: lanes.clone(),
        },
        ListingContent::Cache { guards, lanes, .. } => {
            Look { classes: classes!("cache"), caches: None, is_guarded: *guards > 0, lanes: lanes.clone() }
        }
        ListingContent::ExceptionHeading => Look { classes: classes!("heading"), ..Look::default() },
        ListingContent::Exception(_) => Look { classes: classes!("exception"), ..Look::default() },
    }
}

/// A row of the listing.
#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { row, at: RowAt { index, total, selected, height }, lanes, onfollow } = props;
    let look = look(&row.content);
    let class = classes!(
        "row",
        selected.then_some("sel"),
        look.classes,
        look.is_guarded.then_some("guarded"),
        row.marked.then_some("marked"),
        row.is_in_range.then_some("in-range"),
        row.is_together.then_some("together"),
        row.tint.map(|tint| format!("tint-{tint}")),
    );
    // The caches are below their instruction.
    let level = if matches!(row.content, ListingContent::Cache { .. }) { "2" } else { "1" };
    html! {
        <div {class} id={format!("line-{index}")} role="treeitem" data-row={index.to_string()}
            aria-selected={selected.to_string()} aria-level={level}
            aria-expanded={look.caches.map(|unfolded| unfolded.to_string())} aria-posinset={(index + 1).to_string()}
            aria-setsize={total.to_string()}>
            <span class="guard" title={look.is_guarded.then_some("Guarded by the exception table")} />
            if *lanes > 0 {
                <Margin shapes={look.lanes} lanes={*lanes} height={*height} />
            }
            { draw_twisty(look.caches.is_some(), look.caches == Some(true)) }
            { draw_content(&row.content, onfollow) }
        </div>
    }
}

fn draw_content(content: &ListingContent, onfollow: &Callback<ItemKey>) -> Html {
    match content {
        ListingContent::Instruction { cells, columns, .. } => html! {
            <>
                if let Some(columns) = columns {
                    <span class="columns">{ columns.clone() }</span>
                }
                { draw_instruction(cells, onfollow) }
            </>
        },
        ListingContent::Cache { name, value, .. } => html! {
            <>
                <span class="cache-name">{ name.clone() }</span>
                <span class="w-number">{ value.to_string() }</span>
            </>
        },
        ListingContent::ExceptionHeading => html! { <span class="exc">{ "Exception table" }</span> },
        ListingContent::Exception(text) => html! {
            <span class="exc"><StyledText text={text.clone()} onfollow={onfollow.clone()} in_row=true /></span>
        },
    }
}
