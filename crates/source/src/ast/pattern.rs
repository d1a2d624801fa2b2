//! Patterns of `case`.

use super::ExprId;
use crate::constant::{Constant, Name};

/// A pattern of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PatternId(pub u32);

/// What a pattern is.
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    /// A value that is compared with.
    Value(ExprId),
    /// `None`, `True`, `False`
    Singleton(Constant),
    /// `[a, b]`
    Sequence(Vec<PatternId>),
    /// `{key: pattern, **rest}`
    Mapping {
        /// Keys and the patterns of their values.
        items: Vec<(ExprId, PatternId)>,
        /// The name of the rest.
        rest: Option<Name>,
    },
    /// `Class(a, b=c)`
    Class {
        /// The class.
        cls: ExprId,
        /// Positional patterns.
        patterns: Vec<PatternId>,
        /// Patterns of attributes.
        keywords: Vec<(Name, PatternId)>,
    },
    /// `*name` in a sequence; none for `*_`.
    Star(Option<Name>),
    /// `pattern as name`, `name`, `_`
    As {
        /// The pattern, if there is one.
        pattern: Option<PatternId>,
        /// The name; none for `_`.
        name: Option<Name>,
    },
    /// `a | b`
    Or(Vec<PatternId>),
}
