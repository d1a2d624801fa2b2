//! What is tried on a value.

use crate::constant::{Constant, Name};
use crate::graph::ValueId;

/// What is tried on a value.
#[derive(Clone, Debug)]
pub(in crate::shape::statement) struct Tried {
    /// None for what is not even looked at.
    pub value: Option<ValueId>,
    pub by: Test,
}

/// How it is tried.
#[derive(Clone, Debug)]
pub(in crate::shape::statement) enum Test {
    /// Not at all: `_`, or a name.
    Nothing,
    /// `*_`, or `*name`
    Star,
    /// `==` this
    Value(ValueId),
    /// `is` this
    Singleton(Constant),
    Sequence(Vec<Tried>),
    Mapping {
        keys: Vec<Key>,
        items: Vec<Tried>,
        /// The dict of what is left.
        rest: Option<ValueId>,
    },
    Class {
        cls: ValueId,
        names: Vec<Name>,
        items: Vec<Tried>,
    },
    /// Alternatives, each with what it passes to these parameters.
    Or(Vec<(Tried, Vec<ValueId>)>, Vec<ValueId>),
}

/// A key of a mapping.
#[derive(Clone, Debug)]
pub(in crate::shape::statement) enum Key {
    Constant(Constant),
    /// What an expression makes.
    Made(ValueId),
}
