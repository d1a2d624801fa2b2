//! Ends of the code that compilers wrote more than once: the one behind the last statement, and since 3.10 any short end of the
//! code, copied to where it is jumped to. Copies are told by where they come from: the same place in the text.

use std::collections::{HashMap, HashSet};

use super::super::contexts::{ContextId, Contexts};
use super::super::flow::{Flow, OpId};
use crate::constant::Constant;
use crate::graph::{BlockId, Edge, Op, OpKind, Origin, Terminator, ValueId};
use crate::unit::{Unit, UnitKind, Units};

/// A place in the text: line, last line, column, column behind.
type Position = (u32, u32, u32, u32);

/// Which ends may be copies of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    position: Option<Position>,
    is_end: bool,
    returns: bool,
    handler: Option<BlockId>,
    context: ContextId,
}

/// What a node did before what it shares with others was taken from it.
pub(in crate::shape) struct Shared {
    node: BlockId,
    ops: Vec<OpId>,
    end: Terminator,
    origin: Origin,
    value: Option<(ValueId, u32, u32)>,
}

/// The ends of the code that are not written anywhere, by where their instruction begins. Asked of the graph as it was lifted.
pub(in crate::shape) fn implied(flow: &Flow<'_>, unit: &Unit, units: &Units) -> HashSet<u32> {
    let ends: Vec<BlockId> = flow.ids().filter(|&id| matches!(flow.node(id).end, Terminator::Return(_))).collect();
    // Since 3.10 the end of the code is copied to where it is led to; before, it is one, the last thing in the code.
    let is_last = |id: BlockId| flow.node(id).origin.end() == Some(unit.code_size);
    // `return None if a else b` is written.
    let is_none = |id: BlockId| flow.node(id).end.operands().all(|value| flow.constant(value) == Some(&Constant::None));
    let written: HashSet<Position> =
        ends.iter().filter(|&&id| !is_none(id)).filter_map(|&id| position(flow.node(id).origin)).collect();
    let is_written = |id: BlockId| position(flow.node(id).origin).is_some_and(|at| written.contains(&at));
    let is_implied = |&id: &BlockId| match unit.kind {
        UnitKind::Module | UnitKind::Interactive => is_none(id),
        UnitKind::Class => true,
        UnitKind::Function if units.since(3, 10) => is_none(id) && !is_written(id) && !has_own_line(flow, id),
        UnitKind::Function => is_none(id) && is_last(id),
        _ => false,
    };
    ends.iter().copied().filter(is_implied).filter_map(|id| flow.node(id).origin.start()).collect()
}

/// Leads all ends of the code that are not written to one node, and copies of an end to one, until [`unshare`].
pub(in crate::shape) fn share(
    flow: &mut Flow<'_>,
    contexts: &mut Contexts,
    implied: &HashSet<u32>,
    (unit, units): (&Unit, &Units),
) -> Vec<Shared> {
    let ends: Vec<BlockId> = flow
        .ids()
        .filter(|&id| !flow.node(id).dead)
        .filter(|&id| matches!(flow.node(id).end, Terminator::Return(_) | Terminator::Raise { .. }))
        .collect();
    let copied = units.since(3, 10);
    let mut groups: HashMap<Key, Vec<BlockId>> = HashMap::new();
    let mut keys = Vec::new();
    for id in ends {
        let is_end = matches!(flow.node(id).end, Terminator::Return(_))
            && flow.node(id).origin.start().is_some_and(|at| implied.contains(&at));
        let key = key(flow, contexts, id, is_end, unit);
        if is_end {
            let value = flow.node(id).end.operands().next().unwrap_or(ValueId(0));
            let exit = flow.exit.unwrap_or_else(|| add_return(flow, contexts, value));
            flow.exit = Some(exit);
            flow.set_end(id, Terminator::Jump(Edge { target: exit, args: Vec::new() }));
        }
        if let Some(key) = key {
            if !groups.contains_key(&key) {
                keys.push(key);
            }
            groups.entry(key).or_default().push(id);
        }
    }
    let mut shared = Vec::new();
    for key in keys {
        let group = &groups[&key];
        if group.len() > 1 {
            let is_placed = key.position.is_some() || !key.is_end;
            let length = |&id: &BlockId| if is_placed { flow.node(id).ops.len() } else { class_end(flow, id) };
            let longest = group.iter().map(length).min().filter(|_| copied).unwrap_or(0);
            share_group(flow, contexts, group, (longest, is_placed), &mut shared);
        }
    }
    shared
}

