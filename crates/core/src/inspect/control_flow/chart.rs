//! What is drawn of a graph: its blocks, or where these are many, runs of them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{ControlFlow, WayKind};

/// A graph of so few nodes that it can be drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    /// The nodes, in the order of the bytecode.
    pub nodes: Vec<ChartNode>,
    /// The ways between them, each once, in the order of the nodes that they begin at.
    pub ways: Vec<ChartWay>,
}

/// A block, or several that follow each other in the bytecode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartNode {
    /// Which blocks. Where there is more than one, [`ControlFlow::chart`] of these shows what is in it.
    pub blocks: Range<usize>,
    /// Whether ways lead to blocks, or come from blocks, that the chart does not have.
    pub leads_out: bool,
}

/// A way from a node to another, both by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChartWay {
    /// Where it begins.
    pub from: usize,
    /// Where it leads to.
    pub to: usize,
    /// How.
    pub kind: WayKind,
    /// Whether it closes a loop.
    pub is_back: bool,
}

impl Chart {
    /// The ways from a node.
    #[must_use]
    pub fn ways_from(&self, node: usize) -> &[ChartWay] {
        let start = self.ways.partition_point(|way| way.from < node);
        let end = self.ways.partition_point(|way| way.from <= node);
        &self.ways[start..end]
    }
}

impl ControlFlow {
    /// What is drawn of some blocks, with `most` nodes at the most: each block, or runs of equally many.
    #[must_use]
    pub fn chart(&self, blocks: Range<usize>, most: usize) -> Chart {
        let blocks = blocks.start.min(self.blocks.len())..blocks.end.min(self.blocks.len());
        let size = blocks.len().div_ceil(most.max(1)).max(1);
        let starts = blocks.clone().step_by(size);
        let nodes = starts.map(|start| ChartNode { blocks: start..(start + size).min(blocks.end), leads_out: false });
        let mut nodes: Vec<ChartNode> = nodes.collect();
        let node = |block: usize| blocks.contains(&block).then(|| (block - blocks.start) / size);
        let mut ways: BTreeMap<(usize, usize, WayKind), bool> = BTreeMap::new();
        for way in &self.ways {
            match (node(way.from), node(way.to)) {
                (Some(from), Some(to)) if from != to || size == 1 => {
                    *ways.entry((from, to, way.kind)).or_default() |= way.is_back;
                }
                (Some(inside), None) | (None, Some(inside)) => nodes[inside].leads_out = true,
                _ => {}
            }
        }
        let ways = ways.into_iter().map(|((from, to, kind), is_back)| ChartWay { from, to, kind, is_back });
        Chart { nodes, ways: ways.collect() }
    }
}
