//! The normal form of a graph: the same for all graphs that do the same in the same order, as far as compilers make them.

use std::collections::{HashMap, HashSet};

use super::{Block, BlockId, BuildKind, Edge, Graph, OpKind, Terminator, UnaryOp, ValueId};
use crate::constant::Constant;

impl Graph {
    /// Brings it into normal form: tuples of constants are constants, branches ask for what is not negated, jumps lead
    /// where they end, blocks that follow each other are one, parameters that nobody uses and blocks that nothing leads to are
    /// gone.
    pub fn normalize(&mut self) {
        // Joining blocks brings constants and conditions together with what uses them.
        for _ in 0..3 {
            self.ids().for_each(|id| self.fold(id));
            self.thread();
            self.drop_unreachable();
            self.join();
            self.ids().for_each(|id| self.ask_plainly(id));
            self.drop_params();
        }
        self.drop_unreachable();
        self.ids().for_each(|id| self.find_only_items(id));
    }

    /// Tells an item that no target is bound to from one that is.
    fn find_only_items(&mut self, id: BlockId) {
        let block = self.block_mut(id);
        // What is passed on may be bound elsewhere.
        let passed: HashSet<ValueId> = block.terminator.edges().flat_map(|edge| edge.args.iter().copied()).collect();
        let mut used: HashSet<ValueId> = block.terminator.operands().collect();
        let ops = &mut block.ops;
        let binds = |op: &super::Op| {
            matches!(
                op.kind,
                OpKind::Store(..)
                    | OpKind::StoreAttr(_)
                    | OpKind::SetItem
                    | OpKind::Unpack(_)
                    | OpKind::UnpackEx { .. }
            )
        };
        let bound: HashSet<ValueId> =
            ops.iter().filter(|op| binds(op)).filter_map(|op| op.operands.first().copied()).collect();
        used.extend(ops.iter().flat_map(|op| op.operands.iter().copied()));
        for op in ops.iter_mut().filter(|op| op.kind == OpKind::Unpack(1)) {
            if used.contains(&op.first) && !bound.contains(&op.first) && !passed.contains(&op.first) {
                op.kind = OpKind::Only;
            }
        }
    }

    /// Makes constants of tuples of constants.
    fn fold(&mut self, id: BlockId) {
        let mut constants: HashMap<ValueId, ValueId> = HashMap::new();
        let mut ops = std::mem::take(&mut self.block_mut(id).ops);
        ops.retain_mut(|op| {
            op.operands.iter_mut().for_each(|operand| *operand = *constants.get(operand).unwrap_or(operand));
            if let (OpKind::Unary(UnaryOp::USub), &[operand]) = (&op.kind, &op.operands[..]) {
                // Up to 3.6 code whose line table is too long keeps it.
                let Some(negated) = self.as_constant(operand).and_then(negated) else { return true };
                constants.insert(op.first, self.constant(negated));
                return false;
            }
            let OpKind::Build(BuildKind::Tuple, _) = op.kind else { return true };
            let items = op.operands.iter().map(|&operand| self.as_constant(operand).cloned());
            let Some(items) = items.collect::<Option<Vec<_>>>() else { return true };
            let depth = items.iter().map(Constant::depth).max().unwrap_or(0);
            if depth >= Constant::DEPTH || items.iter().any(|item| matches!(item, Constant::Code(_))) {
                return true;
            }
            constants.insert(op.first, self.constant(Constant::Tuple(items.into())));
            false
        });
        self.block_mut(id).ops = ops;
        if !constants.is_empty() {
            self.block_mut(id).substitute(&constants);
        }
    }

    /// Makes a branch on `not x` one on `x`, its edges swapped; likewise for `is not` and `not in`.
    fn ask_plainly(&mut self, id: BlockId) {
        let block = self.block_mut(id);
        while let Terminator::Branch { condition, .. } = block.terminator {
            if block.uses(condition) > 1 {
                return;
            }
            let Some(at) = block.ops.iter().rposition(|op| op.first == condition && op.results == 1) else { return };
            match &mut block.ops[at].kind {
                OpKind::Unary(UnaryOp::Not) => {
                    let operand = block.ops.remove(at).operands[0];
                    if let Terminator::Branch { condition, .. } = &mut block.terminator {
                        *condition = operand;
                    }
                }
                OpKind::Is { negated } | OpKind::Contains { negated } if *negated => {
                    *negated = false;
                    block.negated = true;
                }
                _ => return,
            }
            if let Terminator::Branch { on_true, on_false, .. } = &mut block.terminator {
                std::mem::swap(on_true, on_false);
            }
            block.falls = block.falls.map(|falls| !falls);
        }
    }

