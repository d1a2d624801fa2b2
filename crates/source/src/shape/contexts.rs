//! What each node stands in: the body of a `try` or `with`, which a handler guards, or the handler itself, while the exception is
//! handled.

use std::collections::HashMap;

use super::flow::{Flow, OpId};
use crate::constant::Constant;
use crate::graph::{BlockId, OpKind, Terminator, ValueId};

/// A context, by its number. The first is that of the code object itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ContextId(pub u32);

/// What a context is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Context {
    /// The code object, outside of every `try`.
    Outside,
    /// What this handler guards.
    Guarded(BlockId),
    /// This handler, until the exception is handled.
    Handling(BlockId),
}

/// What a handler is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HandlerKind {
    /// `except` clauses.
    Except,
    /// `except*` clauses.
    ExceptStar,
    /// One clause of `except*`: keeps what it raises.
    StarClause,
    /// `finally`
    Finally,
    /// `with`
    With,
    /// `except … as name`: unbinds the name.
    Unbind,
    /// A comprehension that is inlined: gives its variables back what they were bound to (3.12+).
    Restore,
}

/// The contexts of a flow.
pub(super) struct Contexts {
    list: Vec<(Context, ContextId, u32)>,
    known: HashMap<(ContextId, Context), ContextId>,
    of_node: Vec<Option<ContextId>>,
}

/// How deep `try` and `with` statements nest at most. CPython allows 20 (`CO_MAXBLOCKS`), each of which may be in a handler.
const MAX_DEPTH: u32 = 100;

impl Contexts {
    /// The context of the code object itself.
    pub(super) const OUTSIDE: ContextId = ContextId(0);

    /// Finds the context of every node, splitting those in which an exception becomes handled behind that place.
    /// `None` if handlers guard each other in ways no compiler makes.
    pub(super) fn find(flow: &mut Flow<'_>) -> Option<Self> {
        split_where_handled(flow);
        let mut contexts = Self {
            list: vec![(Context::Outside, Self::OUTSIDE, 0)],
            known: HashMap::new(),
            of_node: vec![None; flow.nodes.len()],
        };
        contexts.of_node[0] = Some(Self::OUTSIDE);
        let start = contexts.enter(flow, Self::OUTSIDE, BlockId(0))?;
        contexts.of_node[0] = Some(start);
        let mut todo = vec![BlockId(0)];
        while let Some(id) = todo.pop() {
            let context = contexts.of(id);
            let behind = if ends_handling(flow, id) { contexts.handled(context) } else { context };
            let node = flow.node(id);
            let handler = node.guard.as_ref().map(|edge| edge.target);
            for target in node.end.edges().map(|edge| edge.target).chain(handler) {
                if contexts.of_node[target.0 as usize].is_some() {
                    continue;
                }
                let entered = if Some(target) == handler {
                    let outer = contexts.outer_of_guard(context, target)?;
                    contexts.add(outer, Context::Handling(target))?
                } else {
                    contexts.enter(flow, behind, target)?
                };
                contexts.of_node[target.0 as usize] = Some(entered);
                todo.push(target);
            }
        }
        Some(contexts)
    }

    /// The context of a node. One that nothing leads to is outside.
    pub(super) fn of(&self, id: BlockId) -> ContextId {
        self.of_node.get(id.0 as usize).copied().flatten().unwrap_or(Self::OUTSIDE)
    }

    /// Gives a node that was split off another the context of that.
    pub(super) fn copy(&mut self, from: BlockId, to: BlockId) {
        let context = self.of(from);
        if self.of_node.len() <= to.0 as usize {
            self.of_node.resize(to.0 as usize + 1, None);
        }
        self.of_node[to.0 as usize] = Some(context);
    }

    /// Puts a node outside of everything.
    pub(super) fn set_outside(&mut self, id: BlockId) {
        self.of_node[id.0 as usize] = Some(Self::OUTSIDE);
    }

    /// What a context is.
    pub(super) fn get(&self, id: ContextId) -> Context {
        self.list[id.0 as usize].0
    }

    /// The context that it stands in.
    pub(super) fn parent(&self, id: ContextId) -> ContextId {
        self.list[id.0 as usize].1
    }

    /// How many contexts it stands in.
    pub(super) fn depth(&self, id: ContextId) -> u32 {
        self.list[id.0 as usize].2
    }

    /// Whether `inner` is `outer` or stands in it.
    pub(super) fn is_in(&self, inner: ContextId, outer: ContextId) -> bool {
        self.child_towards(inner, outer).is_some()
    }

    /// The context right inside of `outer` that `inner` is or stands in; `outer` itself if it is `inner`.
    pub(super) fn child_towards(&self, mut inner: ContextId, outer: ContextId) -> Option<ContextId> {
        let mut child = inner;
        while self.depth(inner) > self.depth(outer) {
            child = inner;
            inner = self.parent(inner);
        }
        (inner == outer).then_some(child)
    }

