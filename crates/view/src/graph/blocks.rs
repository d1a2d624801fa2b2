//! What a block of the graph shows.

use pycxray::control_flow::{Chart, ChartNode, ChartWay};
use pycxray::{ControlFlow, Item, NodeId, WayKind};

use crate::file::File;
use crate::number::{counted, grouped};
use crate::protocol::{GRAPH_CELL, GRAPH_PADDING, GraphBlock, GraphRow, Style, Styled};

/// How many instructions of a block are shown.
const ROWS: usize = 24;
/// How many characters of an operand.
const OPERAND: usize = 40;
/// How many characters an offset has, with the space behind it.
const OFFSET: u32 = 6;

/// A block, not yet in its place.
pub(super) fn block(file: &File, code: NodeId, flow: &ControlFlow, chart: &Chart, number: usize) -> GraphBlock {
    let node = &chart.nodes[number];
    let blocks = &flow.blocks()[node.blocks.clone()];
    let (first, count) = (node.blocks.start, blocks.len());
    let instructions: u64 = blocks.iter().map(|block| u64::from(block.instructions)).sum();
    let start = blocks.first().map_or(0, |block| block.start);
    let end = blocks.last().map_or(0, |block| block.end);
    let is_folded = count > 1;
    let rows = if is_folded { Vec::new() } else { rows(file, code, start, end) };
    let rest = match instructions.saturating_sub(rows.len() as u64) {
        _ if is_folded => Some(format!("{}, {start} to {end}", counted(instructions, "instruction"))),
        0 => None,
        more => Some(format!("… {} more", grouped(more))),
    };
    let title = if is_folded { format!("Blocks {first} to {}", node.blocks.end - 1) } else { format!("Block {first}") };
    let notes = notes(flow, node);
    let mut words = format!("{title}, {}", counted(instructions, "instruction"));
    for part in (!notes.is_empty()).then(|| notes.clone()).into_iter().chain(ways(flow, chart, number)) {
        words.push_str(", ");
        words.push_str(&part);
    }
    GraphBlock {
        item: Item::Instruction(code, start).into(),
        place: (0, 0, 0, 0),
        title,
        notes,
        words,
        depth: blocks.iter().map(|block| block.depth).max().unwrap_or(0),
        is_folded,
        operands_at: OFFSET + 1 + rows.iter().map(|row| row.opname.chars().count() as u32).max().unwrap_or(0),
        rows,
        rest,
    }
}

/// How wide and how high a block is drawn.
pub(super) fn size(block: &GraphBlock) -> (u32, u32) {
    let row = |row: &GraphRow| block.operands_at + length(&row.operand);
    let columns = block.rows.iter().map(row);
    let heading = block.title.chars().count() + 2 + block.notes.chars().count();
    let rest = block.rest.as_ref().map_or(0, |rest| rest.chars().count());
    let columns = columns.max().unwrap_or(0).max(heading as u32).max(rest as u32);
    let rows = 1 + block.rows.len() as u32 + u32::from(block.rest.is_some());
    (columns * GRAPH_CELL.0 + 2 * GRAPH_PADDING, rows * GRAPH_CELL.1 + 2 * GRAPH_PADDING)
}

/// How many characters a text has.
fn length(text: &Styled) -> u32 {
    text.0.iter().map(|run| run.text.chars().count() as u32).sum()
}

fn rows(file: &File, code: NodeId, start: u32, end: u32) -> Vec<GraphRow> {
    let Some((bytecode, position, _)) = file.instruction(code, start) else { return Vec::new() };
    let instructions = bytecode.from(&file.pyc, position).take_while(|instruction| instruction.offset < end);
    let row = |instruction: pycxray::Instruction| {
        let cells = bytecode.cells(&file.pyc, &instruction, None);
        GraphRow {
            item: Item::Instruction(code, instruction.offset).into(),
            offset: instruction.offset,
            opname: cells.opname,
            operand: cut(cells.operand),
            is_chosen: false,
        }
    };
    instructions.take(ROWS).map(row).collect()
}

/// Text of not more than so many characters as an operand may have.
fn cut(text: Styled) -> Styled {
    let mut left = OPERAND;
    let mut short = Styled::default();
    for mut run in text.0 {
        let count = run.text.chars().count();
        if count > left {
            run.text = run.text.chars().take(left.saturating_sub(1)).collect();
            short.0.push(run);
            short.push(Style::Muted, "…");
            break;
        }
        left -= count;
        short.0.push(run);
    }
    short
}

fn notes(flow: &ControlFlow, node: &ChartNode) -> String {
    let blocks = &flow.blocks()[node.blocks.clone()];
    let heads = node.blocks.clone().filter(|block| is_head(flow, *block)).count();
    let depth = blocks.iter().map(|block| block.depth).max().unwrap_or(0);
    let mut notes = Vec::new();
    match heads {
        0 if depth > 0 => notes.push(format!("in {}", counted(depth.into(), "loop"))),
        0 => {}
        1 => notes.push("a loop begins".to_owned()),
        heads => notes.push(format!("{heads} loops begin")),
    }
    if !blocks.iter().any(|block| block.is_reached) {
        notes.push("nothing leads here".to_owned());
    }
    if node.leads_out {
        notes.push("leads on outside".to_owned());
    }
    notes.join(", ")
}

fn is_head(flow: &ControlFlow, block: usize) -> bool {
    flow.loops().binary_search_by_key(&block, |found| found.head).is_ok()
}

/// Where a node leads to, in words.
fn ways(flow: &ControlFlow, chart: &Chart, number: usize) -> impl Iterator<Item = String> {
    chart.ways_from(number).iter().map(move |ChartWay { to, kind, is_back, .. }| {
        let node = &chart.nodes[*to].blocks;
        let to = if node.len() > 1 {
            format!("blocks {} to {}", node.start, node.end - 1)
        } else {
            format!("block {}", node.start)
        };
        let how = match kind {
            WayKind::Fall => "goes on to",
            WayKind::Jump if *is_back && is_head(flow, node.start) => "loops back to",
            WayKind::Jump => "jumps to",
            WayKind::Exception => "on an exception to",
        };
        format!("{how} {to}")
    })
}
