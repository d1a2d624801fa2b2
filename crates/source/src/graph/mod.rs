//! The flow graph: operations on values, in blocks that lead to each other.
//!
//! It is the one form in which bytecode of all versions and lowered syntax trees meet. Whoever makes one keeps these rules:
//!
//! 1. **Values belong to a block.** An operation uses constants, the parameters of its own block, and results of operations
//!    before it in the same block: never a value of another block. What a block needs from those before it, it takes as
//!    parameters; the edges that lead to it pass the arguments, in the same order. A parameter is what was on the stack when the
//!    block was entered, from the bottom up.
//! 2. **Constants are no operations.** They have no effect and no place in the order; an edge may pass one.
//! 3. **Dropping a value is no operation.** A result that nobody uses is that of an expression statement.
//! 4. **A handler is a block.** The innermost handler of a block is its [`Block::guard`]: an edge whose arguments are what stays
//!    on the stack, to which the exception is added as the handler's last parameter. Entering a handler makes the exception the
//!    one that is handled; [`OpKind::PopExcept`] ends that. What the compilers add to leave a handler by another exception
//!    (`COPY 3; POP_EXCEPT; RERAISE 1`, 3.11+) or to turn `StopIteration` into `RuntimeError` is not there.
//! 5. **Waiting is one operation.** `await` and `yield from` are [`OpKind::Await`] and [`OpKind::YieldFrom`], whatever loop does
//!    it; `for` and `async for` are the one terminator [`Terminator::ForIter`].
//! 6. **Branches ask for truth.** `is None` jumps are an [`OpKind::Is`] and a branch; a branch on `not x`, `x is not y`, `x not
//!    in y` is one on the opposite with the edges swapped.
//!
//! Two graphs that keep these rules are brought into one normal form before they are read or compared: jumps threaded, blocks
//! without operations gone, blocks that follow each other joined, parameters that nobody uses dropped, tuples of
//! constants folded, blocks that nothing leads to left out.

mod idle;
mod normal;
mod op;
mod operand;
mod origin;
mod terminator;
mod value;

pub use op::{Op, OpKind};
pub use operand::{
    BinaryOp, Bounds, BuildKind, CompareOp, Conversion, FunctionPart, ImportTime, Scope, TypeParamKind, UnaryOp,
};
pub use origin::Origin;
pub use terminator::{Edge, Terminator};
pub use value::{BlockId, Value, ValueId};

use std::collections::HashMap;

use crate::constant::{CodeId, Constant};

/// Operations that follow each other, under one handler.
#[derive(Clone, Debug)]
pub struct Block {
    /// What was on the stack when it was entered, from the bottom up. A handler's last is the exception; the last of the block
    /// that the `item` edge of a [`Terminator::ForIter`] leads to is the item.
    pub params: Vec<ValueId>,
    /// What it does, in order.
    pub ops: Vec<Op>,
    /// Where it leads to.
    pub terminator: Terminator,
    /// Where the terminator comes from: its own instruction.
    pub origin: Origin,
    /// For a branch: the outcome with which control goes on behind the instruction that jumps. A hint, never evidence: it tells
    /// the body of an `if` from its `else`.
    pub falls: Option<bool>,
    /// For a branch: whether the bytecode asked for `is not` or `not in`, of which it has the opposite now. A hint as well.
    pub negated: bool,
    /// Where an exception in it leads to; the target has one parameter more than there are arguments. `None`: out of the code
    /// object.
    pub guard: Option<Edge>,
    /// The order of blocks: where it begins in the bytecode, in bytes. Of a lowered graph, the order in which blocks were made.
    pub offset: u32,
}

/// An instruction that jumps, whatever is asked. In normal form no block is left of it. A hint, never evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenJump {
    /// Where it begins, in bytes.
    pub start: u32,
    /// Where it ends, in bytes: where what stands behind it begins.
    pub end: u32,
    /// Where it leads to, in bytes.
    pub target: u32,
    /// Its line, where it has one.
    pub line: Option<u32>,
    /// Whether nothing leads to it: compilers write one over an `else` even where what stands before it ends otherwise (up to 3.9).
    pub is_dead: bool,
    /// Whether another jump stands right before it, which something leads to.
    pub is_second: bool,
    /// Whether the end of the handling of an exception stands right before it.
    pub leaves_handler: bool,
}

/// The flow graph of one code object.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// All blocks. The first is where execution begins; it has no parameters.
    pub blocks: Vec<Block>,
    /// Of a lifted graph, the instructions that jump, in order.
    pub jumps: Vec<WrittenJump>,
    /// Of a lifted graph, where instructions begin that nothing leads to, in order.
    pub dead: Vec<u32>,
    /// Of a lifted graph, what is left of the loads of defaults that are one constant: a `NOP` for each line, by where the instruction that
    /// makes the function begins (3.10+).
    pub defaults: HashMap<u32, Vec<Origin>>,
    /// Of a lifted graph, where instructions that begin a `try` begin and end, in order (up to 3.10).
    pub tries: Vec<(u32, u32)>,
    /// Of a lifted graph, the code objects that functions are made of, and the qualified names that those are given (up to 3.10).
    pub named: Vec<(CodeId, Constant)>,
    values: Vec<Value>,
    constants: HashMap<Constant, ValueId>,
}

impl Graph {
    /// Adds a block without parameters and operations, which ends in [`Terminator::Unfinished`].
    pub fn add_block(&mut self, offset: u32, guard: Option<Edge>) -> BlockId {
        let id = BlockId(self.blocks.len() as u32);
        let (params, ops) = (Vec::new(), Vec::new());
        self.blocks.push(Block {
            params,
            ops,
            terminator: Terminator::Unfinished,
            falls: None,
            negated: false,
            origin: Origin::None,
            guard,
            offset,
        });
        id
    }

