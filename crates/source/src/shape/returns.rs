//! `return`s that compilers wrote more than once: the one at the end of a code object, and that of `return a if b else c`.

use std::collections::HashMap;

use super::contexts::Contexts;
use super::flow::Flow;
use crate::constant::Constant;
use crate::graph::{BlockId, Edge, Origin, Terminator, ValueId};
use crate::unit::{Unit, UnitKind, Units};

/// Leads all ends of the code that are not written to one node, which is returned, and the ends of `return`s that are written at
/// one place to one node each, until [`unshare`].
pub(super) fn share(flow: &mut Flow<'_>, contexts: &mut Contexts, unit: &Unit, units: &Units) {
    let returns: Vec<(BlockId, ValueId)> = flow
        .ids()
        .filter_map(|id| match flow.node(id).end {
            Terminator::Return(value) if !flow.node(id).dead => Some((id, value)),
            _ => None,
        })
        .collect();
    // Since 3.10 the end of the code is copied to where it is led to; before, it is one, the last thing in the code.
    let last = returns.iter().map(|(id, _)| flow.node(*id).offset).max();
    let copied = units.since(3, 10);
    let mut groups: HashMap<Option<(u32, u32, u32, u32)>, Vec<(BlockId, ValueId)>> = HashMap::new();
    for (id, value) in returns {
        if is_end(flow, id, value, unit) && (copied || Some(flow.node(id).offset) == last) {
            let exit = flow.exit.unwrap_or_else(|| add_return(flow, contexts, value));
            flow.exit = Some(exit);
            flow.set_end(id, Terminator::Jump(Edge { target: exit, args: Vec::new() }));
        } else if unit.kind == UnitKind::Lambda {
            groups.entry(None).or_default().push((id, value));
        } else if let Some(place) = place_of(flow.node(id).origin) {
            groups.entry(Some(place)).or_default().push((id, value));
        }
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let shared = add_return(flow, contexts, group[0].1);
        let param = flow.make_param();
        flow.node_mut(shared).params.push(param);
        flow.node_mut(shared).end = Terminator::Return(param);
        flow.node_mut(shared).origin = flow.node(group[0].0).origin;
        flow.shared_returns.push(shared);
        for (id, value) in group {
            flow.set_end(id, Terminator::Jump(Edge { target: shared, args: vec![value] }));
        }
    }
}

/// Gives back their own end to those that still share one.
pub(super) fn unshare(flow: &mut Flow<'_>) {
    let shared: std::collections::HashSet<BlockId> = flow.shared_returns.iter().copied().collect();
    for id in flow.ids() {
        let Terminator::Jump(edge) = &flow.node(id).end else { continue };
        if shared.contains(&edge.target) && !flow.node(id).dead {
            if let Some(&value) = edge.args.first() {
                flow.node_mut(id).origin = flow.node(edge.target).origin;
                flow.set_end(id, Terminator::Return(value));
            }
        }
    }
    flow.count_preds();
}

fn add_return(flow: &mut Flow<'_>, contexts: &mut Contexts, value: ValueId) -> BlockId {
    let id = flow.add_node(Terminator::Return(value));
    contexts.copy(BlockId(0), id);
    contexts.set_outside(id);
    id
}

/// Whether a `return` is the end of the code, not written anywhere.
fn is_end(flow: &Flow<'_>, id: BlockId, value: ValueId, unit: &Unit) -> bool {
    match unit.kind {
        UnitKind::Module => flow.constant(value) == Some(&Constant::None),
        UnitKind::Class => true,
        UnitKind::Function => flow.constant(value) == Some(&Constant::None) && !has_own_line(flow, id),
        _ => false,
    }
}

/// Whether the end of a node is on a line of its own, other than that of what precedes it.
fn has_own_line(flow: &Flow<'_>, id: BlockId) -> bool {
    let node = flow.node(id);
    let Some(line) = node.origin.line() else { return false };
    if let Some(&op) = node.ops.last() {
        return flow.op(op).origin.line() != Some(line);
    }
    let Some(pred) = flow.sole_pred(id) else { return true };
    flow.node(pred).origin.line() != Some(line)
}

fn place_of(origin: Origin) -> Option<(u32, u32, u32, u32)> {
    match origin {
        Origin::Bytecode { line: Some(line), end_line, column, end_column, .. } => {
            Some((line, end_line.unwrap_or(0), column.unwrap_or(0), end_column.unwrap_or(0)))
        }
        _ => None,
    }
}