    /// The contexts from this one to the outermost.
    pub(super) fn path(&self, id: ContextId) -> impl Iterator<Item = ContextId> + '_ {
        let mut next = Some(id);
        std::iter::from_fn(move || {
            let id = next?;
            next = (id != Self::OUTSIDE).then(|| self.parent(id));
            Some(id)
        })
    }

    fn add(&mut self, parent: ContextId, context: Context) -> Option<ContextId> {
        if let Some(&id) = self.known.get(&(parent, context)) {
            return Some(id);
        }
        let depth = self.depth(parent) + 1;
        if depth > MAX_DEPTH {
            return None;
        }
        let id = ContextId(self.list.len() as u32);
        self.list.push((context, parent, depth));
        self.known.insert((parent, context), id);
        Some(id)
    }

    /// The context outside of the handling that a context is in.
    fn handled(&self, id: ContextId) -> ContextId {
        self.path(id).find(|&id| matches!(self.get(id), Context::Handling(_))).map_or(id, |id| self.parent(id))
    }

    fn outer_of_guard(&self, id: ContextId, handler: BlockId) -> Option<ContextId> {
        self.path(id).find(|&id| self.get(id) == Context::Guarded(handler)).map(|id| self.parent(id))
    }

    /// The context of a node that is reached from `from`: guards are left and entered until they are those of the node.
    fn enter(&mut self, flow: &Flow<'_>, from: ContextId, id: BlockId) -> Option<ContextId> {
        let mut guards = Vec::new();
        let mut guard = flow.handler(id);
        while let Some(handler) = guard {
            guards.push(handler);
            if guards.len() > MAX_DEPTH as usize {
                return None;
            }
            guard = flow.handler(handler);
        }
        guards.reverse();
        let path: Vec<ContextId> = self.path(from).collect();
        let (mut context, mut entered) = (Self::OUTSIDE, 0);
        for &inner in path.iter().rev() {
            match self.get(inner) {
                Context::Guarded(handler) if guards.get(entered) == Some(&handler) => entered += 1,
                Context::Guarded(_) => break,
                _ => {}
            }
            context = inner;
        }
        for &handler in &guards[entered..] {
            context = self.add(context, Context::Guarded(handler))?;
        }
        Some(context)
    }
}

/// Whether a node ends where an exception becomes handled.
pub(super) fn ends_handling(flow: &Flow<'_>, id: BlockId) -> bool {
    flow.node(id).ops.last().is_some_and(|&op| flow.op(op).kind == OpKind::PopExcept)
}

fn split_where_handled(flow: &mut Flow<'_>) {
    for id in flow.ids() {
        let at = |flow: &Flow<'_>| -> Vec<usize> {
            let ops = flow.node(id).ops.iter().enumerate();
            ops.filter(|(_, op)| flow.op(**op).kind == OpKind::PopExcept).map(|(index, _)| index + 1).collect()
        };
        for index in at(flow).into_iter().rev() {
            flow.split(id, index);
        }
    }
}

/// What each handler is for.
pub(super) fn handler_kinds(flow: &Flow<'_>) -> HashMap<BlockId, HandlerKind> {
    let mut of_exception: HashMap<ValueId, BlockId> = HashMap::new();
    for id in flow.ids().filter(|&id| !flow.node(id).dead) {
        if let Some(handler) = flow.handler(id) {
            if let Some(&exception) = flow.node(handler).params.last() {
                of_exception.insert(flow.resolve(exception), handler);
            }
        }
    }
    let mut kinds: HashMap<BlockId, HandlerKind> = HashMap::new();
    for &handler in of_exception.values() {
        kinds.insert(handler, HandlerKind::Except);
    }
    for id in flow.ids().filter(|&id| !flow.node(id).dead) {
        if let Terminator::Reraise(exception) = flow.node(id).end {
            if let Some(&handler) = of_exception.get(&flow.resolve(exception)) {
                kinds.insert(handler, reraising_kind(flow, handler));
            }
        }
    }
    for op in flow.ids().filter(|&id| !flow.node(id).dead).flat_map(|id| &flow.node(id).ops) {
        let op = flow.op(*op);
        let (kind, operand) = match op.kind {
            OpKind::CheckExcMatch => (HandlerKind::Except, op.operands.first()),
            OpKind::CheckEgMatch => (HandlerKind::ExceptStar, op.operands.first()),
            OpKind::WithExceptStart => (HandlerKind::With, op.operands.last()),
            OpKind::ListAppend => (HandlerKind::StarClause, op.operands.last()),
            _ => continue,
        };
        if let Some(&handler) = operand.and_then(|&value| of_exception.get(&flow.resolve(value))) {
            kinds.insert(handler, kind);
        }
    }
    kinds
}

/// What a handler that raises the exception again is for.
fn reraising_kind(flow: &Flow<'_>, handler: BlockId) -> HandlerKind {
    let node = flow.node(handler);
    if !matches!(node.end, Terminator::Reraise(_)) {
        return HandlerKind::Finally;
    }
    if let [store, delete] = node.ops[..] {
        if is_unbinding(flow, store, delete) {
            return HandlerKind::Unbind;
        }
    }
    let restores = |&op: &OpId| {
        let op = flow.op(op);
        let saved = op.operands.first().and_then(|&value| flow.maker(value));
        matches!(op.kind, OpKind::Store(..))
            && saved.is_some_and(|(maker, _)| matches!(maker.kind, OpKind::SaveAndClear(_)))
    };
    if !node.ops.is_empty() && node.ops.iter().all(restores) {
        return HandlerKind::Restore;
    }
    HandlerKind::Finally
}

/// Whether two operations are `name = None; del name`.
pub(super) fn is_unbinding(flow: &Flow<'_>, store: OpId, delete: OpId) -> bool {
    let (store, delete) = (flow.op(store), flow.op(delete));
    let none = store.operands.first().and_then(|&value| flow.constant(value)) == Some(&Constant::None);
    match (&store.kind, &delete.kind) {
        (OpKind::Store(_, name), OpKind::Delete(_, deleted)) => none && name == deleted,
        _ => false,
    }
}
