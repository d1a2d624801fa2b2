//! What only the bytecode tells of code objects.

use std::collections::{HashMap, HashSet};

use super::{Unit, UnitKind, Units};
use crate::constant::{CodeId, Constant, Name};
use crate::graph::{Graph, Op, OpKind, Scope, Terminator, ValueId};

impl Units {
    /// Enters what only the bytecode tells: which code objects only make a value that is asked for, what classes keep, which
    /// variables functions have, and whether the outermost one was given to the prompt or to `eval`.
    pub fn learn(&mut self, graphs: &[Graph]) {
        if let (Some(unit), Some(graph)) = (self.units.first_mut(), graphs.first()) {
            if unit.kind == UnitKind::Module && shows_values(graph) {
                unit.kind = UnitKind::Interactive;
            } else if unit.kind == UnitKind::Module && returns_values(graph) {
                unit.kind = UnitKind::Expression;
            }
        }
        for (unit, graph) in self.units.iter_mut().zip(graphs) {
            unit.static_attributes = static_attributes(graph);
            unit.seen_inside = seen_inside(unit, graph);
        }
        for code in graphs.iter().flat_map(evaluators) {
            if let Some(unit) = self.units.get_mut(code.0 as usize) {
                unit.kind = UnitKind::TypeValue;
            }
        }
    }
}

/// Whether a code object shows values at the prompt.
fn shows_values(graph: &Graph) -> bool {
    graph.blocks.iter().flat_map(|block| &block.ops).any(|op| op.kind == OpKind::PrintExpr)
}

/// Whether it returns anything but None.
fn returns_values(graph: &Graph) -> bool {
    let is_value = |value: ValueId| graph.as_constant(value) != Some(&Constant::None);
    graph.blocks.iter().any(|block| matches!(block.terminator, Terminator::Return(value) if is_value(value)))
}

/// The variables of a function, without those that comprehensions borrow.
fn seen_inside(unit: &Unit, graph: &Graph) -> HashSet<Name> {
    if unit.kind.is_module() || unit.kind == UnitKind::Class {
        return HashSet::new();
    }
    let mut seen: HashSet<Name> = unit.varnames.iter().chain(&unit.cellvars).cloned().collect();
    for op in graph.blocks.iter().flat_map(|block| &block.ops) {
        if let OpKind::SaveAndClear(borrowed) = &op.kind {
            seen.remove(borrowed);
        }
    }
    seen
}

/// What it binds `__static_attributes__` to.
fn static_attributes(graph: &Graph) -> Option<Constant> {
    let mut ops = graph.blocks.iter().flat_map(|block| &block.ops);
    let store =
        ops.find(|op| matches!(&op.kind, OpKind::Store(Scope::Name, name) if &**name == "__static_attributes__"));
    store.and_then(|op| graph.as_constant(*op.operands.first()?)).cloned()
}

/// The code objects of functions that make the bound or default of a type parameter, or the value of an alias.
fn evaluators(graph: &Graph) -> Vec<CodeId> {
    let ops = || graph.blocks.iter().flat_map(|block| &block.ops);
    let code = |op: &Op| match graph.as_constant(*op.operands.first()?)? {
        Constant::Code(code) if matches!(op.kind, OpKind::MakeFunction(_)) => Some((op.first, *code)),
        _ => None,
    };
    let made: HashMap<ValueId, CodeId> = ops().filter_map(code).collect();
    let tuples: HashMap<ValueId, &Op> = ops().map(|op| (op.first, op)).collect();
    let value = |op: &Op| match op.kind {
        OpKind::TypeParam(_) | OpKind::SetTypeParamDefault => op.operands.get(1).copied(),
        OpKind::TypeAlias => tuples.get(op.operands.first()?)?.operands.get(2).copied(),
        _ => None,
    };
    ops().filter_map(value).filter_map(|value| made.get(&value).copied()).collect()
}
