//! Which ways lead back, and which blocks are in the loops that they close.

use super::{ControlFlow, WayKind};

/// A loop: the blocks from which execution comes back to the one it begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loop {
    /// The block that it begins with, by position.
    pub head: usize,
    /// All its blocks, in order, the head among them. No others are known where loops within loops have more than can be walked
    /// through.
    pub blocks: Vec<usize>,
}

/// How many blocks all loops together have at the most, for each block of the graph: loops in loops count again.
const SHARE: usize = 32;

/// Finds what is reached, which ways lead back, and the loops.
pub(super) fn find(flow: &mut ControlFlow) {
    mark_ways(flow);
    let count = flow.blocks.len();
    // The ways to each block, grouped by it.
    let mut to_each: Vec<usize> =
        (0..flow.ways.len()).filter(|&way| flow.blocks[flow.ways[way].from].is_reached).collect();
    to_each.sort_by_key(|&way| flow.ways[way].to);
    let before = |block: usize| {
        let start = to_each.partition_point(|&way| flow.ways[way].to < block);
        to_each[start..].iter().map(|&way| flow.ways[way]).take_while(move |way| way.to == block)
    };
    let mut left = count.saturating_mul(SHARE);
    let mut seen = vec![usize::MAX; count];
    let mut loops = Vec::new();
    let heads: std::collections::BTreeSet<usize> =
        flow.ways.iter().filter(|way| way.is_back).map(|way| way.to).collect();
    for head in heads {
        let mut blocks = vec![head];
        seen[head] = head;
        let mut open: Vec<usize> = before(head).filter(|way| way.is_back).map(|way| way.from).collect();
        while let Some(block) = open.pop() {
            if left == 0 {
                blocks.truncate(1);
                break;
            }
            left -= 1;
            if std::mem::replace(&mut seen[block], head) != head {
                blocks.push(block);
                open.extend(before(block).map(|way| way.from));
            }
        }
        blocks.sort_unstable();
        loops.push(Loop { head, blocks });
    }
    for block in loops.iter().flat_map(|found| &found.blocks) {
        flow.blocks[*block].depth += 1;
    }
    flow.loops = loops;
}

/// How far the walk has come with a block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Unseen,
    Open,
    Done,
}

/// Walks from the first block on, each way once: one that leads to a block on the path leads back.
fn mark_ways(flow: &mut ControlFlow) {
    let mut stages = vec![Stage::Unseen; flow.blocks.len()];
    let starts: Vec<usize> =
        (0..=flow.blocks.len()).map(|block| flow.ways.partition_point(|way| way.from < block)).collect();
    let mut path: Vec<(usize, usize)> = Vec::new();
    if !flow.blocks.is_empty() {
        stages[0] = Stage::Open;
        path.push((0, 0));
    }
    while let Some((block, next)) = path.last_mut() {
        flow.blocks[*block].is_reached = true;
        let way = starts[*block] + *next;
        if way >= starts[*block + 1] {
            stages[*block] = Stage::Done;
            path.pop();
            continue;
        }
        *next += 1;
        let to = flow.ways[way].to;
        match stages[to] {
            // A handler that leads to itself is no loop: it guards what it does.
            Stage::Open => flow.ways[way].is_back = flow.ways[way].kind != WayKind::Exception,
            Stage::Unseen => {
                stages[to] = Stage::Open;
                path.push((to, 0));
            }
            Stage::Done => {}
        }
    }
}
