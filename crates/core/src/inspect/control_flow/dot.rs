//! A graph as DOT, for Graphviz and whatever else reads it.

use super::block_text::BlockText;
use super::{Chart, ControlFlow, WayKind};
use crate::code::Code;

/// How many instructions of a block are written.
const ROWS: usize = 40;

/// Writes a chart of `flow`, which is that of `code`, as DOT.
pub fn write_dot(out: &mut String, code: &Code<'_>, flow: &ControlFlow, chart: &Chart) {
    out.push_str("digraph {\n  node [shape=box, fontname=monospace];\n");
    let mut texts = BlockText::new(code);
    for (number, node) in chart.nodes.iter().enumerate() {
        let rows = texts.rows(flow, node, ROWS);
        // `\l` ends a row that stands at the left.
        let label: String = rows.iter().map(|row| format!("{}\\l", escaped(row))).collect();
        out.push_str(&format!("  b{number} [label=\"{label}\"];\n"));
    }
    for way in &chart.ways {
        let style = match way.kind {
            WayKind::Fall => "style=solid",
            WayKind::Jump => "style=bold",
            WayKind::Exception => "style=dashed, color=red",
        };
        let kind = way.kind.word();
        out.push_str(&format!("  b{} -> b{} [label={kind}, {style}];\n", way.from, way.to));
    }
    out.push_str("}\n");
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
