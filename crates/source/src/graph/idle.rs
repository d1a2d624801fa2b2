//! Saved variables that nothing touches before they are restored.

use std::collections::{HashMap, HashSet};

use super::{Graph, Op, OpKind, Scope, ValueId};
use crate::constant::Name;

/// What is known of a value: the variable whose saved value it is by all ways that lead to it, or `None` if it is another.
type Saved = Option<Name>;

impl Graph {
    /// Drops what saves and restores local variables that nothing else reads or writes: the comprehensions in a class save each
    /// name that they speak of in 3.12, up to 3.12.3 (`push_inlined_comprehension_state` in CPython's `compile.c`). A name in
    /// `shared` may be that of a cell instead, and stays.
    pub(crate) fn drop_idle_saves(&mut self, shared: &HashSet<Name>) {
        let saves = |op: &Op| matches!(op.kind, OpKind::SaveAndClear(_));
        if !self.blocks.iter().flat_map(|block| &block.ops).any(saves) {
            return;
        }
        let saved = self.saved_values();
        let is_restored = |op: &Op, name: &Name| saved.get(&op.operands[0]) == Some(&Some(name.clone()));
        let mut touched: HashSet<Name> = shared.clone();
        for op in self.blocks.iter().flat_map(|block| &block.ops) {
            match &op.kind {
                OpKind::Store(Scope::Fast, name) if is_restored(op, name) => {}
                OpKind::Load(Scope::Fast, name)
                | OpKind::Store(Scope::Fast, name)
                | OpKind::Delete(Scope::Fast, name) => {
                    touched.insert(name.clone());
                }
                _ => {}
            }
        }
        // A value that is used otherwise is no place of a variable any more.
        for op in self.blocks.iter().flat_map(|block| &block.ops) {
            let restored = match &op.kind {
                OpKind::Store(Scope::Fast, name) => Some(name),
                _ => None,
            };
            let names = op.operands.iter().filter_map(|operand| saved.get(operand)?.as_ref());
            touched.extend(names.filter(|&name| Some(name) != restored).cloned());
        }
        let ends = self.blocks.iter().flat_map(|block| block.terminator.operands());
        touched.extend(ends.filter_map(|operand| saved.get(&operand)?.clone()));
        for block in &mut self.blocks {
            block.ops.retain(|op| match &op.kind {
                OpKind::SaveAndClear(name) => touched.contains(name),
                OpKind::Store(Scope::Fast, name) => {
                    touched.contains(name) || saved.get(&op.operands[0]) != Some(&Some(name.clone()))
                }
                _ => true,
            });
        }
    }

    /// Of each value that is a saved one by some way: whether it is so by all.
    fn saved_values(&self) -> HashMap<ValueId, Saved> {
        let mut passed: HashMap<ValueId, Vec<ValueId>> = HashMap::new();
        let mut queue: Vec<(ValueId, Saved)> = Vec::new();
        for block in &self.blocks {
            for edge in block.terminator.edges().chain(&block.guard) {
                let params = &self.block(edge.target).params;
                for (&param, &arg) in params.iter().zip(&edge.args) {
                    passed.entry(arg).or_default().push(param);
                }
                queue.extend(params.iter().skip(edge.args.len()).map(|&param| (param, None)));
            }
            for op in &block.ops {
                let saved = match &op.kind {
                    OpKind::SaveAndClear(name) => Some(name.clone()),
                    _ => None,
                };
                queue.extend(op.results().map(|value| (value, saved.clone())));
            }
        }
        queue.extend(self.constants.values().map(|&value| (value, None)));
        let mut known: HashMap<ValueId, Saved> = HashMap::new();
        while let Some((value, saved)) = queue.pop() {
            let saved = match known.get(&value) {
                Some(before) if *before == saved || before.is_none() => continue,
                Some(_) => None,
                None => saved,
            };
            known.insert(value, saved.clone());
            let params = passed.get(&value).into_iter().flatten();
            queue.extend(params.map(|&param| (param, saved.clone())));
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::constant::Constant;
    use crate::graph::{Edge, Origin, Terminator};

    /// A block that saves two variables, and one behind it that restores them. `between` adds operations.
    fn saving(between: impl Fn(&mut Graph, crate::graph::BlockId, ValueId)) -> Graph {
        let mut graph = Graph::default();
        let (first, last) = (graph.add_block(0, None), graph.add_block(1, None));
        let saved = ["one", "two"]
            .map(|name| graph.add_op(first, OpKind::SaveAndClear(name.into()), vec![], Origin::None))
            .to_vec();
        between(&mut graph, first, saved[0]);
        graph.terminate(first, Terminator::Jump(Edge { target: last, args: saved }), Origin::None);
        for name in ["one", "two"] {
            let value = graph.add_param(last);
            graph.add_op(last, OpKind::Store(Scope::Fast, name.into()), vec![value], Origin::None);
        }
        graph
    }

    /// How many operations each variable is left with.
    fn left(mut graph: Graph, shared: &[&str]) -> [usize; 2] {
        graph.drop_idle_saves(&shared.iter().map(|&name| name.into()).collect());
        let is_left = |op: &&Op, wanted: &str| match &op.kind {
            OpKind::SaveAndClear(name) | OpKind::Store(Scope::Fast, name) => &**name == wanted,
            _ => false,
        };
        let ops = || graph.blocks.iter().flat_map(|block| &block.ops);
        ["one", "two"].map(|wanted| ops().filter(|op| is_left(op, wanted)).count())
    }

    #[test]
    fn what_is_saved_and_restored_untouched_is_dropped() {
        assert_eq!(left(saving(|_, _, _| {}), &[]), [0, 0]);
    }

    #[test]
    fn what_is_touched_or_may_be_a_cell_stays() {
        let load = |graph: &mut Graph, block, _| {
            graph.add_op(block, OpKind::Load(Scope::Fast, "one".into()), vec![], Origin::None);
        };
        let store = |graph: &mut Graph, block, _| {
            let none = graph.constant(Constant::None);
            graph.add_op(block, OpKind::Store(Scope::Fast, "one".into()), vec![none], Origin::None);
        };
        // The saved value of one in the place of the other.
        let swap = |graph: &mut Graph, block, saved| {
            graph.add_op(block, OpKind::Store(Scope::Fast, "two".into()), vec![saved], Origin::None);
        };
        let read = |graph: &mut Graph, block, saved| {
            graph.add_op(block, OpKind::GetIter, vec![saved], Origin::None);
        };
        assert_eq!(left(saving(load), &[]), [2, 0]);
        assert_eq!(left(saving(store), &[]), [3, 0]);
        assert_eq!(left(saving(swap), &[]), [2, 3]);
        assert_eq!(left(saving(read), &[]), [2, 0]);
        assert_eq!(left(saving(|_, _, _| {}), &["two"]), [0, 2]);
    }
}
