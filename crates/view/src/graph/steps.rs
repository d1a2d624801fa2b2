//! From block to block by key.

use pycxray::control_flow::Chart;
use pycxray::{Item, WayKind};

use super::Graph;
use crate::file::File;
use crate::protocol::GraphStep;

impl Graph {
    /// The first instruction of the block that a step leads to.
    pub(super) fn step(&self, file: &File, chosen: Option<Item>, step: GraphStep) -> Option<Item> {
        let now = chosen.and_then(|item| self.node_of(file, item));
        let (flow, drawn) = self.drawn(file)?;
        let last = drawn.chart.nodes.len().checked_sub(1)?;
        let to = match (step, now) {
            (GraphStep::First, _) => 0,
            (GraphStep::Last, _) => last,
            (_, None) => 0,
            (GraphStep::Next, Some(now)) => (now + 1).min(last),
            (GraphStep::Previous, Some(now)) => now.saturating_sub(1),
            (GraphStep::Along, Some(now)) => along(&drawn.chart, now)?,
            (GraphStep::Against, Some(now)) => against(&drawn.chart, now)?,
        };
        let block = drawn.chart.nodes[to].blocks.start;
        Some(Item::Instruction(self.code?, flow.blocks()[block].start))
    }
}

/// Where a node jumps to; else what follows it, else what handles its exceptions.
fn along(chart: &Chart, node: usize) -> Option<usize> {
    let ways = chart.ways_from(node);
    let by_kind = |kind| ways.iter().find(|way| way.kind == kind).map(|way| way.to);
    by_kind(WayKind::Jump).or_else(|| by_kind(WayKind::Fall)).or_else(|| by_kind(WayKind::Exception))
}

/// What leads to a node: by a jump, else what it follows.
fn against(chart: &Chart, node: usize) -> Option<usize> {
    let by_kind = |kind| chart.ways.iter().find(|way| way.to == node && way.kind == kind).map(|way| way.from);
    by_kind(WayKind::Jump).or_else(|| by_kind(WayKind::Fall)).or_else(|| by_kind(WayKind::Exception))
}
