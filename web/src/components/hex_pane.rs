//! The hex pane: the file's bytes in rows, tinted by owner; one selection by mouse, touch and keyboard.

use super::hex_line::{byte_id, cells_of_row};
use super::{HexLine, HoverCard};
use crate::hooks::{Follow, Listed, use_element_size, use_virtual_list};
use gloo::timers::callback::Timeout;
use pycxray_view::Span;
use pycxray_view::protocol::{Action, HexAction, HexHover, HexMove, HexWindow, Selection, columns_for};
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// Widths in CSS pixels, as in hex.css: of a byte, of a character of the text column, of all else in a row.
const CELL: f64 = 24.0;
const CHARACTER: f64 = 7.6;
const REST: f64 = 112.0;
/// How long the pointer rests on a byte before its card is shown, in milliseconds.
const REST_BEFORE_CARD: u32 = 350;

/// Properties of [`HexPane`].
#[derive(Properties, PartialEq)]
pub struct HexPaneProps {
    /// Of which of two files that are compared it is; `None` where one file is on screen.
    #[prop_or_default]
    pub side: Option<usize>,
    /// How many bytes the file has.
    pub size: u32,
    /// The rows at hand.
    #[prop_or_default]
    pub window: Option<Rc<HexWindow>>,
    /// What is chosen.
    pub selection: Rc<Selection>,
    /// What the pointer rests on, as it was asked for.
    #[prop_or_default]
    pub hover: Option<HexHover>,
    /// Called with the rows that are to be at hand, and how many bytes stand in each.
    pub onneed: Callback<(Range<usize>, u32)>,
    /// Called with the bytes in sight.
    pub onsight: Callback<Span>,
    /// Called with what the user does.
    pub onact: Callback<Action>,
    /// Called with the byte that the pointer rests on, and with `None` when it does so no more.
    pub onhover: Callback<Option<u32>>,
}

/// The hex pane.
#[component]
pub fn HexPane(props: &HexPaneProps) -> Html {
    let HexPaneProps { side, size, window, selection, hover, .. } = props;
    let outer = use_node_ref();
    let (width, height) = use_element_size(&outer);
    let columns = columns_for(f64::from(width), CELL, CHARACTER, REST);
    let total = size.div_ceil(columns);
    // Where a drag began, while the button is down.
    let anchor = use_mut_ref(|| None::<u32>);
    let listed = Listed {
        rows: total as usize,
        per_row: columns,
        follow: follow(selection, columns, anchor.borrow().is_some()),
    };
    let list =
        use_virtual_list(&outer, height, listed, props.onneed.reform(move |rows| (rows, columns)), Callback::noop());
    let seen = list.seen();
    use_sight(&seen, columns, *size, &props.onsight);
    let (onpointermove, onpointerleave) = use_hover(&anchor, props);
    let onpointerdown = {
        let (onact, onhover, anchor) = (props.onact.clone(), props.onhover.clone(), anchor.clone());
        let from = selection.span.start;
        move |event: PointerEvent| {
            let Some(byte) = byte_at(&event).filter(|_| event.button() == 0) else { return };
            onhover.emit(None);
            onact.emit(if event.shift_key() {
                Action::SelectRange { anchor: from, cursor: byte }
            } else {
                Action::SelectOffset(byte)
            });
            // A finger scrolls by dragging; only a mouse or pen selects that way.
            anchor.replace((event.pointer_type() != "touch").then_some(byte));
        }
    };
    let onpointerup = move |_: PointerEvent| {
        anchor.take();
    };
    let onscroll = {
        let onhover = props.onhover.clone();
        move |_: Event| onhover.emit(None)
    };
    let onkeydown = {
        let (onact, page, all) = (props.onact.clone(), list.page() as u32, Span { start: 0, end: *size });
        move |event: KeyboardEvent| {
            if is_for_all(&event) {
                // Not the text of the page.
                event.prevent_default();
                if !all.is_empty() {
                    onact.emit(Action::SelectSpan { span: all, item: None });
                }
            } else if let Some(to) = moved(&event) {
                event.prevent_default();
                event.stop_propagation();
                onact.emit(Action::Hex(HexAction::Move { to, extend: event.shift_key(), columns, page }));
            }
        }
    };
    // Rows that were asked for with other columns will not do.
    let window = window.as_ref().filter(|window| window.columns == columns);
    let held = window.map_or(0..0, |window| window.start..window.start + window.bytes.len().div_ceil(columns as usize));
    let cursor_in_sight = seen.contains(&((selection.cursor / columns) as usize)) && *size > 0;
    let draw = |seen: Range<usize>| {
        // A row that comes into sight takes the elements of one that has left it: what differs is changed, nothing is made.
        let slots = list.page() + 2;
        let line = |index: usize| {
            let cells = window.map(|window| cells_of_row(window, index, selection)).unwrap_or_default();
            html! { <HexLine key={index % slots} side={*side} offset={index as u32 * columns} {index} {cells} /> }
        };
        html! { <>{ for seen.map(line) }</> }
    };
    let label = match side {
        None => "Bytes of the file",
        Some(0) => "Bytes of the first file",
        Some(_) => "Bytes of the second file",
    };
    html! {
        <div class="hexpane">
            <div ref={outer} id={side.map_or_else(|| "hex".to_owned(), |side| format!("hex-{side}"))} class={classes!("list", "hex", format!("columns-{columns}"), selection.broad.then_some("broad"))}
                role="grid" tabindex="0" aria-label={label} aria-rowcount={total.to_string()}
                aria-colcount={(columns + 2).to_string()} aria-multiselectable="true"
                aria-activedescendant={cursor_in_sight.then(|| byte_id(*side, selection.cursor))}
                {onpointerdown} {onpointermove} {onpointerup} {onpointerleave} {onscroll} {onkeydown}>
                { list.frame(&held, draw) }
            </div>
            if let Some(hover) = hover {
                <HoverCard hover={hover.clone()} side={*side} />
            }
        </div>
    }
}

