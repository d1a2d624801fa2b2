//! `all(…)`, `any(…)` and `tuple(…)` of a generator expression (3.14+), and `list(…)` and `set(…)` (3.15+): compilers write a loop that
//! does the same before the call, for the case that the name is the builtin. Shaped is the call.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::graph::{Graph, OpKind, Terminator, ValueId};
use crate::unit::Units;

/// The graph without such loops.
pub(in crate::shape) fn without_loops<'g>(graph: &'g Graph, units: &Units) -> Cow<'g, Graph> {
    let is_builtin = |name: &str| matches!(name, "all" | "any" | "tuple" | "list" | "set");
    let mut builtins: HashSet<ValueId> = HashSet::new();
    for op in graph.blocks.iter().flat_map(|block| &block.ops) {
        if matches!(&op.kind, OpKind::CommonConstant(name) if is_builtin(name)) {
            builtins.insert(op.first);
        }
    }
    if builtins.is_empty() || !units.since(3, 14) {
        return Cow::Borrowed(graph);
    }
    let mut graph = graph.clone();
    for block in &mut graph.blocks {
        let Terminator::Branch { condition, on_false, .. } = &block.terminator else { continue };
        let asks = block.ops.iter().position(|op| {
            op.first == *condition && op.kind == OpKind::Is { negated: false } && builtins.contains(&op.operands[1])
        });
        let Some(asks) = asks else { continue };
        block.terminator = Terminator::Jump(on_false.clone());
        let builtin = block.ops.remove(asks).operands[1];
        block.ops.retain(|op| op.first != builtin || op.results == 0);
        (block.falls, block.negated) = (None, false);
    }
    graph.normalize();
    Cow::Owned(graph)
}
