//! The graph as a drawing.

use crate::components::style_class;
use pycxray_view::protocol::{
    GRAPH_CELL, GRAPH_PADDING, GraphBlock, GraphRow, GraphWay, GraphWayKind, GraphWindow, Run,
};
use std::rc::Rc;
use yew::prelude::*;

/// Around all of it, in CSS pixels.
pub(super) const MARGIN: f64 = 16.0;
/// So many loops around a block are drawn as bars at its side.
const BARS: u32 = 4;
/// Where names of opcodes begin, in characters.
const OPCODES_AT: u32 = 6;

/// Properties of [`Drawing`].
#[derive(Properties, PartialEq)]
pub(super) struct DrawingProps {
    pub(super) graph: Rc<GraphWindow>,
    /// 1 for its own size.
    pub(super) scale: f64,
}

/// The graph as a drawing.
#[component]
pub(super) fn Drawing(props: &DrawingProps) -> Html {
    let DrawingProps { graph, scale } = props;
    let [width, height] = [graph.size.0, graph.size.1].map(|length| f64::from(length) + 2.0 * MARGIN);
    html! {
        <svg role="none" width={(width * scale).to_string()} height={(height * scale).to_string()}
            viewBox={format!("-{MARGIN} -{MARGIN} {width} {height}")}>
            <g class="ways" aria-hidden="true">{ for graph.ways.iter().map(|way| draw_way(way, graph.chosen)) }</g>
            { for graph.blocks.iter().enumerate().map(|(at, block)| {
                let is_chosen = graph.chosen == Some(at);
                html! { <Block key={at} block={block.clone()} {at} {is_chosen} /> }
            }) }
        </svg>
    }
}

fn draw_way(way: &GraphWay, chosen: Option<usize>) -> Html {
    let kind = match way.kind {
        GraphWayKind::Fall => "fall",
        GraphWayKind::Jump => "jump",
        GraphWayKind::Exception => "exception",
    };
    let is_lit = chosen.is_some_and(|chosen| chosen == way.from || chosen == way.to);
    let class = classes!("way", kind, way.is_back.then_some("back"), is_lit.then_some("lit"));
    let Some((&(x, y), &before)) = way.points.last().zip(way.points.iter().rev().nth(1)) else {
        return Html::default();
    };
    let head = match before {
        // Into the side of the block that it comes from.
        (_, level) if level == y => format!("M{x} {y}l7 -4v8z"),
        (_, above) if above < y => format!("M{x} {y}l-4 -7h8z"),
        _ => format!("M{x} {y}l-4 7h8z"),
    };
    html! {
        <g {class}>
            <path class="line" d={line(&way.points)} />
            <path class="head" d={head} />
        </g>
    }
}

/// A line through points, bent so that it leaves and reaches them upright.
fn line(points: &[(u32, u32)]) -> String {
    let mut path = String::new();
    let mut last = None;
    for &(x, y) in points {
        path += &match last {
            None => format!("M{x} {y}"),
            Some((before, level)) if before == x || level == y => format!("L{x} {y}"),
            Some((before, above)) => {
                let middle = u32::midpoint(above, y);
                format!("C{before} {middle} {x} {middle} {x} {y}")
            }
        };
        last = Some((x, y));
    }
    path
}

/// Properties of [`Block`].
#[derive(Properties, PartialEq)]
struct BlockProps {
    block: GraphBlock,
    /// Which one it is.
    at: usize,
    is_chosen: bool,
}

/// A block with its instructions.
#[component]
fn Block(props: &BlockProps) -> Html {
    let BlockProps { block, at, is_chosen } = props;
    let (x, y, width, height) = block.place;
    let class = classes!("block", is_chosen.then_some("sel"), block.is_folded.then_some("folded"));
    let bar = |number: u32| {
        html! { <rect class="bar" x={(-6 - 5 * number as i32).to_string()} y="0" width="3" height={height.to_string()} /> }
    };
    html! {
        <g {class} id={format!("block-{at}")} role="option" aria-selected={is_chosen.to_string()}
            aria-description={block.words.clone()} data-block={at.to_string()} transform={format!("translate({x} {y})")}>
            <rect class="body" width={width.to_string()} height={height.to_string()} rx="5" />
            { for (0..block.depth.min(BARS)).map(bar) }
            { draw_text(0, GRAPH_PADDING, html! {
                <>
                    <tspan class="title">{ block.title.clone() }</tspan>
                    <tspan class="notes">{ format!("  {}", block.notes) }</tspan>
                </>
            }) }
            { for block.rows.iter().enumerate().map(|(number, row)| draw_row(number, row, block)) }
            if let Some(rest) = &block.rest {
                { draw_text(1 + block.rows.len() as u32, GRAPH_PADDING, html! { <tspan class="notes">{ rest.clone() }</tspan> }) }
            }
        </g>
    }
}

fn draw_row(number: usize, row: &GraphRow, block: &GraphBlock) -> Html {
    let line = 1 + number as u32;
    let column = |column: u32| GRAPH_PADDING + column * GRAPH_CELL.0;
    let y = (GRAPH_PADDING + line * GRAPH_CELL.1).to_string();
    html! {
        <g class={classes!("ins", row.is_chosen.then_some("sel"))} data-row={number.to_string()}>
            <rect class="under" x="1" {y} width={(block.place.2 - 2).to_string()} height={GRAPH_CELL.1.to_string()} />
            { draw_text(line, GRAPH_PADDING, html! { <tspan class="of">{ format!("{:>5}", row.offset) }</tspan> }) }
            { draw_text(line, column(OPCODES_AT), html! { <tspan class="w-opcode">{ row.opname.clone() }</tspan> }) }
            { draw_text(line, column(block.operands_at), html! { <>{ for row.operand.0.iter().map(draw_run) }</> }) }
        </g>
    }
}

fn draw_run(run: &Run) -> Html {
    html! { <tspan class={classes!(style_class(run.style))}>{ run.text.clone() }</tspan> }
}

/// Text in a row of a block, so many pixels from its left side.
fn draw_text(row: u32, x: u32, text: Html) -> Html {
    let y = GRAPH_PADDING + row * GRAPH_CELL.1 + 13;
    html! { <text x={x.to_string()} y={y.to_string()}>{ text }</text> }
}