/// What the pane scrolls to. A long selection is shown from its start, unless it is being extended at its end.
fn follow(selection: &Selection, columns: u32, is_dragged: bool) -> Follow {
    let shows_cursor = is_dragged || selection.span.contains(selection.cursor);
    let offset = if shows_cursor { selection.cursor } else { selection.span.start };
    Follow { subject: None, choice: selection.choice, row: Some((offset / columns) as usize), lead: None }
}

/// Tells which bytes are in sight, when they are others than before.
#[hook]
fn use_sight(seen: &Range<usize>, columns: u32, size: u32, onsight: &Callback<Span>) {
    let end = (seen.end as u32).saturating_mul(columns).min(size);
    let span = Span { start: (seen.start as u32).saturating_mul(columns).min(end), end };
    let onsight = onsight.clone();
    use_effect_with(span, move |span| onsight.emit(*span));
}

/// What the pane does when the pointer moves over it, and when it leaves: it drags, or it rests on a byte and wants its card.
#[hook]
fn use_hover(
    anchor: &Rc<RefCell<Option<u32>>>,
    props: &HexPaneProps,
) -> (Callback<PointerEvent>, Callback<PointerEvent>) {
    let over = use_mut_ref(|| None::<u32>);
    let waiting = use_mut_ref(|| None::<Timeout>);
    let forget = {
        let (waiting, onhover) = (waiting.clone(), props.onhover.clone());
        move || {
            waiting.take();
            onhover.emit(None);
        }
    };
    let moved = {
        let (over, forget) = (over.clone(), forget.clone());
        let (anchor, onact, onhover) = (anchor.clone(), props.onact.clone(), props.onhover.clone());
        Callback::from(move |event: PointerEvent| {
            let byte = byte_at(&event);
            if over.replace(byte) == byte {
                return;
            }
            forget();
            let from = *anchor.borrow();
            match (from, byte) {
                (Some(from), Some(byte)) if event.buttons() & 1 == 1 => {
                    onact.emit(Action::SelectRange { anchor: from, cursor: byte });
                }
                (_, Some(byte)) if event.pointer_type() == "mouse" => {
                    anchor.take();
                    let onhover = onhover.clone();
                    waiting.replace(Some(Timeout::new(REST_BEFORE_CARD, move || onhover.emit(Some(byte)))));
                }
                _ => {}
            }
        })
    };
    let left = Callback::from(move |_: PointerEvent| {
        over.take();
        forget();
    });
    (moved, left)
}

/// The byte under the pointer.
fn byte_at(event: &PointerEvent) -> Option<u32> {
    let document = gloo::utils::document();
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    let cell = document.element_from_point(x, y)?.closest(".h, .a").ok()??;
    let offset: u32 = cell.closest("[data-offset]").ok()??.get_attribute("data-offset")?.parse().ok()?;
    let before = std::iter::successors(cell.previous_element_sibling(), Element::previous_element_sibling);
    offset.checked_add(before.count() as u32)
}

/// Whether a key chooses all bytes.
fn is_for_all(event: &KeyboardEvent) -> bool {
    (event.ctrl_key() || event.meta_key()) && !event.alt_key() && event.key() == "a"
}

/// Where a key moves the cursor.
fn moved(event: &KeyboardEvent) -> Option<HexMove> {
    if event.alt_key() || event.meta_key() {
        return None;
    }
    Some(match (event.key().as_str(), event.ctrl_key()) {
        ("ArrowLeft", false) => HexMove::Left,
        ("ArrowRight", false) => HexMove::Right,
        ("ArrowUp", false) => HexMove::Up,
        ("ArrowDown", false) => HexMove::Down,
        ("Home", false) => HexMove::RowStart,
        ("End", false) => HexMove::RowEnd,
        ("Home", true) => HexMove::Start,
        ("End", true) => HexMove::End,
        ("PageUp", false) => HexMove::PageUp,
        ("PageDown", false) => HexMove::PageDown,
        _ => return None,
    })
}
