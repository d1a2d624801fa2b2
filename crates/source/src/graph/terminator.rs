//! Where a block leads to.

use super::value::{BlockId, ValueId};

/// A way from a block to another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edge {
    /// Where it leads to.
    pub target: BlockId,
    /// What it passes to the target's parameters, in their order.
    pub args: Vec<ValueId>,
}

/// How a block ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Terminator {
    /// It goes on there.
    Jump(Edge),
    /// It goes on at one of two places.
    Branch {
        /// The value whose truth is asked for.
        condition: ValueId,
        /// If it is true.
        on_true: Edge,
        /// If it is not.
        on_false: Edge,
    },
    /// It takes the next item of an iterator.
    ForIter {
        /// The iterator: what [`super::OpKind::GetIter`] or [`super::OpKind::GetAiter`] made.
        iterator: ValueId,
        /// Whether the item is waited for: `async for`.
        is_async: bool,
        /// If there is one. The target has one parameter more than there are arguments, its last: the item.
        item: Edge,
        /// If there is none left. An iterator that is not passed on is dropped.
        exhausted: Edge,
    },
    /// `return`. A generator's end, too.
    Return(ValueId),
    /// `raise`, `raise exception`, `raise exception from cause`.
    Raise {
        /// What is raised; `None` for what is handled now.
        exception: Option<ValueId>,
        /// What it is raised from.
        cause: Option<ValueId>,
    },
    /// The exception is raised again: where no `except` matches, behind `finally`, where `__exit__` says false.
    Reraise(ValueId),
    /// From here on the bytecode could not be read, or makes no sense: not reconstructed. The place is the block's origin.
    Unknown(String),
    /// It was not ended yet. In no finished graph.
    Unfinished,
}

impl Terminator {
    /// The edges to where it goes on, without the guard.
    pub fn edges(&self) -> impl Iterator<Item = &Edge> {
        let (first, second) = match self {
            Self::Jump(edge) => (Some(edge), None),
            Self::Branch { on_true: first, on_false: second, .. }
            | Self::ForIter { item: first, exhausted: second, .. } => (Some(first), Some(second)),
            _ => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// The same, to change them.
    pub fn edges_mut(&mut self) -> impl Iterator<Item = &mut Edge> {
        let (first, second) = match self {
            Self::Jump(edge) => (Some(edge), None),
            Self::Branch { on_true: first, on_false: second, .. }
            | Self::ForIter { item: first, exhausted: second, .. } => (Some(first), Some(second)),
            _ => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// The values that it uses itself, without the arguments of its edges.
    pub fn operands(&self) -> impl Iterator<Item = ValueId> + use<> {
        let (first, second) = match *self {
            Self::Branch { condition: value, .. }
            | Self::ForIter { iterator: value, .. }
            | Self::Return(value)
            | Self::Reraise(value) => (Some(value), None),
            Self::Raise { exception, cause } => (exception, cause),
            Self::Jump(_) | Self::Unknown(_) | Self::Unfinished => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// The same, to change them.
    pub fn operands_mut(&mut self) -> impl Iterator<Item = &mut ValueId> {
        let (first, second) = match self {
            Self::Branch { condition: value, .. }
            | Self::ForIter { iterator: value, .. }
            | Self::Return(value)
            | Self::Reraise(value) => (Some(value), None),
            Self::Raise { exception, cause } => (exception.as_mut(), cause.as_mut()),
            Self::Jump(_) | Self::Unknown(_) | Self::Unfinished => (None, None),
        };
        first.into_iter().chain(second)
    }
}
