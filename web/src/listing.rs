//! The listing: one code object as `dis` would print it, its jumps drawn in the margin.

use crate::Act;
use crate::act::Deed;
use crate::ink::draw_in_row;
use crate::list_pane::{Face, Press, Rows, Standing};
use crate::tree::{instruction, key_of};
use pycxray_view::{Document, Key, Lane, LaneShape, ListingRow, ListingRowKind, Relation};
use std::ops::Range;
use yew::prelude::*;

/// The width of a lane of the margin, in CSS pixels.
const LANE: f64 = 9.0;

/// The rows of the listing.
pub(crate) struct ListingRows;

impl Rows for ListingRows {
    fn face(&self) -> Face {
        Face {
            id: "listing",
            class: "list listing",
            role: "tree",
            label: "Listing of the code object",
            empty: "There are no instructions: the bytecode is empty, or cannot be read.",
        }
    }

    fn length(&self, document: &Document) -> usize {
        document.listing_len()
    }

    fn standing(&self, document: &Document) -> Standing {
        Standing {
            subject: document.listing_code(),
            chosen: (document.selection(), None),
            row: document.listing_selected_row(),
        }
    }

    fn draw(&self, document: &Document, seen: Range<usize>, height: f64, act: &Act) -> (Html, Option<String>) {
        let (rows, lanes, total) = (document.listing_rows(seen), document.listing_lanes(), document.listing_len());
        let active = rows.iter().find(|row| row.selected).map(|row| format!("line-{}", row.index));
        (rows.iter().map(|row| draw_row(row, lanes, height, total, act)).collect(), active)
    }

    fn click(&self, document: &mut Document, row: usize, twisty: bool) {
        let item = document.listing_rows(row..row + 1).first().and_then(|row| row.item);
        match item {
            Some(item) if twisty => document.listing_toggle(item),
            _ => document.listing_select_row(row),
        }
    }

    fn double_click(&self, document: &mut Document, row: usize) {
        document.listing_select_row(row);
        document.listing_key(Key::Enter, 1);
    }

    fn key(&self, press: &Press<'_>) -> Option<Deed> {
        let (key, page) = (key_of(press)?, press.page);
        Some(Box::new(move |document| {
            document.listing_key(key, page);
        }))
    }
}

fn draw_row(row: &ListingRow, lanes: u8, height: f64, total: usize, act: &Act) -> Html {
    let relation = match row.relation {
        Some(Relation::Target) => Some("leads-to"),
        Some(Relation::Source) => Some("comes-from"),
        None => None,
    };
    let kind = match row.kind {
        ListingRowKind::Instruction(_) => "ins",
        ListingRowKind::Cache { .. } => "cache",
        ListingRowKind::ExceptionHeading => "heading",
        ListingRowKind::Exception(_) => "exception",
    };
    let class = classes!(
        "row",
        kind,
        relation,
        row.starts_line.then_some("new-line"),
        (row.guards > 0).then_some("guarded"),
        row.selected.then_some("sel"),
        row.marked.then_some("marked"),
    );
    // The caches are below their instruction.
    let level = if matches!(row.kind, ListingRowKind::Cache { .. }) { "2" } else { "1" };
    let twisty = classes!("twisty", row.expandable.then_some("has"), row.expanded.then_some("open"));
    html! {
        <div
            key={row.index}
            id={format!("line-{}", row.index)}
            {class}
            role="treeitem"
            aria-level={level}
            aria-expanded={row.expandable.then(|| row.expanded.to_string())}
            data-row={row.index.to_string()}
            aria-selected={row.selected.to_string()}
            aria-posinset={(row.index + 1).to_string()}
            aria-setsize={total.to_string()}
        >
            <span class="guard" title={(row.guards > 0).then_some("Guarded by the exception table")} />
            { margin(&row.lanes, lanes, height) }
            <span class={twisty} aria-hidden="true" />
            {
                match &row.kind {
                    ListingRowKind::Instruction(cells) => instruction(cells, act),
                    ListingRowKind::Cache { name, value } => html! {
                        <><span class="cache-name">{ name }</span><span class="w-number">{ *value }</span></>
                    },
                    ListingRowKind::ExceptionHeading => html! { <span class="exc">{ "Exception table" }</span> },
                    ListingRowKind::Exception(text) => html! { <span class="exc">{ draw_in_row(text, act) }</span> },
                }
            }
        </div>
    }
}

/// What the margin shows of jumps on one row.
fn margin(shapes: &[Lane], lanes: u8, height: f64) -> Html {
    if lanes == 0 {
        return html! {};
    }
    // Room for the arrow heads between the innermost lane and the instructions.
    let width = f64::from(lanes) * LANE + 6.0;
    html! {
        <svg class="lanes" width={width.to_string()} height={height.to_string()} viewBox={format!("0 0 {width} {height}")} aria-hidden="true">
            { for shapes.iter().map(|lane| draw_lane(lane, width, height)) }
        </svg>
    }
}

fn draw_lane(lane: &Lane, width: f64, height: f64) -> Html {
    let x = width - 6.0 - (f64::from(lane.lane) + 0.5) * LANE;
    let middle = height / 2.0;
    let (line, head) = match lane.shape {
        LaneShape::Through => (format!("M{x} 0V{height}"), false),
        LaneShape::LeavesDown => {
            (format!("M{width} {middle}H{}Q{x} {middle} {x} {}V{height}", x + 4.0, middle + 4.0), false)
        }
        LaneShape::LeavesUp => (format!("M{width} {middle}H{}Q{x} {middle} {x} {}V0", x + 4.0, middle - 4.0), false),
        LaneShape::JoinsDown => {
            (format!("M{x} 0V{height}M{width} {middle}H{}Q{x} {middle} {x} {}", x + 4.0, middle + 4.0), false)
        }
        LaneShape::JoinsUp => {
            (format!("M{x} 0V{height}M{width} {middle}H{}Q{x} {middle} {x} {}", x + 4.0, middle - 4.0), false)
        }
        LaneShape::ArrivesFromAbove => {
            (format!("M{x} 0V{}Q{x} {middle} {} {middle}H{}", middle - 4.0, x + 4.0, width - 3.0), true)
        }
        LaneShape::ArrivesFromBelow => {
            (format!("M{x} {height}V{}Q{x} {middle} {} {middle}H{}", middle + 4.0, x + 4.0, width - 3.0), true)
        }
        LaneShape::LeavesUndrawn => (format!("M{width} {middle}H{x}"), false),
        LaneShape::ArrivesUndrawn => (format!("M{x} {middle}H{}", width - 3.0), true),
        LaneShape::Loop => (format!("M{width} {}H{x}V{}H{}", middle - 5.0, middle + 3.0, width - 3.0), true),
    };
    let tip = if lane.shape == LaneShape::Loop { middle + 3.0 } else { middle };
    let undrawn = matches!(lane.shape, LaneShape::LeavesUndrawn | LaneShape::ArrivesUndrawn);
    let class =
        classes!("lane", lane.backward.then_some("backward"), lane.lit.then_some("lit"), undrawn.then_some("undrawn"));
    html! {
        <g {class}>
            if undrawn { <title>{ "So many jumps lie across each other here that the way of this one is not drawn" }</title> }
            <path class="way" d={line} />
            if head { <path class="head" d={format!("M{width} {tip}l-5 -3.5v7z")} /> }
        </g>
    }
}
