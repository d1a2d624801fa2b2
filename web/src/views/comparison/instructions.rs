//! The instructions of two code objects: beside each other, or where there is no room one side below the other.

use crate::components::{HeldRows, ListPane, RowAt, RowClick, RowPress};
use crate::hooks::{use_element_size, use_unwatch};
use crate::views::row::draw_option;
use crate::views::{ViewProps, no_rows};
use pycxray_view::protocol::{Action, ComparisonAction, PairKind, PairLine, PairRow, PairWindow, Rows, View, Viewport};
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

/// So many CSS pixels have room for two sides.
const WIDE: u32 = 560;

/// The instructions of two code objects.
#[component]
pub(super) fn Instructions(props: &ViewProps) -> Html {
    let ViewProps { document, onact, onwatch, onunwatch, .. } = props;
    let outer = use_node_ref();
    let (width, _) = use_element_size(&outer);
    let beside = width >= WIDE;
    use_unwatch(View::Pair, onunwatch);
    let onneed = use_callback((onwatch.clone(), beside), |rows: Range<usize>, (onwatch, beside)| {
        let rows = Rows { start: rows.start, count: rows.len() };
        onwatch.emit(Viewport::Pair { rows, beside: *beside });
    });
    let side = document.comparison.as_ref().map_or(0, |comparison| comparison.side);
    let pair = document.pair.clone().filter(|pair| pair.is_beside == beside);
    let pair =
        pair.unwrap_or_else(|| Rc::new(PairWindow { window: no_rows(), names: [None, None], is_beside: beside }));
    let onrow = onact.reform(|(row, side)| Action::Comparison(ComparisonAction::Row(row, side)));
    let onkey = {
        let (pair, act, onrow) = (pair.clone(), onact.clone(), onrow.clone());
        move |press: RowPress| {
            match press.event.key().as_str() {
                _ if press.is_command() => return false,
                "ArrowLeft" => act.emit(Action::Comparison(ComparisonAction::Side(0))),
                "ArrowRight" => act.emit(Action::Comparison(ComparisonAction::Side(1))),
                _ => match press.step().and_then(|to| pair.window.row(to)) {
                    Some(row) => onrow.emit((row.row, shown_side(row, side))),
                    None => return false,
                },
            }
            true
        }
    };
    let draw_row = {
        let pair = pair.clone();
        move |at: RowAt| {
            let Some(row) = pair.window.row(at.index).cloned() else { return Html::default() };
            html! { <Row key={at.index} {row} {at} {side} {beside} onrow={onrow.clone()} /> }
        }
    };
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "not there".to_owned());
    html! {
        <div class="pair" ref={outer}>
            if pair.names != [None, None] {
                <div class="pair-head">
                    <span>{ name(&pair.names[0]) }</span>
                    <span>{ name(&pair.names[1]) }</span>
                </div>
            }
            // Rows of the other arrangement are others.
            <ListPane key={beside.to_string()} id="pair" class="list listing" role="listbox"
                label="Instructions of both files" row_id="pair-row"
                held={HeldRows::from(&pair.window)} draw_row={Callback::from(draw_row)} {onneed}
                onpick={Callback::from(|_: RowClick| ())} onkey={Callback::from(onkey)} />
        </div>
    }
}

/// The side of a row that a step comes to: that on screen, where it has it.
fn shown_side(row: &PairRow, side: usize) -> usize {
    if row.sides[side].is_some() { side } else { 1 - side }
}

/// Properties of [`Row`].
#[derive(Properties, PartialEq)]
struct RowProps {
    row: PairRow,
    at: RowAt,
    /// The side that is on screen.
    side: usize,
    beside: bool,
    /// Called with a row and the side that was clicked.
    onrow: Callback<(usize, usize)>,
}

/// An instruction of both sides, or of one.
#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { row, at, side: on_screen, beside, onrow } = props;
    let (class, sign, words) = match row.kind {
        PairKind::Same => ("same", "", ""),
        PairKind::Changed => ("changed", "≠", "changed"),
        PairKind::Removed => ("removed", "−", "removed"),
        PairKind::Added => ("added", "+", "added"),
    };
    let shown = if *beside {
        0..2
    } else if row.sides[0].is_some() {
        0..1
    } else {
        1..2
    };
    let content = html! {
        <>
            <span class="sign" aria-hidden="true">{ sign }</span>
            if !words.is_empty() {
                <span class="unseen">{ words }</span>
            }
            { for shown.map(|side| {
                let class = classes!("side", if side == 0 { "before" } else { "after" },
                    (at.selected && *on_screen == side).then_some("on"), row.sides[side].is_none().then_some("none"));
                let to = (row.row, side);
                html! {
                    <span {class} onclick={onrow.reform(move |_: MouseEvent| to)}>
                        { row.sides[side].as_ref().map(draw_line).unwrap_or_default() }
                    </span>
                }
            }) }
        </>
    };
    draw_option(*at, "pair-row", classes!(class), None, content)
}

fn draw_line(line: &PairLine) -> Html {
    html! {
        <>
            <span class="ln">{ line.line.map(|line| line.to_string()).unwrap_or_default() }</span>
            <span class="of">{ line.offset.to_string() }</span>
            <span class="op">
                if line.is_opname_changed {
                    <mark>{ line.opname.clone() }</mark>
                } else {
                    { line.opname.clone() }
                }
            </span>
            <span class="rp">
                { line.before.clone() }
                if !line.changed.is_empty() {
                    <mark>{ line.changed.clone() }</mark>
                }
                { line.after.clone() }
            </span>
        </>
    }
}