fn key(flow: &Flow<'_>, contexts: &Contexts, id: BlockId, is_end: bool, unit: &Unit) -> Option<Key> {
    let node = flow.node(id);
    let is_placeless = is_end && unit.kind == UnitKind::Class && class_end(flow, id) > 0;
    let position = if matches!(unit.kind, UnitKind::Lambda | UnitKind::Expression) || is_placeless {
        None
    } else if is_end {
        Some(position(flow.op(*node.ops.last()?).origin)?)
    } else {
        Some(position(node.origin)?)
    };
    Some(Key {
        position,
        is_end,
        returns: matches!(node.end, Terminator::Return(_)),
        handler: flow.handler(id),
        context: contexts.of(id),
    })
}

/// Takes what the nodes of a group share at their ends into one node.
fn share_group(
    flow: &mut Flow<'_>,
    contexts: &mut Contexts,
    group: &[BlockId],
    (longest, is_placed): (usize, bool),
    shared: &mut Vec<Shared>,
) {
    let Some(&first) = group.iter().min_by_key(|&&id| flow.node(id).ops.len()) else { return };
    let others: Vec<BlockId> = group.iter().copied().filter(|&id| id != first).collect();
    let count = others.iter().map(|&other| common(flow, (first, other), longest, is_placed)).min().unwrap_or(0);
    let written = matches!(flow.node(first).end, Terminator::Return(_) | Terminator::Raise { .. });
    if count == 0 && !written {
        return;
    }
    let Some(differing) = differing(flow, first, &others, count) else { return };
    let node = take_shared(flow, contexts, first, count);
    let param = differing.as_ref().map(|values| {
        let param = flow.make_param();
        replace(flow, node, values[0], param);
        flow.node_mut(node).params.push(param);
        param
    });
    let mut values = differing.into_iter().flatten();
    for id in std::iter::once(first).chain(others) {
        let value = values.next();
        let args: Vec<ValueId> = value.into_iter().collect();
        let owned = flow.node(id);
        let at = if id == first { owned.ops.len() } else { owned.ops.len() - count };
        let (end, origin) = (owned.end.clone(), owned.origin);
        let ops = flow.node_mut(id).ops.split_off(at);
        let moved = value.zip(param).map(|(value, param)| {
            let (used, bound) = flow.counts(param);
            flow.move_uses(value, used, bound);
            (value, used, bound)
        });
        if id != first {
            shared.push(Shared { node: id, ops, end, origin, value: moved });
        }
        flow.set_end(id, Terminator::Jump(Edge { target: node, args }));
    }
}

/// How many operations a node ends in that the compiler adds to the body of a class, and copies without a place in the text (3.13+).
fn class_end(flow: &Flow<'_>, id: BlockId) -> usize {
    let ops = &flow.node(id).ops;
    let begins = |&op: &OpId| matches!(&flow.op(op).kind, OpKind::Store(_, name) if &**name == "__static_attributes__");
    ops.iter().rposition(begins).map_or(0, |at| ops.len() - at)
}

/// How many operations two nodes share at their ends: the same, from the same place in the text if they have one.
fn common(flow: &Flow<'_>, (first, other): (BlockId, BlockId), longest: usize, is_placed: bool) -> usize {
    let (a, b) = (flow.node(first).ops.iter().rev(), flow.node(other).ops.iter().rev());
    a.zip(b)
        .take(longest)
        .take_while(|&(&a, &b)| {
            let (a, b) = (flow.op(a), flow.op(b));
            let is_there = position(a.origin).is_some() && position(a.origin) == position(b.origin);
            a.kind == b.kind && (is_there || !is_placed)
        })
        .count()
}

/// The values that nodes use differently in what they share, one of each, or none if they use the same. `None` if more than one
/// is different.
#[allow(clippy::option_option)]
fn differing(flow: &Flow<'_>, first: BlockId, others: &[BlockId], count: usize) -> Option<Option<Vec<ValueId>>> {
    let mut found: Option<Vec<ValueId>> = None;
    let own = operands(flow, first, count);
    let all: Vec<_> = others.iter().map(|&other| operands(flow, other, count)).collect();
    if all.iter().any(|values| values.len() != own.len()) {
        return None;
    }
    for (index, &value) in own.iter().enumerate() {
        let values: Vec<Operand> = std::iter::once(value).chain(all.iter().map(|values| values[index])).collect();
        if values.iter().all(|&other| other == value) {
            continue;
        }
        let outer: Option<Vec<ValueId>> = values
            .iter()
            .map(|value| match value {
                Operand::Outer(value) => Some(*value),
                Operand::Inner(..) => None,
            })
            .collect();
        let outer = outer?;
        match &found {
            Some(known) if *known == outer => {}
            Some(_) => return None,
            None => found = Some(outer),
        }
    }
    Some(found)
}

/// What an operation in a shared end uses: the result of another one there, or a value from before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operand {
    Inner(usize, u32),
    Outer(ValueId),
}