    /// Adds a parameter to a block, as its last.
    pub fn add_param(&mut self, block: BlockId) -> ValueId {
        let value = self.add_value(Value::Param(block));
        self.block_mut(block).params.push(value);
        value
    }

    /// Adds an operation to the end of a block. Its results are numbered from the value that this returns on.
    pub fn add_op(&mut self, block: BlockId, kind: OpKind, operands: Vec<ValueId>, origin: Origin) -> ValueId {
        let results = kind.result_count();
        let first = ValueId(self.values.len() as u32);
        for _ in 0..results {
            self.add_value(Value::Result(block));
        }
        self.block_mut(block).ops.push(Op { kind, operands, first, results, origin });
        first
    }

    /// The value of a constant.
    pub fn constant(&mut self, constant: Constant) -> ValueId {
        if let Some(&value) = self.constants.get(&constant) {
            return value;
        }
        let value = self.add_value(Value::Const(constant.clone()));
        self.constants.insert(constant, value);
        value
    }

    /// The value of a constant, if it has one.
    #[must_use]
    pub fn find_constant(&self, constant: &Constant) -> Option<ValueId> {
        self.constants.get(constant).copied()
    }

    /// Ends a block.
    pub fn terminate(&mut self, block: BlockId, terminator: Terminator, origin: Origin) {
        let block = self.block_mut(block);
        (block.terminator, block.origin) = (terminator, origin);
    }

    fn add_value(&mut self, value: Value) -> ValueId {
        self.values.push(value);
        ValueId(self.values.len() as u32 - 1)
    }

    /// A block.
    ///
    /// # Panics
    /// If it is one of another graph.
    #[must_use]
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.0 as usize]
    }

    /// The same, to change it.
    ///
    /// # Panics
    /// If it is one of another graph.
    pub fn block_mut(&mut self, id: BlockId) -> &mut Block {
        &mut self.blocks[id.0 as usize]
    }

    /// Where a value comes from.
    ///
    /// # Panics
    /// If it is one of another graph.
    #[must_use]
    pub fn value(&self, id: ValueId) -> &Value {
        &self.values[id.0 as usize]
    }

    /// The constant that a value is, if it is one.
    #[must_use]
    pub fn as_constant(&self, id: ValueId) -> Option<&Constant> {
        match self.value(id) {
            Value::Const(constant) => Some(constant),
            _ => None,
        }
    }

    /// How many values there are: all have lower numbers.
    #[must_use]
    pub fn value_count(&self) -> u32 {
        self.values.len() as u32
    }

    /// Forgets what classes keep of their text: the line of the first decorator, and which attributes methods set, which is compared
    /// where they set them (3.13+).
    pub fn forget_text(&mut self) {
        let none = self.constant(Constant::None);
        for op in self.blocks.iter_mut().flat_map(|block| &mut block.ops) {
            if let OpKind::Store(Scope::Name, name) = &op.kind {
                if matches!(&**name, "__firstlineno__" | "__static_attributes__") {
                    op.operands = vec![none];
                }
            }
        }
    }

    /// Puts stores into local variables that follow each other into the order of names, the last one of each alone: from 3.11 on
    /// compilers change the order, and leave out what is stored over at once. Nothing can tell.
    pub fn order_stores(&mut self) {
        let local = |op: &Op| match &op.kind {
            OpKind::Store(Scope::Fast, name) => Some(name.clone()),
            _ => None,
        };
        for block in &mut self.blocks {
            for run in block.ops.chunk_by_mut(|a, b| local(a).is_some() && local(b).is_some()) {
                run.sort_by_key(local);
            }
            let ops = std::mem::take(&mut block.ops);
            let mut kept: Vec<Op> = Vec::with_capacity(ops.len());
            for op in ops {
                match kept.last_mut() {
                    Some(last) if local(last).is_some() && local(last) == local(&op) => *last = op,
                    _ => kept.push(op),
                }
            }
            block.ops = kept;
        }
    }

    /// Has branches that ask for the truth of a constant go the one way that they can: PyPy leaves `1 if 1 else 0` as it is, and makes
    /// a constant of `1 or 0`.
    pub fn decide_constants(&mut self) {
        for id in self.ids() {
            let Terminator::Branch { condition, on_true, on_false } = &self.block(id).terminator else { continue };
            let Some(constant) = self.as_constant(*condition) else { continue };
            let way = if constant.is_true() { on_true } else { on_false }.clone();
            self.block_mut(id).terminator = Terminator::Jump(way);
        }
    }

    /// Takes empty texts out of strings that are built: 3.12 has one behind a field at the end of a format spec.
    pub fn drop_empty_texts(&mut self) {
        let empty = self.find_constant(&Constant::text(""));
        for block in &mut self.blocks {
            let mut whole: HashMap<ValueId, ValueId> = HashMap::new();
            block.ops.retain_mut(|op| {
                op.operands.iter_mut().for_each(|operand| *operand = *whole.get(operand).unwrap_or(operand));
                if !matches!(op.kind, OpKind::Build(BuildKind::String, _)) {
                    return true;
                }
                op.operands.retain(|&operand| Some(operand) != empty);
                op.kind = OpKind::Build(BuildKind::String, op.operands.len() as u32);
                match op.operands[..] {
                    [only] => whole.insert(op.first, only).is_some(),
                    _ => true,
                }
            });
            if !whole.is_empty() {
                block.substitute(&whole);
            }
        }
    }

    /// All blocks, by number.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = BlockId> + use<> {
        (0..self.blocks.len() as u32).map(BlockId)
    }
}