    /// Leads edges past blocks that only lead on.
    fn thread(&mut self) {
        for id in self.ids() {
            let mut terminator = std::mem::replace(&mut self.block_mut(id).terminator, Terminator::Unfinished);
            match &mut terminator {
                Terminator::Jump(edge) | Terminator::ForIter { exhausted: edge, .. } => self.follow(edge, None),
                Terminator::Branch { condition, on_true, on_false } => {
                    self.follow(on_true, Some((*condition, true)));
                    self.follow(on_false, Some((*condition, false)));
                }
                _ => {}
            }
            self.block_mut(id).terminator = terminator;
        }
    }

    /// Moves an edge on to where it ends. `known` is a value whose truth is known on it.
    fn follow(&self, edge: &mut Edge, known: Option<(ValueId, bool)>) {
        /// Longer ways are followed by the next pass.
        const STEPS: usize = 32;
        for _ in 0..STEPS {
            let target = self.block(edge.target);
            if !target.ops.is_empty() {
                return;
            }
            let pass = |value: &ValueId| {
                let param = target.params.iter().position(|param| param == value);
                param.and_then(|param| edge.args.get(param)).copied().unwrap_or(*value)
            };
            let next = match &target.terminator {
                Terminator::Jump(next) => next,
                Terminator::Branch { condition, on_true, on_false } => match known {
                    Some((value, truth)) if pass(condition) == value => {
                        if truth {
                            on_true
                        } else {
                            on_false
                        }
                    }
                    _ => return,
                },
                _ => return,
            };
            if next.target == edge.target {
                return;
            }
            *edge = Edge { target: next.target, args: next.args.iter().map(pass).collect() };
        }
    }

    /// Joins each block with the one behind it, if no other way leads there and both have the same handler.
    fn join(&mut self) {
        let mut ways = vec![0_u32; self.blocks.len()];
        ways[0] = 1;
        for block in &self.blocks {
            block.terminator.edges().chain(&block.guard).for_each(|edge| ways[edge.target.0 as usize] += 1);
        }
        let handlers = self.handlers();
        for id in self.ids() {
            while let Terminator::Jump(edge) = &self.block(id).terminator {
                if ways[edge.target.0 as usize] != 1
                    || edge.target == id
                    || !self.can_join(id, edge, handlers.contains(&id))
                {
                    break;
                }
                let edge = edge.clone();
                self.join_with(id, &edge);
                ways[edge.target.0 as usize] = 0;
            }
        }
    }

    /// The blocks that exceptions lead to.
    fn handlers(&self) -> HashSet<BlockId> {
        self.blocks.iter().filter_map(|block| block.guard.as_ref()).map(|guard| guard.target).collect()
    }

    /// Whether both have one handler. A handler that begins with a `try` stands outside of that.
    fn can_join(&self, id: BlockId, edge: &Edge, is_handler: bool) -> bool {
        let (block, next) = (self.block(id), self.block(edge.target));
        if block.ops.is_empty() && !is_handler {
            return true;
        }
        match (&block.guard, &next.guard) {
            (None, None) => true,
            (Some(guard), Some(next_guard)) => {
                let pass = |value: &ValueId| {
                    let param = next.params.iter().position(|param| param == value);
                    param.and_then(|param| edge.args.get(param)).copied().unwrap_or(*value)
                };
                guard.target == next_guard.target && guard.args.iter().copied().eq(next_guard.args.iter().map(pass))
            }
            _ => false,
        }
    }

    /// Puts the operations of the block that an edge leads to behind those of this one. What is left of it leads nowhere.
    fn join_with(&mut self, id: BlockId, edge: &Edge) {
        let offset = self.block(edge.target).offset;
        let rest = Block {
            params: Vec::new(),
            ops: Vec::new(),
            terminator: Terminator::Unfinished,
            falls: None,
            negated: false,
            origin: super::Origin::None,
            guard: None,
            offset,
        };
        let mut next = std::mem::replace(self.block_mut(edge.target), rest);
        let passed = next.params.iter().copied().zip(edge.args.iter().copied()).collect();
        next.substitute(&passed);
        for op in &mut next.ops {
            op.operands.iter_mut().for_each(|operand| *operand = *passed.get(operand).unwrap_or(operand));
        }
        let block = self.block_mut(id);
        if block.ops.is_empty() {
            block.guard = next.guard;
        }
        block.ops.append(&mut next.ops);
        (block.terminator, block.origin) = (next.terminator, next.origin);
        (block.falls, block.negated) = (next.falls, next.negated);
    }

