//! Blocks and values by their numbers, and where values come from.

use crate::constant::Constant;

/// A block of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlockId(pub u32);

/// A value of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ValueId(pub u32);

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// It is a constant. Equal constants are one value.
    Const(Constant),
    /// It is a parameter of this block.
    Param(BlockId),
    /// It is a result of an operation of this block.
    Result(BlockId),
}
