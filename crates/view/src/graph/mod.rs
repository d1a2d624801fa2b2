//! The control flow of the code object in the listing, drawn as blocks and the ways between them.

mod blocks;
mod steps;

use std::cell::OnceCell;
use std::ops::Range;

use pycxray::control_flow::{Chart, Placement};
use pycxray::{Code, ControlFlow, Item, NodeId};

use crate::file::File;
use crate::labels;
use crate::number::counted;
use crate::protocol::{GraphAction, GraphBlock, GraphWay, GraphWayKind, GraphWindow};

/// So many blocks are drawn one by one; more are folded.
const BLOCKS: usize = 120;
/// Into so many nodes: ways between them are many.
const FOLDED: usize = 40;
/// How far blocks are apart in each direction, in CSS pixels.
const GAP: (u32, u32) = (28, 36);

/// What the graph shows: which code object, and which of its blocks.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    code: Option<NodeId>,
    /// The blocks of the nodes that were opened, the innermost last.
    opened: Vec<Range<usize>>,
    /// Made when it is looked at first.
    flow: OnceCell<ControlFlow>,
    /// The part that is opened, laid out; made when it is looked at.
    drawn: OnceCell<Drawn>,
}

/// A graph that is laid out.
#[derive(Debug)]
struct Drawn {
    chart: Chart,
    /// What each block shows, with nothing chosen.
    blocks: Vec<GraphBlock>,
    ways: Vec<GraphWay>,
    size: (u32, u32),
}

impl Graph {
    /// Goes to the code object in the listing, and to a part of its graph that has what is chosen.
    pub(crate) fn enter(&mut self, file: &File, code: Option<NodeId>, chosen: Option<Item>) {
        if self.code != code {
            *self = Self { code, ..Self::default() };
        }
        let Some(block) = self.flow.get().zip(chosen).and_then(|(flow, item)| self.block_of(file, flow, item)) else {
            return;
        };
        while self.opened.last().is_some_and(|blocks| !blocks.contains(&block)) {
            self.opened.pop();
            self.drawn = OnceCell::new();
        }
    }

    fn flow(&self, file: &File) -> Option<&ControlFlow> {
        let code = file.pyc.code(self.code?)?;
        Some(self.flow.get_or_init(|| ControlFlow::of(&code)))
    }

    fn drawn(&self, file: &File) -> Option<(&ControlFlow, &Drawn)> {
        let (flow, code) = (self.flow(file)?, self.code?);
        let shown = self.opened.last().cloned().unwrap_or(0..flow.blocks().len());
        let make = || {
            let most = most(shown.len());
            Drawn::new(file, code, flow, flow.chart(shown, most))
        };
        Some((flow, self.drawn.get_or_init(make)))
    }

    /// The block of the flow that has an item.
    fn block_of(&self, file: &File, flow: &ControlFlow, item: Item) -> Option<usize> {
        let offset = match item {
            Item::Instruction(code, offset) | Item::Cache(code, offset) if Some(code) == self.code => offset,
            Item::Exception(code, entry) if Some(code) == self.code => {
                crate::values::exception_entry_at(&file.pyc, code, entry)?.target
            }
            _ => return None,
        };
        flow.block_at(offset)
    }

    /// The node of what is drawn that has an item.
    fn node_of(&self, file: &File, item: Item) -> Option<usize> {
        let (flow, drawn) = self.drawn(file)?;
        let block = self.block_of(file, flow, item)?;
        drawn.chart.nodes.iter().position(|node| node.blocks.contains(&block))
    }

    /// What is shown.
    pub(crate) fn window(&self, file: &File, chosen: Option<Item>, choice: u64) -> GraphWindow {
        let Some((flow, drawn)) = self.drawn(file) else { return GraphWindow::default() };
        let node = chosen.and_then(|item| self.node_of(file, item));
        let mut blocks = drawn.blocks.clone();
        let instruction = chosen.and_then(|item| match item {
            Item::Cache(code, offset) => file.instruction_item(code, offset),
            item => Some(item),
        });
        if let (Some(node), Some(item)) = (node, instruction) {
            blocks[node].rows.iter_mut().for_each(|row| row.is_chosen = row.item == item.into());
        }
        let counts = [(flow.blocks().len(), "block"), (flow.ways().len(), "way"), (flow.loops().len(), "loop")];
        let shown = self.opened.last().cloned().unwrap_or(0..flow.blocks().len());
        GraphWindow {
            subject: self.code.map(|code| (Item::Object(code).into(), shown.start, shown.end)),
            crumbs: labels::outer_crumbs(&file.pyc, self.code),
            words: counts.map(|(count, unit)| counted(count as u64, unit)).join(", "),
            blocks,
            ways: drawn.ways.clone(),
            size: drawn.size,
            chosen: node,
            choice,
            is_part: !self.opened.is_empty(),
        }
    }

    /// Does what the user did. What is to be chosen then.
    pub(crate) fn act(&mut self, file: &File, chosen: Option<Item>, action: GraphAction) -> Option<Item> {
        match action {
            GraphAction::Step(step) => self.step(file, chosen, step),
            GraphAction::Open(node) => {
                let blocks = self.drawn(file)?.1.chart.nodes.get(node)?.blocks.clone();
                if blocks.len() > 1 {
                    let first = self.flow(file)?.blocks().get(blocks.start)?.start;
                    self.opened.push(blocks);
                    self.drawn = OnceCell::new();
                    return Some(Item::Instruction(self.code?, first));
                }
                None
            }
            GraphAction::Out => {
                self.opened.pop();
                self.drawn = OnceCell::new();
                None
            }
        }
    }
}

/// The graph of a code object, written to be saved; nothing where there is none.
pub(crate) fn written(
    file: &File,
    code: Option<NodeId>,
    write: fn(&mut String, &Code<'_>, &ControlFlow, &Chart),
) -> String {
    let mut text = String::new();
    if let Some(code) = code.and_then(|code| file.pyc.code(code)) {
        let flow = ControlFlow::of(&code);
        let chart = flow.chart(0..flow.blocks().len(), most(flow.blocks().len()));
        write(&mut text, &code, &flow, &chart);
    }
    text
}

/// Into how many nodes so many blocks are drawn.
fn most(blocks: usize) -> usize {
    if blocks > BLOCKS { FOLDED } else { BLOCKS }
}

impl Drawn {
    fn new(file: &File, code: NodeId, flow: &ControlFlow, chart: Chart) -> Self {
        let mut blocks: Vec<GraphBlock> =
            (0..chart.nodes.len()).map(|node| blocks::block(file, code, flow, &chart, node)).collect();
        let sizes: Vec<(u32, u32)> = blocks.iter().map(blocks::size).collect();
        let Placement { nodes, ways, width, height } = chart.place(&sizes, GAP);
        for (block, place) in blocks.iter_mut().zip(nodes) {
            block.place = (place.x, place.y, place.width, place.height);
        }
        let ways = chart.ways.iter().zip(ways).map(|(way, mut points)| {
            // The points lead downward.
            if blocks[way.from].place.1 > blocks[way.to].place.1 {
                points.reverse();
            }
            let kind = match way.kind {
                pycxray::WayKind::Fall => GraphWayKind::Fall,
                pycxray::WayKind::Jump => GraphWayKind::Jump,
                pycxray::WayKind::Exception => GraphWayKind::Exception,
            };
            GraphWay { from: way.from, to: way.to, kind, is_back: way.is_back, points }
        });
        Self { ways: ways.collect(), chart, blocks, size: (width, height) }
    }
}