    /// Drops the parameters whose values nobody uses.
    fn drop_params(&mut self) {
        let mut owner: HashMap<ValueId, (BlockId, usize)> = HashMap::new();
        for id in self.ids() {
            owner.extend(self.block(id).params.iter().enumerate().map(|(index, &param)| (param, (id, index))));
        }
        let mut used: Vec<Vec<bool>> = self.blocks.iter().map(|block| vec![false; block.params.len()]).collect();
        let mut queue: Vec<ValueId> = Vec::new();
        // For each parameter, the arguments passed to it.
        let mut passed: Vec<Vec<Vec<ValueId>>> =
            self.blocks.iter().map(|block| vec![Vec::new(); block.params.len()]).collect();
        for block in &self.blocks {
            queue.extend(block.ops.iter().flat_map(|op| op.operands.iter().copied()));
            queue.extend(block.terminator.operands());
            for edge in block.terminator.edges().chain(&block.guard) {
                for (index, &arg) in edge.args.iter().enumerate() {
                    passed[edge.target.0 as usize][index].push(arg);
                }
            }
        }
        // The item of a loop and the exception of a handler stay, used or not: no argument is passed to them.
        for block in &self.blocks {
            let more = block
                .terminator
                .edges()
                .chain(&block.guard)
                .filter(|edge| self.block(edge.target).params.len() > edge.args.len());
            for edge in more {
                used[edge.target.0 as usize][edge.args.len()] = true;
            }
        }
        while let Some(value) = queue.pop() {
            let Some(&(id, index)) = owner.get(&value) else { continue };
            used[id.0 as usize][index] = true;
            queue.append(&mut passed[id.0 as usize][index]);
        }
        let keep = |edge: &mut Edge| {
            let used = &used[edge.target.0 as usize];
            let mut index = 0;
            edge.args.retain(|_| {
                index += 1;
                used[index - 1]
            });
        };
        for (block, used) in self.blocks.iter_mut().zip(&used) {
            block.terminator.edges_mut().chain(&mut block.guard).for_each(keep);
            let mut index = 0;
            block.params.retain(|_| {
                index += 1;
                used[index - 1]
            });
        }
    }

    /// Drops the blocks that no way leads to from the first, and the handlers of blocks in which nothing can be raised.
    fn drop_unreachable(&mut self) {
        let handlers = self.handlers();
        for id in self.ids() {
            let block = self.block_mut(id);
            let is_empty = block.ops.is_empty() && !handlers.contains(&id);
            if is_empty && matches!(block.terminator, Terminator::Jump(_) | Terminator::Return(_)) {
                block.guard = None;
            }
        }
        let mut numbers: Vec<Option<u32>> = vec![None; self.blocks.len()];
        let mut queue = vec![BlockId(0)];
        while let Some(id) = queue.pop() {
            if numbers[id.0 as usize].replace(0).is_none() {
                let block = self.block(id);
                queue.extend(block.terminator.edges().chain(&block.guard).map(|edge| edge.target));
            }
        }
        for (next, number) in numbers.iter_mut().flatten().enumerate() {
            *number = next as u32;
        }
        let mut index = 0;
        self.blocks.retain(|_| {
            index += 1;
            numbers[index - 1].is_some()
        });
        for block in &mut self.blocks {
            for edge in block.terminator.edges_mut().chain(&mut block.guard) {
                edge.target = BlockId(numbers[edge.target.0 as usize].unwrap_or(0));
            }
        }
    }
}

impl Block {
    /// How often a value is used in it.
    fn uses(&self, value: ValueId) -> usize {
        let ops = self.ops.iter().flat_map(|op| op.operands.iter().copied());
        let args = self.terminator.edges().chain(&self.guard).flat_map(|edge| edge.args.iter().copied());
        ops.chain(self.terminator.operands()).chain(args).filter(|&used| used == value).count()
    }

    /// Puts values in the place of others behind its operations.
    pub(super) fn substitute(&mut self, values: &HashMap<ValueId, ValueId>) {
        let put = |value: &mut ValueId| *value = *values.get(value).unwrap_or(value);
        self.terminator.operands_mut().for_each(put);
        self.terminator.edges_mut().chain(&mut self.guard).for_each(|edge| edge.args.iter_mut().for_each(put));
    }
}

/// A number with the other sign.
fn negated(constant: &Constant) -> Option<Constant> {
    match constant {
        Constant::Int(value) => value.checked_neg().map(Constant::Int),
        // 2 ** 63, in digits of 15 bits: without the sign it does not fit into 64 bits.
        Constant::BigInt { negative: false, digits } if **digits == [0, 0, 0, 0, 0, 0, 0, 0, 8, 0] => {
            Some(Constant::Int(i64::MIN))
        }
        Constant::BigInt { negative, digits } => Some(Constant::BigInt { negative: !negative, digits: digits.clone() }),
        Constant::Complex(real, imaginary) => {
            let negated = |bits: u64| (-f64::from_bits(bits)).to_bits();
            Some(Constant::Complex(negated(*real), negated(*imaginary)))
        }
        Constant::Float(bits) => Some(Constant::float(-f64::from_bits(*bits))),
        _ => None,
    }
}
