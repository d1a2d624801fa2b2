//! The texts and byte strings of the file, as a list that can be sorted and narrowed down; entering one leads to where it is used.

use super::row::draw_option;
use super::{ViewEntry, ViewProps, no_rows};
use crate::components::{FilterBox, HeldRows, ListPane, RowAt, RowClick, RowPress, StyledText};
use crate::hooks::use_rows_of;
use pycxray_view::grouped;
use pycxray_view::protocol::{
    Action, StringRow, StringsAction, StringsOrder, StringsProgress, StringsWindow, View, Viewport,
};
use std::rc::Rc;
use yew::prelude::*;

pub(super) const ENTRY: ViewEntry = ViewEntry {
    view: View::Strings,
    name: "Strings",
    title: |document| {
        let has_some = document.summary.codes > 0 || document.summary.members.is_some();
        has_some.then(|| "Strings".to_owned())
    },
    draw: |props| html! { <Strings key={props.document.id.0} ..props.clone() /> },
    draw_tools: |_| Html::default(),
};

/// The orders, with what the buttons say.
const ORDERS: [(StringsOrder, &str); 3] =
    [(StringsOrder::Place, "Place"), (StringsOrder::Length, "Length"), (StringsOrder::Kind, "Kind")];

/// The list of strings. Entering a row shows where it is used.
#[component]
fn Strings(props: &ViewProps) -> Html {
    let ViewProps { document, onact, onwatch, onunwatch, onopen, onshow, .. } = props;
    let act = onact.reform(Action::Strings);
    let onneed = use_rows_of(Viewport::Strings, onwatch, onunwatch);
    let is_there = document.strings.is_some();
    let strings = document.strings.clone().unwrap_or_else(|| {
        let order = StringsOrder::Place;
        Rc::new(StringsWindow { window: no_rows(), order, shows_names: false, progress: None })
    });
    let onpick = act.reform(|click: RowClick| StringsAction::Select(click.row));
    let onenter = {
        let (act, onopen, onshow, strings) = (act.clone(), onopen.clone(), onshow.clone(), strings.clone());
        Callback::from(move |row: usize| {
            match strings.window.row(row).map(|row| &row.member) {
                Some(Some(member)) => onopen.emit(member.clone()),
                _ => act.emit(StringsAction::Use(row)),
            }
            onshow.emit(View::Listing);
        })
    };
    let enter_chosen = {
        let (onenter, selected) = (onenter.clone(), strings.window.selected);
        Callback::from(move |()| selected.into_iter().for_each(|row| onenter.emit(row)))
    };
    let onkey = {
        let (act, enter_chosen) = (act.clone(), enter_chosen.clone());
        move |press: RowPress| {
            if press.event.key() == "Enter" && !press.is_command() {
                enter_chosen.emit(());
                return true;
            }
            press.step().inspect(|row| act.emit(StringsAction::Select(*row))).is_some()
        }
    };
    let draw_row = {
        let strings = strings.clone();
        move |at: RowAt| {
            let row = strings.window.row(at.index);
            row.map_or_else(Html::default, |row| html! { <Row key={at.index} row={row.clone()} {at} /> })
        }
    };
    html! {
        <div class="hits">
            <div class="hits-head tools">
                <FilterBox id="string-filter" list="strings" label="Filter strings" placeholder="Filter: part of a string, or url, path, encoded…"
                    onfilter={act.reform(StringsAction::Filter)} onenter={enter_chosen} />
                { draw_orders(&strings, &act) }
                { for strings.progress.iter().map(|progress| draw_progress(progress, &act)) }
            </div>
            <ListPane id="strings" class="list tree strings" role="listbox" label="Texts and byte strings" row_id="string"
                empty={if is_there { "There is no such string." } else { "" }} held={HeldRows::from(&strings.window)}
                draw_row={Callback::from(draw_row)} {onneed} {onpick} {onenter} onkey={Callback::from(onkey)} />
        </div>
    }
}

/// How far the members of an archive are looked at, and a way to stop that.
fn draw_progress(progress: &StringsProgress, act: &Callback<StringsAction>) -> Html {
    html! {
        <p class="progress" role="status">
            { progress.message.clone() }
            if !progress.is_complete {
                { " " }<button type="button" class="btn small" onclick={act.reform(|_| StringsAction::Stop)}>{ "Stop" }</button>
            }
        </p>
    }
}

/// In which order they are to be, and whether with names.
fn draw_orders(strings: &StringsWindow, act: &Callback<StringsAction>) -> Html {
    let names = !strings.shows_names;
    html! {
        <div class="orders" role="group" aria-label="Order of the strings">
            { for ORDERS.iter().map(|(order, says)| html! {
                <button type="button" class="btn quiet small" aria-pressed={(strings.order == *order).to_string()}
                    onclick={act.reform(move |_| StringsAction::Order(*order))}>
                    { *says }
                </button>
            }) }
            <button type="button" class="btn quiet small" title="Names of variables, functions and attributes too"
                aria-pressed={strings.shows_names.to_string()} onclick={act.reform(move |_| StringsAction::ShowNames(names))}>
                { "Names" }
            </button>
        </div>
    }
}

/// Properties of [`Row`].
#[derive(Properties, PartialEq)]
struct RowProps {
    row: StringRow,
    at: RowAt,
}

/// A text or byte string.
#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { row, at } = props;
    let content = html! {
        <>
            <span class="lb">{ row.kind.clone() }</span>
            <span class="length">{ grouped(u64::from(row.length)) }</span>
            <span class="v">
                if let Some(holds) = &row.holds {
                    <b>{ "holds: " }{ holds.clone() }</b>{ " · " }
                }
                <StyledText text={row.value.clone()} />
            </span>
            <span class="x">
                if let Some((member, _)) = &row.member {
                    { member.name.clone() }{ " · " }
                }
                { row.code.clone() }
            </span>
        </>
    };
    let title = row.member.as_ref().map(|(member, _)| AttrValue::from(member.name.clone()));
    draw_option(*at, "string", Classes::new(), title, content)
}
