//! The listing: one code object as `dis` would print it, its jumps drawn in the margin.

use crate::Act;
use crate::act::Deed;
use crate::ink::draw_in_row;
use crate::list_pane::{self, Face, Press, Rows, Standing};
use crate::tag::{Tag, list, span, tag};
use crate::tree::{instruction, key_of, twisty};
use pycxray_view::{Document, Key, Lane, LaneShape, ListingRow, ListingRowKind, Relation};
use std::ops::Range;
use yew::prelude::*;

/// The width of a lane of the margin, in CSS pixels.
const LANE: f64 = 9.0;
/// What is said of a jump whose way is left out.
const UNDRAWN: &str = "So many jumps lie across each other here that the way of this one is not drawn";

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
        (list(rows.iter().map(|row| draw_row(row, lanes, height, total, act))), active)
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
        Some(Relation::Target) => "leads-to",
        Some(Relation::Source) => "comes-from",
        None => "",
    };
    let kind = match row.kind {
        ListingRowKind::Instruction(_) => "ins",
        ListingRowKind::Cache { .. } => "cache",
        ListingRowKind::ExceptionHeading => "heading",
        ListingRowKind::Exception(_) => "exception",
    };
    // The caches are below their instruction.
    let level = if matches!(row.kind, ListingRowKind::Cache { .. }) { "2" } else { "1" };
    let line = list_pane::row(format!("line-{}", row.index), row.index, "treeitem", row.selected)
        .class(kind)
        .class(relation)
        .class_if(row.starts_line, "new-line")
        .class_if(row.guards > 0, "guarded")
        .class_if(row.marked, "marked")
        .set("aria-level", level)
        .set("aria-expanded", row.expandable.then_some(row.expanded))
        .set("aria-posinset", row.index + 1)
        .set("aria-setsize", total)
        .child(span("guard").set("title", (row.guards > 0).then_some("Guarded by the exception table")))
        .maybe((lanes > 0).then(|| margin(&row.lanes, lanes, height)))
        .child(twisty(row.expandable, row.expanded));
    match &row.kind {
        ListingRowKind::Instruction(cells) => line.child(instruction(cells, act)),
        ListingRowKind::Cache { name, value } => {
            line.child(span("cache-name").text(name)).child(span("w-number").text(value.to_string()))
        }
        ListingRowKind::ExceptionHeading => line.child(span("exc").text("Exception table")),
        ListingRowKind::Exception(text) => line.child(span("exc").child(draw_in_row(text, act))),
    }
    .into()
}

/// What the margin shows of jumps on one row.
fn margin(shapes: &[Lane], lanes: u8, height: f64) -> Tag {
    // Room for the arrow heads between the innermost lane and the instructions.
    let width = f64::from(lanes) * LANE + 6.0;
    tag("svg")
        .class("lanes")
        .set("width", width.to_string())
        .set("height", height.to_string())
        .set("viewBox", format!("0 0 {width} {height}"))
        .set("aria-hidden", "true")
        .children(shapes.iter().map(|lane| draw_lane(lane, width, height)))
}

fn draw_lane(lane: &Lane, width: f64, height: f64) -> Tag {
    let x = width - 6.0 - (f64::from(lane.lane) + 0.5) * LANE;
    let middle = height / 2.0;
    // Where a bend begins and ends, and where an arrow head ends.
    let (right, arrow) = (x + 4.0, width - 3.0);
    let (turn, end) = match lane.shape {
        LaneShape::LeavesUp | LaneShape::JoinsUp | LaneShape::ArrivesFromAbove => (middle - 4.0, 0.0),
        _ => (middle + 4.0, height),
    };
    let (line, head) = match lane.shape {
        LaneShape::Through => (format!("M{x} 0V{height}"), false),
        LaneShape::LeavesDown | LaneShape::LeavesUp => {
            (format!("M{width} {middle}H{right}Q{x} {middle} {x} {turn}V{end}"), false)
        }
        LaneShape::JoinsDown | LaneShape::JoinsUp => {
            (format!("M{x} 0V{height}M{width} {middle}H{right}Q{x} {middle} {x} {turn}"), false)
        }
        LaneShape::ArrivesFromAbove | LaneShape::ArrivesFromBelow => {
            (format!("M{x} {end}V{turn}Q{x} {middle} {right} {middle}H{arrow}"), true)
        }
        LaneShape::LeavesUndrawn => (format!("M{width} {middle}H{x}"), false),
        LaneShape::ArrivesUndrawn => (format!("M{x} {middle}H{arrow}"), true),
        LaneShape::Loop => (format!("M{width} {}H{x}V{}H{arrow}", middle - 5.0, middle + 3.0), true),
    };
    let tip = if lane.shape == LaneShape::Loop { middle + 3.0 } else { middle };
    let undrawn = matches!(lane.shape, LaneShape::LeavesUndrawn | LaneShape::ArrivesUndrawn);
    tag("g")
        .class("lane")
        .class_if(lane.backward, "backward")
        .class_if(lane.lit, "lit")
        .class_if(undrawn, "undrawn")
        .maybe(undrawn.then(|| tag("title").text(UNDRAWN)))
        .child(tag("path").class("way").set("d", line))
        .maybe(head.then(|| tag("path").class("head").set("d", format!("M{width} {tip}l-5 -3.5v7z"))))
}
