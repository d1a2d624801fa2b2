//! Values that no single operation makes: those that branches lead to.

use crate::graph::{CompareOp, ValueId};

/// How a value is made by more than one operation.
#[derive(Clone, Debug)]
pub(super) enum Made {
    /// `not x`, where a branch asks for the opposite of what is written.
    Not(ValueId),
    /// `a and b and …`, `a or b or …`
    Bool {
        /// `and`; else `or`.
        and: bool,
        /// The operands, two at least.
        values: Vec<ValueId>,
    },
    /// `body if test else orelse`
    IfExp {
        /// What is asked.
        test: ValueId,
        /// The value if it is true.
        body: ValueId,
        /// And if it is not.
        orelse: ValueId,
    },
    /// `a < b < …`
    Chain {
        /// The leftmost operand.
        first: ValueId,
        /// The comparisons with what they compare to, two at least.
        rest: Vec<(Comparison, ValueId)>,
    },
}

/// An operator of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    /// `<`, `==`, …
    Compare(CompareOp),
    /// `in`, `not in`
    In { negated: bool },
    /// `is`, `is not`
    Is { negated: bool },
}
