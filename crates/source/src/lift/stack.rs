//! What lies on the stack while bytecode is lifted.

use crate::graph::{OpKind, ValueId};

/// What a place on the stack is for. Two ways to an instruction meet in one block only if all places are for the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// A value.
    Value,
    /// A NULL: beside a callee, or in front of a `finally` clause that is entered without an exception (3.8).
    Null,
    /// A value to be called, with a NULL beside it. In the interpreter the two may be a method and its object, so it is good for
    /// nothing else.
    Callee,
    /// The exception that was handled before, or a part of it.
    Handled,
    /// Which instruction raised (3.11+).
    Raised,
    /// What a version puts there and nobody uses as a value, such as the object of a special method.
    Filler,
    /// The `__exit__` of a `with`.
    Exit,
    /// What `__enter__` will give, about to be called (3.14+).
    Entered,
    /// What is waited for.
    Awaited(Wait),
    /// A part of an exception (up to 3.10). All of one exception have one value.
    Exception(Part),
    /// Where a `finally` clause returns to: an instruction (3.8).
    Return(usize),
    /// Why a `finally` clause was entered, if neither by its end nor by an exception (up to 3.7).
    Left(Way),
}

impl Place {
    /// Whether a value lies in it.
    pub(super) fn has_value(self) -> bool {
        !matches!(self, Self::Null | Self::Handled | Self::Raised | Self::Filler | Self::Return(_) | Self::Left(_))
    }
}

/// How blocks are left (up to 3.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Way {
    /// By `break`.
    Break,
    /// By `continue`, which leads to this instruction.
    Continue(usize),
    /// By `return`, of what lies below it.
    Return,
}

/// How something is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Wait {
    /// `await`
    Await,
    /// `yield from`
    YieldFrom,
    /// `async for`; the instruction that ends it.
    Next(usize),
}

impl Wait {
    /// The operation that waits; `None` for the loop.
    pub(super) fn op(self) -> Option<OpKind> {
        match self {
            Self::Await => Some(OpKind::Await),
            Self::YieldFrom => Some(OpKind::YieldFrom),
            Self::Next(_) => None,
        }
    }
}

/// A part of an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Traceback,
    Value,
    Type,
}

/// What lies in a place on the stack.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) place: Place,
    /// There is one unless the place is for none.
    pub(super) value: Option<ValueId>,
}

impl Slot {
    pub(super) const NULL: Self = Self { place: Place::Null, value: None };
    pub(super) const FILLER: Self = Self { place: Place::Filler, value: None };
    pub(super) const HANDLED: Self = Self { place: Place::Handled, value: None };
    pub(super) const RAISED: Self = Self { place: Place::Raised, value: None };

    pub(super) fn of(place: Place, value: ValueId) -> Self {
        Self { place, value: Some(value) }
    }

    pub(super) fn value(value: ValueId) -> Self {
        Self::of(Place::Value, value)
    }
}

/// A block of the interpreter's block stack (up to 3.10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Setup {
    /// A `try` or `with`: an exception leads to this instruction, with this many places of the stack kept.
    Try {
        /// Where it leads.
        handler: usize,
        /// How many.
        depth: usize,
        /// Whether it is entered by `break`, `continue` and `return` as well (up to 3.7).
        is_finally: bool,
    },
    /// An exception is handled, above this many places of the stack.
    Handler {
        /// How many.
        depth: usize,
        /// Where the handler begins, and which instruction ends it: only in Python 2 can it be left by going elsewhere.
        until: Option<(usize, usize)>,
    },
    /// A loop, above this many places: `break` leads to this instruction (up to 3.7).
    Loop { behind: usize, depth: usize },
}

/// Where lifting stands: an instruction, and what must be the same for two ways to it to be one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct State {
    pub(super) at: usize,
    pub(super) places: Vec<Place>,
    pub(super) setups: Vec<Setup>,
}