fn operands(flow: &Flow<'_>, id: BlockId, count: usize) -> Vec<Operand> {
    let node = flow.node(id);
    let ops = &node.ops[node.ops.len() - count..];
    let mut results: HashMap<ValueId, (usize, u32)> = HashMap::new();
    let mut found = Vec::new();
    for (index, &op) in ops.iter().enumerate() {
        let op = flow.op(op);
        for (number, result) in op.results().enumerate() {
            results.insert(result, (index, number as u32));
        }
        found.extend(op.operands.iter().copied());
    }
    found.extend(node.end.operands());
    found
        .into_iter()
        .map(|value| {
            let value = flow.resolve(value);
            results.get(&value).map_or(Operand::Outer(value), |&(index, number)| Operand::Inner(index, number))
        })
        .collect()
}

/// Takes the last operations of a node, and its end, into a node of their own.
fn take_shared(flow: &mut Flow<'_>, contexts: &mut Contexts, first: BlockId, count: usize) -> BlockId {
    let at = flow.node(first).ops.len() - count;
    let node = flow.split(first, at);
    contexts.copy(first, node);
    node
}

/// Replaces a value in a node.
fn replace(flow: &mut Flow<'_>, node: BlockId, old: ValueId, new: ValueId) {
    for id in flow.node(node).ops.clone() {
        flow.replace_operand(id, old, new);
    }
    let resolved = |value: ValueId, flow: &Flow<'_>| flow.resolve(value) == flow.resolve(old);
    let mut end = flow.node(node).end.clone();
    let mut count = 0;
    match &mut end {
        Terminator::Return(value) if resolved(*value, flow) => {
            *value = new;
            count += 1;
        }
        Terminator::Raise { exception, cause } => {
            for value in [exception, cause].into_iter().flatten() {
                if resolved(*value, flow) {
                    *value = new;
                    count += 1;
                }
            }
        }
        _ => {}
    }
    flow.add_uses(new, count, 0);
    flow.node_mut(node).end = end;
}

/// Gives back their own end to those that share one in which a value is still one or the other.
pub(in crate::shape) fn unshare(flow: &mut Flow<'_>, shared: Vec<Shared>) {
    for Shared { node, ops, end, origin, value } in shared {
        let Terminator::Jump(edge) = &flow.node(node).end else { continue };
        if flow.node(node).dead || edge.args.is_empty() || value.is_none() {
            continue;
        }
        if let Some((value, used, bound)) = value {
            flow.restore_uses(value, used, bound);
        }
        flow.append_ops(node, ops);
        flow.node_mut(node).origin = origin;
        flow.set_end(node, end);
    }
    for id in flow.ids() {
        let Terminator::Jump(edge) = &flow.node(id).end else { continue };
        if edge.args.is_empty() || flow.node(id).dead {
            continue;
        }
        let edge = edge.clone();
        if super::join::join(flow, id, &edge) {
            continue;
        }
        let target = flow.node(edge.target);
        if let (Terminator::Return(value), true, &[param]) = (&target.end, target.ops.is_empty(), &target.params[..]) {
            if *value == param {
                flow.node_mut(id).origin = flow.node(edge.target).origin;
                flow.set_end(id, Terminator::Return(edge.args[0]));
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

/// Whether the end of a node is on a line of its own, other than that of what precedes it.
fn has_own_line(flow: &Flow<'_>, id: BlockId) -> bool {
    let node = flow.node(id);
    node.origin.line().is_some_and(|line| has_other_line(flow, id, line, 0))
}

/// Whether what is done last in a node, and before it if it does nothing, is on another line.
fn has_other_line(flow: &Flow<'_>, id: BlockId, line: u32, depth: u32) -> bool {
    let node = flow.node(id);
    // What leaves a handler is on the line of the `return` that does so.
    let leaves = |op: &Op| match op.kind {
        OpKind::PopExcept | OpKind::Delete(..) => true,
        OpKind::Store(..) => flow.constant(op.operands[0]) == Some(&Constant::None),
        _ => false,
    };
    if let Some(op) = node.ops.iter().rev().map(|&op| flow.op(op)).find(|op| !leaves(op)) {
        return op.origin.line() != Some(line);
    }
    let Some(pred) = flow.sole_pred(id) else { return true };
    if depth < 4 && matches!(flow.node(pred).end, Terminator::Jump(_)) {
        return has_other_line(flow, pred, line, depth + 1);
    }
    flow.node(pred).origin.line() != Some(line)
}

fn position(origin: Origin) -> Option<Position> {
    match origin {
        Origin::Bytecode { line: Some(line), end_line, column, end_column, .. } => {
            Some((line, end_line.unwrap_or(0), column.unwrap_or(0), end_column.unwrap_or(0)))
        }
        _ => None,
    }
}
