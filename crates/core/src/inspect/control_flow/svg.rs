//! A graph as SVG: drawn by its layout, in colours that can be read on light and dark.

use super::block_text::BlockText;
use super::{Chart, ControlFlow, WayKind};
use crate::code::Code;

/// How many instructions of a block are drawn.
const ROWS: usize = 40;
/// How wide a character and how high a row is, in pixels.
const CELL: (u32, u32) = (8, 18);
/// How far text is from the border of its node.
const PADDING: u32 = 8;
/// How far nodes are apart.
const GAP: (u32, u32) = (32, 40);
/// How far all of it is from the edge.
const MARGIN: u32 = 16;

/// Writes a chart of `flow`, which is that of `code`, as SVG.
pub fn write_svg(out: &mut String, code: &Code<'_>, flow: &ControlFlow, chart: &Chart) {
    let mut texts = BlockText::new(code);
    let rows: Vec<Vec<String>> = chart.nodes.iter().map(|node| texts.rows(flow, node, ROWS)).collect();
    let size = |rows: &Vec<String>| {
        let width = rows.iter().map(|row| row.chars().count()).max().unwrap_or(0) as u32;
        (width * CELL.0 + 2 * PADDING, rows.len() as u32 * CELL.1 + 2 * PADDING)
    };
    let placement = chart.place(&rows.iter().map(size).collect::<Vec<_>>(), GAP);
    let (width, height) = (placement.width + 2 * MARGIN, placement.height + 2 * MARGIN);
    out.push_str(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"monospace\" font-size=\"13\">\n\
         <defs><marker id=\"tip\" markerWidth=\"8\" markerHeight=\"8\" refX=\"7\" refY=\"4\" orient=\"auto\">\
         <path d=\"M0 0 L8 4 L0 8 z\" fill=\"#777\"/></marker></defs>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<g transform=\"translate({MARGIN} {MARGIN})\">\n"
    ));
    for (way, points) in chart.ways.iter().zip(&placement.ways) {
        let (color, dashes) = match way.kind {
            WayKind::Fall => ("#777", ""),
            WayKind::Jump => ("#06c", ""),
            WayKind::Exception => ("#c22", " stroke-dasharray=\"5 4\""),
        };
        // A way that goes up is drawn from below.
        let goes_up = placement.nodes[way.from].y > placement.nodes[way.to].y;
        let mut points = points.clone();
        if goes_up {
            points.reverse();
        }
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        let points = points.join(" ");
        out.push_str(&format!(
            "<polyline points=\"{points}\" fill=\"none\" stroke=\"{color}\"{dashes} marker-end=\"url(#tip)\"/>\n"
        ));
    }
    for (place, rows) in placement.nodes.iter().zip(&rows) {
        out.push_str(&format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"4\" fill=\"#f7f7f7\" stroke=\"#777\"/>\n",
            place.x, place.y, place.width, place.height
        ));
        for (number, row) in rows.iter().enumerate() {
            let (x, y) = (place.x + PADDING, place.y + PADDING + (number as u32 + 1) * CELL.1 - 5);
            out.push_str(&format!("<text x=\"{x}\" y=\"{y}\" xml:space=\"preserve\">{}</text>\n", escaped(row)));
        }
    }
    out.push_str("</g>\n</svg>\n");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
