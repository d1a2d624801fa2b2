//! Copies of what leaving a `try … finally`, a `with` or an `except … as` does. The compilers write it at every way out: at the end
//! of the body, before each `return`, `break` and `continue`. Here each way out is led past its copy, as if the body went on
//! directly to where it wants; what is done between is told by the handler.

use std::collections::{HashMap, HashSet};

use super::super::contexts::{Context, Contexts, HandlerKind, is_unbinding};
use super::super::flow::{Flow, OpId};
use crate::graph::{BlockId, Edge, OpKind, Terminator, ValueId};

/// A place in a node: before the operation of this index, or before the end.
type Place = (BlockId, usize);

/// Leads all ways out past their copies, those of the outermost statements first: a copy of an outer one may be as the compiler
/// made it, with all that is in it.
pub(in crate::shape) fn fold(flow: &mut Flow<'_>, contexts: &mut Contexts, kinds: &HashMap<BlockId, HandlerKind>) {
    let mut guarded: HashMap<BlockId, Vec<BlockId>> = HashMap::new();
    for id in flow.ids().filter(|&id| !flow.node(id).dead) {
        for context in contexts.path(contexts.of(id)) {
            if let Context::Guarded(handler) = contexts.get(context) {
                guarded.entry(handler).or_default().push(id);
            }
        }
    }
    let mut handlers: Vec<BlockId> = guarded.keys().copied().collect();
    handlers.sort_by_key(|&handler| (contexts.depth(contexts.of(handler)), flow.node(handler).offset));
    for handler in handlers {
        let Some(kind) = kinds.get(&handler) else { continue };
        let nodes = &guarded[&handler];
        for &id in nodes {
            let count = flow.node(id).end.edges().count();
            for index in 0..count {
                lead_past(flow, contexts, handler, kind, id, index);
            }
        }
    }
    flow.count_preds();
}

/// Leads one edge of a guarded node past the copy that it leads to, if it leaves what the handler guards.
fn lead_past(
    flow: &mut Flow<'_>,
    contexts: &mut Contexts,
    handler: BlockId,
    kind: &HandlerKind,
    id: BlockId,
    index: usize,
) {
    let Some(edge) = flow.node(id).end.edges().nth(index).cloned() else { return };
    if is_guarded(contexts, edge.target, handler) {
        return;
    }
    let behind = match kind {
        HandlerKind::With => behind_exit(flow, handler, edge.target),
        HandlerKind::Unbind => behind_unbinding(flow, handler, edge.target),
        HandlerKind::StarClause => behind_forgetting(flow, handler, edge.target),
        HandlerKind::Finally => behind_copy(flow, handler, edge.target),
        _ => None,
    };
    let Some((node, at)) = behind.map(|place| skip_jumps(flow, place)) else { return };
    let target = if at == 0 {
        node
    } else {
        let new = flow.split(node, at);
        contexts.copy(node, new);
        new
    };
    if is_guarded(contexts, target, handler) {
        flow.loops_around.insert((target, handler));
    }
    let params = flow.node(edge.target).params.clone();
    if target != edge.target && !params.is_empty() {
        let own = &mut flow.node_mut(target).params;
        if own.is_empty() {
            *own = params;
        } else if *own != params {
            return;
        }
    }
    let mut end = flow.node(id).end.clone();
    if let Some(old) = end.edges_mut().nth(index) {
        *old = Edge { target, args: edge.args };
    }
    flow.set_end(id, end);
}

/// Whether a handler guards a node.
fn is_guarded(contexts: &Contexts, id: BlockId, handler: BlockId) -> bool {
    contexts.path(contexts.of(id)).any(|context| contexts.get(context) == Context::Guarded(handler))
}

/// Walks on from a node while nothing happens.
fn skip_jumps(flow: &Flow<'_>, place: Place) -> Place {
    let (mut id, mut at) = place;
    let mut steps = 0;
    while at == flow.node(id).ops.len() {
        let Terminator::Jump(edge) = &flow.node(id).end else { break };
        if !edge.args.is_empty() || steps > 100 {
            break;
        }
        (id, at, steps) = (edge.target, 0, steps + 1);
    }
    (id, at)
}

fn op_at(flow: &Flow<'_>, (id, at): Place) -> Option<OpId> {
    flow.node(id).ops.get(at).copied()
}

/// The place behind the call of `__exit__` that a node begins with.
fn behind_exit(flow: &Flow<'_>, handler: BlockId, id: BlockId) -> Option<Place> {
    let exit = |op: OpId| -> Option<ValueId> {
        let op = flow.op(op);
        matches!(op.kind, OpKind::WithExit | OpKind::WithExceptStart).then(|| flow.resolve(op.operands[0]))
    };
    let own = flow.node(handler).ops.iter().find_map(|&op| exit(op))?;
    let place = skip_jumps(flow, (id, 0));
    let call = op_at(flow, place)?;
    if exit(call)? != own {
        return None;
    }
    let result = flow.op(call).first;
    let next = skip_jumps(flow, (place.0, place.1 + 1));
    let awaited = op_at(flow, next).is_some_and(|op| {
        flow.op(op).kind == OpKind::Await && flow.op(op).operands.iter().any(|&v| flow.resolve(v) == result)
    });
    Some(if awaited { (next.0, next.1 + 1) } else { (place.0, place.1 + 1) })
}

