//! The margin of the listing, in which jumps are drawn.

use pycxray_view::protocol::{Lane, LaneShape};
use yew::prelude::*;

/// The width of a lane, in CSS pixels.
const LANE: f64 = 9.0;
/// Room for the arrow heads between the innermost lane and the instructions.
const HEADS: f64 = 6.0;
/// What is said of a jump whose way is left out.
const UNDRAWN: &str = "So many jumps lie across each other here that the way of this one is not drawn";

/// Properties of [`Margin`].
#[derive(Properties, PartialEq)]
pub(super) struct MarginProps {
    /// What it shows on this row.
    pub(super) shapes: Vec<Lane>,
    /// How many lanes there are.
    pub(super) lanes: u8,
    /// The height of the row, in CSS pixels.
    pub(super) height: f64,
}

/// What the margin shows of jumps on one row.
#[component]
pub(super) fn Margin(props: &MarginProps) -> Html {
    let MarginProps { shapes, lanes, height } = props;
    let width = f64::from(*lanes) * LANE + HEADS;
    html! {
        <svg class="lanes" width={width.to_string()} height={height.to_string()}
            viewBox={format!("0 0 {width} {height}")} aria-hidden="true">
            { for shapes.iter().map(|lane| draw_lane(lane, width, *height)) }
        </svg>
    }
}

fn draw_lane(lane: &Lane, width: f64, height: f64) -> Html {
    let (way, head) = lines(lane, width, height);
    let undrawn = matches!(lane.shape, LaneShape::LeavesUndrawn | LaneShape::ArrivesUndrawn);
    let class =
        classes!("lane", lane.backward.then_some("backward"), lane.lit.then_some("lit"), undrawn.then_some("undrawn"),);
    html! {
        <g {class}>
            if undrawn {
                <title>{ UNDRAWN }</title>
            }
            <path class="way" d={way} />
            if let Some(tip) = head {
                <path class="head" d={format!("M{width} {tip}l-5 -3.5v7z")} />
            }
        </g>
    }
}

/// The line to be drawn, and how far down the tip of its arrow is, if it has one.
fn lines(lane: &Lane, width: f64, height: f64) -> (String, Option<f64>) {
    let x = width - HEADS - (f64::from(lane.lane) + 0.5) * LANE;
    let middle = height / 2.0;
    // Where a bend begins and ends, and where an arrow head ends.
    let (right, arrow) = (x + 4.0, width - 3.0);
    let (turn, end) = match lane.shape {
        LaneShape::LeavesUp | LaneShape::JoinsUp | LaneShape::ArrivesFromAbove => (middle - 4.0, 0.0),
        _ => (middle + 4.0, height),
    };
    match lane.shape {
        LaneShape::Through => (format!("M{x} 0V{height}"), None),
        LaneShape::LeavesDown | LaneShape::LeavesUp => {
            (format!("M{width} {middle}H{right}Q{x} {middle} {x} {turn}V{end}"), None)
        }
        LaneShape::JoinsDown | LaneShape::JoinsUp => {
            (format!("M{x} 0V{height}M{width} {middle}H{right}Q{x} {middle} {x} {turn}"), None)
        }
        LaneShape::ArrivesFromAbove | LaneShape::ArrivesFromBelow => {
            (format!("M{x} {end}V{turn}Q{x} {middle} {right} {middle}H{arrow}"), Some(middle))
        }
        LaneShape::LeavesUndrawn => (format!("M{width} {middle}H{x}"), None),
        LaneShape::ArrivesUndrawn => (format!("M{x} {middle}H{arrow}"), Some(middle)),
        LaneShape::Loop => (format!("M{width} {}H{x}V{}H{arrow}", middle - 5.0, middle + 3.0), Some(middle + 3.0)),
    }
}