/// The place behind `name = None; del name` and the end of the handling, in whichever order.
fn behind_unbinding(flow: &Flow<'_>, handler: BlockId, id: BlockId) -> Option<Place> {
    let OpKind::Store(_, name) = &flow.op(*flow.node(handler).ops.first()?).kind else { return None };
    let mut place = (id, 0);
    let (mut unbound, mut handled) = (false, false);
    for _ in 0..3 {
        let at = skip_jumps(flow, place);
        let Some(op) = op_at(flow, at) else { break };
        if !handled && flow.op(op).kind == OpKind::PopExcept {
            handled = true;
            place = (at.0, at.1 + 1);
            continue;
        }
        let next = op_at(flow, (at.0, at.1 + 1));
        let same = matches!(&flow.op(op).kind, OpKind::Store(_, stored) if stored == name);
        if unbound || !same || !next.is_some_and(|next| is_unbinding(flow, op, next)) {
            break;
        }
        unbound = true;
        place = (at.0, at.1 + 2);
    }
    (unbound && handled).then_some(place)
}

/// The place behind `name = None; del name`, if a clause of `except*` has a name.
fn behind_forgetting(flow: &Flow<'_>, handler: BlockId, id: BlockId) -> Option<Place> {
    let OpKind::Store(_, name) = &flow.op(*flow.node(handler).ops.first()?).kind else { return None };
    let place = skip_jumps(flow, (id, 0));
    let (store, delete) = (op_at(flow, place)?, op_at(flow, (place.0, place.1 + 1))?);
    let same = matches!(&flow.op(store).kind, OpKind::Store(_, stored) if stored == name);
    (same && is_unbinding(flow, store, delete)).then_some((place.0, place.1 + 2))
}

/// The place behind a copy of the body of `finally`: where the handler raises the exception again.
fn behind_copy(flow: &mut Flow<'_>, handler: BlockId, id: BlockId) -> Option<Place> {
    let exception = flow.resolve(*flow.node(handler).params.last()?);
    let mut walk = Walk { flow, exception: Some(exception), ends: Vec::new(), seen: HashSet::new() };
    if !walk.run((handler, 0), (id, 0)) {
        return None;
    }
    let mut ends = walk.ends;
    ends.dedup();
    let (&first, others) = ends.split_first()?;
    for &other in others {
        let mut walk = Walk { flow, exception: None, ends: Vec::new(), seen: HashSet::new() };
        if first != other && !walk.run(first, other) {
            return None;
        }
    }
    Some(first)
}

/// Whether two places begin the same code.
pub(in crate::shape) fn is_same_code(flow: &Flow<'_>, first: BlockId, second: BlockId) -> bool {
    first == second
        || Walk { flow, exception: None, ends: Vec::new(), seen: HashSet::new() }.run((first, 0), (second, 0))
}

/// A walk through two parts of the graph side by side.
struct Walk<'a, 'b> {
    flow: &'a Flow<'b>,
    /// The first part ends where this exception is raised again.
    exception: Option<ValueId>,
    /// Where the second part is then.
    ends: Vec<Place>,
    seen: HashSet<(Place, Place)>,
}

impl Walk<'_, '_> {
    /// How many pairs of nodes are compared at most.
    const LIMIT: usize = 2_000;

    fn run(&mut self, first: Place, second: Place) -> bool {
        let mut todo = vec![(first, second)];
        while let Some((first, second)) = todo.pop() {
            if first == second || !self.seen.insert((first, second)) {
                continue;
            }
            if self.seen.len() > Self::LIMIT {
                return false;
            }
            match self.node(first, second) {
                Some(next) => todo.extend(next),
                None => return false,
            }
        }
        true
    }

    /// Walks to the ends of two nodes; the places that follow.
    fn node(&mut self, mut first: Place, mut second: Place) -> Option<Vec<(Place, Place)>> {
        let flow = self.flow;
        let mut jumps = 0;
        loop {
            first = skip_jumps(flow, first);
            let Some(op) = op_at(flow, first) else { break };
            if self.exception.is_some() && flow.op(op).kind == OpKind::PopExcept {
                first.1 += 1;
                continue;
            }
            second = skip_jumps(flow, second);
            let other = op_at(flow, second)?;
            if !is_same_op(flow, op, other) {
                return None;
            }
            first.1 += 1;
            second.1 += 1;
            jumps += 1;
            if jumps > 100_000 {
                return None;
            }
        }
        let end = &flow.node(first.0).end;
        if let (Terminator::Reraise(value), Some(exception)) = (end, self.exception) {
            if flow.resolve(*value) == exception {
                self.ends.push(second);
                return Some(Vec::new());
            }
        }
        second = skip_jumps(flow, second);
        if op_at(flow, second).is_some() {
            return None;
        }
        let other = &flow.node(second.0).end;
        let same = match (end, other) {
            (Terminator::Return(a), Terminator::Return(b)) => flow.constant(*a) == flow.constant(*b),
            (Terminator::Jump(a), Terminator::Jump(b)) => a.args.len() == b.args.len(),
            _ => std::mem::discriminant(end) == std::mem::discriminant(other),
        };
        if !same {
            return None;
        }
        Some(end.edges().zip(other.edges()).map(|(a, b)| ((a.target, 0), (b.target, 0))).collect())
    }
}

/// Whether two operations do the same with the same constants.
fn is_same_op(flow: &Flow<'_>, first: OpId, second: OpId) -> bool {
    let (first, second) = (flow.op(first), flow.op(second));
    first.kind == second.kind
        && first.operands.len() == second.operands.len()
        && first.operands.iter().zip(&second.operands).all(|(&a, &b)| match (flow.constant(a), flow.constant(b)) {
            (Some(crate::constant::Constant::Code(_)), Some(crate::constant::Constant::Code(_))) => true,
            (a, b) => a == b,
        })
}
